using Sealane.Core;
using Sealane.Lab.Model;
using Sealane.Tests;

namespace Sealane.Judge;

/// <summary>The routing corpus (tests/scenarios) as changes of the lab's network: the model's own scenarios, in
/// daemons.</summary>
internal static class Corpus
{
    /// <summary>Words whose meaning the lab does not build: user-defined routes, a gateway's failure without its
    /// link's, static routes into tunnels, questions of the model's own; and no kernel takes a link's broadcast address
    /// as next hop.</summary>
    private static readonly HashSet<string> s_notBuilt =
    [
        "udr", "gateway-udr", "no-gateway-routes", "outer-by-table", "instance-address", "dissociate-dx", "peer",
    ];

    /// <summary>Every set of changes of the corpus with its flows, and how many sets the lab cannot build.</summary>
    public static (IReadOnlyList<CorpusCase> Cases, int Left) Read()
    {
        var sets = Directory.GetFiles(Repository.PathOf("tests", "scenarios"), "*.txt").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadAllLines).Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .GroupBy(columns => columns[0])
            .Select(group => new CorpusCase(group.Key, [.. group.Select(columns => (columns[1], columns[2]))]))
            .ToList();
        var built = sets.Where(one => IsBuilt(one.Changes)).ToList();
        return (built, sets.Count - built.Count);
    }

    public static LabNetwork Make(LabNetwork network, string changes) => changes
        .Split(',', StringSplitOptions.TrimEntries)
        .Aggregate(network, (made, change) => Make(made, change.Split(' ')));

    private static bool IsBuilt(string changes) => changes.Split(',', StringSplitOptions.TrimEntries)
        .Select(change => change.Split(' ')).All(words => !s_notBuilt.Contains(words[0])
            && (words[0] != "down" || words[1..].All(IsPart))
            && !(words[0] == "mcr-static" && words[^1] == "192.168.101.3")
            && !(words[0].StartsWith("tgw-", StringComparison.Ordinal)
                && (words[1] == "transport" || words[^1] == "vpn")));

    private static bool IsPart(string part) => part.StartsWith("tunnel-", StringComparison.Ordinal)
        || part.Contains("-vxc", StringComparison.Ordinal);

    private static LabNetwork Make(LabNetwork network, string[] words)
    {
        var (side, gateway) = (words.ElementAtOrDefault(1) ?? "", network.TransitGateway);
        return words[0] switch
        {
            "none" => network,
            "open" => side.Aggregate(network, Open),
            "down" => words[1..].Aggregate(network, Fail),
            "down-all" => network.Tunnels.Aggregate(network, (made, tunnel) => Fail(made, $"tunnel-{tunnel.Number}")),
            "propagated" => network with { TransitGateway = gateway with { Propagates = true } },
            "associate-dx" => network with { TransitGateway = gateway with { Associates = true } },
            "allow" => Allow(network, Prefix.Parse(side)),
            "no-import" => Session(network, side, session => session with { Import = null }),
            "no-export" => Session(network, side, session => session with { Export = null }),
            "import" => Session(network, side, session => session with { Import = More(session.Import, words) }),
            "export" => Session(network, side, session => session with { Export = More(session.Export, words) }),
            "export-deny" => Session(network, side, session => session with { ExportDeny = More(null, words) }),
            "mcr-static" => Leg(network, side, leg => leg with
            {
                Statics = [.. leg.Statics, new(Prefix.Parse(words[2]),
                    words.Length > 3 ? Ipv4.Parse(words[3]) : leg.FarAddress)],
            }),
            "no-mcr-statics" => Leg(network, side, leg => leg with { Statics = [] }),
            "tgw-static" => network with
            {
                TransitGateway = gateway with { Statics = [.. gateway.Statics, Static(words)] },
            },
            "tgw-list" => network with
            {
                TransitGateway = gateway with { Listed = [.. gateway.Listed, Static(words)] },
            },
            "vnet" => network with
            {
                Vnets =
                [
                    network.Vnets[0] with { Prefixes = [.. network.Vnets[0].Prefixes, Prefix.Parse(side)] },
                ],
            },
            "vpc" => Vpc(network, vpc => vpc with { Prefixes = [.. vpc.Prefixes, Prefix.Parse(side)] }),
            "vpc-route" when words[2] == "tgw" => Vpc(network, vpc => vpc with
            {
                Routed = [.. vpc.Routed.Append(Prefix.Parse(side)).Distinct()],
            }),
            "vpc-route" => Vpc(network, vpc => vpc with { Blackholes = [Prefix.Parse(side)] }),
            "no-vpc-routes" => Vpc(network, vpc => vpc with { Routed = [] }),
            "secondary" => Leg(network, "azure-vxc-2", leg => leg with
            {
                Up = true,
                Session = side == "filtered" ? leg.Session : leg.Session with { Import = null, Export = null },
            }),
            "no-ecmp" => network with { TransitGateway = gateway with { Ecmp = false } },
            "drops-unannounced" => network with { DxGateway = network.DxGateway with { DropsUnannounced = true } },
            "summarized" => network with { SummarizedPrefixes = [Prefix.Parse(side)] },
            _ => throw new FormatException($"no change '{words[0]}'"),
        };
    }

    private static LabNetwork Open(LabNetwork network, char lockName) => lockName switch
    {
        'a' => Both(network, session => session with { Import = null }),
        'b' => Both(network, session => session with { Export = null }),
        'c' => Allow(network, [.. network.VpcPrefixes]),
        _ => network with
        {
            TransitGateway = network.TransitGateway with { Propagates = true, VpcsInTransport = true },
        },
    };

    private static LabNetwork Fail(LabNetwork network, string part)
    {
        if (!part.StartsWith("tunnel-", StringComparison.Ordinal))
        {
            var (vxc, session) = (part.Split('/')[0], part.EndsWith("/bgp", StringComparison.Ordinal));
            return Leg(network, vxc, leg => session ? leg with { Session = leg.Session with { Shutdown = true } }
                : leg with { Up = false });
        }
        var words = part.Split('-', '/');
        var bgp = words.Length > 2;
        return network with
        {
            Tunnels = [.. network.Tunnels.Select(tunnel => $"{tunnel.Number}" != words[1] ? tunnel
                : bgp ? tunnel with { AzurePeerAsn = network.TransitGateway.Asn - 1 }
                : tunnel with { Configured = false })],
        };
    }

    private static LabNetwork Allow(LabNetwork network, params IReadOnlyList<Prefix> prefixes) => network with
    {
        DxGateway = network.DxGateway with
        {
            AllowedPrefixes = [.. network.DxGateway.AllowedPrefixes.Union(prefixes)],
        },
    };

    private static LabStaticRoute Static(string[] words) =>
        new(Prefix.Parse(words[2]), words[3] == "blackhole" ? null : words[3]);

    private static LabFilter More(LabFilter? filter, string[] words) =>
        new([.. filter?.Entries ?? [], .. words[2..].Select(prefix => new LabFilterEntry(Prefix.Parse(prefix)))]);

    private static LabNetwork Vpc(LabNetwork network, Func<LabVpc, LabVpc> change) =>
        network with { Vpcs = [change(network.Vpcs[0]), .. network.Vpcs.Skip(1)] };

    // The corpus opens and closes the two VXCs of the guide; the second path is a change of its own.
    private static LabNetwork Both(LabNetwork network, Func<LabSession, LabSession> change) =>
        Session(Session(network, "aws", change), "azure", change);

    private static LabNetwork Session(LabNetwork network, string side, Func<LabSession, LabSession> change) =>
        Leg(network, side, leg => leg with { Session = change(leg.Session) });

    private static LabNetwork Leg(LabNetwork network, string name, Func<LabLeg, LabLeg> change)
    {
        var wanted = name switch
        {
            "aws" or "aws-vxc" => "aws",
            "azure" or "azure-vxc" => "azure-primary",
            _ => "azure-secondary",
        };
        return network with
        {
            Routers = [.. network.Routers.Select(router => router with
            {
                Legs = [.. router.Legs.Select(leg => leg.Name == wanted ? change(leg) : leg)],
            })],
        };
    }
}

/// <param name="Flows">Source and destination, and the corpus's verdict.</param>
internal sealed record CorpusCase(string Changes, IReadOnlyList<(string Flow, string Verdict)> Flows)
{
    /// <summary>The verdict of the corpus on a flow between two hosts; null: it has none.</summary>
    public string? Verdict(Ipv4 from, Ipv4 to)
    {
        foreach (var (flow, verdict) in Flows)
        {
            var ends = flow.Split(' ').Select(Ipv4.Parse).ToList();
            if (Same(ends[0], from) && Same(ends[1], to))
            {
                return verdict;
            }
        }
        return null;

        // Another host of the same subnet.
        static bool Same(Ipv4 one, Ipv4 other) => new Prefix(one, 24).Contains(other);
    }
}
