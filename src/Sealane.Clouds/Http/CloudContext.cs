using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Http;

/// <summary>What every cloud client is given: the clock that all waits and signatures use, and the way out.</summary>
/// <param name="Transport">Counts and logs every exchange; sockets or an in-process sandbox behind it.</param>
public sealed record CloudContext(TimeProvider Clock, HttpMessageHandler Transport)
{
    /// <summary>What has been asked already in the look that is going on.</summary>
    public SameLook Look { get; } = new();
}

/// <summary>How often each cloud was called, and what became of the calls that could change something.</summary>
public sealed class CallCount
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Cloud, int> _calls = [];

    /// <summary>Calls that have changed something, or may have: the cloud did not refuse them.</summary>
    public int Writes { get; private set; }

    /// <summary>Calls that would have changed something, and were refused.</summary>
    public int Refused { get; private set; }

    public int Of(Cloud cloud)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(cloud);
        }
    }

    internal void Add(Cloud cloud)
    {
        lock (_gate)
        {
            _calls[cloud] = _calls.GetValueOrDefault(cloud) + 1;
        }
    }

    internal void AddWrite(bool refused)
    {
        lock (_gate)
        {
            (Writes, Refused) = refused ? (Writes, Refused + 1) : (Writes + 1, Refused);
        }
    }
}
