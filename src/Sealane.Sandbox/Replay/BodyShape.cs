using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Sealane.Core;

namespace Sealane.Sandbox.Replay;

/// <summary>In which way two answers are not alike.</summary>
public enum Unlikeness
{
    /// <summary>Another HTTP status.</summary>
    Status,

    /// <summary>Another error code.</summary>
    Code,

    /// <summary>A member that the first has and the second has not.</summary>
    Missing,

    /// <summary>A member that only the second has.</summary>
    Extra,

    /// <summary>Text where a number stood, and the like.</summary>
    Type,

    /// <summary>A state or status with another value.</summary>
    State,
}

/// <summary>One way in which an answer is not like the one that it should be like.</summary>
/// <param name="Path">Of the member: <c>data[].provisioningStatus</c>.</param>
public sealed record Unlike(Unlikeness Kind, string Path, string Wanted, string Found);

/// <summary>
/// The shape of an answer, JSON or XML: which members it has, of which types, and the values of states and error codes.
/// Other values, and how many items a list has, are no part of it.
/// </summary>
public static class BodyShape
{
    /// <summary>Members of these are names that users give.</summary>
    private static readonly HashSet<string> Free = new(StringComparer.OrdinalIgnoreCase) { "tags", "attributeTags" };

    /// <summary>Null for a body that is neither.</summary>
    public static JsonNode? Read(string body)
    {
        var text = body.Trim();
        if (!text.StartsWith('<'))
        {
            return RequestKey.Json(text);
        }
        try
        {
            var root = PlainXml.Root(text);
            return new JsonObject { [root.Name.LocalName] = Element(root) };
        }
        catch (XmlException)
        {
            return null;
        }
    }

    public static IEnumerable<Unlike> Differences(JsonNode? wanted, JsonNode? found, string path = "")
    {
        if (wanted is JsonObject from && found is JsonObject to)
        {
            return Members(from, to, path);
        }
        if (wanted is JsonArray list && found is JsonArray other)
        {
            // Lists are alike when their items taken together are.
            return list.Count == 0 || other.Count == 0 ? [] : Differences(Together(list), Together(other), path + "[]");
        }
        if (wanted is null || found is null)
        {
            return [];
        }
        var (one, two) = (Kind(wanted), Kind(found));
        if (one != two)
        {
            return [new(Unlikeness.Type, path, one, two)];
        }
        return one == "text" && Special(path) is { } special && Text(wanted) is var wants && Text(found) is var has
            && wants != has
            ? [new(special, path, wants, has)] : [];
    }

    /// <summary>Everything in an answer that has a name: path and type, containers included.</summary>
    public static IEnumerable<(string Path, string Type)> Everything(JsonNode? node, string path = "") =>
        (node switch
        {
            JsonObject members
                when !IsFree(path) => members.SelectMany(member => Everything(member.Value, Join(path, member.Key))),
            JsonArray items => items.SelectMany(item => Everything(item, path + "[]")),
            _ => [],
        }).Prepend((path, Kind(node)));

    /// <summary>Every state and every error code in an answer, by the path of its member.</summary>
    public static IEnumerable<(Unlikeness Kind, string Path, string Value)> Words(JsonNode? node, string path = "") =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Words(member.Value, Join(path, member.Key))),
            JsonArray items => items.SelectMany(item => Words(item, path + "[]")),
            null => [],
            _ => Kind(node) == "text" && Special(path) is { } special ? [(special, path, Text(node))] : [],
        };

    private static IEnumerable<Unlike> Members(JsonObject wanted, JsonObject found, string path)
    {
        if (IsFree(path))
        {
            yield break;
        }
        foreach (var (name, value) in wanted)
        {
            var here = Join(path, name);
            if (!found.ContainsKey(name))
            {
                yield return new(Unlikeness.Missing, here, Kind(value), "nothing");
                continue;
            }
            foreach (var unlike in Differences(value, found[name], here))
            {
                yield return unlike;
            }
        }
        foreach (var (name, value) in found.Where(member => !wanted.ContainsKey(member.Key)))
        {
            yield return new(Unlikeness.Extra, Join(path, name), "nothing", Kind(value));
        }
    }

    private static JsonNode? Together(JsonArray items)
    {
        if (items.All(item => item is JsonArray))
        {
            return new JsonArray([.. items.SelectMany(item => item!.AsArray()).Select(item => item?.DeepClone())]);
        }
        if (!items.All(item => item is JsonObject))
        {
            return items[0];
        }
        var all = new JsonObject();
        foreach (var (name, value) in items.SelectMany(item => item!.AsObject()))
        {
            all[name] = all[name] switch
            {
                JsonArray before when value is JsonArray more =>
                    new JsonArray([.. before.Concat(more).Select(item => item?.DeepClone())]),
                JsonObject before when value is JsonObject more => Together([before.DeepClone(), more.DeepClone()]),
                null => value?.DeepClone(),
                var before => before.DeepClone(),
            };
        }
        return all;
    }

    private static Unlikeness? Special(string path)
    {
        var name = path[(path.LastIndexOf('.') + 1)..];
        return name is "code" or "Code" or "__type" ? Unlikeness.Code
            : name.EndsWith("state", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("status", StringComparison.OrdinalIgnoreCase)
                ? Unlikeness.State : null;
    }

    private static JsonNode? Element(XElement element)
    {
        var children = element.Elements().ToList();
        if (children is [])
        {
            return element.Value.Length > 0 ? JsonValue.Create(element.Value) : null;
        }
        if (children.TrueForAll(child => child.Name.LocalName is "item" or "member"))
        {
            return new JsonArray([.. children.Select(Element)]);
        }
        var members = new JsonObject();
        foreach (var group in children.GroupBy(child => child.Name.LocalName))
        {
            members[group.Key] = group.Count() == 1 ? Element(group.First())
                : new JsonArray([.. group.Select(Element)]);
        }
        return members;
    }

    private static string Kind(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        JsonValueKind.Number => "number",
        JsonValueKind.String => "text",
        JsonValueKind.Array => "list",
        _ => "object",
    };

    /// <summary>Whether the members of a member are named by users.</summary>
    internal static bool IsFree(string path) => Free.Contains(path[(path.LastIndexOf('.') + 1)..]);

    private static string Text(JsonNode node) => node.GetValue<string>();

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
