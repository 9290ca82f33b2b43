using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core;

namespace Sealane.Sandbox.World;

/// <summary>
/// How a world is written down: what was set, not what is worked out from it. Properties without a setter are left out,
/// except for collections that can be filled; setters need not be public. Nulls are written: left out, they would come
/// back as a member's default.
/// </summary>
internal static class WorldJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        IncludeFields = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { KeepWhatWasSet } },
        Converters =
        {
            new JsonStringEnumConverter(),
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
        foreach (var member in type.Properties.Where(member => member.Set is null).ToList())
        {
            if (member.AttributeProvider is not PropertyInfo property || member.AssociatedParameter is not null)
            {
                continue;
            }
            if (property.SetMethod is not null)
            {
                member.Set = property.SetValue;
            }
            else if (CanBeFilled(property.PropertyType))
            {
                member.ObjectCreationHandling = JsonObjectCreationHandling.Populate;
            }
            else
            {
                type.Properties.Remove(member);
            }
        }
    }

    private static bool CanBeFilled(Type type) =>
        type is { IsClass: true, IsArray: false, IsGenericType: true }
        && type.GetInterfaces().Append(type).Any(
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>));

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
