using System.Globalization;
using System.Text.Json.Nodes;

namespace Sealane.Clouds.Azure;

/// <summary>Reads ARM's JSON by path and never stumbles: a member that is absent or of another kind reads as
/// absent.</summary>
internal static class ArmJson
{
    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject members && members.TryGetPropertyValue(name, out var value) ? value : null;
        }
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value
            ? value.TryGetValue<string>(out var text) ? text : value.ToJsonString()
            : null;

    /// <summary>Numbers come as numbers and, in route tables, sometimes as text.</summary>
    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        long.TryParse(node.Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        string.Equals(node.Text(path), "true", StringComparison.OrdinalIgnoreCase);

    public static IEnumerable<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonArray items ? items.OfType<JsonNode>() : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        [.. node.Items(path).Select(item => item.Text()).OfType<string>()];

    /// <summary>The tags of an object; names of tags differ in case only for a person.</summary>
    public static Dictionary<string, string> TagsOf(JsonNode? body) => body.At("tags") is JsonObject tags
        ? tags.ToDictionary(tag => tag.Key, tag => tag.Value.Text() ?? "", StringComparer.OrdinalIgnoreCase) : [];

    public static JsonObject Tags(IReadOnlyDictionary<string, string> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    public static JsonArray Array(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode?)item)]);

    public static JsonObject Reference(string id) => new() { ["id"] = id };
}
