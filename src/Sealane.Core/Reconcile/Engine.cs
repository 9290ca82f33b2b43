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
    ResourceGraph graph, TimeProvider clock, IJournal journal, IEventSink events)
{
    /// <param name="stop">Asks the run to begin nothing more and to stop waiting; calls in flight are finished.</param>
    public Task<RunReport> Apply(Plan plan, CancellationToken stop)
    {
        var replaced = plan.Steps.Where(step => step.Action == StepAction.Replace).Select(step => step.Id)
            .ToHashSet(StringComparer.Ordinal);
        return new Walk(graph, clock, journal, events, new Known()).Apply(replaced, stop);
    }

    /// <summary>Deletes all that is ours, last built first. <paramref name="known"/> is a fresh survey.</summary>
    public Task<RunReport> Destroy(Known known, CancellationToken stop) =>
        new Walk(graph, clock, journal, events, known).Destroy(stop);
}
