namespace Sealane.Core.Reconcile;

/// <summary>
/// Where in the order of a run that goes which the spec no longer has. The order in which it was built, backwards; and
/// after all that remains is ready, so that the way that stays is up before the other goes. Earlier goes only what
/// stands on something that has to be changed without it (<see cref="Resource.GivesUpLast"/>). Traffic is led away
/// first (<see cref="Resource.Withdraws"/>).
/// </summary>
/// <param name="own">The link as the spec has it.</param>
/// <param name="wide">The same with all that an earlier spec may have had.</param>
internal sealed class Retirement(ResourceGraph own, ResourceGraph wide, Known known)
{
    private readonly HashSet<string> _leaving = wide.Resources
        .Where(resource => !own.Has(resource.Id) && resource.Withdraws is null && known[resource.Id] is { IsOurs: true }
            && (!resource.GoesWithItsNeeds || resource.Billed))
        .Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<Resource> Steps()
    {
        var withdrawn = wide.Resources.Where(resource => resource.Withdraws is { } what
            && _leaving.Contains(what.Id) && known[resource.Id] is not null).ToList();
        return
        [
            .. withdrawn.Select(resource => new Withdrawn(resource, known, [.. Remaining([])])),
            .. wide.Resources.Where(resource => _leaving.Contains(resource.Id))
                .Select(resource => Of(resource, withdrawn)),
        ];
    }

    private Retired Of(Resource former, IReadOnlyList<Resource> withdrawn)
    {
        var holders = own.Resources.Where(resource => resource.GivesUpLast
            && wide.BuiltOn(resource.Id).Contains(former.Id)).Select(resource => resource.Id).ToList();
        // What the vendor takes along goes with what it stands on; all else goes before that does.
        IEnumerable<string> earlier = former.GoesWithItsNeeds ? wide.Needs(former.Id) : wide.AllBehind(former.Id);
        return new(
            former, known,
            [
                .. earlier.Where(_leaving.Contains).Where(id => former.GoesWithItsNeeds || !wide[id].GoesWithItsNeeds)
                    .Select(id => new ObjectRef(id)),
                .. holders.Count > 0 ? [] : withdrawn.Select(resource => new ObjectRef(resource.Id)),
                .. Remaining(holders),
            ],
            [.. holders.Select(id => new ObjectRef(id))])
        {
            Under = wide.Resources.Where(resource => own.Has(resource.Id)
                && resource.Needs.Concat(resource.After).Any(other => other.Id == former.Id))
                .Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal),
        };
    }

    /// <summary>The last of what remains and does not wait for <paramref name="holders"/>.</summary>
    private IEnumerable<ObjectRef> Remaining(IReadOnlyList<string> holders)
    {
        var later = holders.SelectMany(own.AllBehind).Concat(holders).ToHashSet(StringComparer.Ordinal);
        var remaining = own.Resources.Select(resource => resource.Id).Where(id => !later.Contains(id))
            .ToHashSet(StringComparer.Ordinal);
        return remaining.Where(id => !own.Behind(id).Any(remaining.Contains)).Select(id => new ObjectRef(id));
    }
}
