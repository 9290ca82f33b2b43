namespace Sealane.Core.Reconcile;

/// <summary>One step: look, compare, act, wait until ready.</summary>
internal sealed class Stepper(
    TimeProvider clock, IEventSink events, Known known, Patience patience, Creation creation)
{
    /// <summary>How often an update may find something else to change: one tunnel at a time, one prefix at a
    /// time.</summary>
    private const int MaxUpdates = 8;

    public static Stepper For(
        TimeProvider clock, IJournal journal, IEventSink events, Known known, Orders orders,
        IReadOnlyDictionary<string, TimeSpan> slack)
    {
        var patience = new Patience(clock, journal, events, known, slack);
        return new(clock, events, known, patience, new(clock, journal, events, known, orders, patience));
    }

    public async Task<StepAction> Apply(Resource resource, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        var observed = await patience.Look(resource, stop).ConfigureAwait(false);
        while (observed is not null && observed.IsLeaving)
        {
            await patience.Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
                .ConfigureAwait(false);
            observed = await patience.Look(resource, stop).ConfigureAwait(false);
        }
        var action = StepAction.Keep;
        if (observed is null)
        {
            action = StepAction.Create;
            events.Emit(new StepStarted(clock.GetUtcNow(), resource.Id, action, resource.Expected, []));
            await creation.Of(resource, stop).ConfigureAwait(false);
        }
        var ready = await Settle(resource, action, start, stop).ConfigureAwait(false);
        known.Set(resource.Id, ready.Seen);
        events.Emit(new StepDone(clock.GetUtcNow(), resource.Id, ready.Action, clock.GetElapsedTime(start),
            ready.LastUnready, ready.Seen.View));
        return ready.Action;
    }

    /// <param name="held">How long the cloud would refuse it for what this run has just deleted.</param>
    public async Task<StepAction> Delete(Resource resource, TimeSpan held, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        events.Emit(new StepStarted(clock.GetUtcNow(), resource.Id, StepAction.Delete, resource.ExpectedDelete, []));
        if (held > TimeSpan.Zero)
        {
            events.Emit(new StepWaiting(clock.GetUtcNow(), resource.Id, "held by what has just gone",
                TimeSpan.Zero, held));
            await Task.Delay(held, clock, stop).ConfigureAwait(false);
        }
        var asked = false;
        var lost = 0;
        DateTimeOffset? lastSeen = null;
        for (; ; )
        {
            Sighting? observed;
            try
            {
                observed = await patience.Look(resource, stop).ConfigureAwait(false);
            }
            // It was taken, and has ended without effect for a reason that passes: it is asked for again.
            catch (CloudError error) when (asked && error.Kind is CloudErrorKind.Busy)
            {
                asked = false;
                await patience.Pause(resource, error.Code ?? "busy", start, resource.ExpectedDelete, stop)
                    .ConfigureAwait(false);
                continue;
            }
            // What was set on an object that stays is taken back, and the object is still there.
            if (observed is null || (resource.Making == Making.Set && !observed.IsOurs))
            {
                break;
            }
            if (!asked || !observed.IsLeaving)
            {
                asked = await patience.Surely(resource, () => observed.Delete(CancellationToken.None), lost, stop)
                    .ConfigureAwait(false);
                lost += asked ? 0 : 1;
                if (asked && resource.GoesWithItsNeeds)
                {
                    break;
                }
            }
            lastSeen = clock.GetUtcNow();
            await patience.Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
                .ConfigureAwait(false);
        }
        events.Emit(new StepDone(clock.GetUtcNow(), resource.Id, StepAction.Delete, clock.GetElapsedTime(start),
            lastSeen, null));
        return StepAction.Delete;
    }

    public async Task<StepAction> AwaitAbsence(Resource resource, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        while (await patience.Look(resource, stop).ConfigureAwait(false) is { } observed)
        {
            await patience.Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
                .ConfigureAwait(false);
        }
        if (resource.Retires)
        {
            events.Emit(new StepDone(clock.GetUtcNow(), resource.Id, StepAction.Keep, clock.GetElapsedTime(start),
                null, null));
        }
        return StepAction.Keep;
    }

    /// <summary>Looks until the object is ready and as wanted, changing in place what differs.</summary>
    private async Task<(StepAction Action, Sighting Seen, DateTimeOffset? LastUnready)> Settle(
        Resource resource, StepAction action, long start, CancellationToken stop)
    {
        DateTimeOffset? lastUnready = null;
        IReadOnlyList<string> asked = [];
        var (updates, lost) = (0, 0);
        for (; ; )
        {
            var observed = await patience.Look(resource, stop).ConfigureAwait(false);
            var state = observed is null ? "absent" : observed.State;
            if (observed is not null)
            {
                // What failed may be cured by being sent again, once.
                var change = observed.Compare(known);
                var curable = observed.Failure is not null && change.Kind == ChangeKind.InPlace
                    && !change.Differences.SequenceEqual(asked);
                if (observed.Failure is { } failure && !curable)
                {
                    throw new StepRefused(failure);
                }
                var ready = observed.IsReady || curable;
                switch (change.Kind)
                {
                    case ChangeKind.None when ready:
                        return (action, observed, lastUnready);
                    case ChangeKind.InPlace when ready && !change.Differences.SequenceEqual(asked):
                        if (++updates > MaxUpdates)
                        {
                            throw new StepRefused(
                                $"still differs after {MaxUpdates} changes: {string.Join("; ", change.Differences)}");
                        }
                        action = action == StepAction.Create ? action : StepAction.Update;
                        asked = change.Differences;
                        events.Emit(new StepStarted(clock.GetUtcNow(), resource.Id, StepAction.Update,
                            resource.Expected, asked));
                        if (!await patience.Surely(resource,
                            () => observed.Update(known, CancellationToken.None), lost, stop)
                            .ConfigureAwait(false))
                        {
                            (asked, lost) = ([], lost + 1);
                        }
                        break;
                    case ChangeKind.InPlace when ready:
                        state = $"{state}, not yet as asked";
                        break;
                    // An object that is still coming up may not show all its members yet.
                    case ChangeKind.Replace or ChangeKind.Refused when ready
                        || clock.GetElapsedTime(start) > resource.Expected:
                        throw new StepRefused(
                            $"{(change.Kind == ChangeKind.Refused ? "cannot be changed" : "changed under our hands")}: "
                            + string.Join("; ", change.Differences));
                }
            }
            var waited = clock.GetElapsedTime(start);
            if (resource is IGate gate
                && await gate.WhileWaiting(known, waited, CancellationToken.None)
                .ConfigureAwait(false) is { } note)
            {
                events.Emit(new StepNote(clock.GetUtcNow(), resource.Id, note));
            }
            lastUnready = clock.GetUtcNow();
            await patience.Pause(resource, state, start, resource.Expected, stop,
                observed?.Hindrance).ConfigureAwait(false);
        }
    }
}
