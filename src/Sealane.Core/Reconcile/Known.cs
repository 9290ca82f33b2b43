using System.Collections.Concurrent;

namespace Sealane.Core.Reconcile;

/// <summary>What this run has observed, by resource id.</summary>
public sealed class Known : IKnown
{
    private readonly ConcurrentDictionary<string, object> _observed = new(StringComparer.Ordinal);

    public T? Find<T>(string id) where T : class => _observed.GetValueOrDefault(id) as T;

    public object? Find(string id) => _observed.GetValueOrDefault(id);

    public void Set(string id, object? observed)
    {
        if (observed is null)
        {
            _observed.TryRemove(id, out _);
        }
        else
        {
            _observed[id] = observed;
        }
    }
}
