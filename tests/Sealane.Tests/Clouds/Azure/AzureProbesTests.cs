using System.Net;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Tests.Clouds.Azure;

public sealed class AzureProbesTests
{
    private const string Gateway = AzureSample.Network + "/virtualNetworkGateways/sydney-vpngw";
    private const string Circuit = AzureSample.Network + "/expressRouteCircuits/sydney-er";
    private readonly FakeArm _arm = new();
    private readonly CancellationToken _ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bgp_peers_of_guide_step_24()
    {
        _arm.Answer("POST", Gateway + "/getBgpPeerStatus", HttpStatusCode.OK, """
            {"value":[{"localAddress":"169.254.21.2","neighbor":"169.254.21.1","asn":65534,"state":"Connected",
              "connectedDuration":"1.02:03:04.1234567","routesReceived":1,"messagesSent":5,"messagesReceived":6},
             {"localAddress":"169.254.22.2","neighbor":"169.254.22.1","asn":65534,"state":"Connecting"}]}
            """);
        Assert.Equal(
            [
                new("169.254.21.2", Ipv4.Parse("169.254.21.1"), 65534, "Connected", "1.02:03:04.1234567", 1),
                new("169.254.22.2", Ipv4.Parse("169.254.22.1"), 65534, "Connecting", null, 0),
            ],
            await new AzureProbes(_arm.Client()).BgpPeers(Gateway, _ct));
    }

    [Fact]
    public async Task Learned_routes_with_their_path()
    {
        _arm.Answer("POST", Gateway + "/getLearnedRoutes", HttpStatusCode.OK, """
            {"value":[{"localAddress":"169.254.21.2","network":"10.1.0.0/16","nextHop":"169.254.21.1","sourcePeer":"169.254.21.1",
              "origin":"EBgp","asPath":"65534-64512","weight":32768},
             {"localAddress":"10.2.0.254","network":"10.2.0.0/16","nextHop":null,"sourcePeer":"10.2.0.254","origin":"Network","asPath":"","weight":32768},
             {"network":"fd00::/48","origin":"EBgp"}]}
            """);
        var routes = await new AzureProbes(_arm.Client()).LearnedRoutes(Gateway, _ct);
        Assert.Equal(2, routes.Count);
        Assert.Equal((Prefix.Parse("10.1.0.0/16"), Ipv4.Parse("169.254.21.1"), "EBgp"),
            (routes[0].Network, routes[0].NextHop!.Value, routes[0].Origin));
        Assert.Equal([65534, 64512], routes[0].AsPath);
        Assert.Null(routes[1].NextHop);
        Assert.Empty(routes[1].AsPath);
    }

    [Fact]
    public async Task Advertised_routes_name_their_peer()
    {
        _arm.Answer("POST", Gateway + "/getAdvertisedRoutes", HttpStatusCode.OK,
            """{"value":[{"network":"10.2.0.0/16","nextHop":"169.254.21.2","origin":"Igp","asPath":"65515","weight":0}]}""");
        var routes = await new AzureProbes(_arm.Client()).AdvertisedRoutes(Gateway, Ipv4.Parse("169.254.21.1"), _ct);
        Assert.Equal([65515], Assert.Single(routes).AsPath);
        Assert.EndsWith("?api-version=2025-05-01&peer=169.254.21.1", _arm.Requests[0].Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_edge_marks_its_best_route_by_a_star()
    {
        const string Table = Circuit + "/peerings/AzurePrivatePeering/routeTables/secondary";
        _arm.Answer("POST", Table, HttpStatusCode.OK, """
            {"value":[{"network":"10.2.0.0/16","nextHop":"10.2.0.12*","locPrf":"100","weight":0,"path":"65515 I"},
             {"network":"10.2.0.0/16","nextHop":"10.2.0.13","locPrf":"100","weight":0,"path":"65515 I"},
             {"network":"10.254.1.18/32","nextHop":"192.168.101.1","locPrf":"","weight":0,"path":"133937 ?"}]}
            """);
        var routes = await new AzureProbes(_arm.Client()).CircuitRoutes(Circuit, CircuitPort.Secondary, _ct);
        Assert.Equal([true, false, false], routes.Select(route => route.IsBest));
        Assert.Equal(Ipv4.Parse("10.2.0.12"), routes[0].NextHop);
        Assert.Equal([133937], routes[2].AsPath);
    }

    [Fact]
    public async Task A_connection_says_whether_it_uses_the_private_address()
    {
        var contract = AzureContract.Read("put-vpn-connection");
        _arm.Answer("GET", contract.Path, HttpStatusCode.OK, contract.Reply);
        var row = (await new AzureProbes(_arm.Client()).Connection(contract.Path, _ct))!;
        Assert.Equal(("sydney-tunnel-1", "Succeeded", "Connected", true, 1L, 2L),
            (row.Name, row.ProvisioningState, row.ConnectionStatus, row.UsesPrivateAddress, row.IngressBytes,
                row.EgressBytes));
        Assert.Null(await new AzureProbes(_arm.Client()).Connection(Gateway, _ct));
    }

    [Fact]
    public async Task A_neighbour_of_the_edge_shows_a_count_when_up_and_a_word_when_down()
    {
        const string Table = Circuit + "/peerings/AzurePrivatePeering/routeTablesSummary/primary";
        _arm.Answer("POST", Table, HttpStatusCode.OK, """
            {"value":[{"neighbor":"192.168.101.1","v":4,"as":133937,"upDown":"1d02h","statePfxRcd":"2"},
             {"neighbor":"192.168.101.5","v":4,"as":133937,"upDown":"never","statePfxRcd":"Idle"}]}
            """);
        Assert.Equal(
            [
                new(Ipv4.Parse("192.168.101.1"), 133937, "1d02h", 2, "Established"),
                new(Ipv4.Parse("192.168.101.5"), 133937, "never", null, "Idle"),
            ],
            await new AzureProbes(_arm.Client()).CircuitNeighbors(Circuit, CircuitPort.Primary, _ct));
    }
}
