namespace Sealane.Core.Routing;

/// <summary>How an MCR imports and installs. Local preference is not used: the API has no knob for
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
        var table = Own(mcr);
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
        mcr.Bgp = McrChoice.Choose(table, mcr.Ignore);
        var changed = false;
        foreach (var session in mcr.Sessions)
        {
            if (session.Established)
            {
                var rows = McrExport.Of(mcr, session);
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
                if (IsActive(@interface, route) && !Has(mcr.Ip, connected, route.Prefix)
                    && !(mcr.Ignore.Has(RoutingRules.McrStaticFirst)
                        && mcr.Bgp.Exists(other => other.Prefix == route.Prefix && other.Best
                            && other.SessionId.Length > 0)))
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
            if ((route.Best || route.Equal) && route.SessionId.Length > 0 && !Has(mcr.Ip, configured, route.Prefix))
            {
                var @interface = Session(mcr, route.SessionId)?.Interface;
                var loser = mcr.Bgp.Find(other => other.Prefix == route.Prefix && !other.Best);
                mcr.Ip.Add(new(route.Prefix, "BGP", route.NextHop, route.VxcId, Why(route, loser))
                {
                    Interface = @interface,
                    Contested = loser is not null,
                    Alternative = route.Equal,
                });
            }
        }
    }

    private static RouteRule Why(BgpRoute winner, BgpRoute? loser) =>
        loser is null ? RouteRule.OnlyRoute
        : loser.Equal ? RouteRule.BgpPeerAddress
        : loser.AsPath.Length != winner.AsPath.Length ? RouteRule.BgpAsPath
        : McrChoice.SameNeighbour(loser, winner) ? RouteRule.BgpMed
        : loser.Origin != winner.Origin ? RouteRule.BgpExternal
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

    // Connected networks are announced as well: live tables of Microsoft's edge show the MCR's /30s.
    private static List<BgpRoute> Own(McrState mcr)
    {
        var table = new List<BgpRoute>();
        foreach (var @interface in mcr.Mcr.Interfaces)
        {
            foreach (var own in @interface.Addresses)
            {
                if (@interface.Up && !mcr.Ignore.Has(RoutingRules.McrConnectedAnnounced))
                {
                    table.Add(new(own.Network, [], null, default, default, "", @interface.VxcId)
                    {
                        Origin = McrOrigin.Connected,
                    });
                }
            }
            foreach (var route in @interface.StaticRoutes)
            {
                if (IsActive(@interface, route) && !mcr.Ignore.Has(RoutingRules.McrStaticAnnounced))
                {
                    table.Add(new(route.Prefix, [], null, route.NextHop, route.NextHop, "", @interface.VxcId)
                    {
                        Origin = McrOrigin.Static,
                    });
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
            if ((!route.AsPath.Contains(state.Mcr.Mcr.Asn) || state.Mcr.Ignore.Has(RoutingRules.McrOwnAsn))
                && (!route.AsPath.Contains(state.LocalAsn) || state.LocalAsn == state.Mcr.Mcr.Asn
                    || state.Mcr.Ignore.Has(RoutingRules.McrLocalAsn))
                && Filters.Pass(state.Mcr, state.Mcr.Ignore.Has(RoutingRules.McrImportPermit) ? null
                    : session.ImportWhitelist,
                    state.Mcr.Ignore.Has(RoutingRules.McrImportDeny) ? null : session.ImportBlacklist, route.Prefix))
            {
                var med = (state.Mcr.Ignore.Has(RoutingRules.McrMedIn) ? null : session.MedIn) ?? route.Med;
                var origin = state.IsIbgp ? McrOrigin.Ibgp : McrOrigin.Bgp;
                table.Add(route is { Best: false, Equal: false } && route.Med == med && route.Origin == origin ? route
                    : route with { Med = med, Origin = origin, Best = false, Equal = false });
            }
        }
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

    public static McrSessionState? Session(McrState mcr, string id)
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
