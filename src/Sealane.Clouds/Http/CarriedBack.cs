using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Clouds.Http;

/// <summary>
/// The body of a write that replaces what is there: what we want, laid over what was read. Members that we do not know
/// go
/// back as they came, at every depth: leaving one out would erase a setting that somebody made by hand or that a newer
/// version
/// of the API has.
/// </summary>
internal static class CarriedBack
{
    /// <summary>How JSON is parsed that will be sent back: names of members are found whatever their case.</summary>
    public static JsonNodeOptions Reading { get; } = new() { PropertyNameCaseInsensitive = true };

    /// <summary>How it is written: characters as they are, since nothing here ends up in a page.</summary>
    public static JsonSerializerOptions Writing { get; } =
        new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What tells one object of a list from another: their order is nobody's promise.</summary>
    private static readonly string[] Identities = ["name", "ipConfigurationId", "prefix", PeerAddress];

    /// <summary>The one identity that a change may change: the session is the one in its place then.</summary>
    private const string PeerAddress = "peerIpAddress";

    /// <param name="read">As the cloud has it.</param>
    /// <param name="wanted">What must be in it. A list of it is the whole list.</param>
    /// <param name="before">
    /// The part of <paramref name="read"/> that we understand; what is in it and not in <paramref name="wanted"/> is
    /// taken out.
    /// </param>
    public static JsonObject Over(JsonObject read, JsonObject wanted, JsonObject? before = null)
    {
        var body = read.DeepClone().AsObject();
        foreach (var (name, _) in before ?? [])
        {
            if (!wanted.ContainsKey(name))
            {
                body.Remove(name);
            }
        }
        foreach (var (name, value) in wanted)
        {
            body[name] = Merged(body[name], value, before?[name]);
        }
        return body;
    }

    /// <summary>The objects of a list, which some APIs write without the list when there is only one.</summary>
    public static IReadOnlyList<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonArray items => [.. items.OfType<JsonObject>()],
        JsonObject { Count: > 0 } one => [one],
        _ => [],
    };

    private static JsonNode? Merged(JsonNode? read, JsonNode? wanted, JsonNode? before) => (read, wanted) switch
    {
        (JsonObject from, JsonObject to) => Over(from, to, before as JsonObject),
        (not null, JsonArray to) when to.Count > 0 && to.All(item => item is JsonObject) =>
            Listed(Objects(read), Objects(to), Objects(before)),
        _ => wanted?.DeepClone(),
    };

    private static JsonArray Listed(
        IReadOnlyList<JsonObject> read, IReadOnlyList<JsonObject> wanted, IReadOnlyList<JsonObject> before) =>
    [
        .. wanted.Select((item, index) => Counterpart(read, item, read.Count == wanted.Count ? index : null) is { } at
            ? Over(read[at], item, before.Count == read.Count ? before[at] : null)
            : item.DeepClone()),
    ];

    private static int? Counterpart(IReadOnlyList<JsonObject> read, JsonObject item, int? sameIndex)
    {
        if (Array.Find(Identities, name => Text(item, name) is not null) is not { } identity)
        {
            return sameIndex;
        }
        var mine = Text(item, identity);
        for (var at = 0; at < read.Count; at++)
        {
            if (string.Equals(mine, Text(read[at], identity), StringComparison.OrdinalIgnoreCase))
            {
                return at;
            }
        }
        return identity == PeerAddress ? sameIndex : null;
    }

    private static string? Text(JsonObject item, string name) =>
        item.FirstOrDefault(member => member.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            is JsonValue value
            && value.TryGetValue<string>(out var text) ? text : null;
}
