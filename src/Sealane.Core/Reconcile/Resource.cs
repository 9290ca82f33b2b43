using Sealane.Core.Design;

namespace Sealane.Core.Reconcile;

public enum Cloud
{
    Megaport,
    Aws,
    Azure,
}

/// <summary>The four locks of the first law: each alone keeps clear traffic off the transport in its
/// directions.</summary>
[Flags]
public enum Locks
{
    None = 0,

    /// <summary>a. The MCR learns only tunnel endpoints.</summary>
    McrImport = 1,

    /// <summary>b. The MCR announces only tunnel endpoints (guide step 19).</summary>
    McrExport = 2,

    /// <summary>c. The Direct Connect gateway announces the transit gateway CIDR only.</summary>
    AllowedPrefixes = 4,

    /// <summary>d. The Direct Connect attachment shares no route table with VPC and VPN.</summary>
    TransitGatewayIsolation = 8,

    All = McrImport | McrExport | AllowedPrefixes | TransitGatewayIsolation,
}

/// <summary>How a resource comes to be, so that a plan says before what a run will say after.</summary>
public enum Making
{
    /// <summary>Made as an object of its own.</summary>
    Created,

    /// <summary>Set on an object that exists by then: an edit.</summary>
    Set,

    /// <summary>Made by others' work, and only waited for.</summary>
    Awaited,
}

/// <summary>What a resource looks like to a person: the state in the vendor's word, the vendor's id, facts worth a
/// line.</summary>
/// <param name="State">The vendor's own word: <c>available</c>, <c>Succeeded</c>, <c>LIVE</c>.</param>
/// <param name="CloudId">The id that the vendor's support asks for.</param>
/// <param name="Console">Link to the object in the vendor's console, where one is known.</param>
/// <param name="Facts">Addresses and the like, in the order to print them. Never a secret.</param>
public sealed record ResourceView(
    string State, string? CloudId, string? Console = null, IReadOnlyList<(string Name, string Value)>? Facts = null);

/// <summary>
/// One object of one cloud. It observes, compares, creates, updates and deletes; it never waits, retries or knows
/// order: that is the engine's.
/// </summary>
public abstract class Resource
{
    /// <summary>Stable name in plans and reports, such as <c>aws/transit-vif</c>.</summary>
    public abstract string Id { get; }
    public abstract Cloud Cloud { get; }

    /// <summary>What a person calls it: <c>Transit VIF</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Steps of the manual guide that this resource replaces; empty where the guide has none.</summary>
    public abstract IReadOnlyList<int> GuideSteps { get; }

    /// <summary>The API operations it uses, for the documentation: <c>ec2:CreateTransitGateway</c>.</summary>
    public abstract IReadOnlyList<string> Operations { get; }

    /// <summary>Resources whose observed values it is built from. Replacing one of them replaces this one.</summary>
    public virtual IReadOnlyList<string> Needs => [];

    /// <summary>Resources that must be ready first, though nothing is read from them.</summary>
    public virtual IReadOnlyList<string> After => [];

    /// <summary>Locks that this resource closes, wholly or in part.</summary>
    public virtual Locks Closes => Locks.None;

    /// <summary>Locks that must be closed before this resource may exist. The engine turns them into order.</summary>
    public virtual Locks GuardedBy => Locks.None;

    /// <summary>How long creation usually takes, with the source beside the number. Progress and polling follow
    /// it.</summary>
    public abstract TimeSpan Expected { get; }

    /// <summary>How long deletion usually takes.</summary>
    public virtual TimeSpan ExpectedDelete => TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for readiness before giving up.</summary>
    public virtual TimeSpan Budget => TimeSpan.FromTicks(Math.Max(Expected.Ticks * 3, TimeSpan.FromMinutes(10).Ticks));

    /// <summary>How long the cloud may hide an object that it has just created, so that a lost reply is not an order
    /// placed twice.</summary>
    public virtual TimeSpan CreateLag => TimeSpan.FromMinutes(1);

    /// <summary>False where the spec names an existing object, or the resource only waits for others' work: never
    /// created, never deleted.</summary>
    public virtual bool IsOurs(NetworkDesign design) => true;

    /// <summary>
    /// True where the vendor removes it together with what it is built on (a BGP filter with its VXC): destroy has
    /// nothing to delete, and only looks at the end that it is gone.
    /// </summary>
    public virtual bool GoesWithItsNeeds => false;

    /// <summary>
    /// Whether Sealane made this very object, where the object itself tells: a resource group that was there before is
    /// used, but never deleted and, on destroy, not waited for.
    /// </summary>
    public virtual bool IsOursAny(object observed) => true;

    /// <summary>What creating it is, in the words of a plan.</summary>
    public virtual Making Making => Making.Created;

    /// <summary>Whether the vendor bills for it while it exists.</summary>
    public virtual bool Billed => false;

