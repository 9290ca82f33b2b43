using Sealane.Core.Design;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The ARM id of every object of the link. ARM ids are chosen by the caller, so they are known before the object
/// exists, and
/// creating twice under one id is one object.
/// </summary>
public static class AzureIds
{
    public const string GatewaySubnetName = "GatewaySubnet";
    public const string PrivatePeeringName = "AzurePrivatePeering";

    public static string ResourceGroup(NetworkDesign design) =>
        $"/subscriptions/{design.Azure.Subscription}/resourceGroups/{design.Azure.ResourceGroup}";

    /// <summary>The spec names the VNet, or gives its full id where it lives in another resource group.</summary>
    public static string Vnet(NetworkDesign design) => design.Spec.Azure.Vnet.StartsWith('/')
        ? design.Spec.Azure.Vnet
        : Network(design, "virtualNetworks", design.Spec.Azure.Vnet);

    public static string GatewaySubnet(NetworkDesign design) => $"{Vnet(design)}/subnets/{GatewaySubnetName}";

    public static string PublicIp(NetworkDesign design) => Network(design, "publicIPAddresses", design.Names.PublicIp);

    public static string Circuit(NetworkDesign design) => Network(design, "expressRouteCircuits", design.Names.Circuit);

    public static string PrivatePeering(NetworkDesign design) => $"{Circuit(design)}/peerings/{PrivatePeeringName}";

    public static string ExpressRouteGateway(NetworkDesign design) =>
        Network(design, "virtualNetworkGateways", design.Names.ExpressRouteGateway);

    public static string ExpressRouteConnection(NetworkDesign design) =>
        Network(design, "connections", design.Names.ExpressRouteConnection);

    public static string VpnGateway(NetworkDesign design) =>
        Network(design, "virtualNetworkGateways", design.Names.VpnGateway);

    public static string LocalGateway(NetworkDesign design, TunnelDesign tunnel) =>
        Network(design, "localNetworkGateways", tunnel.LocalGatewayName);

    public static string VpnConnection(NetworkDesign design, TunnelDesign tunnel) =>
        Network(design, "connections", tunnel.ConnectionName);

    /// <summary>Every object that the spec can give a name to.</summary>
    public static IReadOnlyList<string> Named(NetworkDesign design) =>
    [
        PublicIp(design), Circuit(design), ExpressRouteGateway(design), ExpressRouteConnection(design),
        VpnGateway(design),
        .. design.Tunnels.Select(tunnel => LocalGateway(design, tunnel)),
        .. design.Tunnels.Select(tunnel => VpnConnection(design, tunnel)),
    ];

    /// <summary>The one ipConfiguration of a gateway of ours; its name cannot be changed later.</summary>
    public static string IpConfiguration(string gatewayId) => $"{gatewayId}/ipConfigurations/default";

    /// <summary>Region names come as <c>Australia East</c> and <c>australiaeast</c>; the wire uses the
    /// second.</summary>
    public static string Region(string name) => name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The last part of an id, for a person.</summary>
    public static string NameOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string Network(NetworkDesign design, string type, string name) =>
        $"{ResourceGroup(design)}/providers/Microsoft.Network/{type}/{name}";
}
