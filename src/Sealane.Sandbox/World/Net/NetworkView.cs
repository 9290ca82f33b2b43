using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World.Net;

/// <summary>
/// Works out sessions, tunnels and routes from what is configured, after every change. Sessions on the transport come
/// first, then the tunnels whose outer packets get through, then BGP inside them; each change can move the routes.
/// </summary>
internal sealed class NetworkView(SandboxWorld world) : INetworkView
{
    /// <summary>A session that falls can take others with it, layer by layer; far fewer rounds than this are ever
    /// needed.</summary>
    private const int MaxRounds = 32;

    private readonly NetworkPrint _print = new();
    private RoutingTables? _tables;
    private RoutingTables? _solved;
    private IReadOnlyList<TunnelEnds>? _tunnels;
    private Dictionary<string, TunnelEnds>? _tunnelsById;
    private Dictionary<string, TunnelEnds>? _tunnelsByConnection;

    public RoutingTables Tables => _tables ??= Solve();

    /// <summary>Asked for by every reader, and as they were when the world was settled last.</summary>
    private IReadOnlyList<TunnelEnds> Tunnels => _tunnels ??= TunnelEnds.In(world);

    /// <summary>The tables of the network as it was worked out last, when nothing that routing sees has
    /// changed.</summary>
    private RoutingTables Solve()
    {
        var network = WorldNetwork.Of(world, Tunnels);
        return _print.IsAsBefore(network) && _solved is not null ? _solved : _solved = RoutingTables.Solve(network);
    }

    public void Settle()
    {
        for (var round = 0; round < MaxRounds; round++)
        {
            _tables = null;
            (_tunnels, _tunnelsById, _tunnelsByConnection) = (null, null, null);
            var ids = new HashSet<string>(StringComparer.Ordinal);
            if (!SteerTransport(ids) & !SteerTunnels(ids))
            {
                world.Sessions.Keep(ids);
                return;
            }
        }
    }

    public bool VifSessionUp(string virtualInterfaceId) =>
        world.Sessions.IsUp(SessionIds.Transport(virtualInterfaceId));

    public IReadOnlyList<VifRouteRow> VifRoutes(string virtualInterfaceId)
    {
        var session = world.Sessions.Find(SessionIds.Transport(virtualInterfaceId));
        var vif = world.Aws.Vifs.Find(vif => vif.Id == virtualInterfaceId);
        if (session is not { State: Session.Up } || vif?.Ipv4Peer?.Amazon?.Address is not { } amazon
            || world.Megaport.Vxcs.Find(vxc => !vxc.Ended && vxc.Aws?.ConnectionId == vif.ConnectionId) is not { } vxc)
        {
            return [];
        }
        VifRouteRow Route(BgpRoute route, bool accepted) =>
            new(route.Prefix, accepted, route.AsPath, session.ChangedAt);
        // With its own ASN on the path AWS does not accept it: another VIF's route that comes back.
        var own = (world.Ignore & RoutingRules.DxOwnAsn) != 0 ? null : SessionRules.AsnOfGateway(world, vif);
        return
        [
            .. Tables.McrAdvertised(vxc.McrUid, amazon).Where(route => own is null || !route.AsPath.Contains(own.Value))
                .Select(route => Route(route, accepted: true)),
            .. Tables.McrReceived(vxc.McrUid, amazon).Select(route => Route(route, accepted: false)),
        ];
    }

    public TunnelStatus Tunnel(string vpnConnectionId, string outsideAddress)
    {
        var id = SessionIds.Tunnel(vpnConnectionId, outsideAddress);
        var ipsec = world.Sessions.Find(SessionIds.Ipsec(id));
        var bgp = world.Sessions.Find(SessionIds.Overlay(id));
        return new(
            ipsec is { State: Session.Up }, bgp is { State: Session.Up },
            bgp is { State: Session.Up } ? bgp.ChangedAt : ipsec?.ChangedAt ?? world.Now,
            bgp is { State: Session.Up } ? Tables.TunnelToAws(id).Count : 0)
        {
            Suite = ipsec is { State: Session.Up }
                ? (_tunnelsById ??= By(ends => ends.Id)).GetValueOrDefault(id)?.Agreed() : null,
        };
    }

