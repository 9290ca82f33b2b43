namespace Sealane.Core.Routing;

/// <summary>
/// Every table that follows from a <see cref="Network"/>: what each box learned, which route won, and which tunnels
/// carry. The sandbox answers its APIs from here, verify and trace judge with it.
/// </summary>
public sealed class RoutingTables
{
    private readonly Dictionary<string, List<EffectiveRoute>> _effective;
    private readonly Dictionary<string, List<VpcEffectiveRoute>> _vpcTables;

    /// <param name="like">Solutions of this or another network. What follows from the very same as in one of them is
    /// taken over.</param>
    internal RoutingTables(
        NetworkIndex index, Transport transport, Overlay overlay, params ReadOnlySpan<RoutingTables?> like)
    {
        Index = index;
        Transport = transport;
        Overlay = overlay;
        (Dictionary<string, List<EffectiveRoute>>? subnets, Dictionary<string, List<VpcEffectiveRoute>>? vpcs) = (null,
            null);
        foreach (var other in like)
        {
            subnets ??= other is not null && SameSubnets(this, other) ? other._effective : null;
            vpcs ??= other is not null && SameVpcs(this, other) ? other._vpcTables : null;
        }
        _effective = subnets ?? [];
        _vpcTables = vpcs ?? [];
    }

    public Network Network => Index.Network;

    /// <summary>False: the network has no steady state; <see cref="Flapping"/> names the tunnels that come and
    /// go.</summary>
    public bool Converged => Transport.Converged && Overlay.Converged;

    /// <summary>Tunnels without a steady state. The tables show the network with these down.</summary>
    public IReadOnlyList<string> Flapping => Overlay.Flapping;

    internal NetworkIndex Index { get; }
    internal Transport Transport { get; }
    internal Overlay Overlay { get; }

    /// <summary>The same network before any tunnel carries: where the solution began.</summary>
    internal RoutingTables? Cold { get; init; }

    public static RoutingTables Solve(Network network)
    {
        var index = new NetworkIndex(network);
        var transport = TransportSolver.Solve(index);
        return OverlaySolver.Solve(index, transport);
    }

    /// <summary>
    /// The tables of a network that differs from this one in some of its parts. Where none of those differs that the
    /// transport follows from, it is not solved again: nothing in it depends on tunnels, attachments or branches.
    /// </summary>
    internal RoutingTables With(Network changed)
    {
        var index = new NetworkIndex(changed, Index);
        return OverlaySolver.Solve(
            index, SameTransport(Network, changed) ? Transport : TransportSolver.Solve(index), this);
    }

    /// <summary>Whether nothing differs from which the transport follows.</summary>
    internal static bool SameTransport(Network a, Network b) => a.Mcrs == b.Mcrs && a.DxGateways == b.DxGateways
        && a.Circuits == b.Circuits && a.ExpressRouteGateways == b.ExpressRouteGateways && a.Vnets == b.Vnets
        && a.Vpcs == b.Vpcs && a.VirtualPrivateGateways == b.VirtualPrivateGateways && a.Assume == b.Assume
        && a.Ignore == b.Ignore;

    // What the tables of a VNet's subnets follow from: see VnetRoutes.
    private static bool SameSubnets(RoutingTables a, RoutingTables b) => a.Network.Vnets == b.Network.Vnets
        && a.Network.ExpressRouteGateways == b.Network.ExpressRouteGateways
        && a.Network.VpnGateways == b.Network.VpnGateways && a.Network.RouteServers == b.Network.RouteServers
        && a.Network.Ignore == b.Network.Ignore && GatewayRows.Alike(a.Overlay.VpnLearned, b.Overlay.VpnLearned)
        && (a.Transport == b.Transport || GatewayRows.Alike(a.Transport.ErLearned, b.Transport.ErLearned));

    // The same of VPC route tables.
    private static bool SameVpcs(RoutingTables a, RoutingTables b) => a.Network.Vpcs == b.Network.Vpcs
        && a.Network.TransitGateways == b.Network.TransitGateways
        && a.Network.VirtualPrivateGateways == b.Network.VirtualPrivateGateways
        && (a.Transport == b.Transport || a.Network.VirtualPrivateGateways.IsEmpty);

