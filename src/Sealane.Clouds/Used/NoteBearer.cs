using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>An object whose tags say what used objects were.</summary>
public abstract class NoteBearer
{
    public abstract Cloud Cloud { get; }

    /// <summary>For a person: <c>expressRouteCircuits/sydney-er</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Calls that write on it.</summary>
    public abstract IReadOnlyList<string> Operations { get; }

    /// <summary>What it is called on it: others may write on one that is not ours.</summary>
    /// <param name="name">The used object's in plan and status.</param>
    public abstract string KeyOf(string name);

    /// <summary>As they are shown; none where it is not there, or another's word.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> Tags(CancellationToken ct);

    /// <summary>The same for whoever changes something: what is not shown yet is waited for.</summary>
    public abstract Task<IReadOnlyDictionary<string, string>> Settled(CancellationToken ct);

    /// <summary>Leaves its other tags as they are.</summary>
    public abstract Task Put(IReadOnlyDictionary<string, string> tags, CancellationToken ct);

    /// <summary>Leaves its other tags as they are.</summary>
    public abstract Task Remove(IReadOnlyDictionary<string, string> tags, CancellationToken ct);

    public CloudError Busy(string call, string what) =>
        new(Cloud, $"{call} {Name}", CloudErrorKind.Busy, null, null, what);
}
