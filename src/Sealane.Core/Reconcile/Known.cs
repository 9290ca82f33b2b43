using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>What has been observed so far in this run.</summary>
public interface IKnown
{
    /// <summary>The observed state, or null where the object is not there (yet).</summary>
    object? Observed(ObjectRef of);

    /// <summary>Whether nobody can tell if it is ours.</summary>
    bool IsDoubtful(ObjectRef of) => false;
}

/// <summary>How resources read from each other.</summary>
public static class KnownReading
{
    /// <summary>The observed state of a needed resource, or null where it is not there (yet).</summary>
    /// <exception cref="InvalidOperationException">
    /// It is there and is something else: a mistake of ours, which must not pass for absence.
    /// </exception>
    public static T? Find<T>(this IKnown known, ObjectRef<T> of)
        where T : class => known.Observed(of) switch
        {
            null => null,
            T seen => seen,
            var other => throw new InvalidOperationException(
                $"{of} was observed as {other.GetType().Name}, and is read as {typeof(T).Name}"),
        };

    /// <summary>The same where it must be there: a resource asks only for what it names in <c>Needs</c>.</summary>
    public static T Get<T>(this IKnown known, ObjectRef<T> of)
        where T : class =>
        known.Find(of) ?? throw new InvalidOperationException($"{of} is not known yet, although it is needed");
}

/// <summary>What this run has seen, by resource id.</summary>
public sealed class Known : IKnown
{
    private readonly ConcurrentDictionary<string, Sighting> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CloudError> _doubts = new(StringComparer.Ordinal);

    /// <summary>The last look at a resource; null where nothing was there.</summary>
    public Sighting? this[string id] => _seen.GetValueOrDefault(id);

    /// <summary>Objects of which cannot be told whether they are ours, and why: nothing touches them.</summary>
    public IReadOnlyDictionary<string, CloudError> Doubts => _doubts;

    public void Doubt(string id, CloudError why) => _doubts[id] = why;

    public object? Observed(ObjectRef of) => this[of.Id]?.Observed ?? _doubts.GetValueOrDefault(of.Id)?.Seen;

    public bool IsDoubtful(ObjectRef of) => _doubts.ContainsKey(of.Id);

    public void Set(string id, Sighting? sighting)
    {
        if (sighting is null)
        {
            _seen.TryRemove(id, out _);
        }
        else
        {
            _seen[id] = sighting;
        }
    }
}
