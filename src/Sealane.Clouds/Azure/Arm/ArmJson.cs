using System.Globalization;
using System.Text.Json.Nodes;

namespace Sealane.Clouds.Azure;

/// <summary>Reads ARM's JSON by path and never stumbles: a member that is absent or of another kind reads as
/// absent.</summary>
internal static class ArmJson
{
    /// <summary>Members that ARM computes; sent back in a PUT they are noise at best.</summary>
    private static readonly string[] ReadOnlyMembers =
    [
        "etag", "type", "provisioningState", "resourceGuid",
        // Sending it back is refused with VirtualNetworkGatewayBgpPeeringAddressCannotBeModified (azurerm #16285).
        "bgpPeeringAddress", "defaultBgpIpAddresses", "tunnelIpAddresses",
    ];

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

    public static JsonObject Tags(IReadOnlyDictionary<string, string> tags) =>
        new(tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));

    public static JsonArray Array(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode?)item)]);

    public static JsonObject Reference(string id) => new() { ["id"] = id };

    /// <summary>A copy of what GET returned, without the members that only ARM writes: the base of a
    /// GET-modify-PUT.</summary>
    public static JsonObject Writable(JsonObject body)
    {
        var copy = body.DeepClone().AsObject();
        Strip(copy);
        return copy;
    }

    private static void Strip(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Strip(item);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var name in ReadOnlyMembers)
            {
                members.Remove(name);
            }
            // Tags are the user's words, whatever they are called.
            foreach (var member in members.Where(member => member.Key != "tags"))
            {
                Strip(member.Value);
            }
        }
    }
}
