using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>An ExpressRoute circuit with private peering: one Microsoft edge router (MSEE) a path. Guide step
/// 9.</summary>
public sealed record Circuit
{
    /// <summary>ARM resource id.</summary>
    public required string Id { get; init; }
    public ImmutableArray<CircuitPath> Paths { get; init; } = [];

    /// <summary>Address spaces that gateways out of sight announce to it: connections of other subscriptions.</summary>
    public ImmutableArray<Prefix> ForeignPrefixes { get; init; } = [];

    /// <summary>What the routers on circuits that are joined to it by Global Reach announce.</summary>
    public ImmutableArray<JoinedRoute> Joined { get; init; } = [];

    /// <summary>It has an IPv6 private peering: see <see cref="HoleRules"/>.</summary>
    public bool Ipv6 { get; init; }
}

/// <summary>
/// A route that Microsoft's edge has from another circuit. It goes to the routers on this one and to no gateway: Global
/// Reach joins networks on the ground. Were it otherwise, the gateways' learned routes would differ from the model's.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-global-reach</remarks>
public sealed record JoinedRoute(Prefix Prefix, Ipv4 NextHop, ImmutableArray<long> AsPath);

/// <param name="Id">Unique in the network; an <see cref="McrInterface.FarEnd"/> names it.</param>
/// <param name="Name"><c>primary</c> or <c>secondary</c>.</param>
/// <param name="MicrosoftAddress">The edge router's address in the path's /30.</param>
public sealed record CircuitPath(string Id, string Name, Ipv4 MicrosoftAddress, bool Up = true)
{
    /// <summary>What the edge router learned on it from a router that is no MCR of this network.</summary>
    public ImmutableArray<PropagatedRoute> Learned { get; init; } = [];
}

/// <summary>An ExpressRoute gateway. It announces the whole address space of its VNet; there is no filter. Guide step
/// 11.</summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways</remarks>
public sealed record ExpressRouteGateway
{
    public required string Id { get; init; }
    public required string VnetId { get; init; }
    public long Asn { get; init; } = 65515;

    /// <summary>Addresses of its instances in GatewaySubnet, as the edge routers show them.</summary>
    public ImmutableArray<Ipv4> Addresses { get; init; } = [];
    public ImmutableArray<ExpressRouteConnection> Connections { get; init; } = [];
    public bool Up { get; init; } = true;
}

/// <summary>Between a circuit and an ExpressRoute gateway. Guide step 12.</summary>
public sealed record ExpressRouteConnection(string Id, string CircuitId, bool Up = true)
{
    /// <summary>routingWeight: the higher wins, before the AS path, from Azure to the circuit alone.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing</remarks>
    public int Weight { get; init; }
}

/// <summary>A VPN gateway with private addresses. Guide steps 14 and 15.</summary>
public sealed record VpnGateway
{
    public required string Id { get; init; }
    public required string VnetId { get; init; }
    public required long Asn { get; init; }
    public ImmutableArray<VpnGatewayInstance> Instances { get; init; } = [];

    /// <summary>Its connections that are none of the network's tunnels.</summary>
    public ImmutableArray<VpnBranch> Branches { get; init; } = [];
}

/// <param name="PrivateAddress">privateIPAddress of the ip configuration: the ESP endpoint, not the BGP
/// address.</param>
public sealed record VpnGatewayInstance(string Id, Ipv4 PrivateAddress, bool Up = true);

/// <summary>A VNet: its address space, its peerings and its subnets.</summary>
public sealed record Vnet
{
    public required string Id { get; init; }
    public ImmutableArray<Prefix> Prefixes { get; init; } = [];

    public ImmutableArray<VnetPeering> Peerings { get; init; } = [];
    public ImmutableArray<VnetSubnet> Subnets { get; init; } = [];

    /// <summary>summarizedGatewayPrefixes (api 2025-07-01 and later): its gateways announce them instead of the
    /// address space and of the spokes that they cover; null: none.</summary>
    public ImmutableArray<Prefix>? SummarizedPrefixes { get; init; }

    /// <summary>It has an IPv6 address space: see <see cref="HoleRules"/>.</summary>
    public bool Ipv6 { get; init; }
}

public sealed record VnetSubnet
{
    public required string Id { get; init; }
    public required Prefix Prefix { get; init; }
    public ImmutableArray<UserRoute> UserRoutes { get; init; } = [];

    /// <summary>disableBgpRoutePropagation of its route table.</summary>
    public bool GatewayRoutesDisabled { get; init; }
}

/// <summary>nextHopType of a user-defined route.</summary>
[JsonConverter(typeof(CamelText<UserRouteNextHop>))]
public enum UserRouteNextHop
{
    VirtualNetworkGateway,
    VnetLocal,
    Internet,
    VirtualAppliance,
    None,
}

public sealed record UserRoute(Prefix Prefix, UserRouteNextHop NextHopType, Ipv4? NextHopAddress = null);
