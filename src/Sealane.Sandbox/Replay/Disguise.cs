using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Sealane.Core;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// An exchange in which nothing tells whose it is. What stays is what a vendor wrote: names of members, of operations
/// and of types, words in members that hold words of the vendor, small numbers, the sentence of a refusal. Everything
/// else gets a stand-in, also what nobody thought of: a member that is not known may hold anything.
/// </summary>
internal sealed partial class Disguise(StandIns standIns)
{
    private static readonly JsonSerializerOptions Writing =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Ends of the names of members whose values are words of the vendor.</summary>
    private static readonly string[] Worded =
    [
        "state", "status", "type", "code", "mode", "family", "protocol", "tier", "kind", "zone", "direction", "action",
        "origin", "support", "encryption", "integrity", "dhgroup", "pfsgroup", "generation", "method", "policy",
        "version", "category",
    ];

    /// <summary>Headers that say something of the contract; all others say something of the sender.</summary>
    private static readonly string[] Told =
        ["content-type", "x-amz-target", "azure-asyncoperation", "location", "retry-after", "if-match"];

    /// <summary>Numbers above are counts of somebody: of bytes, of customers, of milliseconds since 1970.</summary>
    private const long LargestShown = 100_000;

    public Exchange Of(Exchange exchange) => exchange with
    {
        Target = Target(exchange.Target, exchange.Cloud),
        Headers = Headers(exchange.Headers, exchange.Cloud),
        Body = Body(exchange.Body, refused: false),
        ReplyHeaders = Headers(exchange.ReplyHeaders, exchange.Cloud),
        ReplyBody = Body(exchange.ReplyBody, exchange.ReplyStatus >= 400),
    };