    /// <summary>Winners of a transit gateway route table, by prefix.</summary>
    public IReadOnlyList<TransitGatewayRoute> TransitGatewayRoutes(string routeTableId) => TgwTable(routeTableId);

    public IReadOnlyList<DxGatewayRoute> DxGatewayRoutes(string dxGatewayId) =>
        Transport.DxGateways.TryGetValue(dxGatewayId, out var rows) ? rows : [];

    /// <summary>The MCR's IP table: active routes only.</summary>
    public IReadOnlyList<McrIpRoute> McrIpRoutes(string mcrId) =>
        Transport.Mcrs.TryGetValue(mcrId, out var mcr) ? mcr.Ip.FindAll(route => !route.Alternative) : [];

    /// <summary>The MCR's BGP table, after the import filters.</summary>
    public IReadOnlyList<BgpRoute> McrBgpRoutes(string mcrId) =>
        Transport.Mcrs.TryGetValue(mcrId, out var mcr) ? mcr.BgpRows() : [];

    /// <summary>What a neighbour sent, before import filters.</summary>
    public IReadOnlyList<BgpRoute> McrReceived(string mcrId, Ipv4 peer) =>
        Transport.Mcrs.TryGetValue(mcrId, out var mcr) ? mcr.SessionTo(peer)?.Received ?? [] : [];

    /// <summary>What a neighbour is sent, after export filters.</summary>
    public IReadOnlyList<BgpRoute> McrAdvertised(string mcrId, Ipv4 peer) =>
        Transport.Mcrs.TryGetValue(mcrId, out var mcr) ? mcr.SessionTo(peer)?.Advertised ?? [] : [];

    /// <summary>Whether BGP with a neighbour is established.</summary>
    public bool McrSessionUp(string mcrId, Ipv4 peer) =>
        Transport.Mcrs.TryGetValue(mcrId, out var mcr) && mcr.SessionTo(peer) is { Established: true };

    /// <summary>Whether BGP over a VIF is established.</summary>
    public bool VifSessionUp(string virtualInterfaceId) => Transport.FarEndUp(virtualInterfaceId);

    /// <summary>Whether BGP between an MCR and the edge router of a path (<c>primary</c>, <c>secondary</c>) is
    /// established.</summary>
    public bool MseeSessionUp(string circuitId, string path) =>
        Index.Path(circuitId, path) is { } found && Transport.FarEndUp(found.Id);

    /// <summary>Table of the Microsoft edge router on one path of a circuit.</summary>
    public IReadOnlyList<MseeRoute> MseeRoutes(string circuitId, string path) =>
        Index.Path(circuitId, path) is { } found && Transport.Paths.TryGetValue(found.Id, out var rows) ? rows : [];

    /// <summary>Learned routes of an Azure gateway of either type.</summary>
    public IReadOnlyList<GatewayRoute> GatewayLearned(string gatewayId) =>
        Index.ErGateways.TryGetValue(gatewayId, out var er) ? GatewayRows.ErLearned(this, er)
        : Index.VpnGateways.TryGetValue(gatewayId, out var vpn) ? GatewayRows.VpnLearned(this, vpn) : [];

    /// <summary>What an Azure gateway sends to a peer: an edge router's or a tunnel's inside address.</summary>
    public IReadOnlyList<GatewayRoute> GatewayAdvertised(string gatewayId, Ipv4 peer) =>
        Index.ErGateways.TryGetValue(gatewayId, out var er) ? GatewayRows.ErAdvertised(this, er, peer)
        : Index.VpnGateways.TryGetValue(gatewayId, out var vpn) ? GatewayRows.VpnAdvertised(this, vpn, peer) : [];

    /// <summary>Routes that AWS sent to Azure over a tunnel, before Azure's own checks.</summary>
    public IReadOnlyList<BgpRoute> TunnelToAzure(string tunnelId) =>
        Overlay.ToAzure.TryGetValue(tunnelId, out var rows) ? rows : [];

