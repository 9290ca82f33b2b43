using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sealane.Core;

/// <summary>A word of a list as it is written in JSON, in camel case; several of a set, with commas between. The
/// platform's own converter does the same, and costs the native program ten kilobytes a list.</summary>
public sealed class CamelText<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <exception cref="JsonException">It is no word of the list.</exception>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is [var first, ..] text && char.IsLetter(first)
        && Enum.TryParse(typeof(T), text, ignoreCase: true, out var word) ? (T)word
            : throw new JsonException($"no {typeof(T).Name}");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(
            string.Join(", ", value.ToString().Split(", ").Select(JsonNamingPolicy.CamelCase.ConvertName)));
}
