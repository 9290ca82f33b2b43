using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>
/// Route Servers, which the API calls virtual hubs. With branch-to-branch traffic one lets the ExpressRoute and the VPN
/// gateway of its VNet exchange routes.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/route-server/overview</remarks>
internal sealed class RouteServers : ResourceKind
{
    public const long Asn = 65515;

    public override string Type => "virtualHubs";
    public override string Noun => "VirtualHub";

    public override MemberSchema Members { get; } = new(
        "VirtualHubProperties",
        "virtualWan:o vpnGateway:o p2SVpnGateway:o expressRouteGateway:o azureFirewall:o securityPartnerProvider:o",
        "addressPrefix:s routeTable:o provisioningState:- securityProviderName:s virtualHubRouteTableV2s:a sku:s",
        "routingState:- bgpConnections:- ipConfigurations:- routeMaps:- virtualRouterAsn:n virtualRouterIps:-",
        "allowBranchToBranchTraffic:b preferredRoutingGateway:s hubRoutingPreference:s "
            + "virtualRouterAutoScaleConfiguration:o");

    public override JsonObject Accept(PutRequest put)
    {
        var kept = base.Accept(put);
        kept["sku"] ??= "Standard";
        kept["allowBranchToBranchTraffic"] ??= false;
        kept["hubRoutingPreference"] ??= "ExpressRoute";
        kept["virtualRouterAsn"] = Asn;
        return kept;
    }

    public override void Show(ShowCall show, ArmResource resource, JsonObject properties)
    {
        var state = show.State;
        var configurations = state.Children(resource, AllKinds.RouteServerIpConfigurations).ToList();
        properties["routingState"] = configurations.Exists(one => one.Works) ? "Provisioned" : "None";
        properties["ipConfigurations"] = References(configurations);
        properties["bgpConnections"] = References(state.Children(resource, AllKinds.RouteServerPeers));
        properties["virtualRouterIps"] = Json.Array(Addresses(state, resource));
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;

    /// <summary>Two addresses of RouteServerSubnet.</summary>
    public static IEnumerable<string> Addresses(AzureState state, ArmResource server) =>
        from configuration in state.Children(server, AllKinds.RouteServerIpConfigurations)
        let subnet = state.Find(configuration.Properties.Text("subnet", "id"))
        where subnet is not null && Cidr.OfSubnet(subnet.Properties) is not null
        from host in new[] { 4, 5 }
        select Cidr.OfSubnet(subnet.Properties)!.Value.Host(host).ToString();

    private static JsonArray References(IEnumerable<ArmResource> children) =>
        new([.. children.Select(child => (JsonNode)new JsonObject { ["id"] = child.Id })]);
}

/// <summary>Where a Route Server stands: the subnet that must be named RouteServerSubnet.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualwan/virtual-hub-ip-configuration</remarks>
internal sealed class RouteServerIpConfigurations : ResourceKind
{
    private const string SubnetName = "RouteServerSubnet";

    public override string Type => "virtualHubs/ipConfigurations";
    public override string Noun => "HubIpConfiguration";

    public override MemberSchema Members { get; } = new(
        "HubIPConfigurationPropertiesFormat",
        "privateIPAddress:s privateIPAllocationMethod:s subnet:o publicIPAddress:o provisioningState:-");

    public override IEnumerable<Reference> References(PutRequest put)
    {
        yield return new("properties.subnet", put.Properties.Text("subnet", "id"), "virtualNetworks/subnets");
        if (put.Properties.At("publicIPAddress") is { } address)
        {
            yield return new("properties.publicIPAddress", address.Text("id"), "publicIPAddresses");
        }
    }

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (!ResourceId.Same(ResourceId.Read(put.Properties.Text("subnet", "id"))?.Name, SubnetName))
        {
            yield return ArmError.Bad(PlaceholderCodes.RouteServerSubnetName,
                $"The subnet of {put.Self} must be named {SubnetName}.");
        }
    }

    public override Duration WriteTakes(PutRequest put) => Durations.ExpressRouteGatewayUpdate;
}

/// <summary>BGP between a Route Server and an appliance of its VNet.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/virtualwan/virtual-hub-bgp-connection</remarks>
internal sealed class RouteServerPeers : ResourceKind
{
    public override string Type => "virtualHubs/bgpConnections";
    public override string Noun => "BgpConnection";

    public override MemberSchema Members { get; } = new(
        "BgpConnectionProperties",
        "peerAsn:n peerIp:s hubVirtualNetworkConnection:o provisioningState:- connectionState:-");

    public override IEnumerable<ArmError> Problems(PutRequest put)
    {
        if (put.Properties.Number("peerAsn") is not { } asn || asn == RouteServers.Asn
            || !Ipv4.TryParse(put.Properties.Text("peerIp") ?? "", out _))
        {
            yield return ArmError.Bad(PlaceholderCodes.BgpPeerAddress, $"The peer of {put.Self} is not valid.");
        }
    }

    /// <summary>Nothing runs behind an appliance's address here.</summary>
    public override void Show(ShowCall show, ArmResource resource, JsonObject properties) =>
        properties["connectionState"] = "NotConnected";

    public override Duration WriteTakes(PutRequest put) => Durations.ArmQuick;
}
