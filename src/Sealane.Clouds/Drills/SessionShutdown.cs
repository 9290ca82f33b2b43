using Sealane.Clouds.Evidence;
using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Drills;

/// <summary>
/// The MCR's session over one VXC, shut down at the MCR. Azure has no call for one path of a circuit: a peering that is
/// disabled drops both.
/// </summary>
/// <remarks>
/// API: PUT /v3/product/vxc/{uid} with shutdown of the session. That one session is shut down before a maintenance is
/// Microsoft's own advice: https://learn.microsoft.com/azure/expressroute/planned-maintenance
/// </remarks>
public sealed class SessionShutdown(MegaportClient api, VxcLeg leg, VxcProduct vxc) : DrillElement(leg.Vxc.Id)
{
    public override string Means => $"shutdown of BGP with {vxc.Session?.PeerIpAddress} on VXC {vxc.Uid}";
    public override string WayBack => "the same edit without shutdown; sealane apply does the same";

    public override SessionTimers Timers =>
        leg.Cloud == Cloud.Azure ? SessionTimers.MicrosoftEdge : SessionTimers.DirectConnect;

    private string SessionId => vxc.Session is { } session ? MegaportPart.SessionId(vxc.Uid, session) : "";

    public override IReadOnlyList<string> Lost(LinkObservation seen) => [SessionId];

    public override ElementState State(LinkObservation seen) => Of(seen) switch
    {
        null => new(false, "absent"),
        { Shutdown: true } => new(false, "shut down"),
        { Up: true } when seen.ComingUp.All(one => one.Id != SessionId) => new(true, "established"),
        _ => new(false, "not established"),
    };

    public override bool IsHeldDown(LinkObservation seen) => Of(seen)?.Shutdown == true;

    public override Task Fail(TimeSpan hold, CancellationToken ct) => Shut(true, ct);

    public override Task Restore(CancellationToken ct) => Shut(false, ct);

    // The cost centre is always sent: updates that leave it out have erased it (Megaport CLI changelog, ESD-1572).
    private Task Shut(bool down, CancellationToken ct) => AEnd.Edit(
        api, vxc.Uid, leg.BgpKey,
        session => session.PeerIpAddress == vxc.Session?.PeerIpAddress ? session with { Shutdown = down } : session,
        face => face, new() { CostCentre = vxc.CostCentre }, ct);

    private Core.Routing.McrBgpSession? Of(LinkObservation seen) => seen.Network.Mcrs
        .SelectMany(mcr => mcr.Interfaces).SelectMany(face => face.Sessions)
        .FirstOrDefault(session => session.Id == SessionId);
}
