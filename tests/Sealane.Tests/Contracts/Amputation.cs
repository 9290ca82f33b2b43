using System.Text.Json.Nodes;
using System.Xml.Linq;
using Sealane.Clouds.Http;

namespace Sealane.Tests.Contracts;

/// <summary>How a member of a reply is taken out.</summary>
internal enum Cutting
{
    Absent,
    Null,

    /// <summary>A list without its last item.</summary>
    OneShort,
}

/// <summary>One member of all replies of one operation, by its path (<c>data[].resources.vll</c>), and how it is taken
/// out.</summary>
internal sealed record Amputation(string Operation, string Path, Cutting How)
{
    /// <summary>Every one that a reply offers; what users name (tags) is looked into like everything else.</summary>
    public static IEnumerable<Amputation> Of(string operation, string body)
    {
        var paths = body.StartsWith('<')
            ? Walk(XDocument.Parse(body).Root!, "")
            : JsonNode.Parse(body) is { } node ? Walk(node, "") : [];
        foreach (var member in paths.GroupBy(member => member.Path))
        {
            yield return new(operation, member.Key, Cutting.Absent);
            // What is null already cannot become it.
            if (member.Any(one => one.CanBeNull))
            {
                yield return new(operation, member.Key, Cutting.Null);
            }
            if (member.Any(one => one.IsList))
            {
                yield return new(operation, member.Key, Cutting.OneShort);
            }
        }
    }

    /// <summary>A reply of the operation without the member.</summary>
    public string In(string body)
    {
        var path = Path.Split('.');
        if (body.StartsWith('<'))
        {
            var document = XDocument.Parse(body);
            Cut(document.Root!, path);
            return document.ToString();
        }
        var node = JsonNode.Parse(body, CarriedBack.Reading);
        Cut(node, path);
        return node?.ToJsonString(CarriedBack.Writing) ?? body;
    }

    public override string ToString() => $"{Operation}: {Path} {How switch
    {
        Cutting.Absent => "is absent",
        Cutting.Null => "is null",
        _ => "has one item less",
    }}";

    private static IEnumerable<(string Path, bool IsList, bool CanBeNull)> Walk(JsonNode? node, string path) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Walk(member.Value, Join(path, member.Key)).Prepend((
                Join(path, member.Key), member.Value is JsonArray { Count: > 0 }, member.Value is not null))),
            JsonArray items => items.SelectMany(item => Walk(item, path + "[]")),
            _ => [],
        };

    /// <summary>XML has no null: an element with nothing in it is an empty list, or an empty text.</summary>
    private static IEnumerable<(string Path, bool IsList, bool CanBeNull)> Walk(XElement element, string path) =>
        element.Elements().SelectMany(child => IsItem(child)
            ? Walk(child, path + "[]")
            : Walk(child, Join(path, child.Name.LocalName))
                .Prepend((Join(path, child.Name.LocalName), child.Elements().Any(IsItem),
                    child.Nodes().Any() && !child.Elements().Any(IsItem))));

    private void Cut(JsonNode? node, ReadOnlySpan<string> path)
    {
        var (name, lists) = Step(path[0]);
        if (lists > 0 && name.Length == 0)
        {
            foreach (var item in node as JsonArray ?? [])
            {
                Cut(item, path[1..]);
            }
        }
        else if (node is JsonObject members && members.ContainsKey(name))
        {
            if (path.Length > 1)
            {
                foreach (var inside in Items(members[name], lists).ToList())
                {
                    Cut(inside, path[1..]);
                }
            }
            else if (How == Cutting.Absent)
            {
                members.Remove(name);
            }
            else if (How == Cutting.Null)
            {
                members[name] = null;
            }
            else if (members[name] is JsonArray { Count: > 0 } items)
            {
                items.RemoveAt(items.Count - 1);
            }
        }
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node, int lists) => lists == 0
        ? [node] : (node as JsonArray ?? []).SelectMany(item => Items(item, lists - 1));

    private void Cut(XElement element, ReadOnlySpan<string> path)
    {
        var (name, lists) = Step(path[0]);
        foreach (var child in element.Elements().Where(child => child.Name.LocalName == name).ToList())
        {
            if (path.Length > 1)
            {
                foreach (var inside in lists == 0 ? [child] : child.Elements().Where(IsItem).ToList())
                {
                    Cut(inside, path[1..]);
                }
            }
            else if (How == Cutting.Absent)
            {
                child.Remove();
            }
            else if (How == Cutting.Null)
            {
                child.RemoveNodes();
            }
            else
            {
                child.Elements().LastOrDefault(IsItem)?.Remove();
            }
        }
    }

    private static (string Name, int Lists) Step(string step)
    {
        var name = step.TrimEnd('[', ']');
        return (name.Replace(Dot, '.'), (step.Length - name.Length) / 2);
    }

    private static bool IsItem(XElement element) => element.Name.LocalName == "item";

    private static string Join(string path, string name) =>
        $"{path}{(path.Length == 0 ? "" : ".")}{name.Replace('.', Dot)}";

    /// <summary>A dot that belongs to a name: Megaport's states of sessions are named by addresses.</summary>
    private const char Dot = '·';

    /// <summary>The member's own name.</summary>
    public string Name => Step(Path[(Path.LastIndexOf('.') + 1)..]).Name;
}
