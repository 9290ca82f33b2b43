using Sealane.Lab.Frr;
using Sealane.Lab.Model;

namespace Sealane.Lab.Plan;

/// <summary>An MCR as a router: static routes, sessions and their filters.</summary>
/// <remarks>https://docs.megaport.com/mcr/mcr-bgp-advanced/, https://docs.megaport.com/mcr/route-filtering/</remarks>
internal static class McrConfig
{
    /// <summary>Marks static routes inside the router; a session's routes carry its number.</summary>
    private const int StaticTag = 1000;

    // https://docs.megaport.com/mcr/mcr-bgp-advanced/: the API has no knob for them.
    private static readonly (int, int) s_timers = (60, 180);

    public static FrrConfig Of(LabRouter mcr, (int Keepalive, int Hold)? timers)
    {
        var router = new BgpRouter(mcr.Asn, mcr.Legs.Count > 0 ? mcr.Legs[0].McrAddress.Address : new(1))
        {
            Statics = [.. mcr.Legs.SelectMany(leg => leg.Statics.Select(route => Static(leg, route)))],
            // Several routes of one prefix: the MCR uses one.
            Paths = 1,
        };
        router.Redistributed.Add($"static route-map {router.Map("STATIC", Clause.Permit($"set tag {StaticTag}"))}");
        // Its links' networks too: live tables of Microsoft's edge show the MCR's /30s.
        router.Redistributed.Add("connected");
        for (var at = 0; at < mcr.Legs.Count; at++)
        {
            Session(router, mcr, at).Timers = timers ?? s_timers;
        }
        return router.Config();
    }

    private static string Static(LabLeg leg, LabMcrStatic route) =>
        route.Recursive ? $"ip route {route.Prefix} {route.NextHop}"
            : $"ip route {route.Prefix} {route.NextHop} {leg.Name}";

    private static BgpPeer Session(BgpRouter router, LabRouter mcr, int at)
    {
        var leg = mcr.Legs[at];
        var session = leg.Session;
        var peer = router.Peer(leg.FarBox, leg.FarAddress, session.PeerAsn);
        (peer.Key, peer.LocalAsn, peer.Shutdown) = (session.McrKey, session.LocalAsn, session.Shutdown);
        // An internal peer's ASN is the router's own: there is nothing to override, and FRR refuses the words.
        (peer.AsOverride, peer.Bfd) = (session.AsOverride && session.PeerAsn != mcr.Asn, session.Bfd);
        var name = leg.Name.ToUpperInvariant();
        List<string> learned = [$"set tag {at + 1}"];
        if (session.MedIn is { } medIn)
        {
            learned.Add($"set metric {medIn}");
        }
        peer.In = router.Map($"{name}-IN",
            Clauses(router, $"{name}-IN", session.Import, session.ImportDeny, learned, []));

        List<string> sent = [];
        if (session.MedOut is { } medOut)
        {
            sent.Add($"set metric {medOut}");
        }
        var own = session.LocalAsn ?? mcr.Asn;
        // To an internal peer the path is not modified: RFC 4271, section 5.1.2.
        if (session.Prepend > 0 && own != session.PeerAsn)
        {
            var more = Enumerable.Repeat(own, session.Prepend);
            sent.Add($"set as-path prepend {string.Join(' ', more)}");
        }
        List<Clause> kept = [];
        for (var other = 0; other < mcr.Legs.Count; other++)
        {
            var from = mcr.Legs[other].Session;
            // What came from a peer does not go back to it: RFC 4271, section 9.1.2, leaves that to the router.
            if (other == at || from.DenyExportTo.Contains(leg.FarAddress) || !Passes(from.PeerType, session.PeerType))
            {
                kept.Add(Clause.Deny($"match tag {other + 1}"));
            }
        }
        // A static route does not go to the peer that is its next hop: RFC 4271, section 5.1.3.
        var toIt = leg.Statics.Where(route => route.NextHop == leg.FarAddress).Select(route => $"permit {route.Prefix}")
            .ToList();
        if (toIt.Count > 0)
        {
            kept.Add(Clause.Deny($"match ip address prefix-list {router.List($"{name}-NEXT-HOP", toIt)}",
                $"match tag {StaticTag}"));
        }
        peer.Out = router.Map($"{name}-OUT",
            Clauses(router, $"{name}-OUT", session.Export, session.ExportDeny, sent, kept));
        return peer;
    }

    // Non-cloud to everyone, private cloud not to public cloud, public cloud to non-cloud only.
    // https://docs.megaport.com/mcr/route-advertisement/
    private static bool Passes(PeerType from, PeerType to) => from switch
    {
        PeerType.NonCloud => true,
        PeerType.PrivateCloud => to != PeerType.PublicCloud,
        _ => to == PeerType.NonCloud,
    };

    private static List<Clause> Clauses(
        BgpRouter router, string name, LabFilter? permit, LabFilter? deny, IReadOnlyList<string> set,
            List<Clause> before)
    {
        List<Clause> clauses = [.. before];
        if (deny is not null)
        {
            clauses.Add(Clause.Deny($"match ip address prefix-list {router.List(name + "-DENY", Entries(deny))}"));
        }
        clauses.Add(permit is null ? Clause.Permit(set)
            : Clause.Permit([$"match ip address prefix-list {router.List(name, Entries(permit))}", .. set]));
        return clauses;
    }

    private static IEnumerable<string> Entries(LabFilter filter) => filter.Entries.Select(entry =>
        $"{(entry.Permit ? "permit" : "deny")} {entry.Prefix}"
        + (entry.Ge is { } ge && ge > entry.Prefix.Length ? $" ge {ge}" : "")
        + (entry.Le is { } le && le > entry.Prefix.Length ? $" le {le}"
            : entry is { Ge: not null, Le: null } ? " le 32" : ""));
}
