namespace Sealane.Sandbox.Azure.Authorization;

/// <param name="Scope">What it locks, with all that is below: a subscription, a group or an object.</param>
/// <param name="Level"><c>CanNotDelete</c> or <c>ReadOnly</c>.</param>
public sealed record ManagementLock(string Scope, string Name, string Level, string? Notes = null)
{
    public const string ReadOnly = "ReadOnly";
    public const string CanNotDelete = "CanNotDelete";

    public string Id => $"{Scope}/providers/Microsoft.Authorization/locks/{Name}";
}
