using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>Routes that a VNet's gateways, those of its hub and Route Servers bring into its subnets.</summary>
internal static class VnetGatewayRoutes
{
    /// <summary>Its own, and the far ones where it uses a peer's gateways.</summary>
    public static ImmutableArray<string> GatewaysOf(RoutingTables tables, Vnet vnet) =>
    [
        .. tables.Network.ExpressRouteGateways.Where(gateway => Serves(vnet, gateway.VnetId)).Select(one => one.Id),
        .. tables.Network.VpnGateways.Where(gateway => Serves(vnet, gateway.VnetId)).Select(one => one.Id),
    ];

    public static void Add(RoutingTables tables, Vnet vnet, Dictionary<Prefix, EffectiveRoute> rows)
    {
        foreach (var gateway in tables.Network.VpnGateways)
        {
            if (Serves(vnet, gateway.VnetId) && tables.Overlay.VpnLearned.TryGetValue(gateway.Id, out var learned))
            {
                var next = gateway.Instances.IsEmpty ? (Ipv4?)null : gateway.Instances[0].PrivateAddress;
                foreach (var route in learned)
                {
                    Offer(vnet, rows, new(route.Prefix, EffectiveRouteSource.Vpn, "VirtualNetworkGateway", next,
                        [gateway.Id], RouteRule.VnetVpn, []));
                }
            }
        }
        foreach (var gateway in tables.Network.ExpressRouteGateways)
        {
            foreach (var route in Serves(vnet, gateway.VnetId) ? tables.Transport.ErLearned[gateway.Id] : [])
            {
                if (route.Via.Length > 0)
                {
                    Offer(vnet, rows, new(route.Prefix, EffectiveRouteSource.ExpressRoute, "VirtualNetworkGateway",
                        route.NextHop, [gateway.Id], RouteRule.VnetExpressRoute, []));
                }
            }
        }
        foreach (var server in tables.Network.RouteServers.Where(server => Serves(vnet, server.VnetId)))
        {
            foreach (var prefix in server.Learned ?? [])
            {
                Serve(vnet, rows, prefix, server.Id);
            }
        }
    }

    private static bool Serves(Vnet vnet, string gatewayVnet) => vnet.Id == gatewayVnet
        || vnet.Peerings.Any(peering => peering is { Connected: true, UsesRemoteGateways: true }
            && peering.RemoteVnetId == gatewayVnet);

    // Routes for the VNet's own space are preferred even to longer BGP routes. Of a peering's space the same is
    // written,
    // and the opposite is seen in labs: there both are followed.
    // https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
    private static void Offer(Vnet vnet, Dictionary<Prefix, EffectiveRoute> rows, EffectiveRoute route)
    {
        if (Within(vnet.Prefixes, route.Prefix))
        {
            return;
        }
        if (rows.TryGetValue(route.Prefix, out var other))
        {
            if (other.Source == route.Source)
            {
                if (!other.GatewayIds.Contains(route.GatewayIds[0]))
                {
                    rows[route.Prefix] = other with { GatewayIds = other.GatewayIds.Add(route.GatewayIds[0]) };
                }
                return;
            }
            route = route with { PeerVnetId = other.PeerVnetId };
        }
        foreach (var peering in vnet.Peerings)
        {
            if (peering is { Connected: true, AllowAccess: true } && Within(peering.RemotePrefixes, route.Prefix))
            {
                route = route with { PeerVnetId = peering.RemoteVnetId };
            }
        }
        VnetRoutes.Put(rows, route);
    }

    // Whether a gateway's route or the appliance's wins depends on a setting of the hub (hubRoutingPreference): where
    // the
    // appliance has one for the prefix, nobody knows where the packet goes.
    private static void Serve(Vnet vnet, Dictionary<Prefix, EffectiveRoute> rows, Prefix prefix, string server)
    {
        if (!Within(vnet.Prefixes, prefix))
        {
            VnetRoutes.Put(rows, new(prefix, EffectiveRouteSource.Vpn, "VirtualAppliance", null, [server],
                RouteRule.VnetRouteServer, []));
        }
    }

    private static bool Within(ImmutableArray<Prefix> space, Prefix prefix)
    {
        foreach (var own in space)
        {
            if (own.Contains(prefix))
            {
                return true;
            }
        }
        return false;
    }
}
