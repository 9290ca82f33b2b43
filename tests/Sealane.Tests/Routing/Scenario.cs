using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>One line of tests/scenarios: changes | source destination | verdict | path | reason.</summary>
internal sealed record Scenario(string Changes, string Source, string Destination, string Verdict, string Path,
    string Reason)
{
    public static Scenario Parse(string line)
    {
        var columns = line.Split('|', StringSplitOptions.TrimEntries);
        var flow = columns[1].Split(' ');
        return new(columns[0], flow[0], flow[1], columns.ElementAtOrDefault(2) ?? "",
            columns.ElementAtOrDefault(3) ?? "",
            columns.ElementAtOrDefault(4) ?? "");
    }

    public override string ToString() =>
        $"{Changes} | {Source} {Destination} | {Verdict} | {Path} | {Reason}".TrimEnd(' ', '|');

    public Trace Trace() =>
        Tracer.Trace(RoutingTables.Solve(Network()), Ipv4.Parse(Source), Ipv4.Parse(Destination));

    /// <summary>The line as the model answers it.</summary>
    public Scenario Answer()
    {
        var trace = Trace();
        return this with
        {
            Verdict = trace.Verdict.ToString().ToLowerInvariant()
                + (trace.Exposed && trace.Verdict != Core.Routing.Verdict.Clear ? ", exposed" : ""),
            Path = string.Join(" ", trace.Path),
            Reason = trace.Verdict == Core.Routing.Verdict.Down ? trace.Reason : "",
        };
    }

    public Network Network()
    {
        var network = GuideNetwork.Isolated with { Vnets = [Workload(GuideNetwork.Isolated.Vnets[0])] };
        foreach (var change in Changes.Split(',', StringSplitOptions.TrimEntries))
        {
            network = Apply(network, change.Split(' '));
        }
        return network;
    }

    // A workload subnet to hang user-defined routes on.
    private static Vnet Workload(Vnet vnet) =>
        vnet with { Subnets = [.. vnet.Subnets, new() { Id = "app", Prefix = Prefix.Parse("10.2.1.0/24") }] };

    private static Network Apply(Network network, string[] words)
    {
        var side = words.ElementAtOrDefault(1) ?? "";
        return words[0] switch
        {
            "none" => network,
            "open" => network.Open(side),
            "down" => network.Without(words[1..]),
            "down-all" => network.Without(Failures.AllTunnels(network).Ids),
            "propagated" => network.Change("tgw", "dxgw-attachment", a => a with { PropagatesTo = ["link-workload"] }),
            "associate-dx" =>
                network.Change("tgw", "dxgw-attachment", a => a with { AssociatedTableId = "link-workload" }),
            "dissociate-dx" => network.Change("tgw", "dxgw-attachment", a => a with { AssociatedTableId = null }),
            "allow" => network.Allow("dxgw", "tgw", Prefix.Parse(side)),
            "no-import" => network.Change($"{side}-vxc/bgp", s => s with { ImportWhitelist = null }),
            "no-export" => network.Change($"{side}-vxc/bgp", s => s with { ExportWhitelist = null }),
            "import" => network.Change($"{side}-vxc/bgp",
                s => s with { ImportWhitelist = More(s.ImportWhitelist, words) }),
            "export" => network.Change($"{side}-vxc/bgp",
                s => s with { ExportWhitelist = More(s.ExportWhitelist, words) }),
            "export-deny" => network.Change($"{side}-vxc/bgp", s => s with { ExportBlacklist = More(null, words) }),
            "mcr-static" => network.Change("mcr", $"{side}-vxc",
                i => i with { StaticRoutes = i.StaticRoutes.Add(new(Prefix.Parse(words[2]), NextHop(i, words))) }),
            "no-mcr-statics" => network.Change("mcr", $"{side}-vxc", i => i with { StaticRoutes = [] }),
            "tgw-static" => network.ChangeTable("tgw", "link-" + side,
                t => t with { StaticRoutes = t.StaticRoutes.Add(new(Prefix.Parse(words[2]), Attachment(words[3]))) }),
            "tgw-list" =>
                network.ChangeTable("tgw", "link-" + side,
                    t => t with
                    {
                        PrefixLists =
                        t.PrefixLists.Add(new("pl-1", [Prefix.Parse(words[2])], Attachment(words[3])))
                    }),
            "udr" => network.Change("vnet", "app", s => s with { UserRoutes = s.UserRoutes.Add(Udr(words)) }),
            "gateway-udr" =>
                network.Change("vnet", "GatewaySubnet", s => s with { UserRoutes = s.UserRoutes.Add(Udr(words)) }),
            "no-gateway-routes" => network.Change("vnet", "app", s => s with { GatewayRoutesDisabled = true }),
            "vnet" => network
                with
            {
                Vnets =
                    [network.Vnets[0] with { Prefixes = network.Vnets[0].Prefixes.Add(Prefix.Parse(side)) }]
            },
            "peer" => network
                with
            { Vnets = [network.Vnets[0] with { Peerings = [GuideNetwork.Spoke("spoke", side)] }] },
            "vpc" => network
                with
            { Vpcs = [network.Vpcs[0] with { Prefixes = network.Vpcs[0].Prefixes.Add(Prefix.Parse(side)) }] },
            "vpc-route" =>
                Vpc(network,
                    t => t with
                    {
                        Routes =
                        t.Routes.Add(new(Prefix.Parse(side),
                            words[2] == "tgw" ? VpcRouteTarget.TransitGateway : VpcRouteTarget.Blackhole, "tgw"))
                    }),
            "no-vpc-routes" => Vpc(network, t => t with { Routes = [] }),
            "secondary" => Secondary(network, filtered: side == "filtered"),
            "no-ecmp" => network with { TransitGateways = [network.TransitGateways[0] with { VpnEcmp = false }] },
            "outer-by-table" => network with { OuterPacketsNeedTableRoute = true },
            "drops-unannounced" => network with { DxGatewayDropsUnannounced = true },
            "summarized" =>
                network with
                {
                    Vnets = [network.Vnets[0] with { SummarizedPrefixes = [Prefix.Parse(side)] }]
                },
            "instance-address" =>
                network with
                {
                    VpnGateways =
                    [network.VpnGateways[0]
                        with { Instances =
                            [network.VpnGateways[0].Instances[0] with { PrivateAddress = Ipv4.Parse(side) }] }]
                },
            _ => throw new FormatException($"no change '{words[0]}'"),
        };
    }

    private static PrefixFilter More(PrefixFilter? filter, string[] words) =>
        new("list", [.. filter?.Entries ?? [],
            .. words[2..].Select(p => new PrefixFilterEntry(true, Prefix.Parse(p)))]);

    private static Ipv4 NextHop(McrInterface @interface, string[] words) =>
        words.Length > 3 ? Ipv4.Parse(words[3]) : @interface.Sessions[0].PeerAddress;

    private static string? Attachment(string word) => word switch
    {
        "dx" => "dxgw-attachment",
        "vpn" => "vpn-attachment",
        "vpc" => "link-vpc",
        _ => null,
    };

    private static UserRoute Udr(string[] words) => new(Prefix.Parse(words[1]), Enum.Parse<UserRouteNextHop>(words[2]),
        words.Length > 3 ? Ipv4.Parse(words[3]) : null);

    private static Network Vpc(Network network, Func<VpcRouteTable, VpcRouteTable> change) =>
        network with { Vpcs = [network.Vpcs[0] with { RouteTables = [change(network.Vpcs[0].RouteTables[0])] }] };

    private static Network Secondary(Network network, bool filtered)
    {
        var primary = network.Mcrs[0].Interfaces[1];
        var (local, peer) = (Ipv4.Parse("192.168.101.5"), Ipv4.Parse("192.168.101.6"));
        var session = primary.Sessions[0] with { Id = "azure-vxc-2/bgp", LocalAddress = local, PeerAddress = peer };
        var secondary = new McrInterface
        {
            VxcId = "azure-vxc-2",
            Addresses = [new(local, 30)],
            FarEnd = "er/secondary",
            StaticRoutes = [.. primary.StaticRoutes.Select(route => route with { NextHop = peer })],
            Sessions = [filtered ? session : session with { ImportWhitelist = null, ExportWhitelist = null }],
        };
        var interfaces = ImmutableArray.Create(network.Mcrs[0].Interfaces[0], primary, secondary);
        return network with { Mcrs = [network.Mcrs[0] with { Interfaces = interfaces }] };
    }
}
