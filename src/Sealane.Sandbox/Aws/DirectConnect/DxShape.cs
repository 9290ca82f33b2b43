using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>
/// The members of a JSON structure, written as <c>name:type</c> with <c>*</c> before a required one. Types:
/// <c>string</c>,
/// <c>integer</c>, <c>long</c>, <c>boolean</c>, <c>list</c>, <c>object</c>. The real service passes over unknown
/// members; here they are refused, because a misspelt one would otherwise be lost without a word.
/// </summary>
internal sealed class DxShape
{
    private readonly Dictionary<string, string> _types = [];
    private readonly List<string> _required = [];

    public DxShape(string members)
    {
        foreach (var word in members.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.TrimStart('*').Split(':');
            _types[parts[0]] = parts[1];
            if (word[0] == '*')
            {
                _required.Add(parts[0]);
            }
        }
    }

    public void Check(JsonObject input)
    {
        foreach (var (name, value) in input)
        {
            if (!_types.TryGetValue(name, out var type))
            {
                throw AwsRefusal.DirectConnect(
                    $"1 validation error detected: '{name}' is not a member of the request.");
            }
            if (value is not null && !Fits(value, type))
            {
                throw new AwsRefusal(400, "SerializationException", $"The member '{name}' is not of type {type}.");
            }
        }
        if (_required.FirstOrDefault(name => input[name] is null) is { } missing)
        {
            throw AwsRefusal.DirectConnect(
                $"1 validation error detected: Value null at '{missing}' failed to satisfy constraint: Member must "
                    + $"not be null");
        }
    }

    private static bool Fits(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("string", JsonValueKind.String) => true,
        ("integer" or "long", JsonValueKind.Number) => value.AsValue().TryGetValue<long>(out _),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("list", JsonValueKind.Array) => true,
        ("object", JsonValueKind.Object) => true,
        _ => false,
    };
}
