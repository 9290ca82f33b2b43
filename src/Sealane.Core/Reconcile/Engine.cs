namespace Sealane.Core.Reconcile;

/// <summary>How a run ended.</summary>
public enum RunResult
{
    Done,
    Failed,

    /// <summary>Stopped by the user; the clouds go on with what they were asked, and the next run finds it.</summary>
    Interrupted,
}

/// <summary>The run in figures.</summary>
public sealed record RunReport(
    RunResult Result, int Created, int Updated, int Unchanged, int Deleted, TimeSpan Took,
    IReadOnlyList<StepFailed> Failures, Known Known);

/// <summary>
/// Walks the graph: everything whose predecessors are ready runs, side by side. Resources know nothing of order,
/// waiting
/// or repetition; all of that is here and in <see cref="Stepper"/>.
/// </summary>
public sealed class Engine(
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events, IClaim? claim = null)
{
    private static readonly TimeSpan BetweenSurveys = TimeSpan.FromSeconds(30);
    private readonly IClaim _claim = claim ?? new NoClaim();

    /// <param name="stop">Asks the run to begin nothing more and to stop waiting; calls in flight are finished.</param>
    /// <exception cref="ClaimHeld">Another run works on the link; nothing was done.</exception>
    public async Task<RunReport> Apply(Plan plan, CancellationToken stop)
    {
        var replaced = plan.Steps.Where(step => step.Action == StepAction.Replace).Select(step => step.Id)
            .ToHashSet(StringComparer.Ordinal);
        var orders = new Orders(_claim, clock, journal);
        var begins = plan.Steps.Any(step => step.Action is StepAction.Create or StepAction.Replace);
        return await Run(orders, begins, () => new Walk(graph, clock, journal, events, new Known(), orders)
            .Apply(replaced, stop), stop).ConfigureAwait(false);
    }

    /// <summary>Deletes all that is ours, last built first. <paramref name="known"/> is a fresh survey.</summary>
    /// <exception cref="ClaimHeld">Another run works on the link; nothing was done.</exception>
    public async Task<RunReport> Destroy(Known known, CancellationToken stop)
    {
        var orders = new Orders(_claim, clock, journal);
        using (VirtualClock.Enter(clock))
        {
            if (await orders.MayBeUnlisted(stop).ConfigureAwait(false))
            {
                known = await SurveyUntilListed(stop).ConfigureAwait(false);
            }
        }
        return await Run(orders, begins: true,
            () => new Walk(graph, clock, journal, events, known, orders).Destroy(stop), stop).ConfigureAwait(false);
    }

    /// <summary>Looks until all that was ordered a moment ago must show: or it would stay on the bill.</summary>
    private async Task<Known> SurveyUntilListed(CancellationToken stop)
    {
        var start = clock.GetTimestamp();
        var lag = graph.Resources.Where(resource => resource.IsMade).Max(resource => resource.CreateLag);
        while (clock.GetElapsedTime(start) < lag)
        {
            await Task.Delay(BetweenSurveys, clock, stop).ConfigureAwait(false);
            await Survey.Take(graph, stop).ConfigureAwait(false);
        }
        foreach (var id in journal.Open.ToList())
        {
            journal.End(id, clock.GetUtcNow());
        }
        return await Survey.Take(graph, stop).ConfigureAwait(false);
    }

    /// <summary>Under the claim, where anything is ordered or deleted.</summary>
    private async Task<RunReport> Run(
        Orders orders, bool begins, Func<Task<RunReport>> walk, CancellationToken stop)
    {
        if (begins)
        {
            using var turn = VirtualClock.Enter(clock);
            await orders.Claim(stop).ConfigureAwait(false);
        }
        var report = await walk().ConfigureAwait(false);
        using (VirtualClock.Enter(clock))
        {
            await orders.Close().ConfigureAwait(false);
        }
        return report;
    }
}
