namespace Sealane.Core.Reconcile;

/// <summary>
/// What one look at a resource showed, for whoever does not know its types: the engine, the plan, the commands. It is
/// judged and acted upon by the resource that looked.
/// </summary>
public abstract class Sighting
{
    public abstract object Observed { get; }
    public abstract ResourceView View { get; }

    /// <summary>The vendor's word.</summary>
    public string State => View.State;
    public abstract bool IsReady { get; }

    /// <summary>The reason why it will never become ready, or null. Ends the wait at once.</summary>
    public abstract string? Failure { get; }

    /// <summary>What keeps it from being ready that no call of ours can lift, and who can; or null. It may pass, so it
    /// is waited for.</summary>
    public abstract string? Hindrance { get; }

    /// <summary>
    /// Whether Sealane made this very object, where the object itself tells: a resource group that was there before is
    /// used, but never deleted and, on destroy, not waited for.
    /// </summary>
    public abstract bool IsOurs { get; }

    /// <summary>Whether it is on its way out, in any of the vendors' words: then its absence is waited for.</summary>
    public bool IsLeaving => State.StartsWith("delet", StringComparison.OrdinalIgnoreCase)
        || State is "disassociating" or "disassociated" or "detaching" or "detached" or "Deprovisioning";

    /// <summary>How it differs from what is wanted by what is known now.</summary>
    public abstract Change Compare(IKnown known);

    /// <summary>
    /// What is sure to differ although a needed resource is still to be made, so that nothing can be compared yet.
    /// Without it the plan would be silent about a replacement, and the engine replaces only what the plan has told.
    /// </summary>
    /// <param name="toBeMade">Whether the plan makes the resource.</param>
    public abstract Change Foresee(Func<ObjectRef, bool> toBeMade);

    /// <summary>What the clouds do not tell, and which replacement would settle it; null where all is told.</summary>
    public abstract OpenQuestion? Unclear(IKnown known);

    public abstract Task Update(IKnown known, CancellationToken ct);
    public abstract Task Delete(CancellationToken ct);
}

/// <summary>
/// A question that no cloud answers: whether something is late or gone for good. It is replaced only where a person
/// says
/// so.
/// </summary>
/// <param name="Id">Of the object that is late or gone: <c>apply --replace</c> with it says that it is gone.</param>
/// <param name="Text">What is seen, and what follows.</param>
public sealed record OpenQuestion(string Id, string Text);
