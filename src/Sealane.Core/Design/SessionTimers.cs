namespace Sealane.Core.Design;

/// <summary>How long a BGP session stands that nobody keeps alive any more, in seconds, as the clouds propose it; of
/// two ends the lower proposal is used (https://www.rfc-editor.org/rfc/rfc4271#section-4.2).</summary>
public sealed record SessionTimers(int Keepalive, int Hold)
{
    /// <summary>Three packets at 300 ms, the least that AWS takes; Microsoft's edge is as fast.</summary>
    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/bgp-specific-settings.html,
    /// https://learn.microsoft.com/azure/expressroute/expressroute-bfd</remarks>
    public const double BfdSeconds = 0.9;

    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/bgp-specific-settings.html</remarks>
    public static SessionTimers DirectConnect { get; } = new(30, 90);

    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-bfd</remarks>
    public static SessionTimers MicrosoftEdge { get; } = new(60, 180);

    /// <summary>Inside a tunnel, where there is no BFD.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/cgw-dynamic-routing-examples.html</remarks>
    public static SessionTimers Tunnel { get; } = new(10, 30);

    /// <summary>The last keepalive may have come a moment before the failure, or almost a whole interval.</summary>
    public int SilentFrom => Hold - Keepalive;
}
