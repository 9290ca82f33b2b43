using Sealane.Sandbox.Megaport;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>The state of BGP stands in the VXC itself, and other customers' VXCs in the look-up of the key.</summary>
public sealed class SessionStateTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void A_session_without_a_far_end_is_not_established()
    {
        var uid = _world.LiveVxc(Orders.Aws(_world.LiveMcr(), _world.AwsPort()));
        var end = _world.Data("GET", $"/v2/product/{uid}")["resources"]!["csp_connection"]![0]!;
        Assert.Equal("""["192.168.100.2"]""", end["bgp_peers"]!.ToJsonString());
        Assert.Equal("""{"192.168.100.2":0}""", end["bgp_status"]!.ToJsonString());
    }

    [Fact]
    public async Task The_sessions_of_a_built_link_are_established()
    {
        using var link = await Link.Built("sydney");
        var world = link.World().Wake(TimeProvider.System);
        _ = Sealane.Cli.Rehearsal.Faces(world, () => world.Now);
        var writing = new ProductWriting(world);
        var ends = world.Megaport.Vxcs.Where(vxc => !vxc.Ended)
            .Select(vxc => writing.Write(vxc)["resources"]!["csp_connection"]![0]!["bgp_status"]!.AsObject()).ToList();
        Assert.Equal(2, ends.Count);
        Assert.All(ends, status => Assert.Equal(1, (int)Assert.Single(status).Value!));
    }

    [Fact]
    public void Another_customers_vxc_takes_its_path_of_the_circuit()
    {
        _world.State.ForeignVxcs.Add(new(4711, FakeExpressRoute.Key, "secondary", 65010, []));
        var ports = _world.Data("GET", $"/v2/secure/azure/{FakeExpressRoute.Key}")["megaports"]!.AsArray();
        Assert.Equal([("primary", null), ("secondary", 4711)],
            ports.Select(port => ((string)port!["type"]!, (int?)port["vxc"])));
        var refused = _world.Ask("POST", "/v4/networkdesign/buy",
            Orders.Buy(Orders.Azure(_world.LiveMcr(), _world.AzurePort("secondary"))));
        Assert.Contains("already taken", (string)refused.Json!["data"]!, StringComparison.Ordinal);
    }
}