    public IReadOnlyList<TransitGatewayRouteRow> TransitGatewayRoutes(string routeTableId) =>
        [.. Tables.TransitGatewayRoutes(routeTableId)
            .Select(route => new TransitGatewayRouteRow(
                route.Prefix, route.Type, route.State, route.AttachmentIds, route.PrefixListId))];

    public IReadOnlyList<McrRouteRow> McrIpRoutes(string mcrUid) =>
        [.. Tables.McrIpRoutes(mcrUid)
            .Select(route => new McrRouteRow(route.Prefix, route.Protocol, route.NextHop, route.VxcId))];

    public IReadOnlyList<McrBgpRow> McrBgpRoutes(string mcrUid) => [.. Tables.McrBgpRoutes(mcrUid).Select(Row)];

    public IReadOnlyList<McrBgpRow> McrNeighbourRoutes(string mcrUid, string peerAddress, bool advertised) =>
        !Ipv4.TryParse(peerAddress, out var peer) ? []
        : [.. (advertised ? Tables.McrAdvertised(mcrUid, peer) : Tables.McrReceived(mcrUid, peer)).Select(Row)];

    public McrNeighbour McrNeighbour(string mcrUid, Ipv4 address) => FarEnds.At(world, mcrUid, address);

    public IReadOnlyList<GatewayPeerRow> GatewayPeers(string gatewayId) =>
        world.Azure.ReadGateway(gatewayId) switch
        {
            { Type: AzureGatewayType.Vpn } vpn => VpnPeers(vpn),
            { Type: AzureGatewayType.ExpressRoute } er => EdgePeers(er),
            _ => [],
        };

    public IReadOnlyList<GatewayRouteRow> GatewayLearnedRoutes(string gatewayId) =>
        [.. Tables.GatewayLearned(gatewayId).Select(Row)];

    public IReadOnlyList<GatewayRouteRow> GatewayAdvertisedRoutes(string gatewayId, string peer) =>
        Ipv4.TryParse(peer, out var address) ? [.. Tables.GatewayAdvertised(gatewayId, address).Select(Row)] : [];

    public IReadOnlyList<MseeRouteRow> MseeRoutes(string circuitId, string path) =>
        [.. Tables.MseeRoutes(circuitId, path)
            .Select(route => new MseeRouteRow(route.Prefix, route.NextHop, route.Best, route.AsPath))];

    public IReadOnlyList<SubnetRouteRow> SubnetRoutes(string vnetId, string subnetId) =>
    [
        .. Tables.EffectiveRoutes(vnetId, subnetId).Select(route => new SubnetRouteRow(
            route.Prefix,
            route.Source switch
            {
                EffectiveRouteSource.UserRoute => "User",
                EffectiveRouteSource.System => "Default",
                _ => "VirtualNetworkGateway",
            },
            route.NextHopType, route.NextHopAddress, route.GatewayIds)),
    ];

    public bool MseeSessionUp(string circuitId, string path) =>
        world.Sessions.IsUp(SessionIds.Transport(SessionIds.Path(circuitId, path)));

    public Ipv4? AnsweredAt(string connectionResourceId) => OfConnection(connectionResourceId)?.Instance.PrivateAddress;

    public string ConnectionStatus(string connectionResourceId)
    {
        if (world.Azure.ReadConnection(connectionResourceId) is not { Works: true } connection)
        {
            return "Unknown";
        }
        if (connection.CircuitId is not null)
        {
            return MseeSessionUp(connection.CircuitId, "primary") || MseeSessionUp(connection.CircuitId, "secondary")
                ? "Connected" : "NotConnected";
        }
        return OfConnection(connection.Id) is not { } ends ? "NotConnected"
            : world.Sessions.Find(SessionIds.Ipsec(ends.Id)) switch
            {
                { State: Session.Up } => "Connected",
                { Coming.Count: > 0 } => "Connecting",
                _ => "NotConnected",
            };
    }

    private bool SteerTransport(HashSet<string> ids)
    {
        var changed = false;
        foreach (var vif in world.Aws.Vifs.Where(vif => vif.State is not ("deleted" or "deleting")))
        {
            var id = SessionIds.Transport(vif.Id);
            ids.Add(id);
            var why = SessionRules.Vif(world, vif);
            if (why.Length == 0 && PrefixLimit.IsPassed(world, Tables, vif))
            {
                why = $"the MCR announces more than {AwsLimits.PrefixesPerVifSession} prefixes";
            }
            changed |= world.Sessions.Steer(world, id, why, Durations.BgpUp);
        }
        foreach (var vxc in world.Megaport.Vxcs.Where(vxc => vxc is { Ended: false, Azure: not null }))
        {
            if (world.Azure.FindCircuit(vxc.Azure!.ServiceKey) is { } circuit)
            {
                var id = SessionIds.Transport(SessionIds.Path(circuit.ResourceId, vxc.Azure.Path));
                ids.Add(id);
                changed |= world.Sessions.Steer(world, id, SessionRules.Edge(world, vxc, circuit), Durations.BgpUp);
            }
        }
        return changed;
    }

