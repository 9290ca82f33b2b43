using System.Collections.Immutable;
using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>
/// Solves the transport. Both clouds announce to the MCRs what is configured, whatever they learn, so only MCRs that
/// are connected to each other need rounds; without them the second round finds nothing new.
/// </summary>
internal static class TransportSolver
{
    /// <summary>Prefixes that AWS accepts over a transit or private VIF.</summary>
    public const int MostPrefixesToAws = 100;

    public static Transport Solve(NetworkIndex index)
    {
        var transport = new Transport();
        foreach (var mcr in index.Network.Mcrs)
        {
            var state = new McrState(mcr)
            {
                Assume = index.Network.Assume,
                Ignore = index.Network.Ignore,
            };
            if (transport.Mcrs.TryAdd(mcr.Id, state))
            {
                foreach (var @interface in mcr.Interfaces)
                {
                    foreach (var session in @interface.Sessions)
                    {
                        state.Sessions.Add(new(state, @interface, session));
                    }
                }
            }
        }
        foreach (var mcr in transport.Mcrs.Values)
        {
            McrTables.Connect(mcr);
            foreach (var session in mcr.Sessions)
            {
                Establish(index, transport, session);
            }
        }

        do
        {
            transport.Converged = Settle(transport);
        }
        while (transport.Converged && ShutOverLimit(index, transport));
        foreach (var mcr in transport.Mcrs.Values)
        {
            McrTables.Install(mcr);
        }
        CloudEdges.Learn(index, transport);
        return transport;
    }

    // Shortest AS path with a total order of ties settles in as many rounds as there are MCRs on a path.
    private static bool Settle(Transport transport)
    {
        var bound = (4 * transport.Mcrs.Count) + 4;
        for (var round = 0; round <= bound; round++)
        {
            var (changed, joined) = (false, false);
            foreach (var mcr in transport.Mcrs.Values)
            {
                changed |= McrTables.Refresh(mcr);
                joined |= mcr.Sessions.Exists(session => session.Other is not null);
            }
            if (!changed || !joined)
            {
                return true;
            }
        }
        return false;
    }

    // With more than 100 prefixes AWS takes the session down.
    // https://docs.aws.amazon.com/directconnect/latest/UserGuide/limits.html
    private static bool ShutOverLimit(NetworkIndex index, Transport transport)
    {
        var shut = false;
        foreach (var session in transport.Mcrs.Values.SelectMany(mcr => mcr.Sessions))
        {
            if (session.Established && session.Advertised.Count > MostPrefixesToAws
                && !index.Network.Ignore.Has(RoutingRules.VifPrefixLimit)
                && index.Vifs.ContainsKey(session.Interface.FarEnd ?? ""))
            {
                (session.Established, session.OverLimit, shut) = (false, true, true);
                (session.Received, session.Advertised) = ([], []);
            }
        }
        return shut;
    }

    private static void Establish(NetworkIndex index, Transport transport, McrSessionState state)
    {
        var (session, @interface) = (state.Session, state.Interface);
        if (!session.Up || session.Shutdown || !@interface.Up
            || !McrTables.Owns(@interface, session.LocalAddress))
        {
            return;
        }
        var far = @interface.FarEnd ?? "";
        if (index.Vifs.TryGetValue(far, out var vif))
        {
            if (vif.Vif.Up && vif.Vif.AmazonAddress == session.PeerAddress && vif.Dx.Asn == session.PeerAsn)
            {
                state.Established = true;
                state.Received = Allowed(index, vif.Dx, state);
            }
        }
        else if (index.Paths.TryGetValue(far, out var path))
        {
            if (path.Path.Up && path.Path.MicrosoftAddress == session.PeerAddress && session.PeerAsn == Msee.Asn)
            {
                state.Established = true;
                state.Received = FromVnets(index, path.Circuit, state);
            }
        }
        else if (transport.Mcrs.TryGetValue(far, out var other))
        {
            foreach (var candidate in other.Sessions)
            {
                if (candidate.Interface.VxcId == @interface.VxcId && candidate.Interface.Up
                    && candidate.Session is { Up: true, Shutdown: false }
                    && candidate.Session.PeerAddress == session.LocalAddress
                        && candidate.Session.LocalAddress == session.PeerAddress
                    && candidate.LocalAsn == session.PeerAsn && candidate.Session.PeerAsn == state.LocalAsn)
                {
                    state.Established = true;
                    state.Other = candidate;
                }
            }
        }
        else if (session.Neighbour.Length > 0)
        {
            state.Established = true;
            foreach (var route in session.Neighbour)
            {
                Add(state.Received, route.Prefix, route.AsPath, state);
            }
        }
    }

    // Verbatim, whether or not the transit gateway has such a route.
    // https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html
    private static List<BgpRoute> Allowed(NetworkIndex index, DxGateway dx, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        ImmutableArray<long> path = [dx.Asn];
        foreach (var association in dx.Associations)
        {
            if (association.Up && !index.Network.Ignore.Has(RoutingRules.DxAllowedPrefixes))
            {
                foreach (var prefix in Announced(index, association))
                {
                    Add(rows, prefix, path, to);
                }
            }
        }
        return rows;
    }

    // For a virtual private gateway the allowed prefixes choose: a prefix of its VPC is announced where an allowed one
    // covers it. That one inside it announces it as well is not documented, and leaks.
    private static IEnumerable<Prefix> Announced(NetworkIndex index, DxGatewayAssociation association) =>
        index.VirtualPrivateGateways.TryGetValue(association.GatewayId, out var gateway)
            ? index.Vpcs.TryGetValue(gateway.VpcId, out var vpc)
                ? vpc.Prefixes.Where(prefix => association.AllowedPrefixes.Any(prefix.Overlaps))
                : association.AllowedPrefixes
            : association.AllowedPrefixes;

    // The edge router takes Azure's private ASN off the path (unconfirmed; it changes no verdict).
    private static List<BgpRoute> FromVnets(NetworkIndex index, Circuit circuit, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        ImmutableArray<long> path = [Msee.Asn];
        foreach (var prefix in circuit.ForeignPrefixes)
        {
            Add(rows, prefix, path, to);
        }
        foreach (var route in CloudEdges.UsedOfJoined(circuit, index.Network.Ignore))
        {
            Add(rows, route.Prefix, [Msee.Asn, .. route.AsPath], to);
        }
        foreach (var gateway in index.Network.ExpressRouteGateways)
        {
            if (CloudEdges.IsConnected(gateway, circuit.Id))
            {
                foreach (var prefix in CloudEdges.AnnouncedBy(index, gateway))
                {
                    Add(rows, prefix, path, to);
                }
            }
        }
        return rows;
    }

    private static void Add(List<BgpRoute> rows, Prefix prefix, ImmutableArray<long> path, McrSessionState to)
    {
        foreach (var row in rows)
        {
            if (row.Prefix == prefix)
            {
                return;
            }
        }
        var peer = to.Session.PeerAddress;
        rows.Add(new(prefix, path, null, peer, peer, to.Session.Id, to.Interface.VxcId));
    }
}
