using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Http;

/// <summary>What every cloud client is given: the clock that all waits and signatures use, and the way out.</summary>
/// <param name="Transport">Counts and logs every exchange; sockets or an in-process sandbox behind it.</param>
public sealed record CloudContext(TimeProvider Clock, HttpMessageHandler Transport)
{
    /// <summary>What has been asked already in the look that is going on.</summary>
    public SameLook Look { get; } = new();

    /// <summary>Where it is counted how often a cloud put a call off.</summary>
    public CallCount Calls { get; init; } = new();
}

/// <summary>How often each cloud was called, and what became of the calls that could change something.</summary>
public sealed class CallCount
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Cloud, int> _calls = [];
    private readonly Dictionary<Cloud, int> _putOff = [];

    /// <summary>Calls that have changed something, or may have: the cloud did not refuse them.</summary>
    public int Writes { get; private set; }

    /// <summary>Calls that would have changed something, and were refused.</summary>
    public int Refused { get; private set; }

    public int Of(Cloud cloud) => Of(_calls, cloud);

    /// <summary>Answers that there were too many calls, after each of which the call was made again.</summary>
    public int PutOff(Cloud cloud) => Of(_putOff, cloud);

    /// <summary>Adds what another one counted.</summary>
    public void Add(CallCount other)
    {
        foreach (var cloud in Enum.GetValues<Cloud>())
        {
            Add(_calls, cloud, other.Of(cloud));
            Add(_putOff, cloud, other.PutOff(cloud));
        }
    }

    internal void Add(Cloud cloud) => Add(_calls, cloud, 1);

    internal void AddPutOff(Cloud cloud) => Add(_putOff, cloud, 1);

    internal void AddWrite(bool refused)
    {
        lock (_gate)
        {
            (Writes, Refused) = refused ? (Writes, Refused + 1) : (Writes + 1, Refused);
        }
    }

    private int Of(Dictionary<Cloud, int> counts, Cloud cloud)
    {
        lock (_gate)
        {
            return counts.GetValueOrDefault(cloud);
        }
    }

    private void Add(Dictionary<Cloud, int> counts, Cloud cloud, int more)
    {
        lock (_gate)
        {
            counts[cloud] = counts.GetValueOrDefault(cloud) + more;
        }
    }
}
