using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>Networks of any shape from a seed: several of each box, wired and configured at random.</summary>
internal sealed partial class RandomNetworks(int seed)
{
    // Tunnel endpoints by the kind of the far end: VIF, circuit path, MCR.
    private static readonly Dictionary<char, Prefix[]> s_endpoints = new()
    {
        ['v'] = [Prefix.Parse("10.254.1.0/24"), Prefix.Parse("10.254.2.0/24")],
        ['p'] = [Prefix.Parse("10.2.0.6/32"), Prefix.Parse("10.3.0.6/32")],
        ['m'] = [],
    };

    private readonly Random _random = new(seed);

    public static IReadOnlyList<Prefix> Pool { get; } =
    [
        .. new[]
        {
            "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/14", "10.1.0.0/16", "10.1.4.0/22", "10.1.128.0/17", "10.2.0.0/15",
            "10.2.0.0/16",
            "10.2.1.0/24", "10.2.0.6/32", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16", "10.254.0.0/16", "10.254.1.0/24",
            "10.254.1.18/32", "10.254.1.80/32",
        }.Select(Prefix.Parse),
    ];

    /// <summary>The guide's shape with random settings, or any shape at all.</summary>
    public Network Mixed() => Chance(0.4) ? Configured() : Chance(0.5) ? Any() : new ForeignNetworks(this).Added(Any());

    public Network Any()
    {
        var (tgws, dxs, mcrs, circuits, vnets) = (Count(2), Count(2), Count(2), Count(2), Count(2));
        var vpcs = Ids("vpc", Count(2)).Select((id, i) => Vpc(id, i, tgws)).ToImmutableArray();
        var network = new Network
        {
            Vpcs = vpcs,
            TransitGateways = [.. Ids("tgw", tgws).Select((id, i) => Tgw(id, i, vpcs, dxs))],
            DxGateways = [.. Ids("dx", dxs).Select((id, i) => new DxGateway
            {
                Id = id,
                Asn = 64550 + i,
                Associations =
                    [.. Ids("tgw", tgws).Where(_ => Chance(0.8)).Select(tgw => new DxGatewayAssociation(tgw, Some(2)))],
                VirtualInterfaces =
                    [.. Enumerable.Range(0, mcrs)
                        .Select(m => new VirtualInterface($"vif-{i}-{m}", Ipv4.Parse($"192.168.{(i * 10) + m}.2")))],
            })],
            Mcrs = [.. Ids("mcr", mcrs).Select((id, i) => Mcr(id, i, dxs, circuits, mcrs))],
            Circuits = [.. Ids("er", circuits).Select((id, i) => new Circuit
            {
                Id = id,
                Paths = [.. Enumerable.Range(0, mcrs)
                    .Select(m => new CircuitPath($"path-{i}-{m}", m == 0 ? "primary" : "secondary",
                        Ipv4.Parse($"192.168.{100 + (i * 10) + m}.2"), Chance(0.9)))],
            })],
            Vnets = [.. Ids("vnet", vnets).Select((id, i) => Vnet(id, i))],
            ExpressRouteGateways = [.. Ids("ergw", vnets).Select((id, i) => new ExpressRouteGateway
            {
                Id = id,
                VnetId = $"vnet-{i}",
                Addresses = [Ipv4.Parse($"10.{2 + i}.0.12")],
                Connections =
                    [.. Ids("er", circuits).Where(_ => Chance(0.7))
                        .Select(er => new ExpressRouteConnection($"{id}-{er}", er))],
            })],
            VpnGateways = [.. Ids("vpngw", vnets).Select((id, i) => new VpnGateway
            {
                Id = id,
                VnetId = $"vnet-{i}",
                Asn = 65515,
                Instances = [new(id + "-0", Ipv4.Parse($"10.{2 + i}.0.6"), Chance(0.95))],
            })],
            OuterPacketsNeedTableRoute = Chance(0.3),
            DxGatewayDropsUnannounced = Chance(0.3),
        };
        return network with { Tunnels = [.. Enumerable.Range(0, _random.Next(4)).Select(i => Tunnel(i, network))] };
    }

