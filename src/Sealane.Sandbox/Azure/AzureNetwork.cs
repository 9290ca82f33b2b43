using System.Text.Json.Nodes;
using Sealane.Core;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Sandbox.Azure;

// What the network of this Azure is, read out of the bodies, for whoever works out sessions and routes from it.

/// <param name="Works">Whether it carries traffic: was ready once and is not gone.</param>
public sealed record AzureCircuit(
    string Id, string? ServiceKey, bool Works, string ProviderState, string PeeringLocation, int BandwidthMbps,
    AzurePeering? PrivatePeering)
{
    /// <summary>Paths whose router at Microsoft's edge has failed: <c>primary</c>, <c>secondary</c>.</summary>
    public IReadOnlyList<string> DeadPaths { get; init; } = [];

    /// <summary>Address spaces that gateways of other subscriptions announce.</summary>
    public IReadOnlyList<Prefix> Foreign { get; init; } = [];

    /// <summary>What comes from circuits that are joined by Global Reach.</summary>
    public IReadOnlyList<Core.Routing.JoinedRoute> Joined { get; init; } = [];
}

/// <param name="Primary">/30: the provider has the first host, Microsoft the second.</param>
public sealed record AzurePeering(bool Works, long PeerAsn, Prefix Primary, Prefix Secondary, int Vlan,
    string? SharedKey, bool Ipv6);

public enum AzureGatewayType
{
    ExpressRoute,
    Vpn,
}

public sealed record AzureGateway(
    string Id, AzureGatewayType Type, bool Works, string Sku, long Asn, bool EnableBgp, bool ActiveActive,
    string VnetId,
    IReadOnlyList<AzureGatewayInstance> Instances);

/// <param name="PrivateAddress">Where ESP goes to inside the transport; null unless private addresses are
/// enabled.</param>
/// <param name="BgpAddress">Address of the BGP speaker in GatewaySubnet.</param>
/// <param name="CustomBgpAddresses">Link-local addresses given by the customer, in order.</param>
public sealed record AzureGatewayInstance(
    string IpConfigurationId, Ipv4? PrivateAddress, Ipv4? PublicAddress, Ipv4? BgpAddress,
    IReadOnlyList<Ipv4> CustomBgpAddresses)
{
    /// <summary>It has failed, and the gateway has not replaced it.</summary>
    public bool Dead { get; init; }
}

/// <summary>A connection of either type; what the other type has is null.</summary>
/// <param name="CustomBgpAddresses">Own BGP addresses that it named; none named: the instance's first, if it has
/// any.</param>
public sealed record AzureConnection(
    string Id, bool Works, string GatewayId, string? CircuitId, AzureLocalGateway? LocalGateway, string? SharedKey,
    AzureIpsecPolicy? IpsecPolicy, bool EnableBgp, bool UseLocalAzureIpAddress, string ConnectionMode, string Protocol,
    int DpdTimeoutSeconds, IReadOnlyList<Ipv4> CustomBgpAddresses, int RoutingWeight)
{
    /// <summary>Remote prefixes of its traffic selectors; empty: any.</summary>
    public IReadOnlyList<Prefix> TrafficSelectors { get; init; } = [];
}

public sealed record AzureLocalGateway(
    string Id, Ipv4? Address, long? Asn, Ipv4? BgpPeeringAddress, IReadOnlyList<Prefix> AddressSpace);

/// <summary>In Azure's words: <c>GCMAES256</c>, <c>DHGroup14</c>, <c>PFS2048</c>. No policy: Azure's default
/// proposals.</summary>
public sealed record AzureIpsecPolicy(
    string IpsecEncryption, string IpsecIntegrity, string IkeEncryption, string IkeIntegrity, string DhGroup,
    string PfsGroup,
    int SaLifeTimeSeconds, long SaDataSizeKilobytes);

/// <param name="SummarizedGatewayPrefixes">What the ExpressRoute gateway announces instead of all; empty: all.</param>
public sealed record AzureVnet(
    string Id, string Location, IReadOnlyList<Prefix> Prefixes, IReadOnlyList<Prefix> SummarizedGatewayPrefixes,
    IReadOnlyList<AzureVnetPeering> Peerings, IReadOnlyList<AzureSubnet> Subnets, bool Ipv6);

/// <param name="Connected">The other side peers back.</param>
public sealed record AzureVnetPeering(
    string Id, string RemoteVnetId, bool Connected, bool AllowAccess, bool AllowForwardedTraffic,
    bool AllowGatewayTransit, bool UseRemoteGateways, IReadOnlyList<Prefix> RemotePrefixes);

/// <param name="HasPeers">An appliance may tell it routes.</param>
public sealed record AzureRouteServer(string Id, string VnetId, bool BranchToBranch, bool HasPeers);

public sealed record AzureSubnet(
    string Id, string Name, Prefix? Prefix, string? RouteTableId, bool DisableBgpRoutePropagation,
    IReadOnlyList<AzureRoute> Routes);

