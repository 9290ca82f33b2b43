using Sealane.Clouds.Aws;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Drills;

/// <summary>A transit VIF whose BGP session AWS holds down for a while: its failover test.</summary>
/// <remarks>
/// API: directconnect StartBgpFailoverTest, StopBgpFailoverTest.
/// https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_failover.html
/// </remarks>
public sealed class VifFailoverTest(AwsClients aws, AwsVxcDesign vxc, string vifId)
    : DrillElement(TransitVif.Ref(vxc).Id)
{
    /// <summary>AWS gives the session back by itself when a run that died does not: so much later.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(15);

    /// <summary>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_VirtualInterface.html</summary>
    private const string Testing = "testing";

    public override string Means => $"directconnect:StartBgpFailoverTest of {vifId}";
    public override string WayBack => $"directconnect:StopBgpFailoverTest of {vifId}; without it AWS ends the test";
    public override SessionTimers Timers => SessionTimers.DirectConnect;

    public override IReadOnlyList<string> Lost(LinkObservation seen) => [vifId];

    public override ElementState State(LinkObservation seen) =>
        Of(seen) is var (_, state, bgp) ? new(state == "available" && bgp == "up", $"{state}, BGP {bgp}")
            : new(false, "absent");

    public override bool IsHeldDown(LinkObservation seen) => Of(seen) is var (_, state, _) && state == Testing;

    // No test is under way: who may stop one is told so, who may not is refused.
    public override Task TryWayBack(CancellationToken ct) => Restore(ct);

    public override Task Fail(TimeSpan hold, CancellationToken ct) => aws.Connections.StartBgpFailoverTest(
        vifId, (int)Math.Ceiling((hold + Margin).TotalMinutes), ct);

    public override async Task Restore(CancellationToken ct)
    {
        try
        {
            await aws.Connections.StopBgpFailoverTest(vifId, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.Invalid or CloudErrorKind.NotFound)
        {
            // No test is under way: it has ended, or never began.
            var all = await aws.Connections.AllVirtualInterfaces(ct).ConfigureAwait(false);
            if (all.FirstOrDefault(vif => vif.VirtualInterfaceId == vifId)?.VirtualInterfaceState == Testing)
            {
                throw;
            }
        }
    }

    private (string Name, string State, string BgpStatus)? Of(LinkObservation seen) =>
        seen.TransitVifs.Where(vif => vif.Name == vxc.VifName).Cast<(string, string, string)?>().FirstOrDefault();
}