    /// <summary>Routes that AWS accepted from Azure over a tunnel.</summary>
    public IReadOnlyList<BgpRoute> TunnelToAws(string tunnelId) =>
        Overlay.ToAws.TryGetValue(tunnelId, out var rows) ? rows : [];

    /// <summary>Winning routes of a VNet's subnet, by subnet id; a VNet's id gives those of a subnet without a route
    /// table.</summary>
    public IReadOnlyList<EffectiveRoute> EffectiveRoutes(string vnetId, string? subnetId = null) =>
        Index.Vnets.TryGetValue(vnetId, out var vnet)
            ? Effective(vnet, vnet.Subnets.FirstOrDefault(s => s.Id == subnetId)) : [];

    /// <summary>Routes of a VPC route table, local routes included. A route to a missing attachment is a
    /// blackhole.</summary>
    public IReadOnlyList<VpcEffectiveRoute> VpcRoutes(string routeTableId)
    {
        foreach (var vpc in Network.Vpcs)
        {
            foreach (var table in vpc.RouteTables)
            {
                if (table.Id == routeTableId)
                {
                    return VpcTable(vpc, table);
                }
            }
        }
        return [];
    }

    public TunnelState TunnelState(string tunnelId) =>
        Overlay.Tunnels.TryGetValue(tunnelId, out var state) ? state
            : new(tunnelId, false, false, false, "no such tunnel");

    /// <summary>Whether a tunnel's ESP packets get through both ways, whatever its own state is.</summary>
    public OuterPath OuterPath(string tunnelId) =>
        Index.Tunnels.TryGetValue(tunnelId, out var tunnel) ? new Walker(this, record: false).OuterPath(tunnel)
        : new(false, false, "no such tunnel");

    internal List<TransitGatewayRoute> TgwTable(string routeTableId) =>
        Overlay.TgwTables.TryGetValue(routeTableId, out var rows) ? rows : [];

    internal List<EffectiveRoute> Effective(Vnet vnet, VnetSubnet? subnet)
    {
        // Subnets without routes of their own share the VNet's table.
        var own = subnet is { UserRoutes.Length: > 0 } or { GatewayRoutesDisabled: true } ? subnet : null;
        var key = own is null ? vnet.Id : vnet.Id + "|" + own.Id;
        if (!_effective.TryGetValue(key, out var rows))
        {
            _effective[key] = rows = VnetRoutes.Of(this, vnet, own);
        }
        return rows;
    }

    /// <summary>Local routes first, then the table's own, then what virtual private gateways propagate: of equal
    /// prefixes the first wins.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html</remarks>
    internal List<VpcEffectiveRoute> VpcTable(Vpc vpc, VpcRouteTable table)
    {
        if (_vpcTables.TryGetValue(table.Id, out var rows))
        {
            return rows;
        }
        rows = new(vpc.Prefixes.Length + table.Routes.Length);
        foreach (var prefix in vpc.Prefixes)
        {
            rows.Add(new(prefix, VpcRouteTarget.Local, vpc.Id));
        }
        foreach (var route in table.Routes)
        {
            rows.Add(new(route.Prefix, Reaches(vpc, route) ? route.Target : VpcRouteTarget.Blackhole, route.TargetId));
        }
        foreach (var gateway in Network.VirtualPrivateGateways)
        {
            if (gateway.Up && gateway.PropagatesTo.Contains(table.Id))
            {
                foreach (var prefix in VgwRoutes.Of(this, gateway))
                {
                    rows.Add(new(prefix, VpcRouteTarget.VirtualPrivateGateway, gateway.Id));
                }
            }
        }
        return _vpcTables[table.Id] = rows;
    }

    // A route to a gateway that is there but not attached is a blackhole; one to a gateway out of sight is not.
    private bool Reaches(Vpc vpc, VpcRoute route) =>
        route.Target != VpcRouteTarget.TransitGateway || !Index.TransitGateways.ContainsKey(route.TargetId)
        || Index.AttachmentOf(route.TargetId, vpc.Id) is { Up: true };
}