/// <param name="NextHopType">
/// <c>VirtualNetworkGateway</c>, <c>VnetLocal</c>, <c>Internet</c>, <c>VirtualAppliance</c> or <c>None</c>.
/// </param>
public sealed record AzureRoute(string Name, Prefix Prefix, string NextHopType, Ipv4? NextHop);

public sealed partial class AzureState
{
    public IReadOnlyList<AzureCircuit> ReadCircuits() => [.. All(AllKinds.ExpressRouteCircuits).Select(ReadCircuit)];

    public IReadOnlyList<AzureGateway> ReadGateways() => [.. All(AllKinds.VirtualNetworkGateways).Select(ReadGateway)];

    public IReadOnlyList<AzureConnection> ReadConnections() => [.. All(AllKinds.Connections).Select(ReadConnection)];

    /// <summary>Route Servers that stand in a VNet.</summary>
    public IReadOnlyList<AzureRouteServer> ReadRouteServers() =>
    [
        .. from server in All(AllKinds.RouteServers)
           from configuration in Children(server, AllKinds.RouteServerIpConfigurations).Take(1)
           where configuration.Works
           let subnet = Find(configuration.Properties.Text("subnet", "id"))
           where subnet?.ParentId is not null
           select new AzureRouteServer(
               server.Id, subnet.ParentId!, server.Properties.Flag("allowBranchToBranchTraffic"),
               Children(server, AllKinds.RouteServerPeers).Any()),
    ];

    public IReadOnlyList<AzureVnet> ReadVnets() => [.. All(AllKinds.VirtualNetworks).Select(ReadVnet)];

    internal AzureCircuit? ReadCircuit(string? id) =>
        Find(id, AllKinds.ExpressRouteCircuits) is { } one ? ReadCircuit(one) : null;

    internal AzureGateway? ReadGateway(string? id) =>
        Find(id, AllKinds.VirtualNetworkGateways) is { } one ? ReadGateway(one) : null;

    internal AzureConnection? ReadConnection(string? id) =>
        Find(id, AllKinds.Connections) is { } one ? ReadConnection(one) : null;

    /// <summary>Those of one gateway.</summary>
    internal IEnumerable<AzureConnection> ReadConnections(AzureGateway gateway) => All(AllKinds.Connections)
        .Where(one => ResourceId.Same(one.Properties.Text("virtualNetworkGateway1", "id"), gateway.Id))
        .Select(ReadConnection);

    /// <summary>The VNet in which a subnet lies.</summary>
    internal AzureVnet? ReadVnetOf(string? subnetId) =>
        Find(Find(subnetId, AllKinds.Subnets)?.ParentId) is { } vnet ? ReadVnet(vnet) : null;

    private ArmResource? Find(string? id, ResourceKind kind) =>
        Find(id) is { } one && one.Type == kind.FullType ? one : null;

    private AzureCircuit ReadCircuit(ArmResource circuit)
    {
        var peering = Children(circuit, AllKinds.CircuitPeerings)
            .FirstOrDefault(one => one.Name == CircuitPeerings.Private);
        var order = circuit.Properties.At("serviceProviderProperties");
        return new(
            circuit.Id, circuit.Facts.Text("serviceKey"), circuit.Works, ProviderStates.Of(circuit),
            order.Text("peeringLocation") ?? "",
            (int)(order.Number("bandwidthInMbps") ?? 0), peering is null ? null : ReadPeering(peering))
        {
            DeadPaths = [.. circuit.Facts.Texts("deadPaths")],
            Foreign = [.. CircuitAuthorizations.Announced(this, circuit)],
            Joined = peering is null ? [] : [.. CircuitConnections.Announced(this, peering)],
        };
    }

    private static AzurePeering ReadPeering(ArmResource peering) => new(
        peering.Works,
        peering.Properties.Number("peerASN") ?? 0,
        Prefix.Parse(peering.Properties.Text("primaryPeerAddressPrefix")!),
        Prefix.Parse(peering.Properties.Text("secondaryPeerAddressPrefix")!),
        (int)(peering.Properties.Number("vlanId") ?? 0),
        peering.SharedKey,
        peering.Properties.At("ipv6PeeringConfig") is JsonObject { Count: > 0 });