    public abstract Task<object?> ObserveAny(NetworkDesign design, IKnown known, CancellationToken ct);
    public abstract Change CompareAny(NetworkDesign design, IKnown known, object observed);

    /// <summary>
    /// What is sure to differ although a needed resource is still to be made, so that nothing can be compared yet.
    /// Without it the plan would be silent about a replacement, and the engine replaces only what the plan has told.
    /// </summary>
    /// <param name="observed">The object as it is now.</param>
    /// <param name="toBeMade">Whether the plan makes the resource with this id.</param>
    public virtual Change ForeseeAny(object observed, Func<string, bool> toBeMade) => Change.None;
    public abstract Task CreateAny(NetworkDesign design, IKnown known, CancellationToken ct);
    public abstract Task UpdateAny(NetworkDesign design, IKnown known, object observed, CancellationToken ct);
    public abstract Task DeleteAny(object observed, CancellationToken ct);
    public abstract bool IsReadyAny(object observed);

    /// <summary>The reason why a resource will never become ready, or null. Ends the wait at once.</summary>
    public abstract string? FailedAny(object observed);
    public abstract ResourceView ViewAny(object observed);

    /// <summary>Whether it is on its way out, in any of the vendors' words: then its absence is waited for.</summary>
    public bool IsLeaving(object observed) =>
        ViewAny(observed).State is var state
        && (state.StartsWith("delet", StringComparison.OrdinalIgnoreCase)
            || state is "disassociating" or "disassociated" or "detaching" or "detached" or "Deprovisioning");

    /// <summary>Called while waiting for readiness, for a resource that has a second way to get there.</summary>
    public virtual Task<string?> WhileWaiting(NetworkDesign design, IKnown known, TimeSpan waited,
        CancellationToken ct) =>
        Task.FromResult<string?>(null);
}

/// <summary>A resource with its own types: what is wanted and what was seen.</summary>
public abstract class Resource<TDesired, TObserved> : Resource
    where TDesired : class
    where TObserved : class
{
    /// <summary>What is wanted. Reads the values of needed resources from <paramref name="known"/>.</summary>
    public abstract TDesired Derive(NetworkDesign design, IKnown known);

    /// <summary>
    /// Looks the object up by its name or tag, or by a needed resource's id; null when there is none. Changes nothing.
    /// Where a needed resource is itself absent (<see cref="IKnown.Find{T}"/> gives null) the answer is null.
    /// </summary>
    public abstract Task<TObserved?> Observe(NetworkDesign design, IKnown known, CancellationToken ct);

    public abstract Change Compare(TDesired desired, TObserved observed);
    public virtual Change Foresee(TObserved observed, Func<string, bool> toBeMade) => Change.None;
    public abstract Task Create(TDesired desired, CancellationToken ct);

    public virtual Task Update(TDesired desired, TObserved observed, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} has no change in place");

    public abstract Task Delete(TObserved observed, CancellationToken ct);
    public abstract bool IsReady(TObserved observed);
    public virtual string? Failed(TObserved observed) => null;
    public virtual bool IsOurs(TObserved observed) => true;
    public abstract ResourceView View(TObserved observed);

    public sealed override async Task<object?> ObserveAny(NetworkDesign design, IKnown known, CancellationToken ct) =>
        await Observe(design, known, ct).ConfigureAwait(false);

    public sealed override Change CompareAny(NetworkDesign design, IKnown known, object observed) =>
        Compare(Derive(design, known), (TObserved)observed);

    public sealed override Change ForeseeAny(object observed, Func<string, bool> toBeMade) =>
        Foresee((TObserved)observed, toBeMade);

    public sealed override Task CreateAny(NetworkDesign design, IKnown known, CancellationToken ct) =>
        Create(Derive(design, known), ct);

    public sealed override Task UpdateAny(NetworkDesign design, IKnown known, object observed, CancellationToken ct) =>
        Update(Derive(design, known), (TObserved)observed, ct);

    public sealed override Task DeleteAny(object observed, CancellationToken ct) => Delete((TObserved)observed, ct);
    public sealed override bool IsReadyAny(object observed) => IsReady((TObserved)observed);
    public sealed override bool IsOursAny(object observed) => IsOurs((TObserved)observed);
    public sealed override string? FailedAny(object observed) => Failed((TObserved)observed);
    public sealed override ResourceView ViewAny(object observed) => View((TObserved)observed);
}

/// <summary>What has been observed so far in this run.</summary>
public interface IKnown
{
    /// <summary>The observed state of a needed resource, or null where it is not there (yet).</summary>
    T? Find<T>(string id) where T : class;

    /// <summary>The same for a value that must be there: a resource asks only for what it names in
    /// <c>Needs</c>.</summary>
    T Get<T>(string id) where T : class =>
        Find<T>(id) ?? throw new InvalidOperationException($"{id} is not known yet, although it is needed");
}
