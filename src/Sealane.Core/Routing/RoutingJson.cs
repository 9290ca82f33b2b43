using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>How traces and proofs are written as JSON: addresses, prefixes and rules as text, verdicts in lower
/// case.</summary>
public static class RoutingJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new TextConverter<Ipv4>(Ipv4.Parse),
            new TextConverter<Prefix>(Prefix.Parse),
        },
    };

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
