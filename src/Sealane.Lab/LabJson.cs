using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core;
using Sealane.Lab.Capture;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;
using Sealane.Lab.Verify;

namespace Sealane.Lab;

/// <summary>How a lab's answers are written as JSON: addresses as text, words in camel case.</summary>
public static class LabJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        TypeInfoResolver = LabTypes.Default,
        Converters = { new AddressText() },
    };

    /// <summary>An answer as a document.</summary>
    public static string Show<T>(T answer) =>
        JsonSerializer.Serialize(answer, (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T)));

    private sealed class AddressText : JsonConverter<Ipv4>
    {
        public override Ipv4 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Ipv4.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Ipv4 value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>The code is generated, so that it is there in a program without reflection.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CaptureReport))]
[JsonSerializable(typeof(IReadOnlyList<DrillRow>))]
[JsonSerializable(typeof(LabRecord))]
[JsonSerializable(typeof(LabStatus))]
[JsonSerializable(typeof(LabVerdict))]
[JsonSerializable(typeof(LoadReport))]
[JsonSerializable(typeof(RotationReport))]
internal sealed partial class LabTypes : JsonSerializerContext;
