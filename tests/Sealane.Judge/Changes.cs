using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Judge;

/// <summary>Changes of a network, each by a name and drawn from a seed: what people configure, and what they get
/// wrong.</summary>
internal static class Changes
{
    private static readonly (string Name, Func<LabNetwork, Random, LabNetwork> Make)[] s_all =
    [
        ("no-import", (n, r) => Session(n, r, s => s with { Import = null })),
        ("no-export", (n, r) => Session(n, r, s => s with { Export = null })),
        ("no-filters", (n, _) => Open(n)),
        ("import-more", (n, r) => Session(n, r, s => s with { Import = More(s.Import, Any(n, r)) })),
        ("export-more", (n, r) => Session(n, r, s => s with { Export = More(s.Export, Any(n, r)) })),
        ("import-deny", (n, r) => Session(Open(n), r, s => s with { ImportDeny = LabFilter.Of([Any(n, r)]) })),
        ("export-deny", (n, r) => Session(Open(n), r, s => s with { ExportDeny = LabFilter.Of([Any(n, r)]) })),
        ("ge-le", (n, r) => Session(n, r, s =>
            s with { Import = new([new(Prefix.Parse("10.0.0.0/8"), true, null, 24)]) })),
        ("static-more", (n, r) => Leg(n, r, l => l with { Statics = [.. l.Statics, new(Any(n, r), l.FarAddress)] })),
        ("static-elsewhere", (n, r) =>
            Leg(n, r, l => l with { Statics = [.. l.Statics, new(Any(n, r), Ipv4.Parse("172.31.0.1"))] })),
        ("no-statics", (n, r) => Leg(n, r, l => l with { Statics = [] })),
        ("one-static-less", (n, r) => Leg(n, r, l => l with { Statics = [.. l.Statics.Skip(1)] })),
        ("session-shut", (n, r) => Session(n, r, s => s with { Shutdown = true })),
        ("wrong-asn", (n, r) => Session(n, r, s => s with { PeerAsn = s.PeerAsn + 1 })),
        ("wrong-key", (n, r) => Session(n, r, s => s with { McrKey = new("another1bgp2key") })),
        ("prepend", (n, r) => Session(n, r, s => s with { Prepend = r.Next(1, 4) })),
        ("med-out", (n, r) => Session(n, r, s => s with { MedOut = r.Next(0, 300) })),
        ("med-in", (n, r) => Session(n, r, s => s with { MedIn = r.Next(1, 300) })),
        ("as-override", (n, r) => Session(n, r, s => s with { AsOverride = true })),
        ("deny-export-to", (n, r) => Session(Open(n), r, s => s with { DenyExportTo = [.. Far(n)] })),
        ("vxc-down", (n, r) => Leg(n, r, l => l with { Up = false })),
        ("allow-vpc", (n, r) => n with { DxGateway =
            n.DxGateway with { AllowedPrefixes = [.. n.DxGateway.AllowedPrefixes.Union(n.VpcPrefixes)] } }),
        ("allow-covering", (n, r) => n with { DxGateway =
            n.DxGateway with { AllowedPrefixes = [.. n.DxGateway.AllowedPrefixes, Prefix.Parse("10.0.0.0/9")] } }),
        ("allow-hosts", (n, r) => n with { DxGateway =
            n.DxGateway with { AllowedPrefixes = [.. n.AwsOutside.Select(one => one.ToPrefix())] } }),
        ("drops-unannounced", (n, r) => n with { DxGateway = n.DxGateway with { DropsUnannounced = true } }),
        ("propagate", (n, r) => n with { TransitGateway = n.TransitGateway with { Propagates = true } }),
        ("associate", (n, r) => n with { TransitGateway = n.TransitGateway with { Associates = true } }),
        ("no-ecmp", (n, r) => n with { TransitGateway = n.TransitGateway with { Ecmp = false } }),
        ("tgw-static", TransitGatewayStatic),
        ("tunnel-deleted", (n, r) => Tunnel(n, r, t => t with { Configured = false })),
        ("tunnel-asn", (n, r) => Tunnel(n, r, t => t with { AzurePeerAsn = n.TransitGateway.Asn - 1 })),
        ("summarized", (n, r) => n with { SummarizedPrefixes =
            [Pick([n.GatewaySubnet, Prefix.Parse("10.0.0.0/8")], r)] }),
        ("no-vpc-route", (n, r) => n with { Vpcs =
            [.. n.Vpcs.Select((vpc, at) => at == 0 ? vpc with { Routed = [] } : vpc)] }),
    ];

