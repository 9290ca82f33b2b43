using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>
/// The intents of one run. An order that was seen is none any more; but lists may go back on it for as long as they
/// lag. So it is written down as ended when that time is over, or when the run is done: one that fails, is stopped or
/// killed before leaves it to the next run, which then looks for as long before it orders again.
/// </summary>
public sealed class Intents(IJournal journal, Func<string, TimeSpan> lag) : IJournal
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Open =>
        _seen.IsEmpty ? journal.Open
            : journal.Open.Where(id => !_seen.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether something was ordered that a list may yet leave out, seen or not.</summary>
    public bool MayBeUnlisted => journal.Open.Count > 0;

    public void Begin(string id, StepAction action, DateTimeOffset at)
    {
        _begun[id] = at;
        _seen.TryRemove(id, out _);
        journal.Begin(id, action, at);
    }

    public void End(string id, DateTimeOffset at)
    {
        // Of an earlier run's it is not known when it was begun: as if it were now.
        if (journal.Open.Contains(id) && at - _begun.GetOrAdd(id, at) < lag(id))
        {
            _seen[id] = true;
        }
        else
        {
            journal.End(id, at);
            _seen.TryRemove(id, out _);
        }
    }

    /// <summary>The run has ended.</summary>
    /// <param name="done">All is there and ready; else only those whose time is over are ended.</param>
    public void Close(DateTimeOffset at, bool done)
    {
        foreach (var id in _seen.Keys.Where(id => done || at - _begun[id] >= lag(id)).ToList())
        {
            journal.End(id, at);
            _seen.TryRemove(id, out _);
        }
    }
}
