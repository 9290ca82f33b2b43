namespace Sealane.Sandbox.Azure;

/// <summary>
/// The path of a Microsoft.Network resource, read without regard to case and to doubled or trailing slashes: clients
/// send <c>resourcegroups</c> and <c>Microsoft.Network//virtualNetworks</c>.
/// </summary>
/// <param name="Parts">Type and name in turn: <c>virtualNetworks</c>, <c>vnet1</c>, <c>subnets</c>,
/// <c>GatewaySubnet</c>.</param>
internal sealed record ResourceId(string Subscription, string ResourceGroup, IReadOnlyList<string> Parts)
{
    public const string Provider = "Microsoft.Network";

    /// <summary><c>virtualNetworks/subnets</c>.</summary>
    public string Type => string.Join('/', Parts.Where((_, index) => index % 2 == 0));

    public string Name => Parts[^1];

    public ResourceId? Parent => Parts.Count > 2 ? this with { Parts = [.. Parts.SkipLast(2)] } : null;

    public ResourceId Child(string type, string name) => this with { Parts = [.. Parts, type, name] };

    public static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    public static ResourceId? Read(string? text) =>
        text is not null && text.StartsWith('/')
        && Split(text) is [var subscriptions, var subscription, var groups, var group, var providers, var provider, _,
            _, ..] segments
        && Same(subscriptions, "subscriptions") && Same(groups, "resourceGroups") && Same(providers, "providers")
        && Same(provider, Provider) && segments.Length % 2 == 0
            ? new(subscription, group, segments[6..])
            : null;

    public static bool Same(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    public override string ToString() =>
        $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/{Provider}/{string.Join('/', Parts)}";
}
