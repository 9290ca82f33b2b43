namespace Sealane.Core.Reconcile;

/// <summary>
/// One writer on all machines: what a run holds in the clouds themselves while it orders or deletes. Neither Megaport
/// nor
/// AWS knows an order again that is placed a second time, so the second run must not begin.
/// </summary>
public interface IClaim
{
    /// <summary>Takes it before the first order or deletion; once a run, however often it is asked for.</summary>
    /// <exception cref="ClaimHeld">Another run holds it.</exception>
    /// <exception cref="CloudError">It cannot be asked for.</exception>
    Task<ClaimTaken> Take(CancellationToken ct);

    /// <summary>Whether a run of this machine left it behind: then what it ordered may not be listed yet.</summary>
    Task<bool> IsLeft(CancellationToken ct);

    /// <summary>Lets go of it: everything that was ordered has been seen.</summary>
    Task Release(CancellationToken ct);
}

public enum ClaimTaken
{
    /// <summary>Nobody held it.</summary>
    Fresh,

    /// <summary>
    /// An earlier run of this machine held it and died, or was stopped with orders in flight: what it ordered may not
    /// be
    /// listed yet.
    /// </summary>
    Left,
}

/// <summary>Another run orders or deletes objects of this link: this one has done nothing.</summary>
public sealed class ClaimHeld(string message) : Exception(message);

/// <summary>Where nobody else can be: a toy cloud, a catalogue.</summary>
public sealed class NoClaim : IClaim
{
    public Task<ClaimTaken> Take(CancellationToken ct) => Task.FromResult(ClaimTaken.Fresh);

    public Task<bool> IsLeft(CancellationToken ct) => Task.FromResult(false);

    public Task Release(CancellationToken ct) => Task.CompletedTask;
}
