namespace Sealane.Core.Routing;

/// <summary>How many there are and how many of them are up.</summary>
public sealed record UpOf(int Up, int All)
{
    public bool Whole => Up == All;

    public override string ToString() => $"{Up} of {All}";
}

/// <summary>What stands beside the verdict: a link with one tunnel of two is encrypted, and degraded.</summary>
/// <param name="Tunnels">IPsec stands and its outer packets get through both ways.</param>
/// <param name="TunnelSessions">BGP inside the tunnels.</param>
/// <param name="TransportSessions">BGP of the MCRs.</param>
/// <param name="Paths">Circuit paths over which an MCR speaks BGP, of those that a VXC leads to.</param>
public sealed record Redundancy(UpOf Tunnels, UpOf TunnelSessions, UpOf TransportSessions, UpOf Paths)
{
    public bool Degraded => !Tunnels.Whole || !TunnelSessions.Whole || !TransportSessions.Whole || !Paths.Whole;

    public static Redundancy Of(RoutingTables tables)
    {
        var tunnels = tables.Network.Tunnels;
        var states = tunnels.Select(tunnel => tables.TunnelState(tunnel.Id)).ToList();
        var sessions = tables.Transport.Mcrs.Values.SelectMany(mcr => mcr.Sessions).ToList();
        var paths = tables.Network.Circuits.SelectMany(circuit => circuit.Paths)
            .Where(path => sessions.Exists(session => session.Interface.FarEnd == path.Id)).ToList();
        return new(
            new(states.Count(state => state.IpsecUp), tunnels.Length),
            new(states.Count(state => state.BgpUp), tunnels.Length),
            new(sessions.Count(session => session.Established), sessions.Count),
            new(paths.Count(path => tables.Transport.FarEndUp(path.Id)), paths.Count));
    }

    public override string ToString() =>
        $"tunnels {Tunnels}, BGP in tunnels {TunnelSessions}, BGP of the transport {TransportSessions}, paths {Paths}";
}
