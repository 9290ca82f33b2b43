using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>
/// The intents of one run. An order that was seen is none any more; but lists may go back on it for as long as they
/// lag. So it is written down as ended when that time is over: a run that ends before leaves it to the next one, which
/// then looks for as long before it orders again.
/// </summary>
public sealed class Intents(TimeProvider clock, IJournal journal, Func<string, TimeSpan> lag) : IJournal
{
    private readonly long _start = clock.GetTimestamp();
    private readonly ConcurrentDictionary<string, long> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    /// <summary>What this run has not seen.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Open =>
        _seen.IsEmpty ? journal.Open
            : journal.Open.Where(begun => !_seen.ContainsKey(begun.Key)).ToDictionary(StringComparer.Ordinal);

    /// <summary>Whether something was ordered that a list may yet leave out, seen or not.</summary>
    public bool MayBeUnlisted => journal.Open.Count > 0;

    public void Begin(string id, StepAction action, DateTimeOffset at)
    {
        _begun[id] = clock.GetTimestamp();
        _seen.TryRemove(id, out _);
        journal.Begin(id, action, at);
    }

    public void End(string id, DateTimeOffset at)
    {
        if (Young(id) > TimeSpan.Zero)
        {
            _seen[id] = true;
        }
        else
        {
            journal.End(id, at);
            _seen.TryRemove(id, out _);
        }
    }

    /// <summary>Until a list can go back on nothing that was seen; zero where none can now.</summary>
    public TimeSpan Young() => _seen.Keys.Select(Young).DefaultIfEmpty(TimeSpan.Zero).Max();

    /// <summary>The run ends: so do the intents whose time is over.</summary>
    public void Close()
    {
        foreach (var id in _seen.Keys)
        {
            End(id, clock.GetUtcNow());
        }
    }

    /// <summary>Of an earlier run's only the date tells, which may have been set back since: then it is as old as this
    /// run.</summary>
    private TimeSpan Young(string id)
    {
        if (!journal.Open.TryGetValue(id, out var begun))
        {
            return TimeSpan.Zero;
        }
        var here = clock.GetElapsedTime(_begun.GetValueOrDefault(id, _start));
        var byDate = clock.GetUtcNow() - begun;
        return lag(id) - (here > byDate ? here : byDate);
    }
}
