using System.Collections.Immutable;
using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>
/// Solves the transport. Both clouds announce to the MCRs what is configured, whatever they learn, so only MCRs that
/// are connected to each other need rounds; without them the second round finds nothing new.
/// </summary>
internal static class TransportSolver
{
    public static Transport Solve(NetworkIndex index)
    {
        var transport = new Transport();
        foreach (var mcr in index.Network.Mcrs)
        {
            var state = new McrState(mcr);
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

        // Shortest AS path with a total order of ties settles in as many rounds as there are MCRs on a path.
        var bound = (4 * transport.Mcrs.Count) + 4;
        for (var round = 0; ; round++)
        {
            var changed = false;
            foreach (var mcr in transport.Mcrs.Values)
            {
                changed |= McrTables.Refresh(mcr);
            }
            if (!changed)
            {
                break;
            }
            if (round == bound)
            {
                transport.Converged = false;
                break;
            }
        }
        foreach (var mcr in transport.Mcrs.Values)
        {
            McrTables.Install(mcr);
        }
        CloudEdges.Learn(index, transport);
        return transport;
    }

    private static void Establish(NetworkIndex index, Transport transport, McrSessionState state)
    {
        var (session, @interface) = (state.Session, state.Interface);
        if (!session.Up || session.Shutdown || !@interface.Up || @interface.FarEnd is not { } far
            || !McrTables.Owns(@interface, session.LocalAddress))
        {
            return;
        }
        if (index.Vifs.TryGetValue(far, out var vif))
        {
            if (vif.Vif.Up && vif.Vif.AmazonAddress == session.PeerAddress && vif.Dx.Asn == session.PeerAsn)
            {
                state.Established = true;
                state.Received = Allowed(vif.Dx, state);
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
    }

    // Verbatim, whether or not the transit gateway has such a route.
    // https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html
    private static List<BgpRoute> Allowed(DxGateway dx, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        ImmutableArray<long> path = [dx.Asn];
        foreach (var association in dx.Associations)
        {
            if (association.Up)
            {
                foreach (var prefix in association.AllowedPrefixes)
                {
                    Add(rows, prefix, path, to);
                }
            }
        }
        return rows;
    }

    // The edge router takes Azure's private ASN off the path (unconfirmed; it changes no verdict).
    private static List<BgpRoute> FromVnets(NetworkIndex index, Circuit circuit, McrSessionState to)
    {
        var rows = new List<BgpRoute>();
        ImmutableArray<long> path = [Msee.Asn];
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
