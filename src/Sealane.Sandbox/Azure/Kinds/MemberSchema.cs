using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// The members of a type's <c>properties</c>, one line of <c>name:kind</c> words. Kinds: <c>o</c>bject, <c>a</c>rray,
/// <c>s</c>tring, <c>b</c>oolean, <c>n</c>umber, <c>-</c> read-only (may be sent, is ignored). The service refuses
/// unknown
/// names and wrong types, and takes names in any case.
/// </summary>
internal sealed class MemberSchema
{
    private readonly string _typeName;
    private readonly Dictionary<string, (string Name, char Kind)> _members;

    public MemberSchema(string typeName, params ReadOnlySpan<string> lines)
    {
        _typeName = typeName;
        _members = new(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines)
        {
            foreach (var word in line.Split(' '))
            {
                _members.Add(word[..^2], (word[..^2], word[^1]));
            }
        }
    }

    /// <param name="hidden">Members that the caller's api-version does not know yet.</param>
    public ArmError? Check(JsonObject properties, params IEnumerable<string> hidden)
    {
        foreach (var (name, value) in properties)
        {
            if (!_members.TryGetValue(name, out var member) || hidden.Contains(member.Name))
            {
                return ArmError.Format($"properties.{name}",
                    $"Could not find member '{name}' on object of type '{_typeName}'.");
            }
            if (value is not null && !Fits(member.Kind, value))
            {
                return ArmError.Format($"properties.{name}",
                    $"Error converting value of member '{name}' of type '{_typeName}'.");
            }
        }
        return null;
    }

    /// <summary>The writable members under their own names. Null counts as not sent.</summary>
    public JsonObject Copy(JsonObject properties)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in properties)
        {
            if (value is not null && _members.TryGetValue(name, out var member) && member.Kind != '-')
            {
                copy[member.Name] = value.DeepClone();
            }
        }
        return copy;
    }

    private static bool Fits(char kind, JsonNode value) => kind switch
    {
        'o' => value is JsonObject,
        'a' => value is JsonArray,
        's' => value.GetValueKind() == JsonValueKind.String,
        'b' => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        'n' => value.Number() is not null,
        _ => true,
    };
}
