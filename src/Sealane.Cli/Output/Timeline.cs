using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>
/// Keeps when each step began and when its object truly became ready, which is a little before the look that found it
/// so.
/// From these follows the critical path of the clouds' own times: the shortest that any tool could have taken.
/// </summary>
/// <param name="readyBetween">The last moment in an interval at which anything changed in the cloud; null when
/// unknown.</param>
internal sealed class Timeline(Func<DateTimeOffset, DateTimeOffset, DateTimeOffset?> readyBetween) : IEventSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _times = new(StringComparer.Ordinal);
    private readonly List<(string Id, DateTimeOffset From, DateTimeOffset Until)> _steps = [];

    public void Emit(EngineEvent happened)
    {
        if (happened is not StepDone done)
        {
            return;
        }
        var late = done.LastSeenUnready is { } unready && readyBetween(unready, done.At) is { } ready ? done.At - ready
            : TimeSpan.Zero;
        lock (_gate)
        {
            // What is replaced is deleted and made: both take time.
            _times[done.Id!] = _times.GetValueOrDefault(done.Id!) + done.Took - late;
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

    public TimeSpan CriticalPath(ResourceGraph graph)
    {
        lock (_gate)
        {
            return graph.CriticalPath(resource => _times.GetValueOrDefault(resource.Id)).Length;
        }
    }
}
