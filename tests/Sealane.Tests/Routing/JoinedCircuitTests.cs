using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>What comes to the link's circuit from circuits that are joined to it by Global Reach.</summary>
public sealed class JoinedCircuitTests
{
    private static readonly Network s_link = GuideNetwork.Isolated;
    private static readonly Prefix s_site = Prefix.Parse("172.20.0.0/16");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_two_ways_to_one_prefix_the_edge_passes_on_the_shorter_in_any_order(bool turned)
    {
        JoinedRoute[] routes = [Way("192.168.250.1", 65020, 65021), Way("192.168.251.1", 65030)];

        Assert.Equal("12076 65030", PassedOn(turned ? [.. routes.Reverse()] : routes));
    }

    [Fact]
    public void A_way_with_the_edges_own_ASN_on_it_is_a_loop_and_goes_no_further()
    {
        Assert.Equal("12076 65020 65021", PassedOn(Way("192.168.251.1", 12076), Way("192.168.250.1", 65020, 65021)));
        Assert.Equal("", PassedOn(Way("192.168.250.1", 12076, 65020)));
    }

    private static JoinedRoute Way(string hop, params long[] path) => new(s_site, Ipv4.Parse(hop), [.. path]);

    private static string PassedOn(params JoinedRoute[] routes)
    {
        var tables = RoutingTables.Solve(s_link with
        {
            Circuits = [.. s_link.Circuits.Select(circuit => circuit with { Joined = [.. routes] })],
        });
        return string.Join(' ', tables.McrReceived(s_link.Mcrs[0].Id, Ipv4.Parse("192.168.101.2"))
            .Where(row => row.Prefix == s_site).SelectMany(row => row.AsPath));
    }
}
