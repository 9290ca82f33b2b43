using Sealane.Clouds.Megaport;
using Sealane.Core.Checks.Live;
using Sealane.Core.Design;

namespace Sealane.Clouds.Drills;

/// <summary>A router of several with all its sessions shut down, one edit after the other: Megaport has no call that
/// stops an MCR.</summary>
public sealed class RouterShutdown(RouterDesign router, IReadOnlyList<SessionShutdown> sessions)
    : DrillElement(Mcr.Ref(router).Id)
{
    public override string Means => string.Join("; ", sessions.Select(session => session.Means));
    public override string WayBack => "the same edits without shutdown; sealane apply does the same";

    /// <summary>Of its slowest session.</summary>
    public override SessionTimers Timers => sessions.Select(session => session.Timers).MaxBy(timers => timers.Hold)!;

    public override IReadOnlyList<string> Lost(LinkObservation seen) =>
        [.. sessions.SelectMany(session => session.Lost(seen))];

    public override ElementState State(LinkObservation seen)
    {
        var up = sessions.Count(session => session.State(seen).IsUp);
        return new(up == sessions.Count, $"{up} of {sessions.Count} of its sessions established");
    }

    // The edits show one after the other: it is down when nothing of it stands.
    public override bool IsDown(LinkObservation seen) => sessions.All(session => session.IsDown(seen));

    public override bool IsHeldDown(LinkObservation seen) => sessions.Any(session => session.IsHeldDown(seen));

    public override async Task Fail(TimeSpan hold, CancellationToken ct)
    {
        foreach (var session in sessions)
        {
            await session.Fail(hold, ct).ConfigureAwait(false);
        }
    }

    public override async Task Restore(CancellationToken ct)
    {
        foreach (var session in sessions)
        {
            await session.Restore(ct).ConfigureAwait(false);
        }
    }
}
