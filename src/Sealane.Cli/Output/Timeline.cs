using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>
/// Keeps when each step began and when its object truly became ready, which is a little before the look that found it
/// so. From these follows the critical path of the clouds' own times: the shortest in which any tool could have gone
/// through the run's turns.
/// </summary>
/// <param name="readyBetween">The last moment in an interval at which anything changed in the cloud; null when
/// unknown.</param>
internal sealed class Timeline(Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> readyBetween) : IEventSink
{
    private readonly Lock _gate = new();
    private readonly List<(string Id, DateTimeOffset At, TimeSpan Late)> _late = [];
    private readonly List<(string Id, DateTimeOffset From, DateTimeOffset Until)> _steps = [];

    public void Emit(EngineEvent happened)
    {
        if (happened is not StepDone done)
        {
            return;
        }
        lock (_gate)
        {
            if (done.LastSeenUnready is { } unready && readyBetween(unready, done.At) is { } ready)
            {
                _late.Add((done.Id!, done.At, done.At - ready));
            }
            if (done.Action is not StepAction.Keep)
            {
                _steps.Add((done.Id!, done.At - done.Took, done.At));
            }
        }
    }

    /// <summary>The step that was changing something at a moment and had begun last; null where none was.</summary>
    public string? At(DateTimeOffset moment)
    {
        lock (_gate)
        {
            return _steps.Where(step => step.From <= moment && moment <= step.Until)
                .OrderByDescending(step => step.From)
                .Select(step => step.Id).FirstOrDefault();
        }
    }

    /// <summary>The longest way through the turns of a run, which stand in the order in which they ended.</summary>
    public TimeSpan CriticalPath(RunReport report)
    {
        lock (_gate)
        {
            var ends = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
            foreach (var turn in report.Turns)
            {
                var late = _late.Where(late => late.Id == turn.Id && turn.Began <= late.At && late.At <= turn.Ended)
                    .Select(late => late.Late).LastOrDefault();
                ends[turn.Key] = turn.Before.Select(key => ends[key]).DefaultIfEmpty().Max()
                    + (turn.Ended - turn.Began - late);
            }
            return ends.Values.DefaultIfEmpty().Max();
        }
    }
}
