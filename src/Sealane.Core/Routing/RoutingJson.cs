using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sealane.Core.Routing;

/// <summary>How networks, traces and proofs are written as JSON: addresses, prefixes and rules as text, words in camel
/// case.</summary>
public static class RoutingJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        TypeInfoResolver = RoutingTypes.Default,
        Converters = { new TextConverter<Ipv4>(Ipv4.Parse), new TextConverter<Prefix>(Prefix.Parse) },
    };

    /// <summary>How a type of <see cref="RoutingTypes"/> is read and written here.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T> where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>The code for what <see cref="RoutingJson"/> writes is generated, so that it is there in a program without
/// reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Network))]
[JsonSerializable(typeof(ProofReport))]
[JsonSerializable(typeof(Trace))]
internal sealed partial class RoutingTypes : JsonSerializerContext;
