namespace Sealane.Core.Reconcile;

/// <summary>An object of others that the link uses: looked at and judged, never created, never deleted.</summary>
public abstract class Existing<TDesired, TObserved>(ObjectRef<TObserved> self) : Resource<TDesired, TObserved>(self)
    where TDesired : class
    where TObserved : class
{
    public sealed override bool IsMade => false;
    public sealed override bool IsOurs(TObserved observed) => false;

    public sealed override Task Create(TDesired desired, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} is never created by Sealane");

    public sealed override Task Delete(TObserved observed, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} is never deleted by Sealane");
}

/// <summary>
/// Something on an object, and gone with it: a BGP filter with its VXC. Destroy has nothing to delete, and only looks
/// at the end that it is gone.
/// </summary>
public abstract class Setting<TDesired, TObserved>(ObjectRef<TObserved> self) : Resource<TDesired, TObserved>(self)
    where TDesired : class
    where TObserved : class
{
    public sealed override bool GoesWithItsNeeds => true;
    public override Making Making => Making.Set;
    public sealed override Task Delete(TObserved observed, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>A state that others' work leads to: waited for, never made.</summary>
public interface IGate
{
    /// <summary>Called while waiting, for a state that has a second way to be reached.</summary>
    /// <returns>What was done, for the user to read; null where nothing was.</returns>
    Task<string?> WhileWaiting(IKnown known, TimeSpan waited, CancellationToken ct);
}

/// <inheritdoc cref="IGate"/>
public abstract class Gate<TDesired, TObserved>(ObjectRef<TObserved> self) : Setting<TDesired, TObserved>(self), IGate
    where TDesired : class
    where TObserved : class
{
    public sealed override Making Making => Making.Awaited;
    public sealed override Change Compare(TDesired desired, TObserved observed) => Change.None;

    public abstract Task<string?> WhileWaiting(IKnown known, TimeSpan waited, CancellationToken ct);
}
