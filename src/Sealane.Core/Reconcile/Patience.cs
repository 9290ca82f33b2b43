namespace Sealane.Core.Reconcile;

/// <summary>
/// How long a cloud is waited for: one that is unwell, busy, or still at work, and what becomes of an answer that was
/// lost on the way.
/// </summary>
internal sealed class Patience(
    TimeProvider clock, IJournal journal, IEventSink events, Known known, IReadOnlyDictionary<string, TimeSpan> slack)
{
    /// <summary>How often the answer to a change or a deletion may be lost before the step gives up.</summary>
    private const int MaxLost = 8;

    /// <summary>How long a cloud may be unwell before a step gives up asking it.</summary>
    private static readonly TimeSpan Unwell = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A change or deletion can be asked for twice without harm: when its answer is lost, the next look decides.
    /// </summary>
    /// <returns>Whether the cloud has confirmed it.</returns>
    public async Task<bool> Surely(Resource resource, Func<Task> call, int lost, CancellationToken stop)
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
    public async Task<bool> Patiently(Resource resource, Func<Task> call, CancellationToken stop)
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
    public async Task<Sighting?> Look(Resource resource, CancellationToken stop)
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
                    if (resource.Billed && journal.Open.ContainsKey(resource.Id))
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

    /// <param name="hindrance">What is in the way, where the object tells.</param>
    public async Task Pause(Resource resource, string state, long start, TimeSpan expected, CancellationToken stop,
        string? hindrance = null)
    {
        var waited = clock.GetElapsedTime(start);
        if (waited > resource.Budget + expected)
        {
            throw new StepRefused($"still {state} after {waited.TotalMinutes:0} minutes; "
                + $"{hindrance ?? "the cloud may yet finish it"}: run the command again to go on");
        }
        events.Emit(new StepWaiting(clock.GetUtcNow(), resource.Id, state, waited, expected));
        var pause = Pace.Next(expected, waited, slack.GetValueOrDefault(resource.Id));
        await Task.Delay(pause, clock, stop).ConfigureAwait(false);
    }

    /// <returns>Whether it has shown within that time.</returns>
    public async Task<bool> LookFor(Resource resource, TimeSpan wait, CancellationToken stop)
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

    public void TellLost(Resource resource, CloudError error) => events.Emit(new StepNote(
        clock.GetUtcNow(), resource.Id, $"the answer was lost ({error.Message}): looking before asking again"));
}
