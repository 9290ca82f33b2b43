using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// The ARM id of every object of the link. ARM ids are chosen by the caller, so they are known before the object
/// exists, and creating twice under one id is one object.
/// </summary>
public sealed class AzureIds(NetworkDesign design)
{
    public const string GatewaySubnetName = "GatewaySubnet";
    public const string OnlyConfiguration = "default";
    public const string PrivatePeeringName = "AzurePrivatePeering";

    private readonly NetworkDesign _former = FormerParts.Of(design);

    public LinkDesign Link => design.Link;

    /// <summary>As the wire spells it.</summary>
    public string Region => RegionOf(design.Azure.Region);

    public string ResourceGroup =>
        $"/subscriptions/{design.Azure.Subscription}/resourceGroups/{design.Azure.ResourceGroup}";

    public string ExpressRouteGateway => design.ExpressRouteGateway.ExistingId
        ?? Network("virtualNetworkGateways", design.ExpressRouteGateway.Name);

    public string VpnGateway => design.VpnGateway.ExistingId
        ?? Network("virtualNetworkGateways", design.VpnGateway.Name);

    /// <summary>The gateways that the link makes.</summary>
    public IReadOnlyList<string> OwnGateways =>
    [
        .. design.ExpressRouteGateway.ExistingId is null ? [ExpressRouteGateway] : Array.Empty<string>(),
        .. design.VpnGateway.ExistingId is null ? [VpnGateway] : Array.Empty<string>(),
    ];

    /// <summary>Every object that the spec can give a name to, or an earlier one.</summary>
    public IReadOnlyList<string> Named =>
    [
        .. _former.VpnGateway.ExistingId is null ? _former.VpnGateway.Instances.Select(PublicIp) : [],
        .. _former.Circuits.Select(Circuit), .. OwnGateways,
        .. _former.Circuits.Select(ExpressRouteConnection),
        .. _former.Tunnels.Select(LocalGateway), .. _former.Tunnels.Select(VpnConnection),
    ];

    public string Vnet(VnetDesign vnet) => vnet.FullId ?? Network("virtualNetworks", vnet.Name);

    public string GatewaySubnet(VnetDesign vnet) => $"{Vnet(vnet)}/subnets/{GatewaySubnetName}";

    /// <summary>The name that a peering of ours has; it bears no tag.</summary>
    public string Peering(VnetDesign near, VnetDesign far) => $"{Vnet(near)}/virtualNetworkPeerings/"
        + (far.Key.IsNone ? $"{Link.Name}-hub" : far.Key.Made.On($"{Link.Name}-spoke"));

    public string PublicIp(GatewayInstanceDesign instance) =>
        Of(Azure.PublicIp.Ref(instance), "publicIPAddresses", instance.PublicIpName);

    public string Circuit(CircuitDesign circuit) =>
        Of(ExpressRouteCircuit.Ref(circuit), "expressRouteCircuits", circuit.Name);

    /// <summary>Where the link's own is, was or would be, whichever is used.</summary>
    public string OwnCircuit(CircuitDesign circuit) => Network("expressRouteCircuits", circuit.Name);

    /// <summary>Whether it is used in another subscription.</summary>
    public bool IsElsewhere(CircuitDesign circuit) => design.IdElsewhere(circuit) is not null;

    public string PrivatePeering(CircuitDesign circuit) => $"{Circuit(circuit)}/peerings/{PrivatePeeringName}";

    public string ExpressRouteConnection(CircuitDesign circuit) =>
        Of(Azure.ExpressRouteConnection.Ref(circuit), "connections", circuit.ConnectionName);

    public string LocalGateway(TunnelDesign tunnel) =>
        Of(LocalNetworkGateway.Ref(tunnel), "localNetworkGateways", tunnel.LocalGatewayName);

    public string VpnConnection(TunnelDesign tunnel) =>
        Of(GatewayConnection.Ref(tunnel), "connections", tunnel.ConnectionName);

    /// <summary>The ipConfiguration of an instance of the VPN gateway; its name cannot be changed later.</summary>
    public static string IpConfiguration(string gatewayId, string name) => $"{gatewayId}/ipConfigurations/{name}";

    public static string ConfigurationOf(GatewayInstanceDesign instance) => instance.Key.On(OnlyConfiguration);

    /// <summary>Regions come as <c>Australia East</c> and <c>australiaeast</c>; the wire uses the second.</summary>
    public static string RegionOf(string name) =>
        name.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The last part of an id, for a person.</summary>
    public static string NameOf(string id) => id[(id.LastIndexOf('/') + 1)..];

    /// <summary>The one that the spec uses, or else the one of that name.</summary>
    private string Of(ObjectRef self, string type, string name) =>
        Link.Existing.GetValueOrDefault(self.Id) ?? Network(type, name);

    private string Network(string type, string name) =>
        $"{ResourceGroup}/providers/Microsoft.Network/{type}/{name}";
}
