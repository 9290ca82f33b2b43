namespace Sealane.Core.Reconcile;

/// <summary>
/// What a run deletes in order to make it again, and what waits for that. Last built goes first, with what the spec no
/// longer has and would stand in the way of the new; all of it before anything of the new is made on its place. What
/// does not stand on it goes its own way beside.
/// </summary>
/// <param name="found">A fresh survey of all that there is.</param>
internal sealed class Replacement(Plan plan, Known found)
{
    private readonly IReadOnlySet<string> _replaced = Of(plan, StepAction.Replace);
    private readonly IReadOnlySet<string> _changed = Of(plan, StepAction.Update);

    private HashSet<string> Touched => field ??=
        _replaced.SelectMany(plan.Graph.BuiltOn).Concat(_replaced).ToHashSet(StringComparer.Ordinal);

    public IReadOnlyList<Resource> Leaving => field ??=
    [
        .. plan.Graph.Resources.Where(resource => _replaced.Contains(resource.Id)).Reverse(),
        .. plan.Graph.Resources.OfType<Retired>().Where(retired => retired.Under.Overlaps(_replaced)),
    ];

    /// <summary>Leads traffic away before anything leaves.</summary>
    public IReadOnlyList<Resource> Withdrawing =>
        field ??= plan.Graph.Withdrawing(Leaving.Select(resource => resource.Id), found);

    /// <summary>What need not go again, or be set again: it is no part of the link as it will be.</summary>
    public bool IsOver(string id) =>
        Withdrawing.Concat(Leaving.Where(resource => resource.Retires)).Any(resource => resource.Id == id);

    public IEnumerable<string> BeforeLeaving(string id) => plan.Graph[id] is Retired retired ? retired.Under
        : plan.Graph.AllBehind(id).Where(behind => !plan.Graph[behind].Retires);

    /// <summary>
    /// Where the same run takes something away or adds something, what is replaced is made again with all that was on
    /// it at once: it does not stay down until a gateway has been changed. What also stands on something that is still
    /// to come waits for it.
    /// </summary>
    public IReadOnlySet<string> AtOnce => field ??= Again();

    /// <summary>What must have left, or be back, before the turn of this one; beside what the graph says.</summary>
    public IEnumerable<(string Id, bool Back)> Awaits(string id)
    {
        var leaves = Leaving.Select(resource => (resource.Id, false));
        var back = AtOnce.Select(again => (again, true));
        return plan.Graph[id].Retires ? leaves.Concat(back)
            : Touched.Contains(id) ? AtOnce.Contains(id) ? leaves.Append((id, true)) : leaves
            // A gateway that is being changed would refuse what is made again on it.
            : _changed.Contains(id) ? back.Where(each => plan.Graph.Needs(each.again).Contains(id))
            : [];
    }

    private static HashSet<string> Of(Plan plan, StepAction action) =>
        plan.Steps.Where(step => step.Action == action).Select(step => step.Id).ToHashSet(StringComparer.Ordinal);

    private HashSet<string> Again()
    {
        if (!plan.Graph.Resources.Any(resource => resource.Retires
            || (found[resource.Id] is null && !Touched.Contains(resource.Id))))
        {
            return [];
        }
        var again = Touched.ToHashSet(StringComparer.Ordinal);
        while (again.RemoveWhere(id => !plan.Graph.Needs(id).All(need => again.Contains(need)
            || (found[need] is not null && !Touched.Contains(need)))) > 0)
        {
        }
        return again;
    }
}
