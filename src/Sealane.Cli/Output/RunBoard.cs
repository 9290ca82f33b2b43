using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

internal enum Standing
{
    Queued,
    Working,
    Done,
    Failed,
    Skipped,

    /// <summary>The run was stopped; the cloud goes on with what it was asked.</summary>
    InFlight,
}

/// <summary>Where one step stands, as the events told it.</summary>
internal sealed class StepStanding(Resource resource)
{
    public Resource Resource { get; } = resource;
    public Standing Standing { get; set; }
    public StepAction Action { get; set; }

    /// <summary>The vendor's word, or what is being waited for.</summary>
    public string Detail { get; set; } = "";
    public DateTimeOffset? StartedAt { get; set; }
    public TimeSpan Took { get; set; }
    public TimeSpan Expected { get; set; } = resource.Expected;
}

/// <summary>The state of a run, kept up to date from its events: what the live view draws.</summary>
internal sealed class RunBoard(ResourceGraph graph, IReadOnlyList<Resource> resources) : IEventSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, StepStanding> _steps =
        resources.ToDictionary(resource => resource.Id, resource => new StepStanding(resource), StringComparer.Ordinal);

    public List<string> Notes { get; } = [];

    public DateTimeOffset? LastEventAt { get; private set; }

    public T Read<T>(Func<IReadOnlyCollection<StepStanding>, T> read)
    {
        lock (_gate)
        {
            return read(_steps.Values);
        }
    }

    /// <summary>How long the rest should take: the longest way through what is not done yet.</summary>
    public TimeSpan Remaining(DateTimeOffset now) => Read(_ => graph.CriticalPath(resource =>
        _steps.TryGetValue(resource.Id, out var step) ? Left(step, now) : TimeSpan.Zero).Length);

    public void Emit(EngineEvent happened)
    {
        lock (_gate)
        {
            LastEventAt = happened.At;
            if (happened.Id is null || !_steps.TryGetValue(happened.Id, out var step))
            {
                return;
            }
            step.StartedAt ??= happened.At;
            switch (happened)
            {
                case StepStarted started:
                    (step.Standing, step.Action, step.Expected) = (Standing.Working, started.Action, started.Expected);
                    step.Detail = string.Join("; ", started.Differences);
                    break;
                case StepWaiting waiting:
                    (step.Standing, step.Detail) = (Standing.Working, waiting.State);
                    break;
                case StepNote note:
                    Notes.Add($"{note.Id}: {note.Text}");
                    break;
                case StepDone done:
                    (step.Standing, step.Action, step.Took) = (Standing.Done, done.Action, done.Took);
                    step.Detail = done.View is { } view ? view.State : "deleted";
                    break;
                case StepFailed failed:
                    (step.Standing, step.Detail) = (Standing.Failed, failed.Reason);
                    break;
                case StepSkipped skipped:
                    (step.Standing, step.Detail) =
                        (step.Standing is Standing.Working ? Standing.InFlight : Standing.Skipped, skipped.Because);
                    break;
            }
        }
    }

    private static TimeSpan Left(StepStanding step, DateTimeOffset now) => step.Standing switch
    {
        Standing.Done or Standing.Failed or Standing.Skipped or Standing.InFlight => TimeSpan.Zero,
        Standing.Working when step.StartedAt is { } start =>
            step.Expected - (now - start) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero,
        _ => step.Expected,
    };
}
