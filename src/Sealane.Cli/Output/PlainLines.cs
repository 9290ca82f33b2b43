using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>A run as plain lines: for pipes, logs and people who scroll. One line for each thing that
/// changed.</summary>
/// <param name="awaited">What the plan said would be waited for: it is ready at last, and not unchanged.</param>
internal sealed class PlainLines(TextWriter output, DateTimeOffset start, IReadOnlySet<string>? awaited = null)
    : IEventSink
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _lastState = new(StringComparer.Ordinal);

    public void Emit(EngineEvent happened)
    {
        lock (_gate)
        {
            if (Line(happened) is { } line)
            {
                output.WriteLine(Plain.Lines($"{Durations.Clock(happened.At - start)}  {line}"));
            }
        }
    }

    private string? Line(EngineEvent happened)
    {
        switch (happened)
        {
            case StepStarted started:
                _lastState[started.Id!] = "";
                var usual = started.Expected > TimeSpan.Zero ? $" (usually {Durations.Words(started.Expected)})" : "";
                var what = started.Differences.Count > 0 ? $": {string.Join("; ", started.Differences)}" : "";
                return $"{Verb(started.Action),-9} {started.Id}{usual}{what}";
            case StepWaiting waiting when _lastState.GetValueOrDefault(waiting.Id!) != waiting.State:
                _lastState[waiting.Id!] = waiting.State;
                return $"waiting   {waiting.Id}: {waiting.State}";
            case StepDone { Action: StepAction.Keep } kept when awaited?.Contains(kept.Id!) != true:
                return $"unchanged {kept.Id}";
            case StepDone done:
                return $"ready     {done.Id} after "
                    + $"{Durations.Words(done.Took)}{(done.View?.CloudId is { } id ? $": {ShortIds.In(id)}" : "")}"
                    .Replace("ready     ", done.Action == StepAction.Delete ? "deleted   " : "ready     ",
                        StringComparison.Ordinal);
            case StepNote note:
                return $"note      {note.Id}: {note.Text}";
            case StepFailed failed:
                return $"FAILED    {failed.Id}: {failed.Reason}";
            case StepSkipped skipped:
                return $"skipped   {skipped.Id}: {skipped.Because}";
            default:
                return null;
        }
    }

    private static string Verb(StepAction action) => action switch
    {
        StepAction.Create => "create",
        StepAction.Update => "update",
        StepAction.Replace => "replace",
        StepAction.Delete => "delete",
        _ => "look",
    };
}
