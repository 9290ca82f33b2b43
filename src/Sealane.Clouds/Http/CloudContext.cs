using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Http;

/// <summary>What every cloud client is given: the clock that all waits and signatures use, and the way out.</summary>
/// <param name="Transport">Counts and logs every exchange; sockets or an in-process sandbox behind it.</param>
public sealed record CloudContext(TimeProvider Clock, HttpMessageHandler Transport);

/// <summary>How often each cloud was called, and how many of the calls could change something.</summary>
public sealed class CallCount
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Cloud, int> _calls = [];

    public int Writes { get; private set; }

    public int Of(Cloud cloud)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(cloud);
        }
    }

    internal void Add(Cloud cloud, bool writes)
    {
        lock (_gate)
        {
            _calls[cloud] = _calls.GetValueOrDefault(cloud) + 1;
            Writes += writes ? 1 : 0;
        }
    }
}
