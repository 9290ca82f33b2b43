using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core;

namespace Sealane.Sandbox.World;

/// <summary>
/// How a world is written down: what was set, not what is worked out from it. Properties without a setter are left out,
/// except for collections that can be filled. Nulls are written: left out, they would come back as a member's default.
/// </summary>
internal static class WorldJson
{
    public static JsonSerializerOptions Options { get; } = Of(WorldTypes.Default);

    public static JsonTypeInfo<StoredWorld> Whole { get; } =
        (JsonTypeInfo<StoredWorld>)Options.GetTypeInfo(typeof(StoredWorld));

    /// <param name="types">Where the types come from that are written.</param>
    public static JsonSerializerOptions Of(IJsonTypeInfoResolver types) => new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        IncludeFields = true,
        TypeInfoResolver = types.WithAddedModifier(KeepWhatWasSet),
        Converters =
        {
            new TextConverter<Ipv4>(Ipv4.Parse),
            new TextConverter<Prefix>(Prefix.Parse),
            new TextConverter<InterfaceAddress>(InterfaceAddress.Parse),
        },
    };

    private static void KeepWhatWasSet(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }
        foreach (var member in type.Properties
            .Where(member => member is { Set: null, AssociatedParameter: null }).ToList())
        {
            if (CanBeFilled(type.Options.GetTypeInfo(member.PropertyType)))
            {
                member.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
            }
            else
            {
                type.Properties.Remove(member);
            }
        }
    }

    private static bool CanBeFilled(JsonTypeInfo type) =>
        type.Type is { IsClass: true, IsArray: false, IsGenericType: true }
        && type.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary;

    /// <summary>Values that have one way to be written, also as the key of a dictionary.</summary>
    private sealed class TextConverter<T>(Func<string, T> parse) : JsonConverter<T>
        where T : struct
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert,
            JsonSerializerOptions options) =>
            parse(reader.GetString() ?? "");

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.ToString()!);
    }
}

/// <summary>The code for a world's file is generated, so that it is there in a program without reflection.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata, IncludeFields = true,
    NumberHandling = JsonNumberHandling.Strict, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredWorld))]
internal sealed partial class WorldTypes : JsonSerializerContext;
