using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>A line of the schedule: a step at its usual start, or the moment at which locks are closed.</summary>
/// <param name="Step">Null where <paramref name="Closed"/> tells.</param>
internal sealed record ScheduleRow(TimeSpan Start, PlanStep? Step, Locks Closed);

/// <summary>
/// The steps of a plan as they will follow one another when each takes its usual time. A step begins when everything
/// before it is ready, so what a lock guards can only stand below the line that says that the lock is closed.
/// </summary>
internal sealed record Schedule(IReadOnlyList<ScheduleRow> Rows)
{
    public static Schedule Of(Plan plan)
    {
        var ends = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var starts = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        // A plan lists each step after those that it waits for.
        foreach (var step in plan.Steps)
        {
            starts[step.Id] = step.Before.Select(id => ends.GetValueOrDefault(id)).DefaultIfEmpty().Max();
            ends[step.Id] = starts[step.Id] + Takes(step);
        }
        var rows = plan.Steps.Where(step => step.Action != StepAction.Keep)
            .Select(step => new ScheduleRow(starts[step.Id], step, Locks.None)).ToList();
        rows.AddRange(Closings(plan, ends));
        // Among equals a lock comes first: what it guards begins at the very moment at which it is closed.
        return new([.. rows.OrderBy(row => row.Start).ThenBy(row => row.Step is null ? 0 : 1)]);
    }

    /// <summary>When each lock has its last part, and only those that this run has to close.</summary>
    private static IEnumerable<ScheduleRow> Closings(Plan plan, Dictionary<string, TimeSpan> ends) =>
        from each in Enum.GetValues<Locks>()
        where System.Numerics.BitOperations.PopCount((uint)each) == 1
        let closers = plan.Steps.Where(step => (step.Resource.Closes & each) != 0).ToList()
        where closers.Any(step => step.Action != StepAction.Keep)
        group each by closers.Max(step => ends[step.Id]) into moment
        select new ScheduleRow(moment.Key, null, moment.Aggregate(Locks.None, (all, one) => all | one));

    private static TimeSpan Takes(PlanStep step) => step.Action is StepAction.Keep or StepAction.Refuse ? TimeSpan.Zero
        : step.Expected;
}
