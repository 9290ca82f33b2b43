using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Members of a JSON structure whose forms <see cref="DxShape"/> has checked.</summary>
internal sealed class DxInput(JsonObject json)
{
    /// <summary>Null when absent or empty.</summary>
    public string? Text(string name) => json[name]?.GetValue<string>() is { Length: > 0 } text ? text : null;

    public string Required(string name) => Text(name) ?? throw AwsRefusal.DirectConnect(
        $"1 validation error detected: Value null at '{name}' failed to satisfy constraint: Member must not be null");

    public long? Number(string name) => json[name]?.GetValue<long>();

    public bool? Flag(string name) => json[name]?.GetValue<bool>();

    public bool Has(string name) => json[name] is not null;

    public DxInput At(string name, DxShape shape)
    {
        var part = json[name]!.AsObject();
        shape.Check(part);
        return new(part);
    }

    public IReadOnlyList<DxInput> Items(string name, DxShape shape) =>
    [
        .. (json[name]?.AsArray() ?? []).Select(item =>
        {
            var part = item as JsonObject
                ?? throw new AwsRefusal(400, "SerializationException",
                    $"The member '{name}' is not a list of structures.");
            shape.Check(part);
            return new DxInput(part);
        }),
    ];

    public IReadOnlyList<long> Numbers(string name) =>
    [
        .. (json[name]?.AsArray() ?? [])
            .Select(item => item is JsonValue value && value.TryGetValue<long>(out var number)
            ? number
            : throw new AwsRefusal(400, "SerializationException", $"The member '{name}' is not a list of numbers.")),
    ];

    public IReadOnlyList<string> Texts(string name) =>
    [
        .. (json[name]?.AsArray() ?? []).Select(item => item?.GetValueKind() == JsonValueKind.String
            ? item.GetValue<string>()
            : throw new AwsRefusal(400, "SerializationException", $"The member '{name}' is not a list of strings.")),
    ];
}
