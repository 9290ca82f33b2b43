namespace Sealane.Sandbox.Megaport;

public enum DiagnosticKind
{
    IpRoutes,
    BgpRoutes,
    NeighbourRoutes,
    Ping,
    Traceroute,
}

/// <summary>A question to an MCR's looking glass, answered when the router has been asked.</summary>
public sealed class Diagnostic
{
    public required string OperationId { get; init; }
    public required string McrUid { get; init; }
    public required DiagnosticKind Kind { get; init; }
    public required DateTimeOffset ReadyAt { get; init; }

    /// <summary><c>ip_address</c>, the neighbour's address, or the destination.</summary>
    public string? Address { get; init; }

    /// <summary>For a neighbour: what it is sent instead of what it sends.</summary>
    public bool Advertised { get; init; }
    public int PacketCount { get; set; } = 5;
    public int PacketSize { get; set; } = 64;
}
