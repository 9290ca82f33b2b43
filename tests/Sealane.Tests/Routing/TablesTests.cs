using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>The tables as the clouds' APIs show them.</summary>
public sealed class TablesTests
{
    private static readonly RoutingTables s_isolated = RoutingTables.Solve(GuideNetwork.Isolated);
    private static readonly RoutingTables s_guide = RoutingTables.Solve(GuideNetwork.Propagated.Open("abc"));

    [Fact]
    public void The_workload_table_has_the_vpc_and_the_vnet_over_both_tunnels()
    {
        var rows = s_isolated.TransitGatewayRoutes("link-workload");

        Assert.Equal(["10.1.0.0/16 propagated active link-vpc", "10.2.0.0/16 propagated active vpn-attachment"],
            rows.Select(row => $"{row.Prefix} {row.Type} {row.State} {string.Join(' ', row.AttachmentIds)}"));
        Assert.Equal(["tunnel-1", "tunnel-2"], rows[1].TunnelIds);
        Assert.Empty(s_isolated.TransitGatewayRoutes("link-transport"));
    }

    [Fact]
    public void A_static_route_to_a_missing_attachment_is_a_blackhole()
    {
        var network = GuideNetwork.Isolated.ChangeTable("tgw", "link-workload",
            t => t with { StaticRoutes = [new(Prefix.Parse("10.9.0.0/16"), "gone")] });

        Assert.Equal("blackhole",
            RoutingTables.Solve(network).TransitGatewayRoutes("link-workload").Single(row => row.Static).State);
    }

    [Fact]
    public void Each_neighbour_is_sent_exactly_the_far_tunnel_endpoints()
    {
        Assert.Equal(["10.2.0.6/32"], Prefixes(s_isolated.McrAdvertised("mcr", Ipv4.Parse("192.168.100.2"))));
        Assert.Equal(["10.254.1.18/32", "10.254.1.80/32"],
            Prefixes(s_isolated.McrAdvertised("mcr", Ipv4.Parse("192.168.101.2"))));
    }

    [Fact]
    public void What_a_neighbour_sent_is_shown_before_the_import_filter()
    {
        Assert.Equal(["10.254.1.0/24"], Prefixes(s_isolated.McrReceived("mcr", Ipv4.Parse("192.168.100.2"))));
        Assert.Equal(["10.2.0.0/16"], Prefixes(s_isolated.McrReceived("mcr", Ipv4.Parse("192.168.101.2"))));
        Assert.DoesNotContain(s_isolated.McrBgpRoutes("mcr"), row => row.Prefix == Prefix.Parse("10.2.0.0/16"));
    }

    [Fact]
    public void The_mcrs_ip_table_has_connected_static_and_bgp_routes()
    {
        var rows = s_guide.McrIpRoutes("mcr")
            .Select(row => $"{row.Protocol} {row.Prefix} {row.NextHop} {row.VxcId}".Replace("  ", " ",
                StringComparison.Ordinal)).ToList();

        Assert.Contains("CONNECTED 192.168.100.0/30 aws-vxc", rows);
        Assert.Contains("STATIC 10.254.1.18/32 192.168.100.2 aws-vxc", rows);
        Assert.Contains("STATIC 10.2.0.6/32 192.168.101.2 azure-vxc", rows);
        Assert.Contains("BGP 10.2.0.0/16 192.168.101.2 azure-vxc", rows);
        Assert.Contains("BGP 10.1.0.0/16 192.168.100.2 aws-vxc", rows);
    }

    [Fact]
    public void A_best_route_says_to_whom_it_is_advertised()
    {
        var route = s_guide.McrBgpRoutes("mcr").Single(row => row.Prefix == Prefix.Parse("10.1.0.0/16"));

        Assert.True(route.Best);
        Assert.Equal([64550L], route.AsPath);
        Assert.Equal(["192.168.101.2"], route.AdvertisedTo.Select(peer => peer.ToString()));
    }

    [Fact]
    public void The_edge_router_shows_the_vnet_once_a_gateway_instance_and_the_mcrs_routes()
    {
        var rows = s_isolated.MseeRoutes("er", "primary")
            .Select(row => $"{row.Prefix} {row.NextHop}{(row.Best ? "*" : "")} {string.Join(' ', row.AsPath)}");

        Assert.Equal(["10.2.0.0/16 10.2.0.12* 65515", "10.2.0.0/16 10.2.0.13 65515",
            "10.254.1.18/32 192.168.101.1* 133937", "10.254.1.80/32 192.168.101.1* 133937"], rows);
        Assert.Equal(["10.2.0.0/16", "10.2.0.0/16"],
            s_isolated.MseeRoutes("er", "secondary").Select(row => row.Prefix.ToString()));
    }

    [Fact]
    public void The_ExpressRoute_gateway_learns_the_tunnel_endpoints_only()
    {
        var learned = s_isolated.GatewayLearned("ergw").Where(row => row.Origin == "EBgp")
            .Select(row => $"{row.Prefix} {string.Join('-', row.AsPath)}");

        Assert.Equal(["10.254.1.18/32 12076-133937", "10.254.1.80/32 12076-133937"], learned);
        Assert.Equal(["10.2.0.0/16"],
            s_isolated.GatewayAdvertised("ergw", Ipv4.Parse("192.168.101.2")).Select(row => row.Prefix.ToString()));
    }

