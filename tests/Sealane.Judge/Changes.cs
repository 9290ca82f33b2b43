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
        ("import-deny-everywhere", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
            { ImportDeny = LabFilter.Of([n.VnetPrefixes.First(), n.TransitGateway.Cidr]) } })),
        ("export-deny-everywhere", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
            { ExportDeny = LabFilter.Of([n.VnetPrefixes.First(), n.TransitGateway.Cidr]) } })),
        ("export-policy", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
            { DenyExportTo = [n.Legs.First().Leg.FarAddress] } })),
        ("prepended-twice", (n, _) => Legs(n, l => l with { Session = l.Session with { Prepend = 2 } })),
        ("static-and-vpn", (n, _) => n with { TransitGateway = n.TransitGateway with
            { Statics = [new(n.VnetPrefixes.First(), "dx")] } }),
        ("summarized-subnet", (n, _) => n with { SummarizedPrefixes = [n.GatewaySubnet] }),
        ("as-override-to-azure", (n, _) => Azure(Open(n), l => l with { Session = l.Session with
            { AsOverride = true } })),
        ("static-beats-bgp", (n, _) => Azure(Open(n), l => l with { Statics = [.. l.Statics,
            new(n.VnetPrefixes.First(), l.FarAddress)] })),
        ("vnet-part-over-the-mcr", (n, _) => Aws(Open(n), l => l with { Statics = [.. l.Statics,
            new(Prefix.Parse("10.2.1.0/24"), l.FarAddress)] })),
        ("vpc-over-the-mcr", (n, _) => Propagate(Azure(Open(n), l => l with { Statics = [.. l.Statics,
            new(n.VpcPrefixes.First(), l.FarAddress)] }))),
        ("vpc-over-the-mcr-into-a-blackhole", (n, _) => Nowhere(Propagate(Azure(Open(n), l => l with { Statics =
            [.. l.Statics, new(n.VpcPrefixes.First(), l.FarAddress)] })))),
        ("leak-to-azure", (n, _) => Propagate(Open(n))),
        ("leak-to-aws", (n, _) => Open(n) with
        {
            DxGateway = n.DxGateway with { AllowedPrefixes = [.. n.DxGateway.AllowedPrefixes.Union(n.VpcPrefixes)] },
            TransitGateway = n.TransitGateway with { VpcsInTransport = true },
        }),
        ("one-way-longer", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
        {
            Prepend = l.Name == "aws-2" ? 2 : 0,
        } })),
        ("one-way-dearer", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
        {
            MedIn = l.Name is "aws-2" or "azure-secondary" ? 20 : 10,
        } })),
        ("first-way-dearer", (n, _) => Legs(Open(n), l => l with { Session = l.Session with
        {
            MedIn = l.Name is "aws-2" or "azure-secondary" ? 10 : 20,
        } })),
        ("more-than-AWS-takes",
            (n, _) => First(Azure(Open(n), l => l), Cloud.Azure, l => l with { Statics = [.. l.Statics,
            .. Enumerable.Range(0, 120).Select(i =>
                new LabMcrStatic(new(new Ipv4(0xAC100000u + ((uint)i << 8)), 24), l.FarAddress))] })),
        ("other-peer-type", (n, r) => Session(Open(n), r, s => s with
            { PeerType = Pick([PeerType.PublicCloud, PeerType.NonCloud], r) })),
        ("public-cloud", (n, _) => Aws(Open(n), l => l with { Session = l.Session with
            { PeerType = PeerType.PublicCloud } })),
        ("other-ASN-of-the-second-router", (n, _) => SecondAsn(Open(n), 133938)),
        ("dearer-way-of-another-ASN",
            (n, _) => SecondAsn(First(Open(n), Cloud.Aws, l => l with { Session = l.Session with
            { MedOut = 100 } }), 133938)),
        ("gateway-of-the-MCRs-ASN", (n, _) => Propagate(Open(n)) with { VpnGatewayAsn = n.Routers[0].Asn }),
        ("second-router-of-the-dxgws-ASN", (n, _) => Loop(n, 133938, null)),
        ("second-router-shows-the-dxgws-ASN", (n, _) => Loop(n, 64999, 64999)),
        ("list-and-static", (n, r) => n with { TransitGateway = n.TransitGateway with
        {
            Statics = [new(n.VnetPrefixes.First(), "dx")],
            Listed = [new(n.VnetPrefixes.First(), null), new(Prefix.Parse("10.2.1.0/24"), "dx")],
        } }),
        ("list-and-static-associated", (n, _) => n with { TransitGateway = n.TransitGateway with
        {
            Associates = true,
            Statics = [new(n.VnetPrefixes.First(), "dx")],
            Listed = [new(Prefix.Parse("10.2.1.0/24"), "dx")],
        } }),
        ("heard-from-the-mcr-and-associated", (n, _) => Last(Open(n), Cloud.Aws, l => l with { Statics = [.. l.Statics,
            new(new(n.VpcPrefixes.First().Network, 24), l.FarAddress)] }) with
        {
            TransitGateway = n.TransitGateway with { Associates = true },
        }),
        ("list-beats-vpn", (n, r) => n with { TransitGateway = n.TransitGateway with
            { Listed = [new(n.VnetPrefixes.First(), "dx")] } }),
        ("no-vpc-route", (n, r) => n with { Vpcs =
            [.. n.Vpcs.Select((vpc, at) => at == 0 ? vpc with { Routed = [] } : vpc)] }),
    ];

    public static IReadOnlyList<string> Names => [.. s_all.Select(one => one.Name)];

    /// <summary>One to four changes; the same seed makes the same.</summary>
    public static IEnumerable<Configuration> Draw(LabNetwork network, int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            yield return Draw(network, random);
        }
    }

    private static Configuration Draw(LabNetwork network, Random random)
    {
        var names = new List<string>();
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            var (name, make) = s_all[random.Next(s_all.Length)];
            network = make(network, random);
            names.Add(name);
        }
        return new(string.Join(" + ", names), network);
    }

    /// <summary>Each change alone, in order.</summary>
    public static Configuration Single(LabNetwork network, int index) =>
        new(s_all[index].Name, s_all[index].Make(network, new Random(index)));

    private static Prefix Any(LabNetwork network, Random random) =>
        Pick([.. Foreign(network), network.TransitGateway.Cidr], random);

    private static LabNetwork TransitGatewayStatic(LabNetwork network, Random random)
    {
        var route = new LabStaticRoute(Pick(Foreign(network), random), Pick<string?>(["vpc", "dx", null], random));
        return network with { TransitGateway = network.TransitGateway with { Statics = [route] } };
    }

    private static LabNetwork Nowhere(LabNetwork network) => network with
    {
        TransitGateway = network.TransitGateway with { Statics = [new(network.VpcPrefixes.First(), null)] },
    };

    // Prefixes that matter: protected ones, longer and shorter than them, and the endpoints; not the transit gateway's
    // own block, which its route tables do not decide about.
    private static List<Prefix> Foreign(LabNetwork network) =>
    [
        network.VpcPrefixes.First(), network.VnetPrefixes.First(), Prefix.Parse("10.0.0.0/8"),
        Prefix.Parse("10.2.1.0/24"), Prefix.Parse("10.1.0.0/24"), Prefix.Parse("10.0.0.0/15"),
        network.AwsOutside.First().ToPrefix(), network.AzureOutside.First().ToPrefix(),
    ];

    private static IEnumerable<Ipv4> Far(LabNetwork network) => network.Legs.Select(leg => leg.Leg.FarAddress);

    private static LabNetwork Propagate(LabNetwork network) =>
        network with { TransitGateway = network.TransitGateway with { Propagates = true } };

    private static LabNetwork Aws(LabNetwork network, Func<LabLeg, LabLeg> change) =>
        Legs(network, leg => leg.Cloud == Cloud.Aws ? change(leg) : leg);

    private static LabNetwork Azure(LabNetwork network, Func<LabLeg, LabLeg> change) =>
        Legs(network, leg => leg.Cloud == Cloud.Azure ? change(leg) : leg);

    // Both ends of a link between MCRs are told.
    private static LabNetwork SecondAsn(LabNetwork network, long asn) => network with
    {
        Routers = [.. network.Routers.Select((router, at) => router with
        {
            Asn = at == 1 ? asn : router.Asn,
            Legs = [.. router.Legs.Select(leg => at == 0 && leg.Cloud == Cloud.Megaport
                ? leg with { Session = leg.Session with { PeerAsn = asn } } : leg)],
        })],
    };

    // The second router hears of AWS from the first alone, on a path with its own ASN, or with what it shows as such.
    private static LabNetwork Loop(LabNetwork network, long dxGateway, long? shown)
    {
        var changed = SecondAsn(Open(network), 133938);
        return changed with
        {
            DxGateway = changed.DxGateway with { Asn = dxGateway },
            Routers = [.. changed.Routers.Select((router, at) => router with
            {
                Legs = [.. router.Legs.Select(leg => leg.Cloud switch
                {
                    Cloud.Aws => leg with
                    {
                        Session = leg.Session with { PeerAsn = dxGateway, Shutdown = at == 1 },
                    },
                    Cloud.Megaport => leg with
                    {
                        Session = leg.Session with
                        {
                            LocalAsn = at == 1 ? shown : null,
                            PeerAsn = at == 0 ? shown ?? leg.Session.PeerAsn : leg.Session.PeerAsn,
                        },
                    },
                    _ => leg,
                })],
            })],
        };
    }

    private static LabNetwork First(LabNetwork network, Cloud cloud, Func<LabLeg, LabLeg> change)
    {
        var first = network.Legs.First(leg => leg.Leg.Cloud == cloud).Leg;
        return Legs(network, leg => leg == first ? change(leg) : leg);
    }

    private static LabNetwork Last(LabNetwork network, Cloud cloud, Func<LabLeg, LabLeg> change)
    {
        var last = network.Routers[0].Legs.Last(leg => leg.Cloud == cloud);
        return Legs(network, leg => leg == last ? change(leg) : leg);
    }

    private static LabNetwork Open(LabNetwork network) =>
        AllSessions(network, session => session with { Import = null, Export = null });

    private static LabFilter More(LabFilter? filter, Prefix prefix) => new([.. filter?.Entries ?? [], new(prefix)]);

    private static T Pick<T>(IReadOnlyList<T> list, Random random) => list[random.Next(list.Count)];

    private static LabNetwork AllSessions(LabNetwork network, Func<LabSession, LabSession> change) =>
        Legs(network, leg => leg with { Session = change(leg.Session) });

    private static LabNetwork Legs(LabNetwork network, Func<LabLeg, LabLeg> change) => network with
    {
        Routers = [.. network.Routers.Select(router => router with { Legs = [.. router.Legs.Select(change)] })],
    };

    private static LabNetwork Session(LabNetwork network, Random random, Func<LabSession, LabSession> change) =>
        Leg(network, random, leg => leg with { Session = change(leg.Session) });

    // A VXC to a cloud: what joins two MCRs has two ends, which must agree.
    private static LabNetwork Leg(LabNetwork network, Random random, Func<LabLeg, LabLeg> change)
    {
        var chosen = Pick(network.Legs.Where(leg => leg.Leg.Cloud != Cloud.Megaport).ToList(), random);
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
