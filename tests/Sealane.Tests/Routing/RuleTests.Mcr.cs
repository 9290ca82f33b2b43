using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>What an MCR announces, drops and prefers.</summary>
public sealed partial class RuleTests
{
    [Fact]
    public void An_MCR_without_a_list_announces_its_own_links()
    {
        var tables = RoutingTables.Solve(s_link.Open("b"));

        Assert.Contains("192.168.101.0/30", Texts(tables.McrAdvertised("mcr", s_aws)));
        Assert.DoesNotContain("192.168.101.0/30", Texts(RoutingTables.Solve(s_link).McrAdvertised("mcr", s_aws)));
    }

    [Fact]
    public void A_VNets_prefix_that_comes_back_to_the_edge_is_shown_and_never_used()
    {
        var rows = RoutingTables.Solve(Scenario.Parse("secondary, open ab | - -").Network())
            .MseeRoutes("er", "primary");

        var reflected = Assert.Single(rows, row => row.Reflected && row.Prefix == GuideNetwork.Azure[0]);
        Assert.Equal([133937L, 12076L], reflected.AsPath);
        Assert.False(reflected.Best);
    }

    [Fact]
    public void More_than_a_hundred_prefixes_take_the_session_with_AWS_down()
    {
        Network With(int count) => s_link.Open("b").Change("mcr", "azure-vxc", port => port with
        {
            StaticRoutes = [.. Enumerable.Range(0, count).Select(
                i => new McrStaticRoute(new(new Ipv4(0xAC100000u + ((uint)i << 8)), 24), s_microsoft))],
        });

        Assert.True(RoutingTables.Solve(With(98)).VifSessionUp("vif"));
        Assert.False(RoutingTables.Solve(With(99)).VifSessionUp("vif"));
    }

    [Fact]
    public void Of_two_ways_of_one_neighbour_an_MCR_takes_the_lower_MED()
    {
        var network = Scenario.Parse("secondary, open ab | - -").Network();
        Network With(long primary, long secondary) => network.Change("azure-vxc/bgp", s => s with { MedIn = primary })
            .Change("azure-vxc-2/bgp", s => s with { MedIn = secondary });

        Assert.Equal("azure-vxc", Vxc(With(1, 2)));
        Assert.Equal("azure-vxc-2", Vxc(With(2, 1)));

        static string? Vxc(Network network) => RoutingTables.Solve(network).McrIpRoutes("mcr")
            .Single(row => row.Prefix == GuideNetwork.Azure[0]).VxcId;
    }

    // RFC 4271, 9.1.2.2 c. A router in the lab found that Direct Connect's choice was modelled otherwise.
    [Theory]
    [InlineData(133937, 1)]
    [InlineData(133938, 2)]
    public void A_MED_counts_between_ways_of_one_neighbouring_AS_and_not_of_two(long asnOfTheOther, int ways)
    {
        var (mcr, dx) = (s_link.Mcrs[0], s_link.DxGateways[0]);
        var port = mcr.Interfaces.Single(one => one.VxcId == "aws-vxc");
        var theirs = Ipv4.Parse("192.168.110.2");
        var towards = mcr.Interfaces.Single(one => one.VxcId == "azure-vxc") with
        {
            StaticRoutes = [new(Prefix.Parse("10.2.0.6/32"), s_microsoft)],
        };
        McrInterface Way(string id, Ipv4 far, long med) => port with
        {
            VxcId = $"aws-vxc{id}",
            Addresses = [new(new Ipv4(far.Value - 1), 30)],
            FarEnd = $"vif{id}",
            Sessions =
            [
                port.Sessions[0] with
                {
                    Id = $"way{id}",
                    LocalAddress = new(far.Value - 1),
                    PeerAddress = far,
                    MedOut = med,
                },
            ],
        };
        var network = s_link with
        {
            DxGateways = [dx with { VirtualInterfaces = [.. dx.VirtualInterfaces, new("vif-2", theirs)] }],
            Mcrs =
            [
                mcr with { Interfaces = [Way("", port.Sessions[0].PeerAddress, 20), towards] },
                mcr with { Id = "mcr-2", Asn = asnOfTheOther, Interfaces = [Way("-2", theirs, 10), towards with
                {
                    FarEnd = null,
                    Sessions = [],
                }] },
            ],
        };

        var row = RoutingTables.Solve(network).DxGatewayRoutes("dxgw")
            .Single(one => one.Prefix == Prefix.Parse("10.2.0.6/32"));

        Assert.Equal(ways, row.VirtualInterfaceIds.Length);
        Assert.Contains("vif-2", row.VirtualInterfaceIds);
    }

    [Fact]
    public void Equal_ways_are_all_followed_because_nothing_tells_which_is_used()
    {
        var network = Scenario.Parse("secondary, open ab, propagated | - -").Network();

        var trace = Tracer.Trace(RoutingTables.Solve(network), Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));

        var mcr = Hops(trace.Start!).First(hop => hop.Kind == "MCR");
        Assert.Equal(["er/primary", "er/secondary"], mcr.Next.Select(hop => hop.BoxId).Order());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public void Equal_VPN_connections_stand_in_the_table_only_with_ECMP_and_are_followed_anyway(bool ecmp, int shown)
    {
        var tgw = s_link.TransitGateways[0];
        var vpn = tgw.Attachments.Single(one => one.Kind == AttachmentKind.Vpn);
        var network = s_link with
        {
            TransitGateways = [tgw with { VpnEcmp = ecmp, Attachments = tgw.Attachments.Add(
                vpn with { Id = "vpn-attachment-2" }) }],
            Tunnels = [s_link.Tunnels[0], s_link.Tunnels[1] with { AttachmentId = "vpn-attachment-2" }],
        };
        var tables = RoutingTables.Solve(network);

        Assert.Equal(shown, tables.TransitGatewayRoutes("link-workload")
            .Single(row => row.Prefix == GuideNetwork.Azure[0]).AttachmentIds.Length);
        var trace = Tracer.Trace(tables, Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));
        Assert.Equal(["tunnel-1", "tunnel-2"], trace.Start!.Next[0].Next.Select(hop => hop.BoxId).Order());
    }
}
