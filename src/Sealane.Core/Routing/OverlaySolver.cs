namespace Sealane.Core.Routing;

/// <summary>
/// Solves the overlay: a tunnel comes up when its outer packets get through, and what it then announces may change
/// their way. Starts with every tunnel down, as after a cold start. A state that comes back is an oscillation: the
/// tunnels that changed meanwhile are reported as flapping and held down, and the rest is solved without them.
/// </summary>
internal static class OverlaySolver
{
    /// <param name="like">The solution of a network that differs in some of its parts.</param>
    public static RoutingTables Solve(NetworkIndex index, Transport transport, RoutingTables? like = null)
    {
        RoutingTables? cold = null;
        var tunnels = index.Network.Tunnels;
        var carrying = new bool[tunnels.Length];
        var flapping = new bool[tunnels.Length];
        var seen = new List<bool[]> { carrying };
        while (true)
        {
            var overlay = new Overlay();
            var reasons = new string[tunnels.Length];
            for (var i = 0; i < tunnels.Length; i++)
            {
                var up = carrying[i];
                overlay.Tunnels[tunnels[i].Id] = new(tunnels[i].Id, up, up && tunnels[i].SessionUp, flapping[i], "");
            }
            overlay.Converged = TunnelBgp.Settle(index, transport, overlay);
            var tables = new RoutingTables(index, transport, overlay, cold, like, like?.Cold) { Cold = cold };
            cold ??= tables;
            var next = new bool[tunnels.Length];
            for (var i = 0; i < tunnels.Length; i++)
            {
                reasons[i] = flapping[i]
                    ? "the tunnel's own routes take away its outer packets' way: it comes and goes"
                    : WhyDown(tables, tunnels[i]);
                next[i] = reasons[i].Length == 0;
            }
            if (next.AsSpan().SequenceEqual(carrying))
            {
                Report(overlay, tunnels, carrying, flapping, reasons);
                return tables;
            }
            var before = seen.FindIndex(state => next.AsSpan().SequenceEqual(state));
            if (before < 0)
            {
                seen.Add(carrying = next);
                continue;
            }
            for (var i = 0; i < tunnels.Length; i++)
            {
                for (var state = before; state < seen.Count; state++)
                {
                    flapping[i] |= seen[state][i] != next[i];
                }
            }
            carrying = new bool[tunnels.Length];
            seen = [carrying];
        }
    }

    private static void Report(
        Overlay overlay, IReadOnlyList<Tunnel> tunnels, bool[] carrying, bool[] flapping, string[] reasons)
    {
        for (var i = 0; i < tunnels.Count; i++)
        {
            var tunnel = tunnels[i];
            var reason = carrying[i] && !tunnel.SessionUp ? "BGP inside the tunnel is down" : reasons[i];
            overlay.Tunnels[tunnel.Id] = new(tunnel.Id, carrying[i], carrying[i] && tunnel.SessionUp, flapping[i],
                reason);
            if (flapping[i])
            {
                overlay.Flapping.Add(tunnel.Id);
                overlay.Converged = false;
            }
        }
    }

    private static string WhyDown(RoutingTables tables, Tunnel tunnel)
    {
        if (!tunnel.Up)
        {
            return "the tunnel itself is down";
        }
        var path = new Walker(tables, record: false).OuterPath(tunnel);
        return path.BothWays ? "" : path.Reason;
    }
}
