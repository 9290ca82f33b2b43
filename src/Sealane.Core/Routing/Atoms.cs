using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>A set of addresses that every table treats alike, and one of them.</summary>
internal readonly record struct Atom(Prefix Prefix, Ipv4 Sample);

/// <summary>Splits protected prefixes by the longer prefixes of the tables, so that a leak of a part is
/// found.</summary>
internal static class Atoms
{
    /// <summary>
    /// One atom for each innermost prefix; the protected prefix itself stands for what no longer prefix covers.
    /// </summary>
    public static void Split(Prefix whole, List<Prefix> cuts, List<Atom> atoms)
    {
        var inside = new List<Prefix>();
        foreach (var cut in cuts)
        {
            if (cut.Length > whole.Length && whole.Contains(cut) && !inside.Contains(cut))
            {
                inside.Add(cut);
            }
        }
        if (inside.Count == 0)
        {
            atoms.Add(new(whole, whole.Host(whole.Size > 2 ? whole.Size / 2 : 0)));
            return;
        }
        inside.Sort();
        var first = atoms.Count;
        Offer(whole.Network);
        foreach (var cut in inside)
        {
            Offer(cut.Network);
            if (cut.Last < whole.Last)
            {
                Offer(new(cut.Last.Value + 1));
            }
        }

        // Between two neighbouring starts nothing changes, and the innermost prefix tells which others hold the
        // address.
        void Offer(Ipv4 start)
        {
            var innermost = whole;
            foreach (var cut in inside)
            {
                if (cut.Length > innermost.Length && cut.Contains(start))
                {
                    innermost = cut;
                }
            }
            for (var i = first; i < atoms.Count; i++)
            {
                if (atoms[i].Prefix == innermost)
                {
                    return;
                }
            }
            atoms.Add(new(innermost, start));
        }
    }

    /// <summary>Prefixes of any table, and of whatever a VPC or VNet delivers, inside the protected ones. May repeat
    /// some.</summary>
    public static List<Prefix> OfTables(RoutingTables tables, Protected prefixes)
    {
        var cuts = new List<Prefix>();
        foreach (var rows in tables.Overlay.TgwTables.Values)
        {
            Add(cuts, prefixes, rows);
        }
        foreach (var rows in tables.Transport.DxGateways.Values)
        {
            Add(cuts, prefixes, rows);
        }
        foreach (var mcr in tables.Transport.Mcrs.Values)
        {
            Add(cuts, prefixes, mcr.Ip);
        }
        foreach (var rows in tables.Transport.Paths.Values)
        {
            Add(cuts, prefixes, rows);
        }
        foreach (var rows in tables.Transport.ErLearned.Values)
        {
            Add(cuts, prefixes, rows);
        }
        foreach (var rows in tables.Overlay.VpnLearned.Values)
        {
            Add(cuts, prefixes, rows);
        }
        foreach (var vpc in tables.Network.Vpcs)
        {
            Add(cuts, prefixes, vpc.Prefixes);
            foreach (var table in vpc.RouteTables)
            {
                foreach (var route in table.Routes)
                {
                    Add(cuts, prefixes, route.Prefix);
                }
            }
        }
        foreach (var vnet in tables.Network.Vnets)
        {
            Add(cuts, prefixes, vnet.Prefixes);
            Peered(cuts, prefixes, vnet);
            foreach (var subnet in vnet.Subnets)
            {
                foreach (var route in subnet.UserRoutes)
                {
                    Add(cuts, prefixes, route.Prefix);
                }
            }
        }
        foreach (var tgw in tables.Network.TransitGateways)
        {
            Add(cuts, prefixes, tgw.Cidrs);
        }
        AddForeign(cuts, prefixes, tables.Network);
        foreach (var dx in tables.Network.DxGateways)
        {
            foreach (var association in dx.Associations)
            {
                Add(cuts, prefixes, association.AllowedPrefixes);
            }
        }
        return cuts;
    }

    /// <summary>Where the source decides which table is asked: subnets with a route table of their own.</summary>
    public static List<Prefix> OfSources(Network network, Protected prefixes)
    {
        var cuts = new List<Prefix>();
        foreach (var vpc in network.Vpcs)
        {
            Add(cuts, prefixes, vpc.Prefixes);
            foreach (var table in vpc.RouteTables)
            {
                Add(cuts, prefixes, table.Subnets);
            }
        }
        foreach (var vnet in network.Vnets)
        {
            Add(cuts, prefixes, vnet.Prefixes);
            Peered(cuts, prefixes, vnet);
            foreach (var subnet in vnet.Subnets)
            {
                if (subnet.UserRoutes.Length > 0 || subnet.GatewayRoutesDisabled)
                {
                    Add(cuts, prefixes, subnet.Prefix);
                }
            }
        }
        return cuts;
    }

    // Where a part of a protected prefix leads elsewhere, or nobody knows where.
    private static void AddForeign(List<Prefix> cuts, Protected prefixes, Network network)
    {
        foreach (var hole in network.Holes)
        {
            Add(cuts, prefixes, hole.Prefixes);
        }
        foreach (var peering in network.VpcPeerings)
        {
            Add(cuts, prefixes, peering.Prefixes);
            Add(cuts, prefixes, peering.OtherPrefixes);
        }
        foreach (var gateway in network.VirtualPrivateGateways)
        {
            Add(cuts, prefixes, gateway.VpnPrefixes);
        }
        foreach (var gateway in network.VpnGateways)
        {
            foreach (var branch in gateway.Branches)
            {
                Add(cuts, prefixes, branch.TrafficSelectors);
            }
        }
        foreach (var server in network.RouteServers)
        {
            Add(cuts, prefixes, server.Learned ?? []);
        }
        foreach (var tgw in network.TransitGateways)
        {
            foreach (var attachment in tgw.Attachments)
            {
                foreach (var route in attachment.Propagated)
                {
                    Add(cuts, prefixes, route.Prefix);
                }
            }
        }
    }

    private static void Peered(List<Prefix> cuts, Protected prefixes, Vnet vnet)
    {
        foreach (var peering in vnet.Peerings)
        {
            Add(cuts, prefixes, peering.RemotePrefixes);
        }
    }

    private static void Add<T>(List<Prefix> cuts, Protected prefixes, List<T> rows) where T : IRoute
    {
        foreach (var row in rows)
        {
            Add(cuts, prefixes, row.Prefix);
        }
    }

    private static void Add(List<Prefix> cuts, Protected prefixes, ImmutableArray<Prefix> more)
    {
        foreach (var prefix in more)
        {
            Add(cuts, prefixes, prefix);
        }
    }

    private static void Add(List<Prefix> cuts, Protected prefixes, Prefix cut)
    {
        if (IsInside(prefixes.Aws, cut) || IsInside(prefixes.Azure, cut))
        {
            cuts.Add(cut);
        }
    }

    private static bool IsInside(IReadOnlyList<Prefix> prefixes, Prefix cut)
    {
        for (var i = 0; i < prefixes.Count; i++)
        {
            if (cut.Length > prefixes[i].Length && prefixes[i].Contains(cut))
            {
                return true;
            }
        }
        return false;
    }
}
