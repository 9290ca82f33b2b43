namespace Sealane.Core.Routing;

/// <summary>A set of addresses that every table treats alike, and one of them.</summary>
internal readonly record struct Atom(Prefix Prefix, Ipv4 Sample);

/// <summary>Splits protected prefixes by the longer prefixes of the tables, so that a leak of a part is found.</summary>
internal static class Atoms
{
    /// <summary>One atom for each innermost prefix; the protected prefix itself stands for what no longer prefix covers.</summary>
    public static List<Atom> Split(Prefix whole, IEnumerable<Prefix> cuts)
    {
        var inside = new HashSet<Prefix>(cuts.Where(cut => cut != whole && whole.Contains(cut)));
        if (inside.Count == 0)
        {
            return [new(whole, whole.Host(whole.Size > 2 ? whole.Size / 2 : 0))];
        }
        var starts = new SortedSet<uint> { whole.Network.Value };
        foreach (var cut in inside)
        {
            starts.Add(cut.Network.Value);
            if (cut.Last < whole.Last)
            {
                starts.Add(cut.Last.Value + 1);
            }
        }
        var atoms = new Dictionary<Prefix, Atom>();
        foreach (var start in starts)
        {
            var innermost = whole;
            foreach (var cut in inside)
            {
                if (cut.Length > innermost.Length && cut.Contains(new Ipv4(start)))
                {
                    innermost = cut;
                }
            }
            atoms.TryAdd(innermost, new(innermost, new(start)));
        }
        return [.. atoms.Values];
    }

    /// <summary>Every prefix of any table, and every prefix that a VPC or VNet delivers.</summary>
    public static HashSet<Prefix> OfTables(RoutingTables tables)
    {
        var all = new HashSet<Prefix>();
        foreach (var rows in tables.Overlay.TgwTables.Values)
        {
            Add(all, rows);
        }
        foreach (var rows in tables.Transport.DxGateways.Values)
        {
            Add(all, rows);
        }
        foreach (var mcr in tables.Transport.Mcrs.Values)
        {
            Add(all, mcr.Ip);
        }
        foreach (var rows in tables.Transport.Paths.Values)
        {
            Add(all, rows);
        }
        foreach (var rows in tables.Transport.ErLearned.Values)
        {
            Add(all, rows);
        }
        foreach (var rows in tables.Overlay.VpnLearned.Values)
        {
            Add(all, rows);
        }
        foreach (var vpc in tables.Network.Vpcs)
        {
            all.UnionWith(vpc.Prefixes);
            all.UnionWith(vpc.RouteTables.SelectMany(table => table.Routes).Select(route => route.Prefix));
        }
        foreach (var vnet in tables.Network.Vnets)
        {
            all.UnionWith(vnet.Prefixes);
            all.UnionWith(vnet.PeeredPrefixes);
            all.UnionWith(vnet.Subnets.SelectMany(subnet => subnet.UserRoutes).Select(route => route.Prefix));
        }
        foreach (var tgw in tables.Network.TransitGateways)
        {
            all.UnionWith(tgw.Cidrs);
        }
        foreach (var dx in tables.Network.DxGateways)
        {
            all.UnionWith(dx.Associations.SelectMany(association => association.AllowedPrefixes));
        }
        return all;
    }

    /// <summary>Where the source decides which table is asked: subnets with a route table of their own.</summary>
    public static HashSet<Prefix> OfSources(Network network) =>
    [
        .. network.Vpcs.SelectMany(vpc => vpc.Prefixes.Concat(vpc.RouteTables.SelectMany(table => table.Subnets))),
        .. network.Vnets.SelectMany(vnet => vnet.Prefixes.Concat(vnet.PeeredPrefixes)),
        .. network.Vnets.SelectMany(vnet => vnet.Subnets)
            .Where(subnet => subnet.UserRoutes.Length > 0 || subnet.GatewayRoutesDisabled).Select(subnet => subnet.Prefix),
    ];

    private static void Add<T>(HashSet<Prefix> all, List<T> rows) where T : IRoute
    {
        foreach (var row in rows)
        {
            all.Add(row.Prefix);
        }
    }
}