    [Fact]
    public void The_VPN_gateway_learns_the_vpc_over_both_tunnels_and_announces_the_vnet()
    {
        var learned = s_isolated.GatewayLearned("vpngw").Where(row => row.Origin == "EBgp")
            .Select(row => $"{row.Prefix} {row.NextHop} {string.Join('-', row.AsPath)}");

        Assert.Equal(["10.1.0.0/16 169.254.21.1 65534", "10.1.0.0/16 169.254.22.1 65534"], learned);
        Assert.Equal(["10.2.0.0/16"],
            s_isolated.GatewayAdvertised("vpngw", Ipv4.Parse("169.254.21.1")).Select(row => row.Prefix.ToString()));
    }

    [Fact]
    public void In_mode_propagated_the_gateways_address_comes_back_through_the_tunnel_and_is_not_accepted()
    {
        var tables = RoutingTables.Solve(GuideNetwork.Propagated);

        Assert.Contains(tables.TunnelToAzure("tunnel-1"), row => row.Prefix == Prefix.Parse("10.2.0.6/32"));
        Assert.DoesNotContain(tables.GatewayLearned("vpngw"), row => row.Prefix == Prefix.Parse("10.2.0.6/32"));
    }

    [Fact]
    public void Effective_routes_of_a_subnet_name_the_gateway()
    {
        var rows = s_isolated.EffectiveRoutes("vnet");

        Assert.Equal(["vpngw"], rows.Single(row => row.Prefix == Prefix.Parse("10.1.0.0/16")).GatewayIds);
        Assert.Equal(EffectiveRouteSource.ExpressRoute,
            rows.Single(row => row.Prefix == Prefix.Parse("10.254.1.18/32")).Source);
        Assert.Equal("VnetLocal", rows.Single(row => row.Prefix == Prefix.Parse("10.2.0.0/16")).NextHopType);
    }

    [Fact]
    public void A_tunnel_says_why_it_is_not_up()
    {
        Assert.True(s_isolated.TunnelState("tunnel-1").BgpUp);
        var network = GuideNetwork.Isolated.Change("mcr", "azure-vxc", i => i with { StaticRoutes = [] });

        var path = RoutingTables.Solve(network).OuterPath("tunnel-1");

        Assert.False(path.BothWays);
        Assert.True(path.ToAws);
        Assert.Equal("AWS to Azure: no MCR announces a route to 10.2.0.6", path.Reason);
    }

    [Fact]
    public void Session_states_follow_from_both_ends()
    {
        Assert.True(s_isolated.VifSessionUp("vif"));
        Assert.True(s_isolated.MseeSessionUp("er", "primary"));
        Assert.False(s_isolated.MseeSessionUp("er", "secondary"));
        Assert.False(RoutingTables.Solve(GuideNetwork.Isolated.Change("aws-vxc/bgp", s => s with { PeerAsn = 64999 }))
            .VifSessionUp("vif"));
    }

    [Theory]
    [InlineData(null, null, "10.0.0.0/16", true, "the prefix itself")]
    [InlineData(null, null, "10.0.1.0/24", false, "without ge and le nothing longer")]
    [InlineData(24, null, "10.0.1.0/24", true, "ge alone goes up to /32")]
    [InlineData(24, null, "10.0.0.0/16", false, "shorter than ge")]
    [InlineData(null, 24, "10.0.0.0/16", true, "le alone starts at the entry's own length")]
    [InlineData(null, 24, "10.0.1.0/25", false, "longer than le")]
    [InlineData(24, 26, "10.0.1.0/25", true, "between ge and le")]
    [InlineData(24, 26, "10.1.1.0/25", false, "outside the entry")]
    public void A_filter_entry_matches_by_length(int? ge, int? le, string prefix, bool matches, string reason) =>
        Assert.True(new PrefixFilterEntry(true, Prefix.Parse("10.0.0.0/16"), ge, le)
            .Matches(Prefix.Parse(prefix)) == matches, reason);

    [Fact]
    public void Two_connected_mcrs_pass_routes_on_and_settle()
    {
        var network = GuideNetwork.Isolated with { Mcrs = [] };
        var (aws, azure) = (GuideNetwork.Isolated.Mcrs[0].Interfaces[0], GuideNetwork.Isolated.Mcrs[0].Interfaces[1]);
        McrInterface Between(string local, string peer, long peerAsn, string far) => new()
        {
            VxcId = "mcr-mcr",
            Addresses = [InterfaceAddress.Parse(local + "/30")],
            FarEnd = far,
            Sessions = [new() { Id = "mcr-mcr/" + far, LocalAddress = Ipv4.Parse(local), PeerAddress = Ipv4.Parse(peer),
                PeerAsn = peerAsn, PeerType = McrPeerType.NonCloud }],
        };
        network = network with
        {
            Mcrs =
            [
                new() { Id = "west", Asn = 133937,
                    Interfaces = [aws, Between("192.168.102.1", "192.168.102.2", 64700, "east")] },
                new() { Id = "east", Asn = 64700,
                    Interfaces = [azure, Between("192.168.102.2", "192.168.102.1", 133937, "west")] },
            ],
        };

        var tables = RoutingTables.Solve(network);

        Assert.True(tables.Converged);
        Assert.Contains(tables.McrBgpRoutes("east"), row => row.Prefix == Prefix.Parse("10.254.1.18/32")
            && row.AsPath.SequenceEqual([133937L]));
        Assert.Equal("", tables.TunnelState("tunnel-1").Reason);
        var trace = Tracer.Trace(tables, Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));
        Assert.Equal(Verdict.Encrypted, trace.Verdict);
    }

    private static IEnumerable<string> Prefixes(IEnumerable<BgpRoute> rows) => rows.Select(row => row.Prefix.ToString())
        .Order(StringComparer.Ordinal);
}
