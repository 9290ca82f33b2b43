using Sealane.Sandbox.Azure;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>Gateways: how long they take, and what they know afterwards.</summary>
public sealed partial class LifeCycleTests
{
    [Fact]
    public async Task A_vpn_gateway_takes_half_an_hour_and_then_knows_its_addresses()
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);
        var created = _azure.Send("PUT", VpnGateway, Bodies.VpnGateway);
        Assert.Equal((201, "Updating"), (created.Status, created.State));
        await _azure.Pass(TimeSpan.FromMinutes(21));
        _azure.Token = _azure.LogIn().Body["access_token"]!.GetValue<string>();
        Assert.Equal("Updating", _azure.Send("GET", VpnGateway).State);
        Assert.Null(_azure.Send("GET", VpnGateway)
            .Properties!["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]);

        await _azure.Pass(TimeSpan.FromMinutes(15));

        var gateway = _azure.Send("GET", VpnGateway).Properties!;
        var configuration = gateway["ipConfigurations"]![0]!;
        Assert.Equal(VpnConfiguration, configuration["id"]!.GetValue<string>());
        Assert.Equal("10.2.0.6", configuration["properties"]!["privateIPAddress"]!.GetValue<string>());
        var peering = gateway["bgpSettings"]!["bgpPeeringAddresses"]![0]!;
        Assert.Equal("10.2.0.254", gateway["bgpSettings"]!["bgpPeeringAddress"]!.GetValue<string>());
        var pip = _azure.Send("GET", $"{Network}/publicIPAddresses/pip").Properties!;
        Assert.Equal([pip["ipAddress"]!.GetValue<string>(), "10.2.0.6"],
            peering["tunnelIpAddresses"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal(VpnConfiguration, pip["ipConfiguration"]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_private_address_can_be_switched_on_later_and_stays()
    {
        await _azure.Build(14);
        await _azure.Must("PUT", VpnGateway, Bodies.With(Bodies.VpnGateway, "properties/enablePrivateIpAddress=false"));
        Assert.Null(_azure.Send("GET", VpnGateway)
            .Properties!["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]);
        Assert.Null(_azure.World.Azure.ReadGateways().Single(gateway => gateway.Type == AzureGatewayType.Vpn)
            .Instances[0].PrivateAddress);

        await _azure.Must("PUT", VpnGateway, Bodies.VpnGateway);
        await _azure.Must("PUT", VpnGateway, Bodies.With(Bodies.VpnGateway, "tags={}"));

        Assert.Equal("10.2.0.6", _azure.Send("GET", VpnGateway)
            .Properties!["ipConfigurations"]![0]!["properties"]!["privateIPAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task Both_gateways_of_a_vnet_are_made_at_the_same_time()
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);

        Assert.Equal(201,
            _azure.Send("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway).Status);
        Assert.Equal(201, _azure.Send("PUT", VpnGateway, Bodies.VpnGateway).Status);
    }


    [Fact]
    public async Task An_active_active_gateway_has_two_of_everything()
    {
        await _azure.Build(14);
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip2", Bodies.PublicIp);
        var body = Bodies.VpnGateway.Replace("\"activeActive\":false", "\"activeActive\":true",
            StringComparison.Ordinal);
        var second =
            $$$$"""{"name":"activeActive","properties":{"subnet":{"id":"{{{{GatewaySubnet}}}}"},"publicIPAddress":{"id":"{{{{Network}}}}/publicIPAddresses/pip2"}}}""";
        body = body.Replace("}}}],\n", $"}}}}}}, {second}],\n", StringComparison.Ordinal);
        body = body.Replace("\"169.254.22.2\"]}]", $$$"""
            "169.254.22.2"]},{"ipconfigurationId":"{{{VpnGateway}}}/ipConfigurations/activeActive","customBgpIpAddresses":["169.254.21.6"]}]
            """, StringComparison.Ordinal);

        await _azure.Must("PUT", VpnGateway, body);

        var gateway = _azure.World.Azure.ReadGateways().Single(one => one.Type == AzureGatewayType.Vpn);
        Assert.Equal(["10.2.0.6 10.2.0.4", "10.2.0.7 10.2.0.5"],
            gateway.Instances.Select(one => $"{one.PrivateAddress} {one.BgpAddress}"));
        Assert.Equal("10.2.0.4,10.2.0.5",
            _azure.Send("GET", VpnGateway).Properties!["bgpSettings"]!["bgpPeeringAddress"]!.GetValue<string>());
    }
}