    private AzureGateway ReadGateway(ArmResource gateway)
    {
        var properties = gateway.Properties;
        var type = properties.Text("gatewayType") == VirtualNetworkGateways.Vpn
            ? AzureGatewayType.Vpn
            : AzureGatewayType.ExpressRoute;
        var privateAddresses = type == AzureGatewayType.ExpressRoute || properties.Flag("enablePrivateIpAddress");
        var configurations = properties.Items("ipConfigurations");
        // Without a configuration it stands in no subnet, whatever machines are behind it.
        var machines = configurations.Count == 0 ? [] : gateway.Facts.Items("instances");
        var instances = machines.Select((instance, index) =>
        {
            var configuration = configurations[Math.Min(index, configurations.Count - 1)];
            var id = GatewayBody.ConfigurationId(gateway, configuration);
            return new AzureGatewayInstance(
                id,
                privateAddresses ? Cidr.Address(instance.Text("private")) : null,
                Cidr.Address(Find(configuration.Text("properties", "publicIPAddress", "id"))?.Facts.Text("ipAddress")),
                Cidr.Address(instance.Text("bgp")),
                Addresses(GatewayBody.CustomAddresses(gateway, id)))
            {
                Dead = instance.Flag("dead"),
            };
        });
        var vnet = GatewayRules.VnetOf(properties);
        return new(
            gateway.Id, type, gateway.Works, properties.Text("sku", "name") ?? "", GatewayBody.Asn(gateway),
            properties.Flag("enableBgp"), properties.Flag("activeActive"), Find(vnet)?.Id ?? vnet ?? "",
            [.. instances]);
    }

    private AzureConnection ReadConnection(ArmResource connection)
    {
        var properties = connection.Properties;
        return new(
            connection.Id,
            connection.Works,
            Find(properties.Text("virtualNetworkGateway1", "id"))?.Id ?? "",
            Find(properties.Text("peer", "id"))?.Id,
            Find(properties.Text("localNetworkGateway2", "id")) is { } local ? ReadLocalGateway(local) : null,
            connection.SharedKey,
            properties.Items("ipsecPolicies") is [{ } policy, ..] ? ReadPolicy(policy) : null,
            properties.Flag("enableBgp"),
            properties.Flag("useLocalAzureIpAddress"),
            properties.Text("connectionMode") ?? "Default",
            properties.Text("connectionProtocol") ?? "IKEv2",
            (int)(properties.Number("dpdTimeoutSeconds") ?? 45),
            Addresses(properties.Items("gatewayCustomBgpIpAddresses")
                .Select(custom => custom.Text("customBgpIpAddress") ?? "")),
            (int)(properties.Number("routingWeight") ?? 0))
        {
            TrafficSelectors = [.. properties.Items("trafficSelectorPolicies")
                .SelectMany(policy => Cidr.Read(policy.Texts("remoteAddressRanges")))],
        };
    }

    private static AzureLocalGateway ReadLocalGateway(ArmResource local) => new(
        local.Id,
        Cidr.Address(local.Properties.Text("gatewayIpAddress")),
        local.Properties.Number("bgpSettings", "asn"),
        Cidr.Address(local.Properties.Text("bgpSettings", "bgpPeeringAddress")),
        Cidr.Read(local.Properties.Texts("localNetworkAddressSpace", "addressPrefixes")));

    private static AzureIpsecPolicy ReadPolicy(JsonNode policy) => new(
        policy.Text("ipsecEncryption") ?? "", policy.Text("ipsecIntegrity") ?? "", policy.Text("ikeEncryption") ?? "",
        policy.Text("ikeIntegrity") ?? "", policy.Text("dhGroup") ?? "", policy.Text("pfsGroup") ?? "",
        (int)(policy.Number("saLifeTimeSeconds") ?? 0), policy.Number("saDataSizeKilobytes") ?? 0);

    private AzureVnet ReadVnet(ArmResource vnet) => new(
        vnet.Id,
        vnet.Location ?? "",
        VirtualNetworks.Prefixes(vnet.Properties),
        Cidr.Read(vnet.Properties.Texts("summarizedGatewayPrefixes", "addressPrefixes")),
        [.. Children(vnet, AllKinds.VirtualNetworkPeerings).Select(ReadVnetPeering)],
        [.. Children(vnet, AllKinds.Subnets).Select(ReadSubnet)],
        vnet.Properties.Texts("addressSpace", "addressPrefixes").Any(Cidr.IsIpv6));

    private AzureVnetPeering ReadVnetPeering(ArmResource peering)
    {
        var remote = Find(peering.Properties.Text("remoteVirtualNetwork", "id"));
        return new(
            peering.Id, remote?.Id ?? "", VirtualNetworkPeerings.Connected(this, peering),
            peering.Properties.At("allowVirtualNetworkAccess") is null
                || peering.Properties.Flag("allowVirtualNetworkAccess"),
            peering.Properties.Flag("allowForwardedTraffic"), peering.Properties.Flag("allowGatewayTransit"),
            peering.Properties.Flag("useRemoteGateways"), VirtualNetworks.Prefixes(remote?.Properties));
    }

    private AzureSubnet ReadSubnet(ArmResource subnet)
    {
        var table = Find(subnet.Properties.Text("routeTable", "id"));
        return new(
            subnet.Id, subnet.Name, Cidr.OfSubnet(subnet.Properties), table?.Id,
            table?.Properties.Flag("disableBgpRoutePropagation") ?? false,
            table is null ? [] : [.. Routes.Of(this, table)]);
    }

    private static IReadOnlyList<Ipv4> Addresses(IEnumerable<string> texts) =>
        [.. texts.Select(Cidr.Address).OfType<Ipv4>()];
}
