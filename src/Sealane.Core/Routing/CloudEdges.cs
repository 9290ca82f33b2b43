using System.Collections.Immutable;
using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>What the clouds' edges make of the MCRs' announcements: Direct Connect gateways, edge routers,
/// ExpressRoute gateways.</summary>
internal static class CloudEdges
{
    // Every ExpressRoute gateway has it.
    private const long OtherGatewayAsn = 65515;

    public static bool IsConnected(ExpressRouteGateway gateway, string circuitId)
    {
        if (gateway.Up)
        {
            foreach (var connection in gateway.Connections)
            {
                if (connection.Up && connection.CircuitId == circuitId)
                {
                    return true;
                }
            }
        }
        return false;
    }

    public static ImmutableArray<Prefix> AnnouncedBy(NetworkIndex index, ExpressRouteGateway gateway) =>
        index.Space(gateway.VnetId)?.Announced ?? [];

    /// <summary>
    /// Routes of joined circuits that the edge may use and pass on, for each prefix the shortest AS path first. Of
    /// equal ones nothing tells which it takes.
    /// </summary>
    public static IEnumerable<JoinedRoute> UsedOfJoined(Circuit circuit, RoutingRules ignored) =>
        circuit.Joined.Length == 0 ? [] : circuit.Joined
            .Where(route => !IsLoop(route.AsPath, ignored))
            .OrderBy(route => route.Prefix).ThenBy(route => route.AsPath.Length).ThenBy(route => route.NextHop)
            .ThenBy(route => string.Join(' ', route.AsPath), StringComparer.Ordinal);

    // Its own ASN on the path.
    private static bool IsLoop(ImmutableArray<long> asPath, RoutingRules ignored) =>
        asPath.Contains(Msee.Asn) && !ignored.Has(RoutingRules.EdgeOwnAsn);

    public static void Learn(NetworkIndex index, Transport transport)
    {
        foreach (var dx in index.Network.DxGateways)
        {
            transport.DxGateways.TryAdd(dx.Id, DxGatewayTable(index, transport, dx));
        }
        foreach (var circuit in index.Network.Circuits)
        {
            foreach (var path in circuit.Paths)
            {
                transport.Paths.TryAdd(path.Id, path.Up ? EdgeTable(index, transport, circuit, path) : []);
            }
        }
        foreach (var gateway in index.Network.ExpressRouteGateways)
        {
            transport.ErLearned.TryAdd(gateway.Id, Learned(index, transport, gateway));
        }
    }

    private static List<DxGatewayRoute> DxGatewayTable(NetworkIndex index, Transport transport, DxGateway dx)
    {
        var heard = new List<(BgpRoute Route, string Vif, string Mcr)>();
        foreach (var mcr in transport.Mcrs.Values)
        {
            foreach (var session in mcr.Sessions)
            {
                if (session.Established && index.Vifs.TryGetValue(session.Interface.FarEnd ?? "", out var vif)
                    && vif.Dx == dx)
                {
                    foreach (var route in session.Advertised)
                    {
                        Hear(route, vif.Vif.Id, mcr.Mcr.Id);
                    }
                }
            }
        }
        foreach (var vif in dx.VirtualInterfaces.Where(vif => vif.Up))
        {
            foreach (var route in vif.Accepted)
            {
                Hear(new(route.Prefix, route.AsPath, null, default, default, vif.Id, null), vif.Id, "");
            }
        }
        heard.Sort((a, b) =>
        {
            var order = a.Route.Prefix.CompareTo(b.Route.Prefix);
            order = order != 0 ? order : a.Route.AsPath.Length.CompareTo(b.Route.AsPath.Length);
            return order != 0 ? order : string.CompareOrdinal(a.Vif, b.Vif);
        });
        return Winners(heard);

        void Hear(BgpRoute route, string vif, string mcr)
        {
            if (!route.AsPath.Contains(dx.Asn) || index.Network.Ignore.Has(RoutingRules.DxOwnAsn))
            {
                heard.Add((route, vif, mcr));
            }
        }
    }

    private static List<DxGatewayRoute> Winners(List<(BgpRoute Route, string Vif, string Mcr)> heard)
    {
        var rows = new List<DxGatewayRoute>();
        for (var i = 0; i < heard.Count;)
        {
            var equals = i + 1;
            while (equals < heard.Count && heard[equals].Route.Prefix == heard[i].Route.Prefix)
            {
                equals++;
            }
            var last = i + 1;
            while (last < equals && heard[last].Route.AsPath.Length == heard[i].Route.AsPath.Length)
            {
                last++;
            }
            var rule = equals == i + 1 ? RouteRule.OnlyRoute
                : last < equals ? RouteRule.BgpAsPath : RouteRule.BgpMed;
            var shortest = heard[i..last];
            var equal = shortest.FindAll(one => !shortest.Exists(other => IsDearer(one.Route, other.Route)));
            rows.Add(new(heard[i].Route.Prefix, equal[0].Route.AsPath, [.. equal.Select(one => one.Vif)], rule)
            {
                McrIds = [.. equal.Select(one => one.Mcr)],
            });
            i = equals;
        }
        return rows;
    }

