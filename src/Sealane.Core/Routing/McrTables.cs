using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>How an MCR imports, chooses, exports and installs. Local preference is not used: the API has no knob for
/// it.</summary>
internal static class McrTables
{
    public static bool Owns(McrInterface @interface, Ipv4 address)
    {
        foreach (var own in @interface.Addresses)
        {
            if (own.Address == address)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Connected networks of interfaces that are up.</summary>
    public static void Connect(McrState mcr)
    {
        foreach (var @interface in mcr.Mcr.Interfaces)
        {
            if (@interface.Up)
            {
                foreach (var own in @interface.Addresses)
                {
                    mcr.Ip.Add(new(own.Network, "CONNECTED", null, @interface.VxcId,
                        RouteRule.McrConnected)
                    { Interface = @interface });
                }
            }
        }
    }

    /// <summary>One round: import, choose, export. True when an export changed.</summary>
    public static bool Refresh(McrState mcr)
    {
        var table = Statics(mcr);
        foreach (var session in mcr.Sessions)
        {
            if (session.Established)
            {
                if (session.Other is { } other)
                {
                    session.Received = Readdressed(other, session);
                }
                Import(session, table);
            }
        }
        mcr.Bgp = Choose(table);
        var changed = false;
        foreach (var session in mcr.Sessions)
        {
            if (session.Established)
            {
                var rows = Export(mcr, session);
                changed |= !Same(rows, session.Advertised);
                session.Advertised = rows;
            }
        }
        return changed;
    }

    /// <summary>The IP table: connected, then static, then BGP for an equal prefix.</summary>
    public static void Install(McrState mcr)
    {
        var connected = mcr.Ip.Count;
        foreach (var @interface in mcr.Mcr.Interfaces)
        {
            foreach (var route in @interface.StaticRoutes)
            {
                if (IsActive(@interface, route) && !Has(mcr.Ip, connected, route.Prefix))
                {
                    mcr.Ip.Add(new(route.Prefix, "STATIC", route.NextHop, @interface.VxcId, RouteRule.McrStatic)
                    {
                        Interface = @interface,
                        Contested = mcr.Bgp.Exists(other => other.Prefix == route.Prefix && other.SessionId.Length > 0),
                    });
                }
            }
        }
        var configured = mcr.Ip.Count;
        foreach (var route in mcr.Bgp)
        {
            if (route.Best && route.SessionId.Length > 0 && !Has(mcr.Ip, configured, route.Prefix))
            {
                var @interface = Session(mcr, route.SessionId)?.Interface;
                var loser = mcr.Bgp.Find(other => other.Prefix == route.Prefix && !other.Best);
                mcr.Ip.Add(new(route.Prefix, "BGP", route.NextHop, route.VxcId, Why(route, loser))
                {
                    Interface = @interface,
                    Contested = loser is not null,
                });
            }
        }
    }

    private static RouteRule Why(BgpRoute winner, BgpRoute? loser) =>
        loser is null ? RouteRule.OnlyRoute
        : loser.AsPath.Length != winner.AsPath.Length ? RouteRule.BgpAsPath
        : loser.AsPath[0] == winner.AsPath[0] && loser.Med != winner.Med ? RouteRule.BgpMed
        : RouteRule.BgpPeerAddress;

    // A next hop outside the interface's own networks leaves the route inactive: the guide's "wrong next hop" mistake.
    private static bool IsActive(McrInterface @interface, McrStaticRoute route)
    {
        if (@interface.Up)
        {
            foreach (var own in @interface.Addresses)
            {
                if (own.Network.Contains(route.NextHop) && own.Address != route.NextHop)
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<BgpRoute> Statics(McrState mcr)
    {
        var table = new List<BgpRoute>();
        foreach (var @interface in mcr.Mcr.Interfaces)
        {
            foreach (var route in @interface.StaticRoutes)
            {
                if (IsActive(@interface, route))
                {
                    table.Add(new(route.Prefix, [], null, route.NextHop, route.NextHop, "", @interface.VxcId));
                }
            }
        }
        return table;
    }

    private static void Import(McrSessionState state, List<BgpRoute> table)
    {
        var session = state.Session;
        foreach (var route in state.Received)
        {
            if (route.AsPath.Contains(state.Mcr.Mcr.Asn) || route.AsPath.Contains(state.LocalAsn)
                || session.ImportWhitelist?.Permits(route.Prefix) == false
                    || session.ImportBlacklist?.Permits(route.Prefix) == true)
            {
                continue;
            }
            table.Add(session.MedIn is { } med ? route with { Med = med } : route);
        }
    }

    private static List<BgpRoute> Choose(List<BgpRoute> table)
    {
        table.Sort(Prefer);
        for (var i = 0; i < table.Count; i++)
        {
            // Statics of one prefix share the traffic; all of them are best.
            var first = i == 0 || table[i - 1].Prefix != table[i].Prefix;
            if (first || (table[i].SessionId.Length == 0 && table[i - 1].Best && table[i - 1].SessionId.Length == 0))
            {
                table[i] = table[i] with { Best = true };
            }
        }
        return table;
    }

    private static int Prefer(BgpRoute a, BgpRoute b)
    {
        var order = a.Prefix.CompareTo(b.Prefix);
        if (order == 0)
        {
            order = (a.SessionId.Length > 0).CompareTo(b.SessionId.Length > 0);
        }
        if (order == 0)
        {
            order = a.AsPath.Length.CompareTo(b.AsPath.Length);
        }
        if (order == 0 && a.AsPath.Length > 0 && a.AsPath[0] == b.AsPath[0])
        {
            order = (a.Med ?? 0).CompareTo(b.Med ?? 0);
        }
        if (order == 0)
        {
            order = a.Source.CompareTo(b.Source);
        }
        return order != 0 ? order : string.CompareOrdinal(a.VxcId, b.VxcId);
    }

    private static List<BgpRoute> Export(McrState mcr, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        var session = to.Session;
        foreach (var route in mcr.Bgp)
        {
            if (!route.Best || LeadsTo(mcr, route, session) || (rows.Count > 0 && rows[^1].Prefix == route.Prefix)
                || !PolicyLets(mcr, route, session)
                || session.ExportWhitelist?.Permits(route.Prefix) == false
                    || session.ExportBlacklist?.Permits(route.Prefix) == true)
            {
                continue;
            }
            var path = ImmutableArray.CreateBuilder<long>(route.AsPath.Length + session.PrependCount + 1);
            path.AddRange(Enumerable.Repeat(to.LocalAsn, session.PrependCount + 1));
            foreach (var asn in route.AsPath)
            {
                path.Add(session.AsOverride && asn == session.PeerAsn ? to.LocalAsn : asn);
            }
            rows.Add(new(route.Prefix, path.MoveToImmutable(), session.MedOut, session.LocalAddress,
                session.LocalAddress,
                route.SessionId, route.VxcId));
        }
        return rows;
    }

    // Not back to where it came from, and no static route to the peer that is its next hop (RFC 4271, section 5.1.3):
    // else the edge router would learn the gateway's /32 from the MCR that sends it there, and packets would circle
    // between the two.
    private static bool LeadsTo(McrState mcr, BgpRoute route, McrBgpSession to)
    {
        if (route.SessionId.Length > 0)
        {
            return route.SessionId == to.Id;
        }
        foreach (var other in mcr.Bgp)
        {
            if (other.Best && other.Prefix == route.Prefix && other.NextHop == to.PeerAddress)
            {
                return true;
            }
        }
        return false;
    }

    // Default policy: non-cloud to everyone, private cloud not to public cloud, public cloud to non-cloud only.
    // https://docs.megaport.com/mcr/route-advertisement/
    private static bool PolicyLets(McrState mcr, BgpRoute route, McrBgpSession to)
    {
        if (route.SessionId.Length == 0 || Session(mcr, route.SessionId)?.Session is not { } from)
        {
            return true;
        }
        if (from.ExportPolicyDeny ? !from.PermitExportTo.Contains(to.PeerAddress)
            : from.DenyExportTo.Contains(to.PeerAddress))
        {
            return false;
        }
        return from.PeerType switch
        {
            McrPeerType.NonCloud => true,
            McrPeerType.PrivateCloud => to.PeerType != McrPeerType.PublicCloud,
            _ => to.PeerType == McrPeerType.NonCloud,
        };
    }

    private static List<BgpRoute> Readdressed(McrSessionState other, McrSessionState to)
    {
        var rows = new List<BgpRoute>(other.Advertised.Count);
        foreach (var route in other.Advertised)
        {
            rows.Add(route with { SessionId = to.Session.Id, VxcId = to.Interface.VxcId });
        }
        return rows;
    }

    private static McrSessionState? Session(McrState mcr, string id)
    {
        foreach (var session in mcr.Sessions)
        {
            if (session.Session.Id == id)
            {
                return session;
            }
        }
        return null;
    }

    private static bool Has(List<McrIpRoute> rows, int count, Prefix prefix)
    {
        for (var i = 0; i < count; i++)
        {
            if (rows[i].Prefix == prefix)
            {
                return true;
            }
        }
        return false;
    }

    private static bool Same(List<BgpRoute> a, List<BgpRoute> b)
    {
        if (a.Count != b.Count)
        {
            return false;
        }
        for (var i = 0; i < a.Count; i++)
        {
            if (a[i].Prefix != b[i].Prefix || a[i].Med != b[i].Med
                || !a[i].AsPath.AsSpan().SequenceEqual(b[i].AsPath.AsSpan()))
            {
                return false;
            }
        }
        return true;
    }
}
