using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// Effective routes of a subnet: longest prefix first; for one prefix user-defined, then ExpressRoute, then VPN, then
/// system. Routes for the VNet's own space and its peerings are preferred even to longer BGP routes.
/// </summary>
/// <remarks>https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview</remarks>
internal static class VnetRoutes
{
    // Default routes of every VNet; packets for private space that nobody routes are dropped.
    private static readonly (Prefix Prefix, string NextHop)[] s_defaults =
    [
        (Prefix.Default, "Internet"),
        (Prefix.Parse("10.0.0.0/8"), "None"),
        (Prefix.Parse("172.16.0.0/12"), "None"),
        (Prefix.Parse("192.168.0.0/16"), "None"),
        (Prefix.Parse("100.64.0.0/10"), "None"),
    ];

    public static List<EffectiveRoute> Of(RoutingTables tables, Vnet vnet, VnetSubnet? subnet)
    {
        var rows = new Dictionary<Prefix, EffectiveRoute>();
        foreach (var (prefix, nextHop) in s_defaults)
        {
            rows[prefix] = new(prefix, EffectiveRouteSource.System, nextHop, null, [], RouteRule.VnetSystem, []);
        }
        foreach (var prefix in Reached(vnet))
        {
            rows[prefix] = new(prefix, EffectiveRouteSource.System, "VNetPeering", null, [], RouteRule.VnetGateway, []);
        }
        foreach (var prefix in vnet.Prefixes)
        {
            rows[prefix] = new(prefix, EffectiveRouteSource.System, "VnetLocal", null, [], RouteRule.VnetGateway, []);
        }
        if (subnet is not { GatewayRoutesDisabled: true })
        {
            AddGateways(tables, vnet, rows);
            TrustNoDefault(rows);
        }
        foreach (var route in subnet?.UserRoutes ?? [])
        {
            // Which of two gateways takes such traffic is not documented: both are followed.
            ImmutableArray<string> gateways = route.NextHopType == UserRouteNextHop.VirtualNetworkGateway
                ? [.. tables.Network.ExpressRouteGateways.Where(g => g.VnetId == vnet.Id).Select(g => g.Id),
                    .. tables.Network.VpnGateways.Where(g => g.VnetId == vnet.Id).Select(g => g.Id)]
                : [];
            Put(rows, new(route.Prefix, EffectiveRouteSource.UserRoute, route.NextHopType.ToString(),
                route.NextHopAddress,
                gateways, RouteRule.VnetUserRoute, []));
        }
        return [.. rows.Values.OrderBy(row => row.Prefix)];
    }

    private static IEnumerable<Prefix> Reached(Vnet vnet) => vnet.Peerings
        .Where(peering => peering is { Connected: true, AllowAccess: true })
            .SelectMany(peering => peering.RemotePrefixes);

    // That every VNet drops private space by default is not confirmed: a gateway's shorter route, 0.0.0.0/0 or
    // 10.0.0.0/7, is taken to win over it, so that no proof rests on the default.
    private static void TrustNoDefault(Dictionary<Prefix, EffectiveRoute> rows)
    {
        foreach (var (prefix, nextHop) in s_defaults)
        {
            if (nextHop == "None" && rows.TryGetValue(prefix, out var row) && row.NextHopType == "None"
                && rows.Values.Any(other => other.GatewayIds.Length > 0 && other.Prefix.Contains(prefix)))
            {
                rows.Remove(prefix);
            }
        }
    }

    private static void AddGateways(RoutingTables tables, Vnet vnet, Dictionary<Prefix, EffectiveRoute> rows)
    {
        foreach (var gateway in tables.Network.VpnGateways)
        {
            if (gateway.VnetId == vnet.Id && tables.Overlay.VpnLearned.TryGetValue(gateway.Id, out var learned))
            {
                var next = gateway.Instances.IsEmpty ? (Ipv4?)null : gateway.Instances[0].PrivateAddress;
                foreach (var route in learned)
                {
                    Offer(vnet, rows, route.Prefix, EffectiveRouteSource.Vpn, gateway.Id, next, RouteRule.VnetVpn);
                }
            }
        }
        foreach (var gateway in tables.Network.ExpressRouteGateways)
        {
            if (gateway.VnetId == vnet.Id)
            {
                foreach (var route in tables.Transport.ErLearned[gateway.Id])
                {
                    if (route.Via.Length > 0)
                    {
                        Offer(vnet, rows, route.Prefix, EffectiveRouteSource.ExpressRoute, gateway.Id, route.NextHop,
                            RouteRule.VnetExpressRoute);
                    }
                }
            }
        }
    }

    private static void Offer(
        Vnet vnet, Dictionary<Prefix, EffectiveRoute> rows, Prefix prefix, EffectiveRouteSource source,
        string gatewayId,
        Ipv4? nextHop, RouteRule rule)
    {
        foreach (var own in vnet.Prefixes.Concat(Reached(vnet)))
        {
            if (own.Contains(prefix))
            {
                return;
            }
        }
        if (rows.TryGetValue(prefix, out var other) && other.Source == source)
        {
            if (!other.GatewayIds.Contains(gatewayId))
            {
                rows[prefix] = other with { GatewayIds = other.GatewayIds.Add(gatewayId) };
            }
            return;
        }
        Put(rows, new(prefix, source, "VirtualNetworkGateway", nextHop, [gatewayId], rule, []));
    }

    private static void Put(Dictionary<Prefix, EffectiveRoute> rows, EffectiveRoute route)
    {
        if (rows.TryGetValue(route.Prefix, out var loser))
        {
            var name = loser.GatewayIds.IsEmpty ? loser.NextHopType : string.Join(' ', loser.GatewayIds);
            route = route with { Hidden = [.. loser.Hidden, name] };
        }
        rows[route.Prefix] = route;
    }
}
