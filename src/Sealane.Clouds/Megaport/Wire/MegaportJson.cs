using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>
/// How Megaport's JSON is read and written. The API is not strict with itself: names change case, one element comes
/// without its list, numbers come as text, <c>[]</c> stands for a missing object. Unknown members are ignored.
/// </summary>
internal static class MegaportJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = MegaportTypes.Default,
        Converters =
        {
            new SecretConverter(), new TextConverter(),
            new NumberConverter<int>(), new NumberConverter<long>(), new MomentConverter(),
            new ListOrOne<string>(), new ListOrOne<int>(), new ListOrOne<object>(), new ListOrOne<JsonObject>(),
            new ListOrOne<AzurePeer>(), new ListOrOne<AzurePort>(), new ListOrOne<BgpConnection>(),
            new ListOrOne<CspConnection>(), new ListOrOne<IpRoute>(), new ListOrOne<Location>(),
            new ListOrOne<MaintenanceEvent>(), new ListOrOne<McrBgpRoute>(), new ListOrOne<McrIpRoute>(),
            new ListOrOne<OutageEvent>(), new ListOrOne<PartnerPort>(),
            new ListOrOne<PrefixFilterEntry>(), new ListOrOne<PrefixFilterList>(), new ListOrOne<Product>(),
            new ListOrOne<Purchased>(), new ListOrOne<ResourceTag>(), new ListOrOne<ValidatedLine>(),
            new ListOrOne<VxcInterface>(), new ListOrOne<VxcOrderItem>(),
        },
    };

    /// <summary>How a type of <see cref="MegaportTypes"/> is read and written here.</summary>
    public static JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    /// <summary>A record as it is written.</summary>
    public static JsonObject Object<T>(T value) => JsonSerializer.SerializeToNode(value, Of<T>())!.AsObject();

    /// <summary>Every key in an object, also where we do not know the member: no error may quote it.</summary>
    public static IEnumerable<Secret> Keys(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => member.Value is JsonValue value && NamesKey(member.Key)
            && value.TryGetValue<string>(out var text) && text.Length > 0 ? [new Secret(text)] : Keys(member.Value)),
        JsonArray items => items.SelectMany(Keys),
        _ => [],
    };

    private static bool NamesKey(string name) =>
        name.EndsWith("key", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("password", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith("secret", StringComparison.OrdinalIgnoreCase);
}

/// <summary>A key becomes a <see cref="Secret"/> where it is read, and characters only where the wire is
/// written.</summary>
internal sealed class SecretConverter : JsonConverter<Secret>
{
    public override Secret? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 } text ? new(text) : null;
        }
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Reveal());
}

/// <summary>A list, its only element without the list, or nothing as <c>null</c> or <c>{}</c>.</summary>
internal sealed class ListOrOne<T> : JsonConverter<IReadOnlyList<T>>
{
    public override bool HandleNull => true;

    public override IReadOnlyList<T> Read(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }
        using var json = JsonDocument.ParseValue(ref reader);
        var items = json.RootElement.ValueKind switch
        {
            JsonValueKind.Array => json.RootElement.EnumerateArray().AsEnumerable(),
            JsonValueKind.Object when !json.RootElement.EnumerateObject().Any() => [],
            _ => [json.RootElement],
        };
        var element = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        return [.. items.Where(item => item.ValueKind != JsonValueKind.Null)
            .Select(item => item.Deserialize(element)!)];
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<T> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var item in value)
        {
            // By its own type, so that a list of anything can be written.
            JsonSerializer.Serialize(writer, item, options.GetTypeInfo(item?.GetType() ?? typeof(T)));
        }
        writer.WriteEndArray();
    }
}

/// <summary>A number, or digits as text; anything else counts as absent.</summary>
internal sealed class NumberConverter<T> : JsonConverter<T?>
    where T : struct, System.Numerics.IBinaryInteger<T>
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out var number):
                return T.CreateSaturating(number);
            case JsonTokenType.String:
                return T.TryParse(reader.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var read)
                    ? read : null;
            default:
                reader.Skip();
                return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteRawValue(number.ToString(null, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>Text, or a number or truth value written as such (ids come both ways).</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
            ? json.RootElement.GetRawText() : null;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}

/// <summary>Milliseconds since 1970; null and 0 mean never.</summary>
internal sealed class MomentConverter : JsonConverter<DateTimeOffset?>
{
    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var milliseconds))
        {
            return milliseconds is > 0 and < 253_402_300_800_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options)
    {
        if (value is { } moment)
        {
            writer.WriteNumberValue(moment.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

/// <summary>An object, or nothing written as <c>null</c>, <c>[]</c> or text.</summary>
internal sealed class ObjectOrNothingConverter<T> : JsonConverter<T?>
    where T : class
{
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            return JsonSerializer.Deserialize(ref reader, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        }
        reader.Skip();
        return null;
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, options.GetTypeInfo(typeof(T)));
}
