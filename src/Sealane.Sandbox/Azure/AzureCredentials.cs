namespace Sealane.Sandbox.Azure;

/// <summary>The service principal that the sandbox's directory knows.</summary>
public sealed record AzureCredentials(string ClientId, string ClientSecret)
{
    /// <summary>Neither value in logs, though they open nothing but a sandbox.</summary>
    public override string ToString() => nameof(AzureCredentials);
}
