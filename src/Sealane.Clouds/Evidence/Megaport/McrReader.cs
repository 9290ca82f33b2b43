using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Megaport;

/// <summary>An MCR with every VXC, interface, session and filter list, whoever made them, and the tables that it
/// shows.</summary>
internal sealed class McrReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "GET product (MCR)",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "ASN of an MCR and all its VXCs",
        LeadsTo = "VXCs",
        Hides = "a VXC of the MCR",
    };

    private static readonly Question Vxc = new()
    {
        Call = "GET product (VXC)",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "interfaces, static routes, BGP sessions and far end of a VXC",
        LeadsTo = "other MCRs, filter lists",
        Hides = "a session without filters, a static route",
    };

    private static readonly Question FilterList = new()
    {
        Call = "GET mcr2/prefixList",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "entries of a list that a session imports or exports by",
        Hides = "what a filter lets through (locks a and b)",
    };

    private static readonly Question IpRoutes = new()
    {
        Call = "GET diagnostics/routes/ip",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "the MCR's IP table",
    };

    private static readonly Question BgpRoutes = new()
    {
        Call = "GET diagnostics/routes/bgp",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "the MCR's BGP table",
        Hides = "a route that the MCR learned",
    };

    private static readonly Question Neighbour = new()
    {
        Call = "GET diagnostics/routes/bgp/neighbor",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "what a neighbour sent to the MCR and is sent",
        Hides = "a route that the MCR announces",
    };

    public override string Kind => "MCR";

    public override IReadOnlyList<Question> Questions => [Describe, Vxc, FilterList, IpRoutes, BgpRoutes, Neighbour];

    public override async Task Read(Walk walk, string id)
    {
        if (await walk.Keep(Describe, id, ct => walk.Megaport.Product(id, ct), walk.Seen.Mcrs, id)
            .ConfigureAwait(false) is not { } mcr)
        {
            return;
        }
        var glass = walk.Megaport.LookingGlass;
        var ip = walk.Keep(IpRoutes, id, ct => glass.IpRoutes(id, null, ct)!, walk.Seen.McrIp, id);
        var bgp = walk.Keep(BgpRoutes, id, ct => glass.BgpRoutes(id, null, ct)!, walk.Seen.McrBgp, id);
        var vxcs = await Task.WhenAll(
            mcr.AssociatedVxcs.Where(vxc => !ProvisioningStatus.IsGone(vxc.ProvisioningStatus))
            .Select(vxc => vxc.ProductUid).OfType<string>().Distinct(StringComparer.Ordinal)
                .Select(uid => ReadVxc(walk, uid))).ConfigureAwait(false);
        foreach (var router in vxcs.OfType<Product>().SelectMany(Ends.Routers))
        {
            walk.Reach(AllReaders.Mcr, router);
        }
        var sessions = vxcs.OfType<Product>().SelectMany(vxc => Ends.OfMcr(vxc, id))
            .SelectMany(port => port.BgpConnections).ToList();
        await Task.WhenAll(sessions.SelectMany(Lists).Distinct().Select(list => ReadList(walk, id, list)))
            .ConfigureAwait(false);
        await Task.WhenAll(from session in sessions
                           where Ipv4.TryParse(session.PeerIpAddress, out _)
                           from direction in new[] { RouteDirection.Received, RouteDirection.Advertised }
                           select ReadNeighbour(walk, id, Ipv4.Parse(session.PeerIpAddress!), direction))
                               .ConfigureAwait(false);
        if (await ip.ConfigureAwait(false) is { } routes)
        {
            walk.DoubtRows(IpRoutes, id, routes.Select(row => row.Prefix));
        }
        if (await bgp.ConfigureAwait(false) is { } table)
        {
            walk.DoubtRows(BgpRoutes, id, table.Select(row => row.Prefix));
            // Without a path a learned route and one of the MCR's own look alike.
            if (table.Any(row => row.AsPath is null))
            {
                walk.Doubt(BgpRoutes, id,
                    "rows come without their AS path: what was learned cannot be told from the MCR's own");
            }
        }
    }

    /// <summary>Reads a VXC and what stands at its other end, when that is a router of the same account.</summary>
    internal static async Task<Product?> ReadVxc(Walk walk, string uid)
    {
        // A VXC has two ends, and each may lead to it.
        await walk.Once(uid, () => walk.Keep(Vxc, uid, ct => walk.Megaport.Product(uid, ct), walk.Seen.Vxcs, uid))
            .ConfigureAwait(false);
        return walk.Seen.Vxcs.GetValueOrDefault(uid);
    }

    private static IEnumerable<int> Lists(BgpConnection session) =>
        new[] { session.ImportWhitelist, session.ImportBlacklist, session.ExportWhitelist,
            session.ExportBlacklist }.OfType<int>();

    private static async Task ReadList(Walk walk, string mcr, int list)
    {
        var subject = $"{mcr} list {list}";
        if (await walk.Keep(FilterList, subject, ct => walk.Megaport.PrefixList(mcr, list, ct),
            walk.Seen.PrefixFilterLists, (mcr, list)).ConfigureAwait(false) is not { } found)
        {
            return;
        }
        if (found.Entries.FirstOrDefault(
            entry => entry.Action is not ("permit" or "deny")) is not null)
        {
            walk.Doubt(FilterList, subject, "an entry has an action that is neither permit nor deny");
        }
        walk.DoubtRows(FilterList, subject, found.Entries.Select(entry => (string?)entry.Prefix));
    }

    private static async Task ReadNeighbour(Walk walk, string mcr, Ipv4 peer, RouteDirection direction)
    {
        var subject = $"{mcr} {(direction == RouteDirection.Received ? "from" : "to")} {peer}";
        if (await walk.Keep(Neighbour, subject,
            ct => walk.Megaport.LookingGlass.NeighbourRoutes(mcr, peer, direction, ct)!, walk.Seen.Neighbours,
            (mcr, peer, direction)).ConfigureAwait(false) is { } rows)
        {
            walk.DoubtRows(Neighbour, subject, rows.Select(row => row.Prefix));
        }
    }
}
