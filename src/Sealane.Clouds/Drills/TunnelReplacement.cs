using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;

namespace Sealane.Clouds.Drills;

/// <summary>A tunnel whose end AWS replaces, as it does for its own maintenance. AWS has no switch for a
/// tunnel.</summary>
/// <remarks>
/// API: ec2 ReplaceVpnTunnel. https://docs.aws.amazon.com/vpn/latest/s2svpn/endpoint-replacements.html. Whether it is
/// taken where no maintenance is pending is not documented: a refusal is told and changes nothing.
/// </remarks>
public sealed class TunnelReplacement(Ec2Client ec2, string vpnId, TunnelDesign tunnel, Ipv4 outside)
    : DrillElement($"aws/vpn-tunnel-{tunnel.Number}")
{
    private readonly string _id = $"tunnel-{tunnel.Number}";

    public override string Means => $"ec2:ReplaceVpnTunnel of {outside} of {vpnId}";
    public override string WayBack => "nothing to do: the new end comes up by itself";
    public override bool EndsByItself => true;
    public override SessionTimers Timers => SessionTimers.Tunnel;
    public override bool HasBfd => false;

    public override IReadOnlyList<string> Lost(LinkObservation seen) => [_id];

    public override ElementState State(LinkObservation seen) =>
        seen.Network.Tunnels.FirstOrDefault(one => one.Id == _id) is { } found
            ? new(found is { Up: true, SessionUp: true },
                !found.Up ? "IPsec down" : found.SessionUp ? "up" : "IPsec up, BGP down")
            : new(false, "absent");

    public override Task Fail(TimeSpan hold, CancellationToken ct) => ec2.ReplaceVpnTunnel(vpnId, outside, ct);

    public override Task Restore(CancellationToken ct) => Task.CompletedTask;
}
