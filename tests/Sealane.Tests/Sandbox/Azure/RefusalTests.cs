using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>One change to a body that works, and the refusal that it earns.</summary>
public sealed class RefusalTests
{
    private readonly AzureSandbox _azure = new();

    [Theory]
    [InlineData("location", "LocationRequired")]
    [InlineData("location=\"\"", "LocationRequired")]
    [InlineData("location=\"atlantis\"", "LocationNotAvailableForResourceType")]
    [InlineData("colour=1", "InvalidRequestFormat")]
    [InlineData("properties/colour=1", "InvalidRequestFormat")]
    [InlineData("properties=[]", "InvalidRequestFormat")]
    [InlineData("properties/idleTimeoutInMinutes=\"long\"", "InvalidRequestFormat")]
    [InlineData("tags={\"a\":1}", "InvalidRequestFormat")]
    [InlineData("sku/name=\"Basic\"", "IPv4BasicSkuPublicIpCountLimitReached")]
    [InlineData("sku", "IPv4BasicSkuPublicIpCountLimitReached")]
    [InlineData("sku/name=\"Gold\"", "InvalidRequestFormat")]
    [InlineData("location=\"australiasoutheast\"", "LocationNotSupportAvailabilityZones")]
    [InlineData("properties/publicIPAllocationMethod=\"Dynamic\"", "PublicIPAddressAllocationMethodInvalid")]
    public void A_public_ip_is_refused(string change, string code) =>
        Refused("publicIPAddresses/pip", Bodies.PublicIp, change, code);

