namespace Sealane.Core.Reconcile;

/// <summary>
/// One step: look, compare, act, wait until ready. A create is never repeated before the cloud had the time to show the
/// object of the first try.
/// </summary>
internal sealed class Stepper(TimeProvider clock, IJournal journal, IEventSink events, Known known, Orders orders)
{
    /// <summary>How often an update may find something else to change: one tunnel at a time, one prefix at a
    /// time.</summary>
    private const int MaxUpdates = 8;
    private const int MaxCreates = 3;

    /// <summary>How often the answer to a change or a deletion may be lost before the step gives up.</summary>
    private const int MaxLost = 8;

    /// <summary>How long a cloud may be unwell before a step gives up asking it.</summary>
    private static readonly TimeSpan Unwell = TimeSpan.FromMinutes(5);

    public async Task<StepAction> Apply(Resource resource, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        var observed = await Look(resource, stop).ConfigureAwait(false);
        while (observed is not null && observed.IsLeaving)
        {
            await Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
                .ConfigureAwait(false);
            observed = await Look(resource, stop).ConfigureAwait(false);
        }
        var action = StepAction.Keep;
        if (observed is null)
        {
            action = StepAction.Create;
            events.Emit(new StepStarted(clock.GetUtcNow(), resource.Id, action, resource.Expected, []));
            await Create(resource, stop).ConfigureAwait(false);
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
        while (await Look(resource, stop).ConfigureAwait(false) is { } observed)
        {
            if (!asked || !observed.IsLeaving)
            {
                asked = await Surely(resource, () => observed.Delete(CancellationToken.None), lost, stop)
                    .ConfigureAwait(false);
                lost += asked ? 0 : 1;
                if (asked && resource.GoesWithItsNeeds)
                {
                    break;
                }
            }
            await Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
                .ConfigureAwait(false);
        }
        events.Emit(new StepDone(clock.GetUtcNow(), resource.Id, StepAction.Delete, clock.GetElapsedTime(start), null,
            null));
        return StepAction.Delete;
    }

    public async Task<StepAction> AwaitAbsence(Resource resource, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        while (await Look(resource, stop).ConfigureAwait(false) is { } observed)
        {
            await Pause(resource, observed.State, start, resource.ExpectedDelete, stop)
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
            var observed = await Look(resource, stop).ConfigureAwait(false);
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
                        if (!await Surely(resource,
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
            await Pause(resource, state, start, resource.Expected, stop).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Creates once. What an earlier run may have ordered, and what was ordered without a usable answer, is looked for
    /// until the cloud's own lag has passed. The intent stays open until the object is seen: a reply is no sight of it.
    /// </summary>
    private async Task Create(Resource resource, CancellationToken stop)
    {
        if (!resource.IsMade)
        {
            throw new StepRefused("it is named in the spec as existing, but it is not there");
        }
        if (await Claimed(resource, stop).ConfigureAwait(false) is var wait && wait > TimeSpan.Zero)
        {
            events.Emit(new StepNote(clock.GetUtcNow(), resource.Id,
                $"an earlier run may have ordered it: looking for {wait.TotalSeconds:0} s before ordering again"));
            if (await LookFor(resource, wait, stop).ConfigureAwait(false))
            {
                return;
            }
        }
        if (resource.Billed && orders.Refusal is not null)
        {
            throw HeldBack();
        }
        for (var attempt = 1; ; attempt++)
        {
            stop.ThrowIfCancellationRequested();
            journal.Begin(resource.Id, StepAction.Create, clock.GetUtcNow());
            try
            {
                await Patiently(resource,
                    () => resource.Make(known, resource.Billed ? orders.Refused : CancellationToken.None), stop)
                    .ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (resource.Billed && orders.Refused.IsCancellationRequested)
            {
                // While it was prepared. Calls in flight are finished, so a look decides whether it had gone out.
                if (await LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    return;
                }
                journal.End(resource.Id, clock.GetUtcNow());
                throw HeldBack();
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Uncertain && attempt < MaxCreates)
            {
                TellLost(resource, error);
                if (await LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Exists)
            {
                if (!await LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    throw;
                }
                return;
            }
            catch (CloudError error) when (error.Kind is not CloudErrorKind.Uncertain)
            {
                // A clear refusal: nothing was made.
                journal.End(resource.Id, clock.GetUtcNow());
                throw;
            }
        }
    }

    private StepHeldBack HeldBack() => new($"not ordered, because {orders.Refusal} was refused");

    /// <summary>Under the claim alone is anything ordered, also what has gone since the plan was made.</summary>
    private async Task<TimeSpan> Claimed(Resource resource, CancellationToken stop)
    {
        try
        {
            return await orders.LookFor(resource, stop).ConfigureAwait(false);
        }
        catch (ClaimHeld held)
        {
            throw new StepRefused(held.Message);
        }
    }

    private void TellLost(Resource resource, CloudError error) => events.Emit(new StepNote(
        clock.GetUtcNow(), resource.Id, $"the answer was lost ({error.Message}): looking before asking again"));

    private async Task<bool> LookFor(Resource resource, TimeSpan wait, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        for (; ; )
        {
            if (await Look(resource, stop).ConfigureAwait(false) is not null)
            {
                return true;
            }
            if (clock.GetElapsedTime(start) >= wait)
            {
                return false;
            }
            await Task.Delay(Pace.Next(TimeSpan.Zero, TimeSpan.Zero), clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// A change or deletion can be asked for twice without harm: when its answer is lost, the next look decides.
    /// </summary>
    /// <returns>Whether the cloud has confirmed it.</returns>
    private async Task<bool> Surely(Resource resource, Func<Task> call, int lost, CancellationToken stop)
    {
        try
        {
            return await Patiently(resource, call, stop).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.Uncertain && lost < MaxLost)
        {
            TellLost(resource, error);
            return false;
        }
    }

    /// <summary>Repeats a call that the cloud refuses for now: another operation runs, something still refers to
    /// it.</summary>
    private async Task<bool> Patiently(Resource resource, Func<Task> call, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        for (; ; )
        {
            try
            {
                await call().ConfigureAwait(false);
                return true;
            }
            catch (CloudError error)
                when (error.Kind is CloudErrorKind.Busy && clock.GetElapsedTime(start) < resource.Budget)
            {
                events.Emit(new StepWaiting(clock.GetUtcNow(), resource.Id, error.Code ?? "busy",
                    clock.GetElapsedTime(start), TimeSpan.Zero));
                await Task.Delay(error.RetryAfter ?? Pace.Next(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)), clock,
                    stop).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// One look, and patience with a cloud that is unwell: a question changes nothing and may be asked again. What is
    /// seen ends the intent to create it.
    /// </summary>
    private async Task<Sighting?> Look(Resource resource, CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        for (; ; )
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                var seen = await resource.Look(known, CancellationToken.None).ConfigureAwait(false);
                if (seen is not null)
                {
                    if (resource.Billed && journal.Open.Contains(resource.Id))
                    {
                        events.Emit(new StepOrdered(clock.GetUtcNow(), resource.Id, seen.View));
                    }
                    journal.End(resource.Id, clock.GetUtcNow());
                }
                return seen;
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Unavailable or CloudErrorKind.Throttled
                && clock.GetElapsedTime(start) < Unwell)
            {
                events.Emit(new StepWaiting(clock.GetUtcNow(), resource.Id, error.Code ?? "no answer",
                    clock.GetElapsedTime(start), TimeSpan.Zero));
                await Task.Delay(error.RetryAfter ?? Pace.Next(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5)), clock,
                    stop).ConfigureAwait(false);
            }
        }
    }

    private async Task Pause(Resource resource, string state, long start, TimeSpan expected, CancellationToken stop)
    {
        var waited = clock.GetElapsedTime(start);
        if (waited > resource.Budget + expected)
        {
            throw new StepRefused($"still {state} after {waited.TotalMinutes:0} minutes; the cloud may yet finish it: "
                + $"run the command again to go on");
        }
        events.Emit(new StepWaiting(clock.GetUtcNow(), resource.Id, state, waited, expected));
        await Task.Delay(Pace.Next(expected, waited), clock, stop).ConfigureAwait(false);
    }
}
