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
    string State, string? CloudId, string? Console = null, IReadOnlyList<(string Name, string Value)>? Facts = null)
{
    /// <summary>Its contract is billed until then, whether it stands or not; null where nothing binds.</summary>
    public DateTimeOffset? BoundUntil { get; init; }

    /// <summary>What the link set on a used object and destroy leaves, because others rely on it by now.</summary>
    public IReadOnlyList<string> Left { get; init; } = [];
}

/// <summary>
/// One object of one cloud. It observes, compares, creates, updates and deletes; it never waits, retries or knows
/// order: that is the engine's.
/// </summary>
public abstract class Resource(ObjectRef self)
{
    /// <summary>Stable name in plans and reports, such as <c>aws/transit-vif</c>.</summary>
    public string Id => self.Id;
    public abstract Cloud Cloud { get; }

    /// <summary>The AWS account that makes it, where it is not the link's own.</summary>
    public virtual string? Account => null;

    /// <summary>Of one of its operations, where another account has a part in it.</summary>
    public virtual string? AccountOf(string operation) => Account;

    /// <summary>What a person calls it: <c>Transit VIF</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Steps of the manual guide that this resource replaces; empty where the guide has none.</summary>
    public abstract IReadOnlyList<int> GuideSteps { get; }

    /// <summary>The API operations it uses, for the documentation: <c>ec2:CreateTransitGateway</c>.</summary>
    public abstract IReadOnlyList<string> Operations { get; }

    /// <summary>Resources whose observed values it is built from. Replacing one of them replaces this one.</summary>
    public virtual IReadOnlyList<ObjectRef> Needs => [];

    /// <summary>Resources that must be ready first, though nothing is read from them.</summary>
    public virtual IReadOnlyList<ObjectRef> After => [];

    /// <summary>The same in a run that takes parts of the link away.</summary>
    public virtual IReadOnlyList<ObjectRef> AfterOnTheWayBack => [];

    /// <summary>Locks that this resource closes, wholly or in part.</summary>
    public virtual Locks Closes => Locks.None;

    /// <summary>Locks that must be closed before this resource may exist. The engine turns them into order.</summary>
    public virtual Locks GuardedBy => Locks.None;

    /// <summary>Usual time of creation, its source beside the number. Progress and polling follow it.</summary>
    public abstract TimeSpan Expected { get; }

    /// <summary>How long deletion usually takes.</summary>
    public virtual TimeSpan ExpectedDelete => TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the cloud goes on refusing the deletion after what stood behind this one has gone: it notices late.
    /// Nothing shows when it has, so a run that took those away asks after that time and not before.
    /// </summary>
    public virtual TimeSpan HeldAfterwards => TimeSpan.Zero;

    /// <summary>How long to wait for readiness before giving up.</summary>
    public virtual TimeSpan Budget => TimeSpan.FromTicks(Math.Max(Expected.Ticks * 3, TimeSpan.FromMinutes(10).Ticks));

    /// <summary>
    /// How long the cloud may hide an object that it has just created, so that a lost reply is not an order placed
    /// twice.
    /// </summary>
    public virtual TimeSpan CreateLag => TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long after the order a list may leave the object out, although another has shown it. Nothing where nothing
    /// is ordered, and in Azure, where a name stands once: to ask for it again changes the one that is there.
    /// </summary>
    public virtual TimeSpan ListLag =>
        Making != Making.Created || Cloud == Cloud.Azure ? TimeSpan.Zero : CreateLag;

    /// <summary>Whether the spec no longer has it, and a run takes it away.</summary>
    public virtual bool Retires => false;

    /// <summary>Resources that wait until this one is gone.</summary>
    public virtual IReadOnlyList<ObjectRef> Ahead => [];

    /// <summary>The resource that carries nothing more once this is set: how traffic is led away from what
    /// goes.</summary>
    public virtual ObjectRef? Withdraws => null;

    /// <summary>
    /// Whether it can be changed only when what is built on it and retires has gone: a gateway gives up an instance
    /// without tunnels.
    /// </summary>
    public virtual bool GivesUpLast => false;

    /// <summary>False where the spec names an existing object: never created, never deleted.</summary>
    public virtual bool IsMade => !IsUsed;

    /// <summary>The cloud's id of an object that exists already and is used, whatever it is called.</summary>
    public string? UsedId { get; private set; }

    /// <summary>What it is set on. It has no id of its own, and is used where all of these are.</summary>
    public virtual IReadOnlyList<ObjectRef> SetOn => [];

    /// <summary>Somebody else's: left as it is, and judged.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Tells each what the spec uses; before the first look.</summary>
    /// <param name="ids">Cloud ids by the objects' names in plan and status.</param>
    public static IReadOnlyList<Resource> Using(
        IReadOnlyList<Resource> all, IReadOnlyDictionary<string, string> ids)
    {
        foreach (var resource in ids.Count == 0 ? [] : all)
        {
            resource.UsedId = ids.GetValueOrDefault(resource.Id);
            resource.IsUsed = resource.UsedId is not null
                || (resource.SetOn.Count > 0 && resource.SetOn.All(under => ids.ContainsKey(under.Id)));
        }
        return all;
    }

    /// <summary>Why nothing can be done where it is not made and not there.</summary>
    public virtual IReadOnlyList<string> WhyAbsent =>
    [
        UsedId is { } id ? $"there is no {Title} {id} that this identity can see in its place in the link: correct the "
                + "id in existing, or take it out and one is made"
            : IsUsed ? "it is not there, or not to be compared with what is yet to be made, and "
                + $"{string.Join(", ", SetOn)} is used as it is: have it set by its owner, or make that this link's "
                + "with sealane adopt"
            : "it is named in the spec but does not exist",
    ];

