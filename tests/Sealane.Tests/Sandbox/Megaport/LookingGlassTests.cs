using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Sandbox.Megaport;

public class LookingGlassTests
{
    private readonly MegaportWorld _world = new();

    [Fact]
    public void A_question_is_submitted_and_polled_until_it_is_answered()
    {
        var mcr = _world.LiveMcr();
        var submit = _world.Ask("GET", $"/v2/product/mcr2/{mcr}/diagnostics/routes/ip?async=true");
        Assert.Equal("Please retrieve the result with the operation id", submit.Json!["message"]!.GetValue<string>());
        var id = submit.Json["data"]!.GetValue<string>();
        var poll = $"/v2/product/mcr2/{mcr}/diagnostics/routes/operation?operationId={id}";
        var early = _world.Ask("GET", poll);
        Assert.Equal(202, early.Status);
        Assert.Equal("Data result will be available soon", early.Json!["message"]!.GetValue<string>());
        Assert.False(early.Json.AsObject().ContainsKey("data"));
        _world.Wait(8);
        Assert.Equal(200, _world.Ask("GET", poll).Status);
        Assert.Empty(_world.Data("GET", poll).AsArray());
        // Nothing is kept for ever.
        _world.Wait(3500);
        _world.Bearer = _world.AskToken("/oauth2/token?grant_type=client_credentials", null, "Basic a2V5OnNlY3JldA==")
            .Json!["access_token"]!.GetValue<string>();
        _world.Wait(200);
        _world.Ask("GET", $"/v2/product/mcr2/{mcr}/diagnostics/routes/ip?async=true");
        Assert.Equal(404, _world.Ask("GET", poll).Status);
    }

    [Theory]
    [InlineData("routes/bgp/neighbor?async=true&direction=RECEIVED", 400)]
    [InlineData("routes/bgp/neighbor?async=true&peer_ip_address=192.168.100.2", 400)]
    [InlineData("routes/bgp/neighbor?async=true&direction=RECEIVED&peer_ip_address=192.168.100.2", 200)]
    [InlineData("routes/ip?async=true&ip_address=10.0.1.0%2F24", 200)]
    [InlineData("routes/ip?async=true&ip_address=x", 400)]
    [InlineData("routes/ip", 200)]
    [InlineData("ping?destination_address=10.2.0.6&packet_count=60", 200)]
    [InlineData("ping?destination_address=10.2.0.6&packet_count=61", 400)]
    [InlineData("ping", 400)]
    [InlineData("traceroute?destination_address=10.2.0.6", 200)]
    [InlineData("routes/operation?operationId=x", 404)]
    [InlineData("routes/everything", 404)]
    public void Only_documented_questions_are_taken(string what, int status) =>
        Assert.Equal(status, _world.Ask("GET", $"/v2/product/mcr2/{_world.LiveMcr()}/diagnostics/{what}").Status);

    [Fact]
    public void The_addresses_that_older_clients_call_never_existed() =>
        Assert.Equal(404, _world.Ask("GET", $"/v2/product/mcr2/{_world.LiveMcr()}/lookingGlass/routes").Status);

    [Fact]
    public void Staging_has_no_looking_glass_and_an_mcr_must_be_live()
    {
        var mcr = _world.Data("POST", "/v4/networkdesign/buy", Orders.Buy(Orders.Mcr()))[0]!["technicalServiceUid"]!
            .GetValue<string>();
        var target = $"/v2/product/mcr2/{mcr}/diagnostics/routes/ip?async=true";
        var early = _world.Ask("GET", target);
        Assert.Equal(404, early.Status);
        Assert.Equal("MCR not found", early.Json!["message"]!.GetValue<string>());
        _world.Wait(130);
        Assert.Equal(200, _world.Ask("GET", target).Status);
        _world.State.Staging = true;
        Assert.Equal(404, _world.Ask("GET", target).Status);
    }

