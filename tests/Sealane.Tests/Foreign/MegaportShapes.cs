using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Tests.Foreign;

/// <summary>One member of a reply: where it stands, and as what.</summary>
/// <param name="Owner">The operation, or <c>MCR</c> or <c>VXC</c> for a member of such an object wherever it
/// occurs.</param>
internal readonly record struct Member(string Owner, string Path, string Type);

/// <summary>
/// Members and types of Megaport's replies as its official Go SDK has them: facts read off its tests and types, with
/// their places, in <c>tests/vendor/shapes/megaportgo.tsv</c>.
/// </summary>
internal static class MegaportShapes
{
    /// <summary>Types by owner and path, and whether an answer shows the member or the SDK only reads it.</summary>
    public static IReadOnlyDictionary<(string Owner, string Path), (HashSet<string> Types, bool Shown)> Facts { get; } =
        File.ReadLines(Repository.PathOf("tests", "vendor", "shapes", "megaportgo.tsv"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Split('\t'))
            .ToDictionary(part => (part[0], part[1]), part => (part[2].Split('|').ToHashSet(), part[3] == "shown"));

    /// <summary>The types in which the SDK takes a member; empty for one that it does not know.</summary>
    public static HashSet<string> TypesOf(Member member) =>
    [
        .. Types(member.Owner, member.Path),
        // An object with a few members only is shown without its kind.
        .. member.Owner is "MCR" or "VXC" ? Types("GET /v2/product/{}", $"data.{member.Path}") : [],
        .. member.Path is "message" or "terms" ? ["string"] : Array.Empty<string>(),
    ];

    private static IEnumerable<string> Types(string owner, string path) =>
        Facts.TryGetValue((owner, path), out var fact) ? fact.Types : [];

    public static HashSet<string> Owners { get; } = [.. Facts.Keys.Select(key => key.Owner)];

    /// <summary>Every member of a reply, in the words of the facts.</summary>
    public static IEnumerable<Member> Of(string operation, JsonNode? reply) => Walk(operation, "", reply);

    private static IEnumerable<Member> Walk(string owner, string path, JsonNode? node)
    {
        if (path.Length > 0)
        {
            yield return new(owner, path, TypeOf(node));
        }
        var below = node switch
        {
            JsonObject json => Members(owner, path, json),
            JsonArray array => array.SelectMany(item => Walk(owner, $"{path}[]", item)),
            _ => [],
        };
        foreach (var member in below)
        {
            yield return member;
        }
    }

    private static IEnumerable<Member> Members(string owner, string path, JsonObject json)
    {
        if (json.ContainsKey("productUid") && json.ContainsKey("provisioningStatus")
            && json["productType"]?.GetValue<string>() is "MCR2" or "VXC")
        {
            (owner, path) = (json["productType"]!.GetValue<string>()[..3], "");
        }
        foreach (var (name, value) in json)
        {
            var below = path.Length > 0 ? $"{path}.{name}" : name;
            if (name == "csp_connection")
            {
                yield return new(owner, below, TypeOf(value));
                foreach (var end in value is JsonArray ends ? [.. ends] : new[] { value })
                {
                    foreach (var member in Walk(owner, $"{below}[{end!["connectType"]}]", end))
                    {
                        yield return member;
                    }
                }
            }
            else
            {
                foreach (var member in Walk(owner, below, value))
                {
                    yield return member;
                }
            }
        }
    }

    private static string TypeOf(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        _ => "boolean",
    };
}
