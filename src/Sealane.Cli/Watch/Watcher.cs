using Sealane.Clouds.Announced;
using Sealane.Clouds.Evidence;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Watch;

/// <summary>How often is looked.</summary>
/// <param name="Full">At the latest, between two looks at all evidence.</param>
/// <param name="Bulk">The same for the link's own objects.</param>
/// <param name="Stale">How old the oldest evidence of a verdict may be.</param>
/// <param name="Jitter">By which share of it a wait may be shorter, so that many watches do not ask in step.</param>
internal sealed record WatchPace(TimeSpan Full, TimeSpan Bulk, TimeSpan Stale, double Jitter);

/// <summary>When a watch ends by itself; else it goes on until it is stopped.</summary>
internal sealed record WatchEnd(IReadOnlyList<string> Until, TimeSpan? For, bool Once);

/// <summary>Looks at one link without end: bulk looks often, all evidence at its interval and whenever a bulk look
/// shows
/// that something is not as it was.</summary>
/// <param name="looked">Told after each look, also where nothing has changed.</param>
/// <param name="known">What an earlier watch of the link knew; null: nothing.</param>
internal sealed class Watcher(
    IWatched watched, WatchPace pace, WatchEnd end, Random chance, Action<IReadOnlyList<WatchEvent>> tell,
    WatchState? known = null, Action? looked = null)
{
    private readonly DateTimeOffset _begun = watched.Clock.GetUtcNow();

    /// <summary>Of the listing that the last look rests on.</summary>
    private TimeSpan _age;

    public WatchState State { get; } = known ?? new(watched.Name, pace.Stale, watched.Clock.GetUtcNow());

    /// <summary>Whether what was waited for came.</summary>
    public bool Met { get; private set; }

    private DateTimeOffset Now => watched.Clock.GetUtcNow();

    public async Task Run(CancellationToken ct)
    {
        var (full, bulk) = (Now, Now);
        while (true)
        {
            if (Now >= full || Now >= bulk)
            {
                var began = Now;
                var whole = await Sweep(began >= full, ct).ConfigureAwait(false);
                State.Lasted(whole is not null, Now - began);
                // What was as it should be in a listing was so when that was read.
                bulk = Now + Jittered(pace.Bulk) - _age;
                // A verdict that could not be given is tried for at the shorter interval.
                full = whole is null ? full : Now + Jittered(whole.Value ? pace.Full : pace.Bulk);
                looked?.Invoke();
            }
            Tell(State.Passed(Now));
            if (IsOver())
            {
                return;
            }
            await Wait(Earliest(full, bulk), ct).ConfigureAwait(false);
            Tell(State.Passed(Now));
            if (IsOver())
            {
                return;
            }
        }
    }

    /// <returns>Whether a verdict was given; null where only a bulk look was taken.</returns>
    private async Task<bool?> Sweep(bool full, CancellationToken ct)
    {
        using var late = TooLate(ct);
        var began = Now;
        BulkLook? bulk = null;
        try
        {
            var whole = full || State.Last is null;
            bulk = await (whole ? watched.Bulk(late.Token) : watched.Glance(late.Token)).ConfigureAwait(false);
            _age = bulk.Age;
            if (!whole && State.ChangedSinceProof(bulk).Count == 0)
            {
                Tell(State.TookBulk(bulk, Now));
                return null;
            }
            var verified = await watched.Full(late.Token).ConfigureAwait(false);
            Tell(State.TookFull(bulk, verified, began, Now));
            await Announced(late.Token, ct).ConfigureAwait(false);
            return State.Figures.EvidenceFrom == began
                && verified.Verification.Judgement.AskAgainMinutes is null;
        }
        // A watch of months outlives whatever one look meets: it is told, and the verdict grows old.
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            Tell(State.FailedFull(bulk, Cause(error), Now));
            return false;
        }
    }

    /// <summary>What is announced comes after the verdict and never instead of it.</summary>
    private async Task Announced(CancellationToken late, CancellationToken ct)
    {
        Announcements told;
        try
        {
            told = await watched.Announced(late).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            told = new([], [.. AnnouncementReader.Asked.Select(cloud =>
                new Untold(cloud, Answer.Silent, Cause(error)))]);
        }
        Tell(State.TookAnnounced(told, Now));
    }

    private static string Cause(Exception error) => error switch
    {
        CloudError cloud => cloud.Describe(),
        OperationCanceledException => "it did not end in time",
        UsageError or LinkBusy => error.Message.Split('\n')[0],
        _ => $"a defect of Sealane, please report it{ProjectPage.At(ProjectPage.Address)}: "
            + $"{error.GetType().Name}: {error.Message}",
    };

    /// <summary>A look ends before its verdict would be stale, or an interval later, so that staleness is told in time
    /// whatever hangs. On a clock that jumps nothing hangs, and a timer there would be a wait.</summary>
    private CancellationTokenSource TooLate(CancellationToken ct)
    {
        if (watched.Clock is VirtualClock)
        {
            return CancellationTokenSource.CreateLinkedTokenSource(ct);
        }
        var left = State.StaleAt - Now;
        return new Deadline(left > TimeSpan.Zero ? left : pace.Full, watched.Clock, ct);
    }

    private bool IsOver()
    {
        Met |= end.Until.Any(IsMet);
        return Met || (end.Once && State.Figures is { Full: > 0 } or { Failed: > 0 })
            || (end.For is { } time && Now >= _begun + time);
    }

    private bool IsMet(string word) => word == "stale" ? State.Verdict == WatchState.Stale
        : word == "degraded" ? State.Verdict.EndsWith(", degraded", StringComparison.Ordinal)
        : State.Verdict == word || State.Verdict.StartsWith($"{word},", StringComparison.Ordinal)
            || (State.Verdict.StartsWith($"{word} ", StringComparison.Ordinal) && State.Verdict != WatchState.Unread);

    private DateTimeOffset Earliest(DateTimeOffset full, DateTimeOffset bulk)
    {
        var next = full < bulk ? full : bulk;
        next = State.Verdict != WatchState.Stale && State.StaleAt < next ? State.StaleAt : next;
        return end.For is { } time && _begun + time < next ? _begun + time : next;
    }

    private async Task Wait(DateTimeOffset until, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(watched.Clock);
        // A delay is counted in whole milliseconds and what is left over cut off: on a clock that jumps it never
        // passes.
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((until - Now).TotalMilliseconds))),
            watched.Clock, ct).ConfigureAwait(false);
    }

    private TimeSpan Jittered(TimeSpan wait) => wait * (1 - (pace.Jitter * chance.NextDouble()));

    private void Tell(IReadOnlyList<WatchEvent> events)
    {
        if (events.Count > 0)
        {
            tell(events);
        }
    }

    /// <summary>Cancelled by the caller or by the clock.</summary>
    private sealed class Deadline : CancellationTokenSource
    {
        private readonly CancellationTokenRegistration _stop;

        public Deadline(TimeSpan time, TimeProvider clock, CancellationToken ct)
            : base(time, clock)
        {
            _stop = ct.Register(Cancel);
        }

        protected override void Dispose(bool disposing)
        {
            _stop.Dispose();
            base.Dispose(disposing);
        }
    }
}
