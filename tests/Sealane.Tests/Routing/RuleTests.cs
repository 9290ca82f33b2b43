using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>Single rules of the clouds, each in the smallest network that shows it.</summary>
public sealed partial class RuleTests
{
    private static readonly Network s_link = GuideNetwork.Isolated;
    private static readonly Ipv4 s_aws = Ipv4.Parse("192.168.100.2");
    private static readonly Ipv4 s_microsoft = Ipv4.Parse("192.168.101.2");

    [Fact]
    public void A_summary_replaces_the_VNets_prefixes_and_the_spokes_that_it_covers_on_both_gateways()
    {
        var vnet = s_link.Vnets[0] with
        {
            Peerings = [GuideNetwork.Spoke("in", "10.3.0.0/24"), GuideNetwork.Spoke("out", "10.4.0.0/16")],
            SummarizedPrefixes = [Prefix.Parse("10.2.0.0/15")],
        };
        var tables = RoutingTables.Solve(s_link with { Vnets = [vnet] });

        string[] announced = ["10.2.0.0/15", "10.4.0.0/16"];
        Assert.Equal(announced, Texts(tables.GatewayAdvertised("ergw", s_microsoft)));
        Assert.Equal(announced, Texts(tables.TunnelToAws("tunnel-1")));
    }

    // 133937 is everybody's default: two MCRs of one ASN speak iBGP, so nothing is prepended and no path is a loop.
    [Theory]
    [InlineData(133937)]
    [InlineData(133938)]
    public void A_leak_through_two_MCRs_is_clear_whatever_their_ASNs(long second)
    {
        var open = s_link.Open("abd");
        var (mcr, toAws, toAzure) = (open.Mcrs[0], open.Mcrs[0].Interfaces[0], open.Mcrs[0].Interfaces[1]);
        McrInterface Between(string local, string peer, string far, long asn) => new()
        {
            VxcId = "between",
            Addresses = [InterfaceAddress.Parse(local + "/30")],
            FarEnd = far,
            Sessions =
            [
                new()
                {
                    Id = far + "/bgp",
                    LocalAddress = Ipv4.Parse(local),
                    PeerAddress = Ipv4.Parse(peer),
                    PeerAsn = asn,
                    PeerType = McrPeerType.NonCloud,
                },
            ],
        };
        var network = open with
        {
            Mcrs =
            [
                mcr with { Interfaces = [toAws, Between("192.168.200.1", "192.168.200.2", "mcr-2", second)] },
                mcr with
                {
                    Id = "mcr-2",
                    Asn = second,
                    Interfaces = [toAzure, Between("192.168.200.2", "192.168.200.1", "mcr", mcr.Asn)],
                },
            ],
        };

        Assert.Equal(LinkWord.Clear, Words.Of(GuideNetwork.Prove(network), _ => true));
        var path = RoutingTables.Solve(network).McrAdvertised("mcr", s_aws)
            .Single(row => row.Prefix == GuideNetwork.Azure[0]).AsPath;
        Assert.Equal(second == mcr.Asn ? [mcr.Asn, 12076] : [mcr.Asn, second, 12076], path);
    }

    [Fact]
    public void A_users_default_route_replaces_Azures_own_drop_of_private_space()
    {
        var subnet = new VnetSubnet
        {
            Id = "app",
            Prefix = Prefix.Parse("10.2.1.0/24"),
            GatewayRoutesDisabled = true,
            UserRoutes = [new(Prefix.Default, UserRouteNextHop.VirtualNetworkGateway)],
        };
        var network = s_link.Open("abcd") with
        {
            Vnets = [s_link.Vnets[0] with { Subnets = s_link.Vnets[0].Subnets.Add(
            subnet) }]
        };

        var tables = RoutingTables.Solve(network);

        Assert.DoesNotContain(tables.EffectiveRoutes("vnet", "app"), row => row.Prefix == Prefix.Parse("10.0.0.0/8"));
        Assert.Equal(Verdict.Clear, Tracer.Judge(tables, Ipv4.Parse("10.2.1.4"), Ipv4.Parse("10.1.0.10")));
    }

