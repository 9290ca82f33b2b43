namespace Sealane.Core.Routing;

/// <summary>What Megaport carries, solved: nothing in here depends on the tunnels.</summary>
internal sealed class Transport
{
    public bool Converged { get; set; } = true;

    /// <summary>Undocumented questions that came into play.</summary>
    public Undocumented Met => Mcrs.Values.Aggregate(Undocumented.None, (met, mcr) => met | mcr.Met);
    public Dictionary<string, McrState> Mcrs { get; } = [];
    public Dictionary<string, List<DxGatewayRoute>> DxGateways { get; } = [];

    /// <summary>Edge router tables by circuit path id.</summary>
    public Dictionary<string, List<MseeRoute>> Paths { get; } = [];

    /// <summary>Learned routes by ExpressRoute gateway id.</summary>
    public Dictionary<string, List<GatewayRoute>> ErLearned { get; } = [];

    /// <summary>Whether an MCR has an established session with this VIF or circuit path.</summary>
    public bool FarEndUp(string farEnd)
    {
        foreach (var mcr in Mcrs.Values)
        {
            foreach (var session in mcr.Sessions)
            {
                if (session.Established && session.Interface.FarEnd == farEnd)
                {
                    return true;
                }
            }
        }
        return false;
    }
}

/// <summary>An MCR while it is being solved.</summary>
internal sealed class McrState(Mcr mcr)
{
    public Mcr Mcr { get; } = mcr;
    public List<McrSessionState> Sessions { get; } = [];

    /// <summary>How what is not documented is read.</summary>
    public Undocumented Assume { get; init; }

    /// <summary>Of these questions, the ones that came into play.</summary>
    public Undocumented Met { get; set; }
    public List<McrIpRoute> Ip { get; } = [];

    /// <summary>BGP table after import, the best of each prefix first.</summary>
    public List<BgpRoute> Bgp { get; set; } = [];

    public McrSessionState? SessionTo(Ipv4 peer)
    {
        foreach (var session in Sessions)
        {
            if (session.Session.PeerAddress == peer)
            {
                return session;
            }
        }
        return null;
    }

    public List<BgpRoute> BgpRows()
    {
        var rows = new List<BgpRoute>(Bgp.Count);
        foreach (var route in Bgp)
        {
            rows.Add(route.Best
                ? route with
                {
                    AdvertisedTo = [.. from s in Sessions where s.Sends(route.Prefix)
                    select s.Session.PeerAddress]
                }
                : route);
        }
        return rows;
    }
}

internal sealed class McrSessionState(McrState mcr, McrInterface @interface, McrBgpSession session)
{
    public McrState Mcr { get; } = mcr;
    public McrInterface Interface { get; } = @interface;
    public McrBgpSession Session { get; } = session;
    public bool Established { get; set; }
    public List<BgpRoute> Received { get; set; } = [];
    public List<BgpRoute> Advertised { get; set; } = [];

    /// <summary>The other MCR's end, where two MCRs are connected.</summary>
    public McrSessionState? Other { get; set; }

    public long LocalAsn => Session.LocalAsn ?? Mcr.Mcr.Asn;

    /// <summary>Between two MCRs of one ASN: nothing is prepended, and what came over such a session goes to no other
    /// of its kind.</summary>
    public bool IsIbgp => LocalAsn == Session.PeerAsn;

    /// <summary>More prefixes than AWS takes: it has shut the session down.</summary>
    public bool OverLimit { get; set; }

    public bool Sends(Prefix prefix)
    {
        foreach (var route in Advertised)
        {
            if (route.Prefix == prefix)
            {
                return true;
            }
        }
        return false;
    }
}
