using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Azure.Authorization;

/// <summary>What one role allows: its actions without its exceptions.</summary>
/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/role-definitions</remarks>
internal sealed record RoleGrants(IReadOnlyList<string> Actions, IReadOnlyList<string> NotActions)
{
    private static readonly RoleGrants Owner = new(["*"], []);

    public static IReadOnlyList<RoleGrants> In(AzureState state, string subscription) =>
        state.RolesElsewhere.GetValueOrDefault(subscription) is { } there ? [.. there.Select(Read)]
            : state.Roles is { } roles ? [.. roles.Select(Read)] : [Owner];

    public bool Allows(string action) => Actions.Any(pattern => Matches(pattern, action))
        && !NotActions.Any(pattern => Matches(pattern, action));

    public JsonObject Show() => new()
    {
        ["actions"] = Json.Array(Actions),
        ["notActions"] = Json.Array(NotActions),
        ["dataActions"] = new JsonArray(),
        ["notDataActions"] = new JsonArray(),
    };

    private static RoleGrants Read(string document)
    {
        var role = JsonNode.Parse(document)!;
        return new(Texts(role[nameof(Actions)]), Texts(role[nameof(NotActions)]));
    }

    private static IReadOnlyList<string> Texts(JsonNode? list) =>
        [.. (list as JsonArray ?? []).Select(text => text!.GetValue<string>())];

    private static bool Matches(string pattern, string action) => Regex.IsMatch(
        action, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
