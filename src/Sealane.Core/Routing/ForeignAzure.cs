using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>A peering of a VNet as the near end has it, with what the far end says.</summary>
public sealed record VnetPeering
{
    public required string Id { get; init; }
    public required string RemoteVnetId { get; init; }

    /// <summary>remoteVirtualNetworkAddressSpace, or the far VNet's own address space when it was read.</summary>
    public ImmutableArray<Prefix> RemotePrefixes { get; init; } = [];

    /// <summary>peeringState Connected; otherwise it carries nothing.</summary>
    public bool Connected { get; init; } = true;

    /// <summary>allowVirtualNetworkAccess: without it the two address spaces do not reach each other.</summary>
    public bool AllowAccess { get; init; } = true;
    public bool AllowForwardedTraffic { get; init; }

    /// <summary>allowGatewayTransit here and useRemoteGateways there: the far VNet uses this VNet's gateways.</summary>
    public bool RemoteUsesGateways { get; init; }

    /// <summary>useRemoteGateways here and allowGatewayTransit there: this VNet uses the far one's gateways.</summary>
    public bool UsesRemoteGateways { get; init; }
}

/// <summary>
/// A connection of a VPN gateway that is none of the network's <see cref="Tunnel"/>s: a branch over the internet,
/// another
/// VNet. What is sent into it leaves by IPsec, to where nobody here can look.
/// </summary>
public sealed record VpnBranch
{
    /// <summary>The connection's ARM id.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Address space of its local network gateway, or of the other VNet: static routes of the gateway, which it also
    /// announces to its BGP peers.
    /// </summary>
    public ImmutableArray<Prefix> Prefixes { get; init; } = [];

    /// <summary>What its BGP peer announces.</summary>
    public ImmutableArray<PropagatedRoute> Learned { get; init; } = [];

    /// <summary>Remote prefixes of its traffic selectors; empty: any.</summary>
    public ImmutableArray<Prefix> TrafficSelectors { get; init; } = [];
    public bool Up { get; init; } = true;
}

/// <summary>
/// A Route Server in a VNet. Prefixes that appliances announce to it lead to these appliances. With branch-to-branch
/// the VNet's two gateways tell each other their routes, so that ExpressRoute announces what the tunnels bring.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/route-server/expressroute-vpn-support</remarks>
public sealed record RouteServer
{
    public required string Id { get; init; }
    public required string VnetId { get; init; }
    public bool BranchToBranch { get; init; }

    /// <summary>What its peers announce; null where that could not be read.</summary>
    public ImmutableArray<Prefix>? Learned { get; init; } = [];
}
