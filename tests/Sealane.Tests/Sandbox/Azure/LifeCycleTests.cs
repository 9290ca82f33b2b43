using Sealane.Core;
using Sealane.Sandbox.Azure;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>The guide's objects through their lives: order, waits, what the service decides.</summary>
public sealed partial class LifeCycleTests
{
    private readonly AzureSandbox _azure = new();

    [Fact]
    public async Task The_whole_guide_can_be_built_and_read_back()
    {
        await _azure.Build(23);
        var state = _azure.World.Azure;

        Assert.All(state.Resources, resource => Assert.Equal("Succeeded", resource.State));
        var vpn = Assert.Single(state.ReadGateways(), gateway => gateway.Type == AzureGatewayType.Vpn);
        var instance = Assert.Single(vpn.Instances);
        Assert.Equal((Ipv4.Parse("10.2.0.6"), Ipv4.Parse("10.2.0.254"), 65515L),
            (instance.PrivateAddress, instance.BgpAddress, vpn.Asn));
        Assert.Equal([Ipv4.Parse("169.254.21.2"), Ipv4.Parse("169.254.22.2")], instance.CustomBgpAddresses);
        var tunnels = state.ReadConnections().Where(connection => connection.LocalGateway is not null).ToList();
        Assert.Equal(["key.of.tunnel.1", "key.of.tunnel.2"], tunnels.Select(tunnel => tunnel.SharedKey));
        Assert.Equal([Ipv4.Parse("10.254.1.18"), Ipv4.Parse("10.254.1.80")],
            tunnels.Select(tunnel => tunnel.LocalGateway!.Address));
        Assert.All(tunnels,
            tunnel => Assert.True(tunnel
                is { Works: true, UseLocalAzureIpAddress: true, EnableBgp: true, IpsecPolicy.DhGroup: "DHGroup14" }));
        var circuit = Assert.Single(state.ReadCircuits());
        Assert.Equal((133937L, Prefix.Parse("192.168.101.0/30"), "md5-key"),
            (circuit.PrivatePeering!.PeerAsn, circuit.PrivatePeering.Primary, circuit.PrivatePeering.SharedKey));
        Assert.Contains(state.ReadConnections(), connection => connection.CircuitId == circuit.Id);
        Assert.Equal([Prefix.Parse("10.2.0.0/16")], Assert.Single(state.ReadVnets()).Prefixes);
    }

