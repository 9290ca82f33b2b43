using System.Globalization;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// What is put in the place of a value that tells whose account a recording is of: of the same form, and the same one
/// for the same value wherever it stands. Whoever reads it still sees that two answers speak of one gateway.
/// </summary>
internal sealed partial class StandIns
{
    /// <summary>Words of the vendors that stand where names could stand.</summary>
    private static readonly HashSet<string> Common = new(StringComparer.OrdinalIgnoreCase)
    {
        "enable", "enabled", "disable", "disabled", "default", "none", "all", "any", "true", "false", "up", "down",
        "permit", "deny", "private", "public", "static", "dynamic", "primary", "secondary", "ipv4", "ipv6", "igp",
        "standard", "basic", "private_cloud", "priv_cloud", "azureprivatepeering", "gatewaysubnet", "on-prem",
        "microsoft", "megaport", "amazon", "azure", "aws", "awshc", "vrouter", "vlan", "network", "ebgp", "ibgp", "get",
        "post", "put", "patch", "delete", "name", "unknown",
    };

    /// <summary>Words with a capital that the vendors' sentences use.</summary>
    private static readonly HashSet<string> Terms = new(StringComparer.OrdinalIgnoreCase)
    {
        "attachment", "attachments", "bgp", "circuit", "cloud", "connect", "connection", "customer", "direct",
        "directconnect", "express", "expressroute", "for", "gateway", "gateways", "in", "interface", "ip", "ips",
        "invalid", "internet", "location", "missing", "markets", "operation", "order", "peering", "please", "port",
        "prefix", "product", "public", "request", "required", "resource", "resources", "router", "service", "sku",
        "standard", "subnet", "subscription", "the", "transit", "uid", "valid", "virtual", "vlan", "vpn", "vxc",
    };

    private readonly Dictionary<(string Kind, string Value), string> _given = [];
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>Names and texts that were replaced: they may stand in the sentence of a refusal too.</summary>
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _texts = new(StringComparer.OrdinalIgnoreCase);

    public int Count => _given.Count;

    /// <summary>Whether somebody gave it as a name somewhere: then it is no word of a vendor's.</summary>
    public bool IsName(string text) => _names.Contains(text);

    /// <summary>Every id, address, date and the like in a text by its form; the rest of the text stays.</summary>
    public string InText(string text) => Telling().Replace(text, match => Of(match));

    /// <summary>A name that somebody gave.</summary>
    /// <param name="kind">What to call it: <c>name</c>, <c>text</c>.</param>
    public string Name(string value, string kind = "name")
    {
        if (value.Length == 0 || value == Exchange.Mask || Common.Contains(value))
        {
            return value;
        }
        var shown = InText(value);
        if (shown != value && !HasLetters().IsMatch(Telling().Replace(value, "")))
        {
            return shown;
        }
        (kind == "name" ? _names : _texts).Add(value);
        return Given(kind, value.ToUpperInvariant(), number => $"{kind}-{number}");
    }

    /// <summary>A number that somebody counted: of an account, a service, an order.</summary>
    public long Number(long value) =>
        long.Parse(Given("number", $"{value}", number => $"{900_000 + number}"), CultureInfo.InvariantCulture);

    /// <summary>The sentence of a refusal: the vendor's words stay, for they are what a client goes by.</summary>
    public string Sentence(string text) => Word().Replace(
        Quoted().Replace(InText(text), match => $"'{Name(match.Groups["what"].Value)}'"),
        match => match.Value switch
        {
            var word when StandIn().IsMatch(word) => word,
            var word when _names.Contains(word) || _texts.Contains(word) || word.Length > 40
                || (HasDigits().IsMatch(word) && word.Length > 3) => Name(word),
            // A capital inside of a sentence begins somebody's name, or a vendor's.
            var word when match.Index > 0 && Capital().IsMatch(word) && !Terms.Contains(word) => Name(word),
            var word => word,
        });