    [Theory]
    [InlineData("zones=[\"1\"]", "ResourceAvailabilityZonesCannotBeModified")]
    [InlineData("sku/name=\"StandardV2\"", "SkuCannotBeChangedOnUpdate")]
    [InlineData("location=\"eastus\"", "InvalidResourceLocation")]
    public async Task A_public_ip_cannot_become_another(string change, string code)
    {
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);
        Refused("publicIPAddresses/pip", Bodies.PublicIp, change, code, code == "InvalidResourceLocation" ? 409 : 400);
    }

    [Theory]
    [InlineData("properties", "NoAddressPrefixOrPoolProvided")]
    [InlineData("properties/addressPrefix=\"10.2.0.1/24\"", "InvalidCIDRNotation")]
    [InlineData("properties/addressPrefix=\"ten\"", "InvalidAddressPrefixFormat")]
    [InlineData("properties/addressPrefix=\"10.3.0.0/24\"", "NetcfgSubnetRangeOutsideVnet")]
    [InlineData("properties/addressPrefix=\"10.2.0.0/20\"", "NetcfgSubnetRangesOverlap")]
    [InlineData("properties/addressPrefix=\"10.2.0.0/30\"", "SubnetPrefixTooSmall")]
    [InlineData("properties/networkSecurityGroup={\"id\":\"/x\"}", "LinkedInvalidPropertyId")]
    [InlineData("properties/routeTable={}", "InvalidRequestFormat")]
    [InlineData("properties/routeTable={\"id\":\"table\"}", "LinkedInvalidPropertyId")]
    public void A_gateway_subnet_is_refused(string change, string code) =>
        Refused("virtualNetworks/vnet-app/subnets/GatewaySubnet", Bodies.GatewaySubnet, change, code);

    [Theory]
    [InlineData("properties/serviceProviderProperties/peeringLocation=\"sydney\"",
        "ExpressRouteServiceProviderParametersInvalid")]
    [InlineData("properties/serviceProviderProperties/serviceProviderName=\"Nobody\"",
        "ExpressRouteServiceProviderParametersInvalid")]
    [InlineData("properties/serviceProviderProperties/bandwidthInMbps=75",
        "ExpressRouteServiceProviderParametersInvalid")]
    [InlineData("sku/name=\"Standard\"", "ExpressRouteCircuitSkuInvalid")]
    [InlineData("sku={\"name\":\"MultiCloud_MeteredData\",\"tier\":\"MultiCloud\",\"family\":\"MeteredData\"}",
        "ExpressRouteCircuitSkuInvalid")]
    [InlineData("sku={\"name\":\"Local_UnlimitedData\",\"tier\":\"Local\",\"family\":\"UnlimitedData\"}",
        "ExpressRouteCircuitSkuInvalid")]
    public void A_circuit_is_refused(string change, string code) =>
        Refused("expressRouteCircuits/er1", Bodies.Circuit, change, code);

    [Theory]
    [InlineData("properties/serviceProviderProperties/bandwidthInMbps=50",
        "ExpressRouteCircuitBandwidthCannotBeReduced")]
    [InlineData("properties/serviceProviderProperties/peeringLocation=\"Sydney2\"",
        "ExpressRouteServiceProviderParametersInvalid")]
    public async Task A_circuit_cannot_shrink_or_move(string change, string code)
    {
        var body = Bodies.With(Bodies.Circuit, "properties/serviceProviderProperties/bandwidthInMbps=100");
        await _azure.Must("PUT", $"{Network}/expressRouteCircuits/er1", body);
        Refused("expressRouteCircuits/er1", body, change, code);
    }

    [Theory]
    [InlineData("properties/sku={\"name\":\"VpnGw1\",\"tier\":\"VpnGw1\"}", "NonAzSkusNotAllowedForVPNGateway")]
    [InlineData("properties/sku={\"name\":\"HighPerformance\",\"tier\":\"HighPerformance\"}",
        "InvalidGatewaySkuSpecifiedForGatewayDeploymentType")]
    [InlineData("properties/vpnGatewayGeneration=\"Generation2\"",
        "InvalidGatewaySkuSpecifiedForGatewayDeploymentType")]
    [InlineData("properties/sku/tier=\"VpnGw2AZ\"", "InvalidGatewaySize")]
    [InlineData("properties/gatewayType=\"Satellite\"", "InvalidRequestFormat")]
    [InlineData("properties/ipConfigurations=[]", "VirtualNetworkGatewayIpConfigurationsCountNotCorrect")]
    [InlineData("properties/activeActive=true", "VirtualNetworkGatewayIpConfigurationsCountNotCorrect")]
    [InlineData("properties/ipConfigurations/0/properties/publicIPAddress", "PublicIpForGatewayIsRequired")]
    [InlineData("properties/ipConfigurations/0/properties/privateIPAllocationMethod=\"Static\"",
        "VirtualNetworkGatewayIpConfigurationsCountNotCorrect")]
    [InlineData(
        $"properties/ipConfigurations/0/properties/subnet/id=\"{Network}/virtualNetworks/vnet-app/subnets/workload\"",
        "GatewaySubnetNameInvalid")]
    [InlineData(
        $"properties/ipConfigurations/0/properties/subnet/id=\"{Network}/virtualNetworks/none/subnets/GatewaySubnet\"",
        "InvalidResourceReference")]
    [InlineData($"properties/ipConfigurations/0/properties/publicIPAddress/id=\"{Network}/publicIPAddresses/zoneless\"",
        "VmssVpnGatewayPublicIpsMustHaveZonesConfigured")]
    [InlineData("properties/bgpSettings/bgpPeeringAddresses=[]", "BgpPeeringAddressesCountNotCorrect")]
    [InlineData("properties/bgpSettings/bgpPeeringAddress=\"10.2.0.9\"",
        "VirtualNetworkGatewayBgpPeeringAddressCannotBeModified")]
    [InlineData("properties/bgpSettings/bgpPeeringAddresses/0/customBgpIpAddresses=[\"169.254.20.2\"]",
        "BgpPeerIpAddressInvalid")]
    [InlineData("properties/bgpSettings/bgpPeeringAddresses/0/ipconfigurationId=\"/other\"",
        "InvalidResourceReference")]
    [InlineData("properties/bgpSettings/asn=12076", "BgpAsnNotAllowed")]
    [InlineData("properties/sku={\"name\":\"Basic\",\"tier\":\"Basic\"}",
        "VirtualNetworkGatewaySkuDoesNotSupportFeature")]
    [InlineData("location=\"eastus\"", "InvalidResourceReference")]
    public async Task A_vpn_gateway_is_refused(string change, string code)
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp);
        await _azure.Must("PUT", $"{Network}/publicIPAddresses/zoneless", Bodies.With(Bodies.PublicIp, "zones"));
        Refused("virtualNetworkGateways/vpngw", Bodies.VpnGateway, change, code);
    }

    [Theory]
    [InlineData("properties/sku={\"name\":\"VpnGw1AZ\",\"tier\":\"VpnGw1AZ\"}",
        "InvalidGatewaySkuSpecifiedForGatewayDeploymentType")]
    [InlineData("properties/autoScaleConfiguration={\"bounds\":{\"min\":1,\"max\":2}}",
        "ExpressRouteVirtualNetworkGatewayAutoscaleBoundsNotValid")]
    public async Task An_express_route_gateway_is_refused(string change, string code)
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        Refused("virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway, change, code);
    }

    [Theory]
    [InlineData("Standard", null)]
    [InlineData("ErGw3AZ", null)]
    [InlineData("ErGwScale", """properties/autoScaleConfiguration={"bounds":{"min":1,"max":1}}""")]
    public async Task Every_express_route_sku_can_still_be_created(string sku, string? change)
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        var body = Bodies.With(Bodies.ExpressRouteGateway, $$"""properties/sku={"name":"{{sku}}","tier":"{{sku}}"}""");
        await _azure.Must("PUT", $"{Network}/virtualNetworkGateways/ergw",
            change is null ? body : Bodies.With(body, change));
    }

    [Fact]
    public async Task A_gateway_subnet_smaller_than_27_does_not_take_both_gateways()
    {
        await _azure.Must("PUT", GatewaySubnet, """{"properties":{"addressPrefix":"10.2.0.0/28"}}""");
        Refused("virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway, null, "GatewaySubnetTooSmall");
    }

    [Theory]
    [InlineData("properties/gatewayIpAddress", "LocalNetworkGatewayAddressInvalid")]
    [InlineData("properties/gatewayIpAddress=\"ten\"", "LocalNetworkGatewayAddressInvalid")]
    [InlineData("properties/fqdn=\"aws.example\"", "LocalNetworkGatewayAddressInvalid")]
    [InlineData("properties/localNetworkAddressSpace={\"addressPrefixes\":[\"169.254.21.0/30\"]}",
        "LocalNetworkGatewayAddressInvalid")]
    [InlineData("properties/localNetworkAddressSpace={\"addressPrefixes\":[\"10.1.0.1/16\"]}", "InvalidCIDRNotation")]
    [InlineData("properties/bgpSettings/asn=65515", "BgpAsnNotAllowed")]
    [InlineData("properties/bgpSettings/asn=64500", "BgpAsnNotAllowed")]
    [InlineData("properties/bgpSettings/bgpPeeringAddress=\"169.254.100.1\"", "BgpPeerIpAddressInvalid")]
    public void A_local_network_gateway_is_refused(string change, string code) =>
        Refused("localNetworkGateways/lng-1", Bodies.LocalGateway(1), change, code);

    [Theory]
    [InlineData("properties/sharedKey=\"with-hyphen\"", "VirtualNetworkGatewayConnectionSharedKeyInvalid")]
    [InlineData("properties/connectionProtocol=\"IKEv9\"", "InvalidRequestFormat")]
    [InlineData("properties/connectionType=\"Wireless\"", "InvalidRequestFormat")]
    [InlineData("properties/connectionMode=\"Never\"", "InvalidRequestFormat")]
    [InlineData("properties/dpdTimeoutSeconds=5", "VirtualNetworkGatewayConnectionParameterInvalid")]
    [InlineData("properties/localNetworkGateway2", "InvalidRequestFormat")]
    [InlineData($"properties/localNetworkGateway2/id=\"{Network}/localNetworkGateways/none\"",
        "InvalidResourceReference")]
    [InlineData($"properties/localNetworkGateway2/id=\"{Network}/localNetworkGateways/lng-self\"",
        "LocalNetworkGatewayCannotHaveSameAddressAsConnectedVnetGateway")]
    [InlineData($"properties/virtualNetworkGateway1/id=\"{Network}/virtualNetworkGateways/ergw\"",
        "VirtualNetworkGatewayTypeNotSupportedForConnectionType")]
    [InlineData("properties/gatewayCustomBgpIpAddresses/0/customBgpIpAddress=\"169.254.21.6\"",
        "VirtualNetworkGatewayConnectionCustomBgpIpAddressInvalid")]
    [InlineData("properties/ipsecPolicies/0/pfsGroup", "VirtualNetworkGatewayConnectionIpsecPolicyInvalid")]
    [InlineData("properties/ipsecPolicies/0/ikeIntegrity=\"SHA512\"",
        "VirtualNetworkGatewayConnectionIpsecPolicyInvalid")]
    [InlineData("properties/ipsecPolicies/0/ipsecIntegrity=\"SHA256\"",
        "VirtualNetworkGatewayConnectionIpsecPolicyInvalid")]
    [InlineData("properties/ipsecPolicies/0/saLifeTimeSeconds=299",
        "VirtualNetworkGatewayConnectionIpsecPolicyInvalid")]
    [InlineData("properties/ipsecPolicies/0/saDataSizeKilobytes=1000",
        "VirtualNetworkGatewayConnectionIpsecPolicyInvalid")]
    public async Task A_tunnel_connection_is_refused(string change, string code)
    {
        await _azure.Build(21);
        var self = Bodies.With(Bodies.LocalGateway(1), "properties/gatewayIpAddress=\"10.2.0.6\"");
        await _azure.Must("PUT", $"{Network}/localNetworkGateways/lng-self", self);
        Refused("connections/tunnel-1", Bodies.Tunnel(1), change, code);
    }

    [Fact]
    public async Task The_private_address_is_used_only_where_the_gateway_has_it()
    {
        await _azure.Build(14);
        await _azure.Must("PUT", VpnGateway, Bodies.With(Bodies.VpnGateway, "properties/enablePrivateIpAddress=false"));
        await _azure.Must("PUT", $"{Network}/localNetworkGateways/lng-1", Bodies.LocalGateway(1));

        Refused("connections/tunnel-1", Bodies.Tunnel(1), null, "VirtualNetworkGatewayPrivateIpAddressNotEnabled");
        await _azure.Must("PUT", $"{Network}/connections/tunnel-1",
            Bodies.With(Bodies.Tunnel(1), "properties/useLocalAzureIpAddress=false"));
    }

    [Fact]
    public async Task A_connection_waits_for_the_provider_and_its_peering()
    {
        await _azure.Must("PUT", GatewaySubnet, Bodies.GatewaySubnet);
        await _azure.Must("PUT", $"{Network}/expressRouteCircuits/er1", Bodies.Circuit);
        await _azure.Must("PUT", $"{Network}/virtualNetworkGateways/ergw", Bodies.ExpressRouteGateway);

        Refused("connections/er1-conn", Bodies.ExpressRouteConnection, null, "ExpressRouteCircuitNotProvisioned");
        _azure.World.Azure.SetProviderState(_azure.World, _azure.World.Azure.ReadCircuits()[0].ServiceKey!,
            "Provisioned");
        Refused("connections/er1-conn", Bodies.ExpressRouteConnection, null,
            "ExpressRouteCircuitPrivatePeeringMissing");
        _azure.ProvisionCircuit();
        await _azure.Must("PUT", $"{Network}/connections/er1-conn", Bodies.ExpressRouteConnection);
        Refused("connections/er2-conn", Bodies.ExpressRouteConnection, null, "ExpressRouteGatewayCircuitLimitReached");
    }

    [Fact]
    public async Task A_second_gateway_of_a_type_is_refused()
    {
        await _azure.Build(11);
        Refused("virtualNetworkGateways/ergw2", Bodies.ExpressRouteGateway, null, "VirtualNetworkHasGatewayOfSameType");
    }

    [Theory]
    [InlineData("not json", "InvalidRequestContent")]
    [InlineData("[]", "InvalidRequestContent")]
    [InlineData("""{"location":"a","LOCATION":"b"}""", "InvalidRequestContent")]
    [InlineData("", "InvalidRequestContent")]
    public void A_body_that_is_not_one_object_is_refused(string body, string code) =>
        Assert.Equal(code, _azure.Send("PUT", $"{Network}/publicIPAddresses/pip", body).Code);

    [Fact]
    public void A_subscription_that_is_not_registered_cannot_write()
    {
        var provider = $"/subscriptions/{Subscription}/providers/Microsoft.Network";
        _azure.Send("POST", $"{provider}/unregister");
        Refused("publicIPAddresses/pip", Bodies.PublicIp, null, "MissingSubscriptionRegistration", 409);

        Assert.Equal("Registered",
            _azure.Send("POST", $"{provider}/register").Body["registrationState"]!.GetValue<string>());
        Assert.Equal(201, _azure.Send("PUT", $"{Network}/publicIPAddresses/pip", Bodies.PublicIp).Status);
    }

    private void Refused(string path, string body, string? change, string code, int status = 400)
    {
        var reply = _azure.Send("PUT", $"{Network}/{path}", change is null ? body : Bodies.With(body, change));

        Assert.True((reply.Status, reply.Code) == (status, code),
            $"{change}: {reply.Status} {reply.Body.ToJsonString()}");
    }
}
