using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Cli;

/// <summary>A line of what runs keep beside the world: journal, receipts, repairs.</summary>
internal static class KeptLine
{
    /// <summary>Null for one that a crash cut: it was then not followed by anything.</summary>
    public static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Null where it tells no date that can be read.</summary>
    public static DateTimeOffset? TimeOf(JsonObject entry) =>
        entry["at"] is JsonValue at && at.TryGetValue<string>(out var text) && DateTimeOffset.TryParse(text,
            CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;
}