    /// <summary>A value that stands in a member of that name.</summary>
    public string Value(string text, string member, bool refused = false)
    {
        var name = Last(member);
        return text == Exchange.Mask ? text
            : refused && name is "message" or "data" or "error" or "" ? standIns.Sentence(text)
            : text.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) ? Path(text, "azure")
            : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" ? Address(uri)
            : name.EndsWith("asn", StringComparison.Ordinal)
                && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asn)
                ? standIns.Autonomous(asn).ToString(CultureInfo.InvariantCulture)
            : name is "path" or "aspath" && PathOfAsns().IsMatch(text) ? standIns.AsPath(text)
            : name.StartsWith("sku", StringComparison.Ordinal) && Sku().IsMatch(text) ? text
            : IsWorded(name) && VendorsWord().IsMatch(text) && !standIns.IsName(text) ? text
            : Fixed().IsMatch(text) ? text
            : standIns.Name(text, name.EndsWith("name", StringComparison.Ordinal) ? "name" : "text");
    }

    /// <summary>The path of a member; in a map somebody's names stand where members would.</summary>
    public string Member(string path) => string.Join('.', path.Split('.').Select(Key));

    private string Target(string target, string cloud)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? Path(target, cloud) : $"{Path(target[..mark], cloud)}?{Form(target[(mark + 1)..])}";
    }

    /// <summary>Azure's types and names take turns; elsewhere an id is what looks like one.</summary>
    private string Path(string path, string cloud)
    {
        var parts = path.Split('/');
        var provider = Array.FindIndex(parts, part => part.Equals("providers", StringComparison.OrdinalIgnoreCase));
        return string.Join('/', parts.Select((part, at) => cloud != "azure" || at == 0 ? Id(part)
            : provider >= 0 && at > provider + 1 ? (at - provider) % 2 == 0 ? part : Segment(part)
            : at % 2 == 1 || at == provider + 1 ? part : Segment(part)));
    }

    private string Id(string part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? standIns.Number(number).ToString(CultureInfo.InvariantCulture) : standIns.InText(part);

    private string Segment(string part) =>
        Uri.UnescapeDataString(part) is var text && standIns.Name(text) is var shown && shown == text ? part
            : Uri.EscapeDataString(shown);

    private string Address(Uri uri) =>
        $"{uri.Scheme}://{(Vendors().IsMatch(uri.Host) ? standIns.InText(uri.Host) : standIns.Name(uri.Host, "host"))}"
        + Target(uri.PathAndQuery, uri.Host.EndsWith("azure.com", StringComparison.OrdinalIgnoreCase) ? "azure" : "");

    private List<(string Name, string Value)> Headers(
        IReadOnlyList<(string Name, string Value)> headers, string cloud) =>
    [
        .. headers.Where(header => Told.Contains(header.Name.ToLowerInvariant()))
            .Select(header => (header.Name, Uri.TryCreate(header.Value, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https" ? Address(uri)
                : header.Value.StartsWith('/') ? Target(header.Value, cloud) : standIns.InText(header.Value))),
    ];

    private string Body(string body, bool refused)
    {
        var text = body.Trim();
        if (text.Length == 0)
        {
            return "";
        }
        if (RequestKey.Json(text) is { } json)
        {
            return Node(json, "", refused)!.ToJsonString(Writing);
        }
        if (text.StartsWith('<'))
        {
            try
            {
                var root = PlainXml.Root(text);
                Element(root, refused);
                return root.ToString(SaveOptions.DisableFormatting);
            }
            catch (XmlException)
            {
                return "a page that is no XML, left out";
            }
        }
        return text.Contains('=', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal)
            ? Form(text) : "a text, left out";
    }

    private JsonNode? Node(JsonNode? node, string name, bool refused) => node switch
    {
        JsonObject members => new JsonObject(members.Select(member =>
            KeyValuePair.Create(BodyShape.IsFree(name) ? standIns.Name(member.Key) : Key(member.Key),
                Node(member.Value, name == "sku" ? name + member.Key : member.Key, refused)))),
        JsonArray items => new JsonArray([.. items.Select(item => Node(item, name, refused))]),
        null => null,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => Value(node.GetValue<string>(), name, refused),
            JsonValueKind.Number => Number(node, Last(name)),
            _ => node.DeepClone(),
        },
    };

    private JsonNode Number(JsonNode node, string name) =>
        !long.TryParse(node.ToJsonString(), CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(0.5)
        : number > LargestShown || name.EndsWith("id", StringComparison.Ordinal) || name.EndsWith("uid",
            StringComparison.Ordinal) ? JsonValue.Create(standIns.Number(number))
        : name.EndsWith("asn", StringComparison.Ordinal) ? JsonValue.Create(standIns.Autonomous(number))
        : node.DeepClone();

    private void Element(XElement element, bool refused)
    {
        element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration).Remove();
        element.DescendantNodes().OfType<XComment>().Remove();
        if (!element.HasElements)
        {
            if (element.Value.Length > 0)
            {
                element.Value = Value(element.Value, element.Name.LocalName, refused);
            }
            return;
        }
        foreach (var child in element.Elements())
        {
            Element(child, refused);
        }
    }

    private string Form(string form) => string.Join('&', RequestKey.Form(form).Select(pair =>
        $"{WebUtility.UrlEncode(Key(pair.Name))}={WebUtility.UrlEncode(Field(pair.Name, pair.Value))}"));

    private string Field(string name, string value) => name is "Action" or "Version" or "api-version" or "async"
        or "grant_type" or "connectType" or "vxcPermitted" or "safeDelete" or "direction"
        || (name.EndsWith(".Name", StringComparison.Ordinal) && FilterName().IsMatch(value))
            ? value : Value(value, name);

    private string Key(string name) => MemberName().IsMatch(name) && standIns.InText(name) == name ? name
        : name.Length == 0 ? name : standIns.Name(name);

    private static bool IsWorded(string name) =>
        Array.Exists(Worded, end => name.EndsWith(end, StringComparison.Ordinal));

    private static string Last(string member) => new([.. member[(member.LastIndexOf('.') + 1)..]
        .Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    [GeneratedRegex(@"^[A-Za-z]{1,24}(?:[_./ -][A-Za-z]{1,24}){0,4}$")]
    private static partial Regex VendorsWord();

    [GeneratedRegex(@"^[A-Z][A-Za-z0-9]{2,20}(?:_[A-Za-z0-9]{1,20})?$")]
    private static partial Regex Sku();

    [GeneratedRegex(@"^[0-9 ,{}-]*[Ie?]?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PathOfAsns();

    // What is no text: a number, a share, a version, true and false; suites of ciphers.
    [GeneratedRegex(@"^(?:true|false|[0-9]{1,4}|ikev[12]|AES[0-9A-Z-]{0,16}|SHA[0-9A-Z-]{0,8}|ipsec\.1|MCR2"
        + @"|(?:DHGroup|PFS|ECP|Generation)[0-9]{0,4}|Microsoft\.Network/[A-Za-z/]+)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Fixed();

    [GeneratedRegex(@"^[A-Za-z_$@][A-Za-z0-9_.$@:\[\]-]{0,80}$")]
    private static partial Regex MemberName();

    [GeneratedRegex(@"^(?:tag:Name|tag-key|[a-z]+(?:[.-][a-z]+)*)$")]
    private static partial Regex FilterName();

    [GeneratedRegex(
        @"(?:^|\.)(?:amazonaws|azure|microsoftonline|megaport|microsoft)\.com$|\.windows\.net$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Vendors();
}
