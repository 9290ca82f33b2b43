using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>An assignment of one of the built-in policies, with the effect deny, at the subscription.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/governance/policy/samples/built-in-policies: "Require a tag on resources",
/// "Allowed locations", "Not allowed resource types".
/// </remarks>
/// <param name="Tag">Without it an object is denied.</param>
/// <param name="Locations">In others an object is denied; empty: everywhere it may be.</param>
/// <param name="Types">Objects of these types are denied.</param>
/// <param name="IsInherited">A management group hands it down.</param>
public sealed record DenyPolicy(
    string Name, string? Tag = null, IReadOnlyList<string>? Locations = null, IReadOnlyList<string>? Types = null,
    bool IsInherited = false)
{
    public static DenyPolicy RequireTag(string tag) => new($"require-{tag.ToLowerInvariant()}", Tag: tag);

    /// <summary>Tags and locations are asked of what has them, and so of no child.</summary>
    /// <param name="body">With location and tags as far as they are known.</param>
    internal bool Denies(string type, JsonNode? body) =>
        Tag is not null && body.Text("location") is not null && body.Text("tags", Tag) is null
        || Locations is { Count: > 0 } && body.Text("location") is { } location
            && !Locations.Contains(Region.Find(location)?.Name ?? location, StringComparer.OrdinalIgnoreCase)
        || Types?.Contains(type, StringComparer.OrdinalIgnoreCase) == true;
}
