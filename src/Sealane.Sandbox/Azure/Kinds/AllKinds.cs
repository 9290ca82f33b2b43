namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>Every resource type of Microsoft.Network that the sandbox has.</summary>
internal static class AllKinds
{
    public static VirtualNetworks VirtualNetworks { get; } = new();
    public static Subnets Subnets { get; } = new();
    public static VirtualNetworkPeerings VirtualNetworkPeerings { get; } = new();
    public static PublicIpAddresses PublicIpAddresses { get; } = new();
    public static ExpressRouteCircuits ExpressRouteCircuits { get; } = new();
    public static CircuitPeerings CircuitPeerings { get; } = new();
    public static VirtualNetworkGateways VirtualNetworkGateways { get; } = new();
    public static LocalNetworkGateways LocalNetworkGateways { get; } = new();
    public static GatewayConnections Connections { get; } = new();
    public static RouteTables RouteTables { get; } = new();
    public static Routes Routes { get; } = new();
    public static NetworkInterfaces NetworkInterfaces { get; } = new();
    public static SecurityGroups SecurityGroups { get; } = new();
    public static SecurityRules SecurityRules { get; } = new();
    public static NatGateways NatGateways { get; } = new();
    public static CircuitAuthorizations CircuitAuthorizations { get; } = new();
    public static CircuitConnections CircuitConnections { get; } = new();
    public static RouteServers RouteServers { get; } = new();
    public static RouteServerIpConfigurations RouteServerIpConfigurations { get; } = new();
    public static RouteServerPeers RouteServerPeers { get; } = new();

    public static IReadOnlyList<ResourceKind> All { get; } =
    [
        VirtualNetworks, Subnets, VirtualNetworkPeerings, PublicIpAddresses, ExpressRouteCircuits, CircuitPeerings,
        VirtualNetworkGateways, LocalNetworkGateways, Connections, RouteTables, Routes, NetworkInterfaces,
        SecurityGroups, SecurityRules, NatGateways, CircuitAuthorizations, CircuitConnections, RouteServers,
        RouteServerIpConfigurations, RouteServerPeers,
    ];

    public static ResourceKind Of(ArmResource resource) => All.First(kind => kind.FullType == resource.Type);

    /// <summary>By <c>virtualNetworks/subnets</c>, in any case.</summary>
    public static ResourceKind? Find(string type) => All.FirstOrDefault(kind => ResourceId.Same(kind.Type, type));
}