    [Fact]
    public void Rows_are_those_of_the_worlds_network()
    {
        var mcr = _world.LiveMcr();
        var vxc = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort()));
        var calls = new LookingGlassCalls(_world.World, new FakeNetwork(vxc));

        var ip = Ask(["routes", "ip"]);
        Assert.Equal(
            """{"prefix":"10.254.1.18/32","protocol":"STATIC","distance":1,"metric":0,"nextHop":{"ip":"192.168.100.2","vxc":{"id":"UID","name":"sydney-aws"}}}"""
                .Replace("UID", vxc, StringComparison.Ordinal),
            ip[1]!.ToJsonString());
        Assert.Equal("CONNECTED", ip[2]!["protocol"]!.GetValue<string>());
        Assert.Null(ip[2]!["nextHop"]!["ip"]);

        var bgp = Ask(["routes", "bgp"])[0]!;
        Assert.Equal("64550 65534", bgp["asPath"]!.GetValue<string>());
        Assert.Equal("2026-03-02T08:00:00+0000", bgp["since"]!.GetValue<string>());
        Assert.Equal(["192.168.101.2"], bgp["advertisedTo"]!.AsArray().Select(a => a!.GetValue<string>()));
        Assert.Equal(7, bgp["med"]!.GetValue<long>());

        Assert.Equal("10.2.0.6/32",
            Ask(["routes", "bgp", "neighbor"], ("direction", "ADVERTISED"), ("peer_ip_address", "192.168.100.2"))
            [0]!["prefix"]!.GetValue<string>());
        Assert.Empty(Ask(["routes", "bgp", "neighbor"], ("direction", "RECEIVED"),
            ("peer_ip_address", "192.168.100.2")));

        // An address asks for its longest match, a prefix for itself.
        Assert.Equal("10.254.1.18/32",
            Ask(["routes", "ip"], ("ip_address", "10.254.1.18")).Single()!["prefix"]!.GetValue<string>());
        Assert.Equal("10.254.1.0/24",
            Ask(["routes", "ip"], ("ip_address", "10.254.1.0/24")).Single()!["prefix"]!.GetValue<string>());
        Assert.Empty(Ask(["routes", "ip"], ("ip_address", "10.254.0.0/16")));

        JsonArray Ask(string[] what, params (string Name, string Value)[] query) =>
            calls.Answer(mcr, what, query.ToDictionary(q => q.Name, q => q.Value))!.Value.Data!.AsArray();
    }

    [Theory]
    [InlineData("10.254.1.18", 0, 2)]
    [InlineData("192.168.100.1", 0, 1)]
    [InlineData("192.168.100.2", 0, 1)]
    [InlineData("172.16.0.1", 100, 1)]
    [InlineData("10.9.0.1", 100, 1)]
    public void An_address_answers_when_there_is_a_route_to_it_and_somebody_at_its_next_hop(
        string address, int lost, int hops)
    {
        var mcr = _world.LiveMcr();
        var vxc = _world.LiveVxc(Orders.Aws(mcr, _world.AwsPort()));
        var calls = new LookingGlassCalls(_world.World, new FakeNetwork(vxc));
        Assert.Equal(lost, Run("ping")["statistics"]!["packetLossPct"]!.GetValue<int>());
        Assert.Equal(hops, Run("traceroute")["hops"]!.AsArray().Count);

        JsonNode Run(string what)
        {
            var id = calls.Answer(mcr, [what], new() { ["destination_address"] = address })!
                .Value.Data!.GetValue<string>();
            Assert.Null(calls.Answer(mcr, ["routes", "operation"], new() { ["operationId"] = id }));
            _world.Wait(8);
            return calls.Answer(mcr, ["routes", "operation"], new() { ["operationId"] = id })!.Value.Data!;
        }
    }

    private sealed class FakeNetwork(string vxc) : INetworkView
    {
        private static readonly Ipv4 Amazon = Ipv4.Parse("192.168.100.2");

        public IReadOnlyList<McrRouteRow> McrIpRoutes(string mcrUid) =>
        [
            new(Prefix.Parse("10.254.1.0/24"), "BGP", Amazon, vxc),
            new(Prefix.Parse("10.254.1.18/32"), "STATIC", Amazon, vxc),
            new(Prefix.Parse("192.168.100.0/30"), "CONNECTED", null, vxc),
            new(Prefix.Parse("10.9.0.0/24"), "STATIC", Ipv4.Parse("192.168.100.3"), vxc),
        ];

        public IReadOnlyList<McrBgpRow> McrBgpRoutes(string mcrUid) =>
            [new(Prefix.Parse("10.254.1.0/24"), true, [64550, 65534], Amazon, Amazon, vxc,
                [Ipv4.Parse("192.168.101.2")], Worlds.Morning, 7)];

        public IReadOnlyList<McrBgpRow> McrNeighbourRoutes(string mcrUid, string peerAddress, bool advertised) =>
            advertised
            ? [new(Prefix.Parse("10.2.0.6/32"), true, [], Amazon, Amazon, null, [], Worlds.Morning, null)] : [];

        public void Settle()
        {
        }

        public bool VifSessionUp(string virtualInterfaceId) => false;
        public TunnelStatus Tunnel(string vpnConnectionId, string outsideAddress) =>
            new(false, false, Worlds.Morning, 0);
        public IReadOnlyList<TransitGatewayRouteRow> TransitGatewayRoutes(string routeTableId) => [];
        public McrNeighbour McrNeighbour(string mcrUid, Ipv4 address) =>
            address == Amazon
                ? Sealane.Sandbox.World.McrNeighbour.Established
                : Sealane.Sandbox.World.McrNeighbour.Absent;
        public IReadOnlyList<VifRouteRow> VifRoutes(string virtualInterfaceId) => [];
        public IReadOnlyList<GatewayPeerRow> GatewayPeers(string gatewayId) => [];
        public IReadOnlyList<GatewayRouteRow> GatewayLearnedRoutes(string gatewayId) => [];
        public IReadOnlyList<GatewayRouteRow> GatewayAdvertisedRoutes(string gatewayId, string peer) => [];
        public IReadOnlyList<MseeRouteRow> MseeRoutes(string circuitId, string path) => [];
        public IReadOnlyList<SubnetRouteRow> SubnetRoutes(string vnetId, string subnetId) => [];
        public bool MseeSessionUp(string circuitId, string path) => false;
        public string ConnectionStatus(string connectionResourceId) => "Unknown";
    }
}
