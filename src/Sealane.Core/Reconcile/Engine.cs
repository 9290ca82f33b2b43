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
    IReadOnlyList<StepFailed> Failures, Known Known)
{
    /// <summary>What was done, each after all that it waited for.</summary>
    public IReadOnlyList<TurnTaken> Turns { get; init; } = [];
}

/// <summary>A turn that a resource had in a run, which it may have had more than once: to go, and to be made
/// again.</summary>
/// <param name="Before">The keys of the turns that it waited for.</param>
public sealed record TurnTaken(
    string Key, string Id, IReadOnlySet<string> Before, DateTimeOffset Began, DateTimeOffset Ended);

/// <summary>
/// Walks the graph: everything whose predecessors are ready runs, side by side. Resources know nothing of order,
/// waiting
/// or repetition; all of that is here and in <see cref="Stepper"/>.
/// </summary>
public sealed class Engine(
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events, IClaim? claim = null)
{
    private readonly IClaim _claim = claim ?? new NoClaim();
    private readonly Intents _intents = new(
        clock, journal, id => graph.Has(id) ? graph[id].ListLag : TimeSpan.Zero);

    /// <summary>
    /// Carries out a plan. Each object is looked at again in its turn, but where nothing at all is to be done:
    /// <paramref name="seen"/>, the survey that the plan was made from, is a moment old then and says all there is.
    /// </summary>
    public Task<RunReport> Apply(Plan plan, Known seen, CancellationToken stop) =>
        plan.Steps.Any(step => step.Action != StepAction.Keep) || _intents.Open.Count > 0 ? Apply(plan, stop)
        : Run(seen, (orders, known) =>
            Task.FromResult(new Walk(graph, clock, _intents, events, known, orders).Keep()), stop);

    /// <param name="stop">Asks the run to begin nothing more and to stop waiting; calls in flight are finished.</param>
    /// <exception cref="ClaimHeld">Another run works on the link; nothing was done.</exception>
    public async Task<RunReport> Apply(Plan plan, CancellationToken stop)
    {
        // An earlier run that ended early has left its claim to this one, which lets go of it.
        var begins = _intents.Open.Count > 0 || plan.Steps.Any(step => step.Action is StepAction.Create
            or StepAction.Replace or StepAction.Delete);
        return await Run(new Known(), async (orders, known) =>
        {
            if (begins)
            {
                using var turn = VirtualClock.Enter(clock);
                await orders.Claim(stop).ConfigureAwait(false);
            }
            return await new Walk(plan.Graph, clock, _intents, events, known, orders, plan.Slack).Apply(plan, stop)
                .ConfigureAwait(false);
        }, stop).ConfigureAwait(false);
    }

    /// <summary>Deletes all that is ours, last built first. <paramref name="known"/> is a fresh survey.</summary>
    /// <exception cref="ClaimHeld">Another run works on the link; nothing was done.</exception>
    public Task<RunReport> Destroy(Known known, CancellationToken stop) => Run(known, async (orders, found) =>
    {
        using (VirtualClock.Enter(clock))
        {
            var unlisted = await orders.MayBeUnlisted(AnyToDelete(found), stop).ConfigureAwait(false);
            if (unlisted)
            {
                found = await SurveyWhenListed(stop).ConfigureAwait(false);
            }
            if (unlisted || AnyToDelete(found))
            {
                await orders.Claim(stop).ConfigureAwait(false);
            }
        }
        return await new Walk(graph.Whole(found), clock, _intents, events, found, orders).Destroy(stop)
            .ConfigureAwait(false);
    }, stop);

    private bool AnyToDelete(Known known) =>
        graph.Whole(known).Resources.Any(resource => Survey.ToDelete(resource, known));

    /// <summary>Looks when all that was ordered a moment ago must show: or it would stay on the bill. A look before
    /// then could not say that something is not there, so there is none.</summary>
    private async Task<Known> SurveyWhenListed(CancellationToken stop)
    {
        var lag = graph.Resources.Where(resource => resource.IsMade).Max(resource => resource.CreateLag);
        events.Emit(new StepNote(clock.GetUtcNow(), graph.Resources[0].Id, "an earlier run may have ordered what no "
            + $"list shows yet: waiting {lag.TotalMinutes:0} minutes before looking for all that is to go"));
        await Task.Delay(lag, clock, stop).ConfigureAwait(false);
        foreach (var id in _intents.Open.Keys)
        {
            _intents.End(id, clock.GetUtcNow());
        }
        return await Survey.Take(graph, stop).ConfigureAwait(false);
    }

    private async Task<RunReport> Run(
        Known known, Func<Orders, Known, Task<RunReport>> walk, CancellationToken stop)
    {
        using var orders = new Orders(_claim, clock, _intents, graph.ListLag);
        RunReport report;
        try
        {
            report = await walk(orders, known).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            report = new(RunResult.Interrupted, 0, 0, 0, 0, TimeSpan.Zero, [], known);
        }
        using (VirtualClock.Enter(clock))
        {
            try
            {
                if (report.Result == RunResult.Done)
                {
                    await Outlast(orders, stop).ConfigureAwait(false);
                }
                await orders.Close().ConfigureAwait(false);
            }
            catch (CloudError error)
            {
                // The next run of this machine finds it; others are told whose it is.
                events.Emit(new StepNote(clock.GetUtcNow(), graph.Resources[0].Id,
                    $"the claim on the link could not be let go of: {error.Describe()}"));
            }
        }
        return report;
    }

    /// <summary>Nobody comes after a run that is done and looks for what it ordered: so it stays until every list shows
    /// that.</summary>
    private async Task Outlast(Orders orders, CancellationToken stop)
    {
        if (orders.Young is var young && young > TimeSpan.Zero)
        {
            events.Emit(new StepNote(clock.GetUtcNow(), graph.Resources[0].Id, "all is there; holding the link for "
                + $"{Math.Ceiling(young.TotalSeconds):0} s more, in which a list may yet leave out what was ordered"));
            await Task.Delay(young, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