    [Fact]
    public async Task A_resource_under_an_operation_refuses_a_second_write_and_can_be_read()
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway);

        var second = _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway);

        Assert.Equal((409, "AnotherOperationInProgress"), (second.Status, second.Code));
        Assert.Contains("/operations/", second.Body["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("AnotherOperationInProgress",
            _azure.Send("DELETE", $"{Network}/virtualNetworkGateways/ergw").Code);
        Assert.Equal("Updating", _azure.Send("GET", $"{Network}/virtualNetworkGateways/ergw").State);
    }

    [Fact]
    public void A_vnet_is_written_by_one_at_a_time()
    {
        _azure.Send("PUT", GatewaySubnet, Bodies.GatewaySubnet);

        Assert.Equal("AnotherOperationInProgress",
            _azure.Send("PUT", $"{Network}/virtualNetworks/vnet-app/subnets/other",
                """{"properties":{"addressPrefix":"10.2.9.0/24"}}""").Code);
        Assert.Equal("ReferencedResourceNotProvisioned",
            _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway).Code);
    }

    [Fact]
    public async Task Connections_of_one_gateway_are_made_one_after_the_other()
    {
        await _azure.Build(21);
        _azure.Send("PUT", $"{Network}/connections/tunnel-1", Bodies.Tunnel(1));

        Assert.Equal("AnotherOperationInProgress",
            _azure.Send("PUT", $"{Network}/connections/tunnel-2", Bodies.Tunnel(2)).Code);
        Assert.Equal("AnotherOperationInProgress", _azure.Send("PUT", VpnGateway, Bodies.VpnGateway).Code);
    }

    [Fact]
    public async Task The_pre_shared_key_is_shown_in_one_place_only()
    {
        await _azure.Build(23);
        const string path = $"{Network}/connections/tunnel-1";
        Assert.DoesNotContain("key.of.tunnel", _azure.Send("GET", path).Wire.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("key.of.tunnel", _azure.Send("GET", $"{Network}/connections").Wire.Body,
            StringComparison.Ordinal);
        Assert.Equal("key.of.tunnel.1", Key());

        await _azure.Must("PUT", $"{path}/sharedkey", """{"value":"another.key"}""");
        Assert.Equal("another.key", Key());
        await _azure.Must("PUT", path, Bodies.With(Bodies.Tunnel(1), "properties/sharedKey"));
        Assert.Equal("another.key", Key());
        await _azure.Do("POST", $"{path}/sharedkey/reset", """{"keyLength":40}""");
        Assert.Equal(40, Key().Length);
        Assert.Equal("InvalidRequestFormat",
            _azure.Send("POST", $"{path}/sharedkey/reset", """{"keyLength":129}""").Code);

        string Key() => _azure.Send("GET", $"{path}/sharedkey").Body["value"]!.GetValue<string>();
    }

    [Fact]
    public async Task The_ends_of_a_connection_have_properties_even_if_none_were_sent()
    {
        await _azure.Build(23);
        var bare = Bodies.With(Bodies.With(Bodies.Tunnel(1), "properties/virtualNetworkGateway1/properties"),
            "properties/localNetworkGateway2/properties");
        await _azure.Must("PUT", $"{Network}/connections/tunnel-1", bare);

        var shown = _azure.Send("GET", $"{Network}/connections/tunnel-1").Properties!;

        Assert.Equal("{}", shown["virtualNetworkGateway1"]!["properties"]!.ToJsonString());
        Assert.Equal("{}", shown["localNetworkGateway2"]!["properties"]!.ToJsonString());
    }

    [Fact]
    public async Task Lists_of_connections_leave_out_what_only_a_single_read_shows()
    {
        await _azure.Build(23);
        var single = _azure.Send("GET", $"{Network}/connections/tunnel-1").Properties!;
        var listed = _azure.Send("GET", $"{VpnGateway}/connections").Body["value"]!.AsArray();

        Assert.Equal(2, listed.Count);
        Assert.True(single["useLocalAzureIpAddress"]!.GetValue<bool>());
        Assert.Equal(30, single["dpdTimeoutSeconds"]!.GetValue<int>());
        Assert.All(listed,
            one => Assert.True(one!["properties"]!["useLocalAzureIpAddress"] is null
                && one["properties"]!["dpdTimeoutSeconds"] is null));
    }

    [Fact]
    public async Task Summarised_prefixes_exist_for_newer_api_versions_only()
    {
        const string vnet = $"{Network}/virtualNetworks/vnet-app";
        const string body = """
            {"location":"australiaeast","properties":{"addressSpace":{"addressPrefixes":["10.2.0.0/16"]},
             "summarizedGatewayPrefixes":{"addressPrefixes":["10.2.0.0/24"]},
             "subnets":[{"name":"workload","properties":{"addressPrefix":"10.2.1.0/24"}}]}}
            """;

        Assert.Equal("InvalidRequestFormat", _azure.Send("PUT", vnet, body).Code);
        await _azure.Must("PUT", $"{vnet}?api-version=2025-07-01", body);
        Assert.Null(_azure.Send("GET", vnet).Properties!["summarizedGatewayPrefixes"]);
        Assert.NotNull(_azure.Send("GET", $"{vnet}?api-version=2025-07-01").Properties!["summarizedGatewayPrefixes"]);
        Assert.Equal([Prefix.Parse("10.2.0.0/24")], _azure.World.Azure.ReadVnets()[0].SummarizedGatewayPrefixes);
    }

    [Fact]
    public async Task The_service_key_comes_with_the_circuit_and_the_provider_moves_its_state()
    {
        const string path = $"{Network}/expressRouteCircuits/er1";
        var created = _azure.Send("PUT", path, Bodies.Circuit);
        Assert.Null(created.Properties!["serviceKey"]);
        await _azure.Pass(TimeSpan.FromMinutes(3));
        var circuit = _azure.Send("GET", path).Properties!;
        Assert.Equal(("NotProvisioned", "Enabled"),
            (Text("serviceProviderProvisioningState"), Text("circuitProvisioningState")));
        var key = Text("serviceKey");
        var provider = _azure.World.Azure.FindCircuit(key.ToUpperInvariant())!;
        Assert.Equal((50, "Sydney", "NotProvisioned"),
            (provider.BandwidthMbps, provider.PeeringLocation, provider.ProviderState));
        Assert.Null(_azure.World.Azure.FindCircuit("unknown"));

        _azure.ProvisionCircuit();

        circuit = _azure.Send("GET", path).Properties!;
        Assert.Equal("Provisioned", Text("serviceProviderProvisioningState"));
        var peering = Assert.Single(circuit["peerings"]!.AsArray())!["properties"]!;
        Assert.Equal(("192.168.101.0/30", 12076, 100),
            (peering["primaryPeerAddressPrefix"]!.GetValue<string>(), peering["azureASN"]!.GetValue<int>(),
                peering["vlanId"]!.GetValue<int>()));
        Assert.DoesNotContain("md5-key", circuit.ToJsonString(), StringComparison.Ordinal);
        Assert.True(_azure.World.Azure.HasPrivatePeering(key));
        Assert.Equal("md5-key", Assert.Single(_azure.World.Azure.FindCircuit(key)!.Peerings).SharedKey);

        string Text(string member) => circuit[member]!.GetValue<string>();
    }

    [Fact]
    public async Task A_circuit_put_without_its_peering_loses_it()
    {
        const string path = $"{Network}/expressRouteCircuits/er1";
        await _azure.Must("PUT", path, Bodies.Circuit);
        _azure.ProvisionCircuit();
        var read = _azure.Send("GET", path).Body.ToJsonString();

        await _azure.Must("PUT", path, read);
        Assert.NotNull(_azure.World.Azure.ReadCircuits()[0].PrivatePeering);
        await _azure.Must("PUT", path, Bodies.Circuit);
        Assert.Null(_azure.World.Azure.ReadCircuits()[0].PrivatePeering);
    }

    [Fact]
    public async Task Vnets_peer_when_both_sides_say_so()
    {
        await _azure.Must("PUT", $"{Network}/virtualNetworks/spoke", """
            {"location":"eastus","properties":{"addressSpace":{"addressPrefixes":["10.3.0.0/16"]}}}
            """);
        await Peer("vnet-app", "spoke");
        Assert.Equal("Initiated", StateOf("vnet-app"));

        await Peer("spoke", "vnet-app");

        Assert.Equal("Connected", StateOf("vnet-app"));
        var peering =
            Assert.Single(_azure.World.Azure.ReadVnets()
                .Single(vnet => vnet.Id.EndsWith("vnet-app", StringComparison.Ordinal)).Peerings);
        Assert.True(peering is { Connected: true, AllowGatewayTransit: true });
        Assert.Equal([Prefix.Parse("10.3.0.0/16")], peering.RemotePrefixes);

        Task Peer(string from, string to) =>
            _azure.Must("PUT", $"{Network}/virtualNetworks/{from}/virtualNetworkPeerings/p",
            $$$$"""{"properties":{"remoteVirtualNetwork":{"id":"{{{{Network}}}}/virtualNetworks/{{{{to}}}}"},"allowGatewayTransit":true}}""");
        string StateOf(string vnet) => _azure.Send("GET", $"{Network}/virtualNetworks/{vnet}")
            .Properties!["virtualNetworkPeerings"]![0]!["properties"]!["peeringState"]!.GetValue<string>();
    }

    [Theory]
    [InlineData(GatewaySubnet)]
    [InlineData(VpnGateway)]
    [InlineData($"{Network}/virtualNetworks/vnet-app")]
    [InlineData($"{Network}/virtualNetworkGateways/ergw")]
    [InlineData($"{Network}/publicIPAddresses/pip")]
    [InlineData($"{Network}/expressRouteCircuits/er1")]
    [InlineData($"{Network}/localNetworkGateways/lng-1")]
    [InlineData($"{Network}/connections/tunnel-1")]
    [InlineData($"{Network}/connections/er1-conn")]
    public async Task What_was_read_can_be_written_back(string path)
    {
        await _azure.Build(23);
        var before = _azure.Send("GET", path);

        await _azure.Must("PUT", path, before.Body.ToJsonString());

        var after = _azure.Send("GET", path);
        Assert.Equal(WithoutEtags(before), WithoutEtags(after));
        static string WithoutEtags(Reply reply) =>
            System.Text.RegularExpressions.Regex.Replace(reply.Wire.Body, "W/[^,}]*", "");
    }
}
