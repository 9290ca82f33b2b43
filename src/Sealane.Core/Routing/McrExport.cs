using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>What an MCR tells a neighbour.</summary>
internal static class McrExport
{
    public static List<BgpRoute> Of(McrState mcr, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        var session = to.Session;
        foreach (var route in mcr.Bgp)
        {
            if ((!route.Best && !route.Equal) || (rows.Count > 0 && rows[^1].Prefix == route.Prefix)
                || (to.IsIbgp && route.Origin == McrOrigin.Ibgp)
                || !PolicyLets(mcr, route, session)
                || !Filters.Pass(mcr, session.ExportWhitelist, session.ExportBlacklist, route.Prefix)
                || LeadsTo(mcr, route, session))
            {
                continue;
            }
            rows.Add(new(route.Prefix, Path(route, to), session.MedOut ?? (to.IsIbgp ? route.Med : null),
                session.LocalAddress, session.LocalAddress, route.SessionId, route.VxcId));
        }
        return rows;
    }

    private static ImmutableArray<long> Path(BgpRoute route, McrSessionState to)
    {
        var session = to.Session;
        if (to.IsIbgp)
        {
            return route.AsPath;
        }
        var path = ImmutableArray.CreateBuilder<long>(route.AsPath.Length + session.PrependCount + 1);
        path.AddRange(Enumerable.Repeat(to.LocalAsn, session.PrependCount + 1));
        foreach (var asn in route.AsPath)
        {
            path.Add(session.AsOverride && asn == session.PeerAsn ? to.LocalAsn : asn);
        }
        return path.MoveToImmutable();
    }

    // Not back to where it came from, and no static route to the peer that is its next hop (RFC 4271, section 5.1.3):
    // else the edge router would learn the gateway's /32 from the MCR that sends it there, and packets would circle
    // between the two. Megaport documents neither.
    private static bool LeadsTo(McrState mcr, BgpRoute route, McrBgpSession to)
    {
        if (route.Origin != McrOrigin.Static)
        {
            return route.SessionId == to.Id;
        }
        foreach (var other in mcr.Bgp)
        {
            if (other.Best && other.Prefix == route.Prefix && other.NextHop == to.PeerAddress)
            {
                return !Reads(mcr, Undocumented.StaticToItsNextHop);
            }
        }
        return false;
    }

    // Default policy: non-cloud to everyone, private cloud not to public cloud, public cloud to non-cloud only.
    // https://docs.megaport.com/mcr/route-advertisement/
    private static bool PolicyLets(McrState mcr, BgpRoute route, McrBgpSession to)
    {
        if (route.SessionId.Length == 0 || McrTables.Session(mcr, route.SessionId)?.Session is not { } from)
        {
            return true;
        }
        var permitted = from.PermitExportTo.Contains(to.PeerAddress);
        if (from.ExportPolicyDeny ? !permitted : from.DenyExportTo.Contains(to.PeerAddress))
        {
            return false;
        }
        return from.PeerType switch
        {
            McrPeerType.NonCloud => true,
            McrPeerType.PrivateCloud => to.PeerType != McrPeerType.PublicCloud
                || (permitted && Reads(mcr, Undocumented.PermitBeatsPeerType))
                || Reads(mcr, Undocumented.PrivateCloudAsNonCloud),
            _ => to.PeerType == McrPeerType.NonCloud || (permitted && Reads(mcr, Undocumented.PermitBeatsPeerType))
                || (to.PeerType == McrPeerType.PrivateCloud && Reads(mcr, Undocumented.PrivateCloudAsNonCloud)),
        };
    }

    // Asked only where the answer matters.
    private static bool Reads(McrState mcr, Undocumented question)
    {
        mcr.Met |= question;
        return mcr.Assume.HasFlag(question);
    }
}
