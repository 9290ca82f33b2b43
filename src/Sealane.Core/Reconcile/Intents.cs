using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>
/// The intents of one run. An order that was seen is none any more; but lists may go back on it for as long as they
/// lag. So it is written down as ended when that time is over, or when the run ends by itself: one that is stopped
/// or killed before leaves it to the next run, which then looks for as long before it orders again.
/// </summary>
public sealed class Intents(IJournal journal, Func<string, TimeSpan> lag) : IJournal
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);

    public IReadOnlySet<string> Open =>
        _seen.IsEmpty ? journal.Open
            : journal.Open.Where(id => !_seen.ContainsKey(id)).ToHashSet(StringComparer.Ordinal);

    public void Begin(string id, StepAction action, DateTimeOffset at)
    {
        _begun[id] = at;
        _seen.TryRemove(id, out _);
        journal.Begin(id, action, at);
    }

    public void End(string id, DateTimeOffset at)
    {
        if (_begun.TryGetValue(id, out var begun) && at - begun < lag(id))
        {
            _seen[id] = true;
        }
        else
        {
            journal.End(id, at);
            _seen.TryRemove(id, out _);
        }
    }

    /// <summary>The run ended by itself.</summary>
    public void Close(DateTimeOffset at)
    {
        foreach (var id in _seen.Keys)
        {
            journal.End(id, at);
        }
        _seen.Clear();
    }
}
