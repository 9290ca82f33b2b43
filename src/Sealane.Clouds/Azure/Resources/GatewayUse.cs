using System.Text.Json.Nodes;
using Sealane.Clouds.Used;
using Sealane.Core;

namespace Sealane.Clouds.Azure;

/// <summary>One look at a used VPN gateway: what it has, what it had before, and what others rely on. Decides, and
/// calls nobody.</summary>
/// <param name="before">What is written down of it; null where the link has not changed it.</param>
internal sealed class GatewayUse(JsonNode? properties, UsedNote? before, IReadOnlyList<OthersConnection> others)
{
    /// <summary>The one value that is no BGP address: the private address is switched on.</summary>
    public const string PrivateAddress = "private-address";

    private const string RadiusSecret = "it asks a RADIUS server for point-to-site, whose secret no answer shows, and "
        + "whether a change without it keeps it is not known";

    /// <summary>An instance's BGP speaker as the gateway shows it.</summary>
    private sealed record Speaker(string Name, JsonObject Shown, IReadOnlyList<string> Addresses);

    // Where the answer leaves the flag out, an address that it shows says the same.
    private readonly bool _hasPrivateAddress = properties.At("enablePrivateIpAddress") is not null
        ? properties.Flag("enablePrivateIpAddress")
        : properties.Items("ipConfigurations").Any(each => each.Text("properties", "privateIPAddress") is not null);

    /// <summary>In the order of their ipConfigurations' names, as <see cref="UsedVpnGateway.Of"/> has them.</summary>
    private readonly List<Speaker> _speakers =
    [
        .. from peer in properties.Items("bgpSettings", "bgpPeeringAddresses").OfType<JsonObject>()
           let name = AzureIds.NameOf(peer.Text("ipconfigurationId") ?? "")
           orderby name.ToUpperInvariant()
           select new Speaker(name, peer, peer.Texts("customBgpIpAddresses")),
    ];

    public IReadOnlyList<string> Has =>
        [.. _hasPrivateAddress ? [PrivateAddress] : Array.Empty<string>(), .. _speakers.SelectMany(it => it.Addresses)];

    /// <summary>What the answer leaves out of what is written back as a whole: a change from it would take away what
    /// others have there.</summary>
    public string? NotShown(IReadOnlyList<IReadOnlyList<Ipv4>> wanted) =>
        _speakers.Count < wanted.Count ? "its answer does not show all its BGP speakers (bgpPeeringAddresses)"
        : _speakers.Find(speaker => speaker.Shown.At("customBgpIpAddresses") is null) is { } silent
            ? $"its answer does not show the BGP addresses of {silent.Name} (customBgpIpAddresses)" : null;

    /// <summary>What happens to others meanwhile.</summary>
    public string Impact =>
        "the gateway is changed for about 20 minutes, in which its tunnels, "
        + (others.Count == 0 ? "of which others have none" : $"those of {Names(others)} too") + ", may be interrupted";

    /// <summary>Whether a change keeps all that its owner has there is not known.</summary>
    public string? Untouchable => HasRadius() ? RadiusSecret : null;

    /// <summary>What others rely on, each with whose it is by now.</summary>
    public IReadOnlyList<(string Name, string Value)> ReliedOn =>
    [
        .. from one in others
           where one.UsesPrivateAddress
           select (PrivateAddress, $"{one}"),
        .. from speaker in _speakers
           from shown in speaker.Addresses.Index()
           where Ipv4.TryParse(shown.Item, out _)
           from one in others
           where one.ReliesOn(Ipv4.Parse(shown.Item), shown.Index == 0)
           select (shown.Item, $"{one}"),
    ];

    public IReadOnlyList<string> Differences(IReadOnlyList<IReadOnlyList<Ipv4>> wanted) =>
    [
        .. _hasPrivateAddress ? Array.Empty<string>()
            : ["private address (enablePrivateIpAddress) off → on; connections of others stay on the public one"],
        .. from each in Wanted(wanted)
           where each.Missing.Count > 0
           select $"BGP addresses of {each.Speaker.Name} {{{string.Join(", ", each.Speaker.Addresses)}}} → "
               + $"{{{string.Join(", ", Longer(each.Speaker, each.Missing))}}}; those of others stay",
    ];

