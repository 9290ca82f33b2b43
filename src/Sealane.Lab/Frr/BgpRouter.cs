using Sealane.Core;

namespace Sealane.Lab.Frr;

/// <summary>A BGP router in the lab's words, and FRR's configuration of it.</summary>
internal sealed class BgpRouter(long asn, Ipv4 routerId)
{
    private readonly List<string> _lists = [];
    private readonly List<FrrBlock> _maps = [];
    private readonly List<BgpPeer> _peers = [];

    public List<Prefix> Networks { get; } = [];
    public List<string> Redistributed { get; } = [];
    public List<string>? Statics { get; set; }
    public int Paths { get; set; } = 8;

    /// <summary>Equal paths through different ASNs are used together.</summary>
    public bool RelaxAsPath { get; set; }

    public long Asn => asn;

    public BgpPeer Peer(string name, Ipv4 address, long peerAsn)
    {
        var peer = new BgpPeer(name, address, peerAsn) { NextHopSelf = peerAsn == asn };
        _peers.Add(peer);
        return peer;
    }

    /// <summary>A prefix list; empty, it matches nothing.</summary>
    public string List(string name, IEnumerable<string> entries)
    {
        _lists.AddRange(entries.Select((entry, at) => $"ip prefix-list {name} seq {5 * (at + 1)} {entry}"));
        return name;
    }

    public string Own()
    {
        // Routes of this router itself have an empty path.
        const string line = "bgp as-path access-list OWN seq 5 permit ^$";
        if (!_lists.Contains(line))
        {
            _lists.Add(line);
        }
        return "OWN";
    }

    /// <summary>A route map, entry after entry; what none matches is denied.</summary>
    public string Map(string name, params IReadOnlyList<Clause> clauses)
    {
        var all = clauses.Count > 0 ? clauses : [Clause.Deny()];
        _maps.AddRange(all.Select((clause, at) => new FrrBlock(
            $"route-map {name} {(clause.Permits ? "permit" : "deny")} {10 * (at + 1)}", clause.Lines)));
        return name;
    }

    public FrrConfig Config()
    {
        // A router knows an address once: the second neighbour of the same address is no neighbour.
        var peers = _peers.DistinctBy(peer => peer.Address).ToList();
        var session = new List<string>
        {
            $"bgp router-id {routerId}",
            "no bgp ebgp-requires-policy",
            "no bgp default ipv4-unicast",
            "no bgp network import-check",
            "bgp log-neighbor-changes",
            // Without it FRR keeps the oldest of equal routes, so that tables depend on what came up first.
            "bgp bestpath compare-routerid",
            "coalesce-time 10",
        };
        if (RelaxAsPath)
        {
            session.Add("bgp bestpath as-path multipath-relax");
        }
        session.AddRange(peers.SelectMany(peer => peer.Lines(asn)));
        var family = new List<string>
        {
            $"maximum-paths {Paths}",
            $"maximum-paths ibgp {Paths}",
        };
        family.AddRange(Networks.Distinct().Select(prefix => $"network {prefix}"));
        family.AddRange(Redistributed.Select(source => $"redistribute {source}"));
        family.AddRange(peers.SelectMany(peer => peer.FamilyLines()));
        var header = $"router bgp {asn}";
        return new(asn,
            [
                new("", ["bgp route-map delay-timer 0", .. _lists]),
                .. _maps,
                new(header, session),
                new(header + "\naddress-family ipv4 unicast", family),
            ],
            Statics, peers.Exists(peer => peer.Bfd))
        {
            Peers = [.. peers.Select(peer => peer.Address)],
        };
    }
}

/// <summary>An entry of a route map.</summary>
internal sealed record Clause(bool Permits, IReadOnlyList<string> Lines)
{
    public static Clause Permit(params IReadOnlyList<string> lines) => new(true, lines);

    public static Clause Deny(params IReadOnlyList<string> lines) => new(false, lines);
}

internal sealed record BgpPeer(string Name, Ipv4 Address, long Asn)
{
    public Secret? Key { get; set; }
    public long? LocalAsn { get; set; }
    public bool Shutdown { get; set; }
    public bool Bfd { get; set; }
    public bool NextHopSelf { get; set; }
    public bool RemovePrivateAsn { get; set; }
    public bool AsOverride { get; set; }

    /// <summary>Keeps what it received before its own checks.</summary>
    public bool KeepReceived { get; set; }

    /// <summary>With more prefixes the session is taken down.</summary>
    public int? MostPrefixes { get; set; }
    public (int Keepalive, int Hold) Timers { get; set; } = (60, 180);
    public string? In { get; set; }
    public string? Out { get; set; }

    public IEnumerable<string> Lines(long routerAsn)
    {
        yield return $"neighbor {Address} remote-as {Asn}";
        yield return $"neighbor {Address} description {Name}";
        if (LocalAsn is { } local && local != routerAsn)
        {
            yield return $"neighbor {Address} local-as {local} no-prepend replace-as";
        }
        if (Key is { } key)
        {
            yield return $"neighbor {Address} password {key.Reveal()}";
        }
        yield return $"neighbor {Address} timers {Timers.Keepalive} {Timers.Hold}";
        // After an outage: the default waits up to two minutes before it tries again.
        yield return $"neighbor {Address} timers connect 1";
        if (Bfd)
        {
            yield return $"neighbor {Address} bfd profile edge";
        }
        if (Shutdown)
        {
            yield return $"neighbor {Address} shutdown";
        }
    }

    public IEnumerable<string> FamilyLines()
    {
        yield return $"neighbor {Address} activate";
        if (NextHopSelf)
        {
            yield return $"neighbor {Address} next-hop-self";
        }
        if (RemovePrivateAsn)
        {
            yield return $"neighbor {Address} remove-private-AS all";
        }
        if (AsOverride)
        {
            yield return $"neighbor {Address} as-override";
        }
        if (KeepReceived)
        {
            yield return $"neighbor {Address} soft-reconfiguration inbound";
        }
        if (MostPrefixes is { } most)
        {
            yield return $"neighbor {Address} maximum-prefix {most}";
        }
        if (In is { } one)
        {
            yield return $"neighbor {Address} route-map {one} in";
        }
        if (Out is { } other)
        {
            yield return $"neighbor {Address} route-map {other} out";
        }
    }
}