    /// <summary>A way through autonomous systems: its form stays, blanks and letters at its end included.</summary>
    public string AsPath(string path) => Asn().Replace(path, match =>
        Autonomous(long.Parse(match.Value, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture));

    /// <summary>Microsoft's and Amazon's own numbers are everybody's.</summary>
    public long Autonomous(long asn) => asn is 12076 or 65515 or 7224 or < 16 ? asn : Number(asn);

    private string Of(Match match)
    {
        var value = match.Value;
        string Same(string kind, Func<int, string> make) => Given(kind, value.ToUpperInvariant(), make);
        return match.Groups switch
        {
            _ when match.Groups["secret"].Success => value.StartsWith("{{secret-", StringComparison.Ordinal)
                ? Same("secret", n => $"{{{{secret-{n}}}}}") : value,
            _ when match.Groups["uuid"].Success => Same("uuid", n => $"00000000-0000-4000-8000-{n:x12}"),
            _ when match.Groups["aws"].Success => match.Groups["kind"].Value + Same("aws", n => $"-{n:x17}"),
            _ when match.Groups["dx"].Success => match.Groups["dxkind"].Value + Same("dx", n => $"-{n:x8}"),
            _ when match.Groups["mail"].Success => Same("mail", n => $"person-{n}@example.com"),
            _ when match.Groups["mac"].Success => Same("mac", n => $"02:00:00:00:{n / 256:x2}:{n % 256:x2}"),
            _ when match.Groups["time"].Success => Digit().Replace(value, "0"),
            _ when match.Groups["ip"].Success => value is "0.0.0.0" ? value
                // RFC 2544: for benchmarks, and on no network that anybody could know again.
                : Same("ip", n => $"198.{18 + (n / 65536)}.{n / 256 % 256}.{n % 256}"),
            _ when match.Groups["ip6"].Success => Same("ip6", n => $"2001:db8::{n:x}"),
            _ => long.TryParse(value, CultureInfo.InvariantCulture, out var number)
                ? Number(number).ToString(CultureInfo.InvariantCulture) : Same("digits", n => $"{900_000 + n}"),
        };
    }

    private string Given(string kind, string value, Func<int, string> make)
    {
        if (!_given.TryGetValue((kind, value), out var given))
        {
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
            _given[(kind, value)] = given = make(_counts[kind]);
        }
        return given;
    }

    // Amazon's ids, identifiers, mail, hardware addresses, dates, addresses, and every other long row of digits.
    [GeneratedRegex(
        @"(?<secret>\{\{[^{}]*\}\})"
        + @"|(?<uuid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})"
        + @"|(?<aws>\b(?<kind>[a-z]+(?:-[a-z]+)*)-[0-9a-f]{8,20}\b)"
        + @"|(?<dx>(?<dxkind>dx(?:con|vif|lag))-[a-z0-9]{8})"
        + @"|(?<mail>[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)"
        + @"|(?<mac>\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b|\b[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}\b)"
        + @"|(?<time>\b[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9:.]+(?:Z|[+-][0-9:]{4,5})?)?"
        + @"|\b[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]+)?(?![:0-9a-f]))"
        + @"|(?<ip>\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b)"
        + @"|(?<ip6>(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{0,4}(?::[0-9a-f]{1,4})*)"
        + @"|(?<digits>[0-9]{6,})",
        RegexOptions.IgnoreCase)]
    private static partial Regex Telling();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}_.+-]*[\p{L}\p{N}]|[\p{L}\p{N}]")]
    private static partial Regex Word();

    // What a sentence quotes is somebody's, but for types: 'Microsoft.Network/connections/x' goes word by word.
    [GeneratedRegex(@"(?<!\p{L})['""](?<what>[^'""/]{1,200})['""]")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b[0-9]{2,10}\b")]
    private static partial Regex Asn();

    [GeneratedRegex(@"^(?:name|text|person|host)-[0-9]+$|^0{8}-|^0{4}-0{2}|^198\.1[89]\.|^9[0-9]{5}$|-0{4,}[0-9a-f]+$")]
    private static partial Regex StandIn();

    // Not BGP, not Microsoft.Network, not the address of a page.
    [GeneratedRegex(@"^(?!Microsoft\.)(?:\p{Lu}\p{L}*\p{Ll}|\p{L}+\.\p{L}+$)(?<!aka\.ms)")]
    private static partial Regex Capital();

    [GeneratedRegex(@"\p{L}")]
    private static partial Regex HasLetters();

    [GeneratedRegex("[0-9]")]
    private static partial Regex HasDigits();

    [GeneratedRegex("[0-9]")]
    private static partial Regex Digit();
}