    /// <summary>The same network with every list in another order; filters keep theirs, since their order has a
    /// meaning.</summary>
    public Network Shuffled(Network network) => network with
    {
        Vpcs = Shuffle(network.Vpcs.Select(vpc => vpc with
        {
            Prefixes = Shuffle(vpc.Prefixes),
            RouteTables = Shuffle(vpc.RouteTables.Select(t => t with { Routes = Shuffle(t.Routes) })),
        })),
        TransitGateways = Shuffle(network.TransitGateways.Select(tgw => tgw with
        {
            Attachments = Shuffle(tgw.Attachments.Select(a => a with { PropagatesTo = Shuffle(a.PropagatesTo) })),
            RouteTables = Shuffle(tgw.RouteTables.Select(t => t with { StaticRoutes = Shuffle(t.StaticRoutes) })),
        })),
        DxGateways = Shuffle(network.DxGateways.Select(dx => dx with
        {
            Associations =
                Shuffle(dx.Associations.Select(a => a with { AllowedPrefixes = Shuffle(a.AllowedPrefixes) })),
            VirtualInterfaces = Shuffle(dx.VirtualInterfaces),
        })),
        Mcrs = Shuffle(network.Mcrs.Select(mcr => mcr with
        {
            Interfaces =
                Shuffle(mcr.Interfaces.Select(i =>
                    i with { StaticRoutes = Shuffle(i.StaticRoutes), Sessions = Shuffle(i.Sessions) })),
        })),
        Circuits = Shuffle(network.Circuits.Select(c => c with { Paths = Shuffle(c.Paths) })),
        Vnets = Shuffle(
            network.Vnets.Select(v => v
                with
            { Prefixes = Shuffle(v.Prefixes), Subnets = Shuffle(v.Subnets), Peerings = Shuffle(v.Peerings) })),
        ExpressRouteGateways =
            Shuffle(network.ExpressRouteGateways.Select(g => g with { Connections = Shuffle(g.Connections) })),
        VpnGateways = Shuffle(network.VpnGateways.Select(g => g with { Branches = Shuffle(g.Branches) })),
        Tunnels = Shuffle(network.Tunnels),
        VirtualPrivateGateways = Shuffle(network.VirtualPrivateGateways),
        VpcPeerings = Shuffle(network.VpcPeerings),
    };

    /// <summary>The guide's network with any of its settings changed; <paramref name="closed"/> names locks that stay
    /// shut.</summary>
    public Network Configured(string closed = "", bool traps = true)
    {
        var (a, b, c, d) = (closed.Contains('a'), closed.Contains('b'), closed.Contains('c'), closed.Contains('d'));
        var network = Chance(0.5) ? GuideNetwork.Isolated
            : Scenario.Parse($"secondary{(b || a ? " filtered" : "")} | - -").Network();
        foreach (var session in network.Mcrs[0].Interfaces.SelectMany(i => i.Sessions).Select(s => s.Id).ToList())
        {
            network = network.Change(session, s => s with
            {
                ImportWhitelist = a || Chance(0.3) ? s.ImportWhitelist : Filter(),
                ExportWhitelist = b || Chance(0.3) ? s.ExportWhitelist : Filter(),
                ImportBlacklist = Chance(0.1) ? Filter() : null,
                PrependCount = _random.Next(3),
                MedOut = Chance(0.3) ? _random.Next(200) : null,
            });
        }
        foreach (var vxc in a ? [] : network.Mcrs[0].Interfaces.Select(i => i.VxcId).ToList())
        {
            // Lock c guards what AWS announces; a static route at the MCR is lock a's to prevent.
            if (Chance(0.3) && !(c && vxc == "aws-vxc"))
            {
                network = network.Change("mcr", vxc,
                    i => i with { StaticRoutes = [.. i.StaticRoutes, new(Any(Pool), NextHop(i, traps))] });
            }
        }
        if (!c && Chance(0.6))
        {
            // Without traps no prefix has two origins: else a filter on one origin lets the other's route through.
            network = network.Allow("dxgw", "tgw", Some(3).Where(p => traps || p != GuideNetwork.Azure[0]));
        }
        if (!d)
        {
            foreach (var (id, table) in new[] { ("dxgw-attachment", "link-workload"), ("link-vpc", "link-transport"),
                ("vpn-attachment", "link-transport") })
            {
                network = Chance(0.5)
                    ? network.Change("tgw", id, x => x with { PropagatesTo = [.. x.PropagatesTo, table] }) : network;
            }
            network = Chance(0.2)
                ? network.Change("tgw", "dxgw-attachment", x => x with { AssociatedTableId = "link-workload" })
                : network;
            foreach (var table in new[] { "link-workload", "link-transport" })
            {
                network = network.ChangeTable("tgw", table, t => t with { StaticRoutes = Statics(traps) });
            }
        }
        return Chance(0.5) ? network : network.Without(Any(Failures.Of(network)).Ids);
    }

    public Ipv4 Address()
    {
        var prefix = Any(Pool.Where(p => p.Length > 8).ToList());
        return prefix.Host(_random.NextInt64(prefix.Size));
    }

    public T Any<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];

    public bool Chance(double of) => _random.NextDouble() < of;

    private int Count(int most) => 1 + _random.Next(most);

    private static IEnumerable<string> Ids(string kind, int count) => Enumerable.Range(0, count)
        .Select(i => $"{kind}-{i}");

    public ImmutableArray<Prefix> Some(int most) => [.. Shuffle(Pool).Take(_random.Next(most + 1))];

    public PrefixFilter? Filter() => Chance(0.6) ? null : new("random",
        [.. Some(4).Select(p =>
            new PrefixFilterEntry(Chance(0.8), p, null, Chance(0.3) ? _random.Next(p.Length, 33) : null))]);

    private ImmutableArray<T> Shuffle<T>(IEnumerable<T> all)
    {
        var array = all.ToArray();
        _random.Shuffle(array);
        return [.. array];
    }

    private Ipv4 NextHop(McrInterface @interface, bool traps) => traps && Chance(0.2) ? Ipv4.Parse("192.168.100.9")
        : @interface.Sessions[0].PeerAddress;

}