    // Equal AS path and MED over several VIFs: Direct Connect shares the traffic. MED compares routes of one
    // neighbouring
    // AS only (RFC 4271, 9.1.2.2 c); nothing tells that Direct Connect compares others, so both of them are followed.
    private static bool IsDearer(BgpRoute one, BgpRoute other) =>
        McrChoice.SameNeighbour(one, other) && (one.Med ?? 0) > (other.Med ?? 0);

    private static List<MseeRoute> EdgeTable(
        NetworkIndex index, Transport transport, Circuit circuit, CircuitPath path)
    {
        var rows = FromGateways(index, circuit);
        var fromRouters = FromRouters(transport, circuit, path, index.Network.Ignore);
        fromRouters.Sort((a, b) =>
        {
            var order = a.Prefix.CompareTo(b.Prefix);
            order = order != 0 ? order : a.Reflected.CompareTo(b.Reflected);
            order = order != 0 ? order : a.AsPath.Length.CompareTo(b.AsPath.Length);
            order = order != 0 ? order : a.NextHop.CompareTo(b.NextHop);
            return order != 0 ? order : string.CompareOrdinal(a.McrId, b.McrId);
        });
        foreach (var route in fromRouters)
        {
            // Routes of a shortest path share the traffic.
            var rival = rows.FindIndex(row => row.Prefix == route.Prefix && row.Best);
            rows.Add(route with
            {
                Best = !route.Reflected && (rival < 0
                    || (rows[rival] is { FromGatewayId: null, Foreign: false } best
                        && best.AsPath.Length == route.AsPath.Length)),
            });
        }
        return rows;
    }

    private static List<MseeRoute> FromGateways(NetworkIndex index, Circuit circuit)
    {
        var rows = new List<MseeRoute>();
        foreach (var gateway in index.Network.ExpressRouteGateways)
        {
            if (!IsConnected(gateway, circuit.Id))
            {
                continue;
            }
            var addresses = gateway.Addresses.IsEmpty ? [new Ipv4(0)] : gateway.Addresses;
            foreach (var prefix in AnnouncedBy(index, gateway))
            {
                for (var i = 0; i < addresses.Length; i++)
                {
                    rows.Add(new(prefix, addresses[i], i == 0, [gateway.Asn], gateway.Id, null));
                }
            }
        }
        foreach (var prefix in circuit.ForeignPrefixes)
        {
            rows.Add(new(prefix, default, true, [OtherGatewayAsn], null, null) { Foreign = true });
        }
        return rows;
    }

    private static List<MseeRoute> FromRouters(
        Transport transport, Circuit circuit, CircuitPath path, RoutingRules ignored)
    {
        var rows = new List<MseeRoute>();
        foreach (var mcr in transport.Mcrs.Values)
        {
            foreach (var session in mcr.Sessions)
            {
                if (session.Established && session.Interface.FarEnd == path.Id)
                {
                    foreach (var route in session.Advertised)
                    {
                        // Its own ASN on the path is a loop, a VNet's prefix that comes back by the MCR. Live tables
                        // keep such rows; they are not used.
                        rows.Add(new(route.Prefix, session.Session.LocalAddress, false, route.AsPath, null, mcr.Mcr.Id)
                        {
                            Reflected = IsLoop(route.AsPath, ignored),
                        });
                    }
                }
            }
        }
        foreach (var route in path.Learned)
        {
            Add(route.Prefix, default, route.AsPath, joined: false);
        }
        foreach (var route in circuit.Joined)
        {
            Add(route.Prefix, route.NextHop, route.AsPath, joined: true);
        }
        return rows;

        void Add(Prefix prefix, Ipv4 nextHop, ImmutableArray<long> asPath, bool joined) =>
            rows.Add(new(prefix, nextHop, false, asPath, null, null)
            {
                Reflected = IsLoop(asPath, ignored),
                Joined = joined,
            });
    }

    private static List<GatewayRoute> Learned(NetworkIndex index, Transport transport, ExpressRouteGateway gateway)
    {
        var rows = new List<GatewayRoute>();
        if (!gateway.Up)
        {
            return rows;
        }
        var local = gateway.Addresses.IsEmpty ? default : gateway.Addresses[0];
        foreach (var prefix in AnnouncedBy(index, gateway))
        {
            rows.Add(new(local, prefix, null, local, "Network", []));
        }
        foreach (var circuit in index.Network.Circuits)
        {
            if (!IsConnected(gateway, circuit.Id))
            {
                continue;
            }
            var weight = gateway.Connections.Where(one => one.Up && one.CircuitId == circuit.Id).Max(one => one.Weight);
            foreach (var path in circuit.Paths)
            {
                foreach (var route in transport.Paths[path.Id])
                {
                    if (route is { Best: true, Joined: false } && route.FromGatewayId != gateway.Id)
                    {
                        ImmutableArray<long> asPath = route.FromGatewayId is null && !route.Foreign
                            ? [Msee.Asn, .. route.AsPath] : [Msee.Asn];
                        rows.Add(new(local, route.Prefix, path.MicrosoftAddress, path.MicrosoftAddress, "EBgp",
                            asPath)
                        { Via = path.Id, Weight = weight });
                    }
                }
            }
        }
        return rows;
    }
}
