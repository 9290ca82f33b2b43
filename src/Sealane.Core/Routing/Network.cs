using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// Everything that takes part in forwarding between the two clouds, in the vendors' nouns and with the vendors' ids,
/// as it is configured. Ids are compared letter by letter: Azure's, which come back in varying case, must be made
/// alike before. A failure is a changed input: see <see cref="Failures"/>. What follows from it is
/// <see cref="RoutingTables.Solve"/>.
/// </summary>
public sealed record Network
{
    public ImmutableArray<Vpc> Vpcs { get; init; } = [];
    public ImmutableArray<TransitGateway> TransitGateways { get; init; } = [];
    public ImmutableArray<DxGateway> DxGateways { get; init; } = [];
    public ImmutableArray<Mcr> Mcrs { get; init; } = [];
    public ImmutableArray<Circuit> Circuits { get; init; } = [];
    public ImmutableArray<ExpressRouteGateway> ExpressRouteGateways { get; init; } = [];
    public ImmutableArray<VpnGateway> VpnGateways { get; init; } = [];
    public ImmutableArray<Vnet> Vnets { get; init; } = [];
    public ImmutableArray<Tunnel> Tunnels { get; init; } = [];
    public ImmutableArray<VirtualPrivateGateway> VirtualPrivateGateways { get; init; } = [];
    public ImmutableArray<VpcPeering> VpcPeerings { get; init; } = [];
    public ImmutableArray<RouteServer> RouteServers { get; init; } = [];

    /// <summary>What could not be looked into.</summary>
    public ImmutableArray<Hole> Holes { get; init; } = [];

    /// <summary>
    /// Whether a transit gateway sends a tunnel's outer packets by the table of the VPN attachment. By default they
    /// leave by the transport attachment that the VPN connection names, whatever the tables say. AWS documents
    /// neither; unconfirmed.
    /// </summary>
    public bool OuterPacketsNeedTableRoute { get; init; }

    /// <summary>
    /// Whether a Direct Connect gateway drops packets for prefixes that it does not announce. Unconfirmed, so the
    /// proof assumes that it does not; with it, lock c would also hold on the packets themselves.
    /// </summary>
    public bool DxGatewayDropsUnannounced { get; init; }

    /// <summary>Which undocumented questions are answered the way that leaks more.</summary>
    public Undocumented Assume { get; init; }

    /// <summary>Two networks side by side, each with its own ids.</summary>
    public Network And(Network other) => this with
    {
        Vpcs = [.. Vpcs, .. other.Vpcs],
        TransitGateways = [.. TransitGateways, .. other.TransitGateways],
        DxGateways = [.. DxGateways, .. other.DxGateways],
        Mcrs = [.. Mcrs, .. other.Mcrs],
        Circuits = [.. Circuits, .. other.Circuits],
        ExpressRouteGateways = [.. ExpressRouteGateways, .. other.ExpressRouteGateways],
        VpnGateways = [.. VpnGateways, .. other.VpnGateways],
        Vnets = [.. Vnets, .. other.Vnets],
        Tunnels = [.. Tunnels, .. other.Tunnels],
        VirtualPrivateGateways = [.. VirtualPrivateGateways, .. other.VirtualPrivateGateways],
        VpcPeerings = [.. VpcPeerings, .. other.VpcPeerings],
        RouteServers = [.. RouteServers, .. other.RouteServers],
        Holes = [.. Holes, .. other.Holes],
    };
}
