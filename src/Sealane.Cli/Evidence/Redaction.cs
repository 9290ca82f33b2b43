using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Sealane.Clouds.Evidence;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Cli.Evidence;

/// <summary>
/// Other teams' names and tags out of kept replies, in the places where names stand: members that hold names, tags, the
/// parts of Azure's ids. The same name is replaced by the same word everywhere, so that what belongs together still
/// does. Ids that a vendor gives, addresses and prefixes stay: the verdict is made of them.
/// </summary>
internal sealed partial class Redaction
{
    private static readonly HashSet<string> NameMembers = new(StringComparer.OrdinalIgnoreCase)
    {
        "name", "productName", "secondaryName", "title", "description", "companyName", "companyUid",
        "virtualInterfaceName", "connectionName", "directConnectGatewayName", "resource_name", "virtualRouterName",
        "createdBy", "lastModifiedBy", "ownerName", "costCentre", "buyerName",
    };

    /// <summary>Names that the vendors give or ask for; no team is known by them.</summary>
    private static readonly HashSet<string> Vendors = new(StringComparer.OrdinalIgnoreCase)
    {
        "GatewaySubnet", "RouteServerSubnet", "AzurePrivatePeering", "MicrosoftPeering", "AzurePublicPeering",
        "default", "Name", "primary", "secondary", "Microsoft.Network", "subscriptions", "resourceGroups", "providers",
    };

    private readonly string _own;
    private readonly string _link;
    private readonly Dictionary<string, string> _words = new(StringComparer.OrdinalIgnoreCase);

    private Redaction(NetworkDesign design)
    {
        _own = design.Spec.Source.Text;
        _link = design.Name;
    }

    public static IReadOnlyList<KeptReply> Of(NetworkDesign design, IReadOnlyList<KeptReply> replies)
    {
        var redaction = new Redaction(design);
        // Names are met in one reply and used in another.
        _ = replies.Select(redaction.Reply).ToList();
        return [.. replies.Select(redaction.Reply)];
    }

    private KeptReply Reply(KeptReply reply) => reply with
    {
        Operation = Segments(reply.Operation),
        Target = Parts(reply.Target),
        Headers = [.. reply.Headers.Select(header => header with { Value = Parts(header.Value) })],
        Reply = Text(reply.Reply),
    };

    private string Text(string body)
    {
        var text = body.TrimStart();
        try
        {
            if (text.StartsWith('{') || text.StartsWith('['))
            {
                var json = JsonNode.Parse(body)!;
                return (Node(json, named: false) ?? json).ToJsonString();
            }
            if (text.StartsWith('<'))
            {
                return Xml(body);
            }
        }
        catch (Exception error) when (error is JsonException or XmlException)
        {
            // A proxy's page: nobody's names are known in it, so nothing of it is handed on.
            return "";
        }
        return Parts(body);
    }

    /// <returns>What takes the node's place; null: it stays, its inside changed.</returns>
    private JsonNode? Node(JsonNode node, bool named)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is not null && Node(value, NameMembers.Contains(name) || IsTag(members, name))
                        is { } other)
                    {
                        members[name] = other;
                    }
                    if (value is JsonObject tags && name.Equals("tags", StringComparison.OrdinalIgnoreCase))
                    {
                        members[name] = new JsonObject(tags.Select(tag => KeyValuePair.Create(
                            Word(tag.Key), (JsonNode?)(tag.Value is JsonValue one
                                && one.TryGetValue<string>(out var text)
                                ? Word(text) : null))).DistinctBy(tag => tag.Key));
                    }
                }
                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (items[i] is { } item && Node(item, named: false) is { } other)
                    {
                        items[i] = other;
                    }
                }
                return null;
            case JsonValue value when value.TryGetValue<string>(out var text):
                var shown = named && !text.StartsWith('/') ? Word(text) : Parts(text);
                return shown == text ? null : JsonValue.Create(shown);
            default:
                return null;
        }
    }

    private static bool IsTag(JsonObject members, string name) => name is "key" or "value"
        && members.ContainsKey("key") && members.ContainsKey("value");

    private string Xml(string body)
    {
        var document = PlainXml.Root(body, spaces: true).Document!;
        foreach (var text in document.DescendantNodes().OfType<XText>()
            .Where(text => text.Parent is not null).ToList())
        {
            var element = text.Parent!;
            var inTags = element.Ancestors().Any(one => one.Name.LocalName == "tagSet");
            text.Value = inTags || NameMembers.Contains(element.Name.LocalName) ? Word(text.Value) : Parts(text.Value);
        }
        return document.ToString(SaveOptions.DisableFormatting);
    }

    /// <summary>A short path, such as a call is named by: known names in it.</summary>
    private string Segments(string text) => Segment().Replace(text, part => _words.GetValueOrDefault(part.Value)
        ?? part.Value);

    /// <summary>Text with Azure's ids in it: groups and objects are named in them.</summary>
    private string Parts(string text) => Id().Replace(text, match =>
    {
        var parts = match.Value.Split('/');
        for (var i = 1; i < parts.Length; i++)
        {
            // /subscriptions/GUID/resourceGroups/NAME/providers/Microsoft.Network/type/NAME/type/NAME
            if (parts[i - 1].Equals("resourceGroups", StringComparison.OrdinalIgnoreCase)
                || (i >= 8 && i % 2 == 0 && parts.Length > 6))
            {
                parts[i] = Word(parts[i]);
            }
        }
        return string.Join('/', parts);
    });

    private string Word(string name)
    {
        if (name.Length < 2 || Vendors.Contains(name) || name.StartsWith("{{", StringComparison.Ordinal)
            || name.Contains(_link, StringComparison.OrdinalIgnoreCase)
                || name.Contains("sealane", StringComparison.Ordinal)
            || _own.Contains(name, StringComparison.OrdinalIgnoreCase) || IsOurs().IsMatch(name))
        {
            return name;
        }
        if (IsGiven().IsMatch(name))
        {
            return name;
        }
        return _words.TryGetValue(name, out var known) ? known : _words[name] = $"other-{_words.Count + 1}";
    }

    [GeneratedRegex(@"/subscriptions/[0-9a-f-]{36}/resourceGroups/[^\s""'?,;]+", RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex(@"[^/ ]+")]
    private static partial Regex Segment();

    /// <summary>Replaced before.</summary>
    [GeneratedRegex(@"^other-[0-9]+$")]
    private static partial Regex IsOurs();

    /// <summary>Ids that look like names: GUIDs, AWS ids, addresses, numbers.</summary>
    [GeneratedRegex(@"^([0-9a-f]{8}-[0-9a-f-]{27}|[a-z]+-[0-9a-f]{8,17}|[0-9./:]+|true|false)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex IsGiven();
}