    [Fact]
    public void Equal_routes_of_two_Direct_Connect_gateways_share_the_traffic_in_any_order()
    {
        var (tgw, dx) = (s_link.TransitGateways[0], s_link.DxGateways[0]);
        var attachment = tgw.Attachments.Single(one => one.Kind == AttachmentKind.DirectConnectGateway);
        PropagatedRoute[] learned = [new(GuideNetwork.Azure[0], [64999])];
        TransitGatewayAttachment One(string id) => attachment with
        {
            Id = id,
            ResourceId = id,
            PropagatesTo = ["link-workload"],
            Propagated = [.. learned]
        };
        ImmutableArray<TransitGatewayAttachment> both = [One("dx-a"), One("dx-b")];

        foreach (var order in new[] { both, [both[1], both[0]] })
        {
            var network = s_link with { TransitGateways = [tgw with { Attachments = [.. tgw.Attachments, .. order] }] };
            var row = RoutingTables.Solve(network).TransitGatewayRoutes("link-workload")
                .Single(one => one.Prefix == GuideNetwork.Azure[0]);
            Assert.Equal(["dx-a", "dx-b"], row.AttachmentIds);
            Assert.Equal(LinkWord.Unproven, Words.Of(GuideNetwork.Prove(network), _ => true));
        }
        Assert.Equal(64550, dx.Asn);
    }

    [Fact]
    public void Routes_of_a_private_cloud_go_to_no_public_cloud_unless_that_is_read_the_other_way()
    {
        var network = s_link.Open("ab").Change("aws-vxc/bgp", s => s with { PeerType = McrPeerType.PublicCloud });

        Assert.DoesNotContain("10.2.0.0/16", Texts(RoutingTables.Solve(network).McrAdvertised("mcr", s_aws)));
        Assert.Contains("10.2.0.0/16", Texts(RoutingTables.Solve(network with { Assume = Undocumented.All })
            .McrAdvertised("mcr", s_aws)));
        Assert.Equal(LinkWord.Clear, Words.Of(GuideNetwork.Prove(network.Open("d")), _ => true));
    }

    [Fact]
    public void A_path_with_the_sessions_own_local_ASN_on_it_is_a_loop()
    {
        var network = s_link.Change("azure-vxc/bgp", s => s with { ImportWhitelist = null, LocalAsn = 12076 });

        Assert.DoesNotContain(RoutingTables.Solve(network).McrBgpRoutes("mcr"),
            row => row.Prefix == GuideNetwork.Azure[0]);
        Assert.Contains(RoutingTables.Solve(network.Change("azure-vxc/bgp", s => s with { LocalAsn = 64999 }))
            .McrBgpRoutes("mcr"),
            row => row.Prefix == GuideNetwork.Azure[0]);
    }

    // A list entry without ge and le is told to match longer prefixes in one place and not in another.
    [Fact]
    public void A_leak_under_another_reading_of_what_nobody_documents_is_a_leak()
    {
        var loose = PrefixFilter.Permit("list", Prefix.Parse("10.0.0.0/8"));
        var network = s_link.Open("d").Change("azure-vxc/bgp", s => s with { ImportWhitelist = loose })
            .Change("aws-vxc/bgp", s => s with { ExportWhitelist = loose });

        var report = GuideNetwork.Prove(network);

        Assert.DoesNotContain(report.Flows, flow => flow.Verdict == Verdict.Clear);
        Assert.Equal(LinkWord.Clear, Words.Of(report, _ => true));
        Assert.Contains(report.Failures, failure => failure.Name.StartsWith("undocumented", StringComparison.Ordinal));
    }

