using Sealane.Clouds.Aws;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Announced;

/// <summary>Ends of tunnels that AWS is about to replace.</summary>
/// <remarks>
/// API: ec2 GetVpnTunnelReplacementStatus.
/// https://docs.aws.amazon.com/vpn/latest/s2svpn/tunnel-endpoint-lifecycle.html: after its moment AWS replaces the end
/// soon, as part of its regular cycle; no moment is named at which that is over.
/// </remarks>
internal static class TunnelReplacements
{
    public static async Task Read(
        Ec2Client ec2, NetworkDesign design, Known known, Action<Announcement> tell, Action<string> untold,
        CancellationToken ct)
    {
        foreach (var (vpn, tunnel) in design.VpnConnections.SelectMany(vpn => vpn.Tunnels.Select(one => (vpn, one))))
        {
            var seen = known.Find(VpnConnection.Ref(vpn));
            if (seen?.Tunnels.FirstOrDefault(one => one.InsideCidr == tunnel.InsideCidr)?.OutsideAddress
                is not { } outside)
            {
                continue;
            }
            var id = $"aws/vpn-tunnel-{tunnel.Number}";
            var status = await ec2.GetVpnTunnelReplacementStatus(seen.Id, outside, ct).ConfigureAwait(false);
            if (status.IsPending is not { } pending)
            {
                untold($"no word of whether a replacement of {id} is pending");
            }
            else if (pending)
            {
                tell(new(Cloud.Aws, false, id, "pending", status.AutoAppliedAfter, null,
                    AnnouncedText.Said(("AWS's word", status.Pending),
                        ("before that you can choose the moment", $"ec2:ReplaceVpnTunnel of {outside} with "
                            + "ApplyPendingMaintenance")),
                    [new(id, outside.ToString(), [$"tunnel-{tunnel.Number}"])]));
            }
        }
    }

    /// <summary>What must be known to tell whose tunnels are meant.</summary>
    public static IEnumerable<ObjectRef> Refs(NetworkDesign design) =>
        design.VpnConnections.Select(vpn => (ObjectRef)VpnConnection.Ref(vpn));
}
