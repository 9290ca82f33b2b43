using System.Globalization;
using System.Text.Json;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// Reads members of a request the way Megaport does: unknown ones are ignored, null is absent, numbers may be quoted.
/// A value of the wrong type is refused.
/// </summary>
internal static class JsonReading
{
    public static JsonElement? Get(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public static JsonElement? Object(this JsonElement element, string name) => element.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw Wrong(name),
    };

    public static string? Text(this JsonElement element, string name) => element.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { ValueKind: JsonValueKind.Number } value => value.GetRawText(),
        _ => throw Wrong(name),
    };

    public static bool? Flag(this JsonElement element, string name) => element.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(name),
    };

    public static long? Number(this JsonElement element, string name) => element.Get(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) => number,
        { ValueKind: JsonValueKind.String } value when long.TryParse(
            value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Wrong(name),
    };

    public static int? SmallNumber(this JsonElement element, string name) =>
        element.Number(name) switch
        {
            null => null,
            >= int.MinValue and <= int.MaxValue and var number => (int)number,
            _ => throw Wrong(name),
        };

    /// <summary>Objects of a list; a bare object counts as a list of one.</summary>
    public static IReadOnlyList<JsonElement> Objects(this JsonElement element, string name) => element.Get(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } value => [value],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray().Select(
            item => item.ValueKind == JsonValueKind.Object ? item : throw Wrong(name))],
        _ => throw Wrong(name),
    };

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) => element.Get(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray().Select(
            item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw Wrong(name))],
        _ => throw Wrong(name),
    };

    private static Refusal Wrong(string name) => new(400, "Bad Request", $"Invalid value for {name}");
}