    [Fact]
    public void The_weight_of_a_connection_decides_before_the_AS_path()
    {
        var network = s_link.Open("abcd");
        var (circuit, port) = (network.Circuits[0], network.Mcrs[0].Interfaces[1]);
        var second = port with
        {
            VxcId = "azure-vxc-2",
            FarEnd = "er2/primary",
            Addresses = [InterfaceAddress.Parse("192.168.102.1/30")],
            StaticRoutes = [],
            Sessions = [port.Sessions[0] with { Id = "azure-vxc-2/bgp", LocalAddress = Ipv4.Parse("192.168.102.1"),
                PeerAddress = Ipv4.Parse("192.168.102.2"), PrependCount = 3 }],
        };
        network = network with
        {
            Circuits = [circuit, new() { Id = "er2", Paths = [new("er2/primary", "primary",
                Ipv4.Parse("192.168.102.2"))] }],
            Mcrs = [network.Mcrs[0] with { Interfaces = network.Mcrs[0].Interfaces.Add(second) }],
            ExpressRouteGateways =
            [
                network.ExpressRouteGateways[0] with
                {
                    Connections = [.. network.ExpressRouteGateways[0].Connections,
                        new("connection-2", "er2") { Weight = 10 }],
                },
            ],
        };

        var trace = Tracer.Trace(RoutingTables.Solve(network), Ipv4.Parse("10.2.1.4"), Ipv4.Parse("10.1.0.10"));

        Assert.Contains("er2/primary", trace.Path);
    }

    [Fact]
    public void A_tunnel_over_another_gateways_attachment_is_not_up()
    {
        var tgw = s_link.TransitGateways[0];
        var foreign = tgw.Attachments.Single(
            one => one.Kind == AttachmentKind.DirectConnectGateway) with
        { Id = "other" };
        var network = s_link with
        {
            TransitGateways = [tgw, tgw with { Id = "tgw-2", Attachments = [foreign], RouteTables = [] }],
            Tunnels = [.. s_link.Tunnels.Select(tunnel => tunnel with { TransportAttachmentId = "other" })],
        };

        Assert.False(RoutingTables.Solve(network).TunnelState("tunnel-1").IpsecUp);
    }

    // Found by the daemons of the lab: the ExpressRoute gateway was shown a way through AWS to a spoke of its own hub.
    [Fact]
    public void A_gateway_passes_on_nothing_that_it_learned_of_a_prefix_that_it_announces()
    {
        var spoke = Prefix.Parse("10.4.0.0/16");
        var tables = RoutingTables.Solve(Scenario.Parse("open abd, peer 10.4.0.0/16 | - -").Network());

        Assert.Contains(tables.GatewayLearned("vpngw"), row => row.Prefix == spoke && row.Origin == "EBgp");
        Assert.DoesNotContain(tables.GatewayLearned("ergw"), row => row.Prefix == spoke && row.Origin == "IBgp");
    }

    [Theory]
    [InlineData("172.16.0.0", "172.16.0.0/16")]
    [InlineData("10.0.0.0", "10.0.0.0/8")]
    [InlineData("192.168.11.0", "192.168.11.0/24")]
    [InlineData("0.0.0.0", "0.0.0.0/0")]
    [InlineData("10.2.0.6", "10.2.0.6/32")]
    [InlineData("10.2.0.0/16", "10.2.0.0/16")]
    public void A_prefix_without_a_length_is_read_by_its_class(string text, string prefix)
    {
        Assert.True(ClassfulText.TryParse(text, out var read));
        Assert.Equal(prefix, read.ToString());
        Assert.False(ClassfulText.TryParse("10.2.0.0/33", out _));
    }

    private static IEnumerable<TraceHop> Hops(TraceHop hop) => hop.Next.SelectMany(Hops).Prepend(hop);

    private static IEnumerable<string> Texts<T>(IEnumerable<T> rows) where T : IRoute =>
        rows.Select(row => row.Prefix.ToString()).Order(StringComparer.Ordinal);
}