    public static IReadOnlyList<string> Names => [.. s_all.Select(one => one.Name)];

    /// <summary>One to four changes; the same seed makes the same.</summary>
    public static (string Name, LabNetwork Network) Draw(LabNetwork network, Random random)
    {
        var names = new List<string>();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var (name, make) = s_all[random.Next(s_all.Length)];
            network = make(network, random);
            names.Add(name);
        }
        return (string.Join(" + ", names), network);
    }

    /// <summary>Each change alone, in order.</summary>
    public static (string Name, LabNetwork Network) Single(LabNetwork network, int index) =>
        (s_all[index].Name, s_all[index].Make(network, new Random(index)));

    private static Prefix Any(LabNetwork network, Random random) =>
        Pick([.. Foreign(network), network.TransitGateway.Cidr], random);

    private static LabNetwork TransitGatewayStatic(LabNetwork network, Random random)
    {
        var route = new LabStaticRoute(Pick(Foreign(network), random), Pick<string?>(["vpc", "dx", null], random));
        return network with { TransitGateway = network.TransitGateway with { Statics = [route] } };
    }

    // Prefixes that matter: protected ones, longer and shorter than them, and the endpoints; not the transit gateway's
    // own block, which its route tables do not decide about.
    private static List<Prefix> Foreign(LabNetwork network) =>
    [
        network.VpcPrefixes.First(), network.VnetPrefixes.First(), Prefix.Parse("10.0.0.0/8"),
        Prefix.Parse("10.2.1.0/24"), Prefix.Parse("10.1.0.0/24"), Prefix.Parse("10.0.0.0/15"),
        network.AwsOutside.First().ToPrefix(), network.AzureOutside.First().ToPrefix(),
    ];

    private static IEnumerable<Ipv4> Far(LabNetwork network) => network.Legs.Select(leg => leg.Leg.FarAddress);

    private static LabNetwork Open(LabNetwork network) =>
        AllSessions(network, session => session with { Import = null, Export = null });

    private static LabFilter More(LabFilter? filter, Prefix prefix) => new([.. filter?.Entries ?? [], new(prefix)]);

    private static T Pick<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];

    private static LabNetwork AllSessions(LabNetwork network, Func<LabSession, LabSession> change) => network with
    {
        Routers = [.. network.Routers.Select(router => router with
        {
            Legs = [.. router.Legs.Select(leg => leg with { Session = change(leg.Session) })],
        })],
    };

    private static LabNetwork Session(LabNetwork network, Random random, Func<LabSession, LabSession> change) =>
        Leg(network, random, leg => leg with { Session = change(leg.Session) });

    private static LabNetwork Leg(LabNetwork network, Random random, Func<LabLeg, LabLeg> change)
    {
        var chosen = Pick(network.Legs.ToList(), random);
        return network with
        {
            Routers = [.. network.Routers.Select(router => router with
            {
                Legs = [.. router.Legs.Select(
                    leg => router.Key == chosen.Router.Key && leg.Name == chosen.Leg.Name ? change(leg) : leg)],
            })],
        };
    }

    private static LabNetwork Tunnel(LabNetwork network, Random random, Func<LabTunnel, LabTunnel> change)
    {
        var number = Pick(network.Tunnels, random).Number;
        return network with
        {
            Tunnels = [.. network.Tunnels.Select(tunnel => tunnel.Number == number ? change(tunnel) : tunnel)],
        };
    }
}
