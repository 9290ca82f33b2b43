namespace Sealane.Core.Reconcile;

/// <summary>
/// An object of ours that an earlier spec had and this one no longer has: it goes when what remains is ready. It is
/// billed, so nobody is to find it by chance.
/// </summary>
/// <param name="former">The resource as it was built.</param>
/// <param name="found">What was seen of the whole link before anything was done: what it was built on may be gone when
/// its turn comes.</param>
/// <param name="after">What must be ready or gone first.</param>
/// <param name="ahead">What waits until it is gone.</param>
public sealed class Retired(
    Resource former, IKnown found, IReadOnlyList<ObjectRef> after, IReadOnlyList<ObjectRef> ahead)
    : Resource(new ObjectRef(former.Id))
{
    public override Cloud Cloud => former.Cloud;
    public override string Title => former.Title;
    public override IReadOnlyList<int> GuideSteps => former.GuideSteps;
    public override IReadOnlyList<string> Operations => former.Operations;
    public override IReadOnlyList<ObjectRef> After => after;
    public override IReadOnlyList<ObjectRef> Ahead => ahead;
    public override bool Retires => true;
    public override TimeSpan Expected => former.Expected;
    public override TimeSpan ExpectedDelete => former.ExpectedDelete;
    public override TimeSpan HeldAfterwards => former.HeldAfterwards;
    public override TimeSpan Budget => former.Budget;
    public override TimeSpan CreateLag => former.CreateLag;
    public override bool GoesWithItsNeeds => former.GoesWithItsNeeds;
    public override bool Billed => former.Billed;

    /// <summary>Resources of the link that stand on it by its former design: it cannot go before they do.</summary>
    public IReadOnlySet<string> Under { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    public override Task<Sighting?> Look(IKnown known, CancellationToken ct) => former.Look(found, ct);

    public override Task Make(IKnown known, CancellationToken ct) =>
        throw new InvalidOperationException($"{Id} is not in the spec, and is never made");
}

/// <summary>Leads traffic away from what goes, before anything of it does.</summary>
/// <param name="setting">Which <see cref="Resource.Withdraws"/> it.</param>
internal sealed class Withdrawn(Resource setting, IKnown found, IReadOnlyList<ObjectRef> after)
    : Resource(new ObjectRef(setting.Id))
{
    public override Cloud Cloud => setting.Cloud;
    public override string Title => setting.Title;
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations => setting.Operations;
    public override IReadOnlyList<ObjectRef> After => after;
    public override TimeSpan Expected => setting.Expected;
    public override TimeSpan Budget => setting.Budget;
    public override bool GoesWithItsNeeds => true;
    public override Making Making => setting.Making;
    public override ObjectRef? Withdraws => setting.Withdraws;

    public override Task<Sighting?> Look(IKnown known, CancellationToken ct) => setting.Look(found, ct);

    public override Task Make(IKnown known, CancellationToken ct) => setting.Make(found, ct);
}
