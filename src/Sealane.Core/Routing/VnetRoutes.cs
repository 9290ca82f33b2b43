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
            rows[prefix] = System(prefix, nextHop, RouteRule.VnetSystem, "");
        }
        foreach (var peering in vnet.Peerings)
        {
            foreach (var prefix in peering is { Connected: true, AllowAccess: true } ? peering.RemotePrefixes : [])
            {
                rows[prefix] = System(prefix, "VNetPeering", RouteRule.VnetGateway, peering.RemoteVnetId);
            }
        }
        foreach (var prefix in vnet.Prefixes)
        {
            rows[prefix] = System(prefix, "VnetLocal", RouteRule.VnetGateway, "");
        }
        var ignored = tables.Network.Ignore;
        if (subnet is not { GatewayRoutesDisabled: true } || ignored.Has(RoutingRules.VnetPropagationOff))
        {
            VnetGatewayRoutes.Add(tables, vnet, rows);
        }
        foreach (var route in subnet?.UserRoutes ?? [])
        {
            // Which of two gateways takes such traffic is not documented: both are followed.
            ImmutableArray<string> gateways = route.NextHopType == UserRouteNextHop.VirtualNetworkGateway
                ? VnetGatewayRoutes.GatewaysOf(tables, vnet) : [];
            if (ignored.Has(RoutingRules.VnetUserFirst) && rows.ContainsKey(route.Prefix))
            {
                continue;
            }
            Put(rows, new(route.Prefix, EffectiveRouteSource.UserRoute, route.NextHopType.ToString(),
                route.NextHopAddress, gateways, RouteRule.VnetUserRoute, []));
        }
        TrustNoDefault(rows, ignored);
        var sorted = new List<EffectiveRoute>(rows.Values);
        sorted.Sort((a, b) => a.Prefix.CompareTo(b.Prefix));
        return sorted;
    }

    /// <summary>One of the prefixes that every VNet drops unless something routes them.</summary>
    public static bool IsDroppedByDefault(Prefix prefix) =>
        s_defaults.Any(one => one.NextHop == "None" && one.Prefix == prefix);

    private static EffectiveRoute System(Prefix prefix, string nextHop, RouteRule rule, string peer) =>
        new(prefix, EffectiveRouteSource.System, nextHop, null, [], rule, []) { PeerVnetId = peer };

    // That every VNet drops private space by default is not confirmed: a gateway's shorter route, 0.0.0.0/0 or
    // 10.0.0.0/7, is taken to win over it, so that no proof rests on the default. A user's own 0.0.0.0/0 replaces it
    // (public lab of October 2026), and so, it is assumed, does any shorter route of theirs.
    private static void TrustNoDefault(Dictionary<Prefix, EffectiveRoute> rows, RoutingRules ignored)
    {
        foreach (var (prefix, nextHop) in s_defaults)
        {
            if (nextHop == "None" && rows.TryGetValue(prefix, out var row)
                && row is { NextHopType: "None", Source: EffectiveRouteSource.System }
                && IsReplaced(rows, prefix, ignored))
            {
                rows.Remove(prefix);
            }
        }
    }

    private static bool IsReplaced(Dictionary<Prefix, EffectiveRoute> rows, Prefix prefix, RoutingRules ignored)
    {
        foreach (var other in rows.Values)
        {
            if (other.Source != EffectiveRouteSource.System && other.Prefix != prefix
                && !(other.Source == EffectiveRouteSource.UserRoute && ignored.Has(RoutingRules.VnetUserDefault))
                && other.Prefix.Contains(prefix))
            {
                return true;
            }
        }
        return false;
    }

    public static void Put(Dictionary<Prefix, EffectiveRoute> rows, EffectiveRoute route)
    {
        if (rows.TryGetValue(route.Prefix, out var loser))
        {
            var name = loser.GatewayIds.IsEmpty ? loser.NextHopType : string.Join(' ', loser.GatewayIds);
            route = route with { Hidden = [.. loser.Hidden, name] };
        }
        rows[route.Prefix] = route;
    }
}