    private TunnelEnds? OfConnection(string id) =>
        (_tunnelsByConnection ??= By(ends => ends.Azure.Id)).GetValueOrDefault(id);

    private Dictionary<string, TunnelEnds> By(Func<TunnelEnds, string> id)
    {
        var all = new Dictionary<string, TunnelEnds>(StringComparer.Ordinal);
        foreach (var ends in Tunnels)
        {
            all.TryAdd(id(ends), ends);
        }
        return all;
    }

    private bool SteerTunnels(HashSet<string> ids)
    {
        var changed = false;
        foreach (var tunnel in Tunnels)
        {
            var (ipsec, bgp) = (SessionIds.Ipsec(tunnel.Id), SessionIds.Overlay(tunnel.Id));
            ids.UnionWith([ipsec, bgp]);
            var why = tunnel.WhyNoIpsec();
            if (why.Length == 0 && Tables.OuterPath(tunnel.Id) is { BothWays: false } path)
            {
                why = path.Reason;
            }
            changed |= world.Sessions.Steer(world, ipsec, why, Durations.TunnelUp);
            var asn = world.Aws.TransitGateways.Find(gateway => gateway.Id == tunnel.Vpn.TransitGatewayId)
                ?.AmazonSideAsn ?? 0;
            changed |= world.Sessions.Steer(
                world, bgp, world.Sessions.IsUp(ipsec) ? tunnel.WhyNoBgp(asn) : "the tunnel is down", Durations.BgpUp);
        }
        return changed;
    }

    private List<GatewayPeerRow> VpnPeers(AzureGateway gateway)
    {
        return
        [
            .. from connection in world.Azure.ReadConnections(gateway)
               where connection is { EnableBgp: true, LocalGateway: { BgpPeeringAddress: not null, Asn: not null } }
               let tunnel = OfConnection(connection.Id)
               let session = tunnel is null ? null : world.Sessions.Find(SessionIds.Overlay(tunnel.Id))
               let up = session is { State: Session.Up }
               select new GatewayPeerRow(
                   tunnel?.AzureInside ?? (connection.CustomBgpAddresses is [var own, ..] ? own
                       : gateway.Instances[0].BgpAddress ?? default),
                   connection.LocalGateway!.BgpPeeringAddress!.Value, connection.LocalGateway.Asn!.Value,
                   up ? "Connected" : "Connecting",
                   up ? session!.ChangedAt : null, up ? Tables.TunnelToAzure(tunnel!.Id).Count : 0),
        ];
    }

    private List<GatewayPeerRow> EdgePeers(AzureGateway gateway) =>
    [
        .. from connection in world.Azure.ReadConnections(gateway)
           where connection is { Works: true, CircuitId: not null }
           let circuit = world.Azure.ReadCircuit(connection.CircuitId)
           let peering = circuit?.PrivatePeering
           where peering is not null
           from path in new[] { (Name: "primary", Subnet: peering.Primary),
               (Name: "secondary", Subnet: peering.Secondary) }
           select new GatewayPeerRow(
               gateway.Instances[0].PrivateAddress ?? gateway.Instances[0].BgpAddress ?? default, path.Subnet.Host(2),
               Core.Design.Msee.Asn, "Connected",
               world.Now, Tables.MseeRoutes(circuit.Id, path.Name).Count(route => route.FromGatewayId is null)),
    ];

    private McrBgpRow Row(BgpRoute route) => new(
        route.Prefix, route.Best, route.AsPath, route.Source, route.NextHop, route.VxcId, route.AdvertisedTo, world.Now,
        route.Med);

    private static GatewayRouteRow Row(GatewayRoute route) => new(
        route.LocalAddress, route.Prefix, route.NextHop, route.SourcePeer, route.Origin, route.AsPath,
        Weight: route.Origin == "Network" ? 32768 : 32769);
}