    /// <summary>True where the vendor removes it with what it is built on.</summary>
    /// <seealso cref="Setting{TDesired, TObserved}"/>
    public virtual bool GoesWithItsNeeds => false;

    /// <summary>What creating it is, in the words of a plan.</summary>
    public virtual Making Making => Making.Created;

    /// <summary>Whether the vendor bills for it while it exists.</summary>
    public virtual bool Billed => false;

    /// <summary>How it changes hands; null where it bears no marks of its own, or the spec names it.</summary>
    public virtual IHandover? Handover => null;

    /// <summary>Looks it up, changing nothing; null when it is not there.</summary>
    public abstract Task<Sighting?> Look(IKnown known, CancellationToken ct);

    /// <summary>Creates it as it is wanted by what is known now.</summary>
    public abstract Task Make(IKnown known, CancellationToken ct);
}

/// <summary>A resource with its own types: what is wanted and what was seen.</summary>
public abstract class Resource<TDesired, TObserved>(ObjectRef<TObserved> self) : Resource(self)
    where TDesired : class
    where TObserved : class
{
    /// <summary>What is wanted. Reads the values of needed resources from <paramref name="known"/>.</summary>
    public abstract TDesired Derive(IKnown known);

    /// <summary>
    /// Looks the object up by its name or tag, or by a needed resource's id; null when there is none. Changes nothing.
    /// Where a needed resource is itself absent (<see cref="KnownReading.Find{T}"/> gives null) the answer is null.
    /// </summary>
    public abstract Task<TObserved?> Observe(IKnown known, CancellationToken ct);

    public abstract Change Compare(TDesired desired, TObserved observed);
    public virtual Change Foresee(TObserved observed, Func<ObjectRef, bool> toBeMade) => Change.None;

    /// <summary>What no cloud tells, and a person must.</summary>
    public virtual OpenQuestion? Unclear(TDesired desired, TObserved observed) => null;

    /// <summary>Which of the marks that make it ours (name, tag) are gone; they are put back in place.</summary>
    public virtual IReadOnlyList<string> LostMarks(TObserved observed) => [];

    public virtual Task Mark(TObserved observed, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} loses no marks");
    public abstract Task Create(TDesired desired, CancellationToken ct);

    public virtual Task Update(TDesired desired, TObserved observed, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} has no change in place");

    public abstract Task Delete(TObserved observed, CancellationToken ct);
    public abstract bool IsReady(TObserved observed);
    public virtual string? Failed(TObserved observed) => null;
    public virtual string? Hindrance(TObserved observed) => null;
    public virtual bool IsOurs(TObserved observed) => true;
    public abstract ResourceView View(TObserved observed);

    public sealed override async Task<Sighting?> Look(IKnown known, CancellationToken ct) =>
        await Observe(known, ct).ConfigureAwait(false) is { } observed ? Seen(observed) : null;

    public sealed override Task Make(IKnown known, CancellationToken ct) => Create(Derive(known), ct);

    public Sighting Seen(TObserved observed) => new SightingOf(this, observed);

    private sealed class SightingOf(Resource<TDesired, TObserved> resource, TObserved observed) : Sighting
    {
        public override object Observed => observed;
        public override ResourceView View => resource.View(observed);
        public override bool IsReady => resource.IsReady(observed);
        public override string? Failure => resource.Failed(observed);
        public override string? Hindrance => resource.Hindrance(observed);
        public override bool IsOurs => resource.IsOurs(observed);
        public override Change Compare(IKnown known) =>
            LeftAlone(WithMarks(resource.Compare(resource.Derive(known), observed)));
        public override Change Foresee(Func<ObjectRef, bool> toBeMade) =>
            LeftAlone(resource.Foresee(observed, toBeMade));
        public override OpenQuestion? Unclear(IKnown known) =>
            resource.Unclear(resource.Derive(known), observed);

        public override async Task Update(IKnown known, CancellationToken ct)
        {
            var marks = resource.IsMade && resource.LostMarks(observed).Count > 0;
            if (marks)
            {
                await resource.Mark(observed, ct).ConfigureAwait(false);
            }
            var desired = resource.Derive(known);
            if (!marks || resource.Compare(desired, observed).Kind == ChangeKind.InPlace)
            {
                await resource.Update(desired, observed, ct).ConfigureAwait(false);
            }
        }

        public override Task Delete(CancellationToken ct) => resource.Delete(observed, ct);

        /// <summary>What differs on a used object is told with what the change would do, and not done.</summary>
        private Change LeftAlone(Change change) =>
            !resource.IsUsed || change.Kind is ChangeKind.None or ChangeKind.Refused ? change : Change.Refused(
                [
                    .. change.Differences,
                    "it is used as it is: write in the spec what it has, have its owner change it, or make "
                        + (resource.UsedId is null ? $"{string.Join(", ", resource.SetOn)} " : "it ")
                        + "this link's with sealane adopt, and apply changes it"
                        + (change.Kind == ChangeKind.Replace ? " by making it anew" : ""),
                ], change.Traffic);

        private Change WithMarks(Change change)
        {
            IReadOnlyList<string> lost = resource.IsMade && change.Kind is ChangeKind.None or ChangeKind.InPlace
                ? resource.LostMarks(observed) : [];
            return lost.Count == 0 ? change : Change.InPlace([.. lost, .. change.Differences], change.Traffic);
        }
    }
}