    /// <summary>Why the change would harm others, or may; with the way out.</summary>
    public IReadOnlyList<string> Hindrances(IReadOnlyList<IReadOnlyList<Ipv4>> wanted)
    {
        var adds = Wanted(wanted).Where(each => each.Missing.Count > 0).ToList();
        return adds.Count == 0 && _hasPrivateAddress ? [] :
        [
            .. properties.Flag("enableBgp") ? Array.Empty<string>()
                : ["BGP is off (enableBgp): have its owner switch it on"],
            .. HasRadius() ? [$"{RadiusSecret}: have its owner switch the private address on and add the BGP addresses "
                + string.Join(", ", adds.SelectMany(each => each.Missing))] : Array.Empty<string>(),
            .. adds.Count > 0 && properties.Items("natRules").Any()
                ? ["it has NAT rules, and NAT beside such BGP addresses is not supported: have its owner take them "
                    + "away"] : Array.Empty<string>(),
            .. others.Where(one => one.IsUnread).Select(one => $"the connection {one.Name} of others cannot be read, "
                + "so what the change would do to it is not known: give the identity the right to read it"),
            .. from each in adds
               where each.Speaker.Addresses.Count == 0
               from one in others
               where one is { TakesFirst: true, IsUnread: false }
               select $"the connection {one} of others has BGP and names no address of its own: it would move "
                   + $"from the gateway's default to {each.Missing[0]} and lose its session. Have its owner give it an "
                   + "address of its own (gatewayCustomBgpIpAddresses) first",
            .. Taken(wanted),
        ];
    }

    public IReadOnlyList<string> Missing(IReadOnlyList<IReadOnlyList<Ipv4>> wanted) =>
    [
        .. _hasPrivateAddress ? Array.Empty<string>() : [PrivateAddress],
        .. Wanted(wanted).SelectMany(each => each.Missing).Select(address => address.ToString()),
    ];

    /// <summary>The members that change, with what the link needs.</summary>
    public JsonObject With(IReadOnlyList<IReadOnlyList<Ipv4>> wanted)
    {
        var missing = Wanted(wanted).ToDictionary(each => each.Speaker, each => each.Missing);
        return Members(true, speaker => Longer(speaker, missing.GetValueOrDefault(speaker, [])));
    }

    /// <summary>The same without these.</summary>
    public JsonObject Without(IReadOnlyList<string> own) => Members(
        _hasPrivateAddress && !own.Contains(PrivateAddress),
        speaker => speaker.Addresses.Where(address => !own.Contains(address)));

    private IEnumerable<(Speaker Speaker, IReadOnlyList<Ipv4> Missing)> Wanted(
        IReadOnlyList<IReadOnlyList<Ipv4>> wanted) =>
        _speakers.Zip(wanted, (speaker, addresses) => (speaker, (IReadOnlyList<Ipv4>)
            [.. addresses.Where(address => !speaker.Addresses.Contains(address.ToString()))]));

    /// <summary>Ours come last: whoever takes the first one keeps it.</summary>
    private static IEnumerable<string> Longer(Speaker speaker, IReadOnlyList<Ipv4> added) =>
        speaker.Addresses.Concat(added.Select(address => address.ToString()));

    /// <summary>Addresses that somebody else's connection speaks from, or that another instance has.</summary>
    private IEnumerable<string> Taken(IReadOnlyList<IReadOnlyList<Ipv4>> wanted) =>
        from each in _speakers.Zip(wanted)
        from address in each.Second
        where before?.Added.Contains(address.ToString()) != true
        let user = others.FirstOrDefault(one => one.BgpAddresses.Contains(address.ToString()))
        let elsewhere = _speakers.Find(other => other != each.First && other.Addresses.Contains(address.ToString()))
        where user is not null || elsewhere is not null
        select user is not null
            ? $"{address} is in use by the connection {user.Name} of others: write other tunnels[].insideCidr"
            : $"{address} is a BGP address of {elsewhere!.Name} already, and the tunnel ends at {each.First.Name}: "
                + "write other tunnels[].insideCidr";

    private bool HasRadius() => properties.At("vpnClientConfiguration") is JsonObject clients
        && (clients.Text("radiusServerAddress") is { Length: > 0 } || clients.Items("radiusServers").Any());

    private JsonObject Members(bool privateAddress, Func<Speaker, IEnumerable<string>> addresses) => new()
    {
        ["properties"] = new JsonObject
        {
            ["enablePrivateIpAddress"] = privateAddress,
            ["bgpSettings"] = new JsonObject
            {
                ["bgpPeeringAddresses"] = new JsonArray([.. _speakers.Select(speaker =>
                {
                    var peer = new JsonObject { ["customBgpIpAddresses"] = ArmJson.Array(addresses(speaker)) };
                    if (speaker.Shown.Text("ipconfigurationId") is { } id)
                    {
                        peer["ipconfigurationId"] = id;
                    }
                    return peer;
                })]),
            },
        },
    };

    private static string Names(IReadOnlyList<OthersConnection> connections) =>
        string.Join(", ", connections);
}
