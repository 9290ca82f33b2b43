using System.Text.Json;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

public sealed class TraceTests
{
    private static Trace Trace(Network network) =>
        Tracer.Trace(RoutingTables.Solve(network), Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"));

    [Fact]
    public void An_encrypted_trace_shows_the_outer_packets_way_over_the_transport()
    {
        var trace = Trace(GuideNetwork.Isolated);

        var tunnel = trace.Start!.Next[0].Next[0];
        Assert.Equal("tunnel", tunnel.Kind);
        Assert.Equal(new Encapsulation(Ipv4.Parse("10.1.0.10"), Ipv4.Parse("10.2.1.4"), Ipv4.Parse("10.254.1.18"),
            Ipv4.Parse("10.2.0.6")), tunnel.Encapsulation);
        var outer = new List<string>();
        for (var hop = tunnel.Outer; hop is not null; hop = hop.Next.Count > 0 ? hop.Next[0] : null)
        {
            outer.Add(hop.BoxId);
        }
        Assert.Equal(["tgw", "dxgw", "mcr", "er/primary", "ergw", "vnet"], outer);
    }

    [Fact]
    public void Ecmp_follows_both_tunnels()
    {
        var tgw = Trace(GuideNetwork.Isolated).Start!.Next[0];

        Assert.Equal(["tunnel-1", "tunnel-2"], tgw.Next.Select(hop => hop.BoxId));
        Assert.Same(RouteRule.TgwEcmp, RoutingTables.Solve(GuideNetwork.Isolated).TransitGatewayRoutes("link-workload")
            .Single(route => route.Prefix == Prefix.Parse("10.2.0.0/16")).Rule);
    }

    [Fact]
    public void A_leak_names_the_rule_and_the_hidden_vpn_route()
    {
        var tgw = Trace(GuideNetwork.Isolated.Open("abd")).Start!.Next[0];

        Assert.Same(RouteRule.TgwDirectConnect, tgw.Rule);
        Assert.Equal("dxgw-attachment", tgw.Winner!.Via);
        Assert.Contains(tgw.Candidates, candidate => candidate is { Won: false, Via: "tunnel-1" });
    }

    [Fact]
    public void A_packet_that_leaves_a_tunnel_and_then_crosses_the_transport_as_it_is_counts_as_clear()
    {
        var link = GuideNetwork.Isolated.Open("abd");
        var session = new McrBgpSession
        {
            Id = "b-vxc/bgp",
            LocalAddress = Ipv4.Parse("192.168.103.1"),
            PeerAddress = Ipv4.Parse("192.168.103.2"),
            PeerAsn = 12076
        };
        var mcr = link.Mcrs[0] with
        {
            Interfaces = link.Mcrs[0]
                .Interfaces.Add(new()
                {
                    VxcId = "b-vxc",
                    FarEnd = "er-b/primary",
                    Addresses = [new(session.LocalAddress, 30)],
                    Sessions = [session]
                }),
        };
        var network = (link with { Mcrs = [mcr] }).And(new()
        {
            Circuits = [new() { Id = "er-b", Paths = [new("er-b/primary", "primary", session.PeerAddress)] }],
            Vnets = [new() { Id = "vnet-b", Prefixes = [Prefix.Parse("10.3.0.0/16")] }],
            ExpressRouteGateways =
                [new() { Id = "ergw-b", VnetId = "vnet-b", Connections = [new("er-b-connection", "er-b")] }],
        });

        var trace = Tracer.Trace(RoutingTables.Solve(network), Ipv4.Parse("10.2.1.4"), Ipv4.Parse("10.3.0.4"));

        Assert.Equal("vnet vpngw tunnel-1 tgw dxgw mcr er-b/primary ergw-b vnet-b", string.Join(' ', trace.Path));
        Assert.Equal(Verdict.Clear, trace.Verdict);
    }

    [Fact]
    public void The_text_is_a_readable_tree()
    {
        var text = TraceText.Of(Trace(GuideNetwork.Isolated.Open("d").Without("tunnel-2")));
        var path = Repository.PathOf("tests", "scenarios", "trace.tree");
        if (Environment.GetEnvironmentVariable("SEALANE_UPDATE") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void A_trace_turns_into_json() =>
        Assert.Equal("tunnel", JsonSerializer.SerializeToElement(Trace(GuideNetwork.Isolated), RoutingJson.Options)
            .GetProperty("start").GetProperty("next")[0].GetProperty("next")[0].GetProperty("kind").GetString());
}
