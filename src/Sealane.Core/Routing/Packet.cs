namespace Sealane.Core.Routing;

/// <summary>A packet on its way through the <see cref="Walker"/>.</summary>
/// <param name="Crossed">It entered an MCR outside ESP.</param>
/// <param name="Tunnelled">It came through a tunnel.</param>
/// <param name="For">Set on an outer packet: the tunnel whose ESP it is.</param>
internal readonly record struct Packet(
    Ipv4 Source, Ipv4 Destination, bool Crossed = false, bool Tunnelled = false, Tunnel? For = null)
{
    public bool IsOuter => For is not null;
}

/// <summary>What became of a packet from a box on.</summary>
/// <param name="Hops">One for each branch; empty unless the walk is recorded.</param>
internal readonly record struct Outcome(Verdict Verdict, string Reason, bool Exposed, IReadOnlyList<TraceHop> Hops)
{
    /// <summary>Two branches of one walk: the worse verdict and its reason, the hops of both.</summary>
    public static Outcome Join(Outcome? first, Outcome second) =>
        first is not { } a ? second
        : (second.Verdict > a.Verdict ? second : a) with
        {
            Exposed = a.Exposed || second.Exposed,
            Hops = a.Hops.Count == 0 ? second.Hops : [.. a.Hops, .. second.Hops],
        };
}
