namespace Sealane.Core.Reconcile;

/// <summary>
/// The resources and their order. An edge comes from a need, from a wish to be later, or from a lock: what a lock
/// guards
/// comes after all that closes it, so the first law is part of the graph and not of anybody's memory.
/// </summary>
public sealed class ResourceGraph
{
    private readonly Dictionary<string, Resource> _byId;
    private readonly Dictionary<string, List<string>> _before;
    private readonly Dictionary<string, IReadOnlyList<string>> _needs;

    private readonly ResourceGraph? _wide;

    /// <param name="wide">The resources of the link with all that an earlier spec may have had; none: nothing is looked
    /// for beyond <paramref name="resources"/>.</param>
    public ResourceGraph(IReadOnlyList<Resource> resources, IReadOnlyList<Resource> wide)
        : this(resources, new ResourceGraph(wide))
    {
    }

    public ResourceGraph(IReadOnlyList<Resource> resources)
        : this(resources, (ResourceGraph?)null)
    {
    }

    private ResourceGraph(IReadOnlyList<Resource> resources, ResourceGraph? wide)
    {
        _wide = wide;
        _byId = resources.ToDictionary(resource => resource.Id, StringComparer.Ordinal);
        _before = resources.ToDictionary(resource => resource.Id, BeforeOf, StringComparer.Ordinal);
        _needs = resources.ToDictionary(resource => resource.Id, IdsOf, StringComparer.Ordinal);
        Resources = Sorted(resources);
    }

    private ResourceGraph(IReadOnlyList<Resource> resources, Func<int, List<string>> before,
        Func<int, IReadOnlyList<string>> needs)
    {
        _byId = resources.ToDictionary(resource => resource.Id, StringComparer.Ordinal);
        _before = resources.Index()
            .ToDictionary(each => each.Item.Id, each => before(each.Index), StringComparer.Ordinal);
        _needs = resources.Index()
            .ToDictionary(each => each.Item.Id, each => needs(each.Index), StringComparer.Ordinal);
        Resources = resources;
    }

    /// <summary>
    /// One after the other in the order given, whatever the locks say: the way of a manual. A need that comes later
    /// counts
    /// for nothing; the resource must do without it.
    /// </summary>
    public static ResourceGraph InSequence(IReadOnlyList<Resource> resources) => new(
        resources,
        index => index == 0 ? [] : [resources[index - 1].Id],
        index => [.. IdsOf(resources[index]).Where(need => resources.Take(index).Any(earlier => earlier.Id == need))]);

    /// <summary>All resources, each after everything it waits for; otherwise in the order given.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>The longest in which a list may leave out something that was ordered.</summary>
    public TimeSpan ListLag => Resources.Where(resource => resource.IsMade)
        .Select(resource => resource.ListLag).DefaultIfEmpty(TimeSpan.Zero).Max();

    public Resource this[string id] => _byId[id];

    public bool Has(string id) => _byId.ContainsKey(id);

    /// <summary>What an earlier spec may have had and this one has not, in the order in which it is looked
    /// for.</summary>
    public IEnumerable<Resource> Former => _wide?.Resources.Where(resource => !Has(resource.Id)) ?? [];

    /// <summary>The same with what is to be taken away, where <paramref name="known"/> shows any.</summary>
    public ResourceGraph Retiring(Known known) =>
        _wide is not null && new Retirement(this, _wide, known).Steps() is { Count: > 0 } retired
            ? new([.. Resources, .. retired], _wide) : this;

    /// <summary>What leads traffic away from these before they go.</summary>
    public IReadOnlyList<Resource> Withdrawing(IEnumerable<string> ids, Known known) =>
        [.. (_wide?.Resources ?? []).Where(resource => resource.Withdraws is { } what && ids.Contains(what.Id)
            && known[resource.Id] is not null)];

    /// <summary>All that there is of the link, as it was built: what a destroy takes down.</summary>
    public ResourceGraph Whole(Known known) =>
        Former.Any(resource => known[resource.Id] is not null) ? _wide! : this;

    /// <summary>What must be ready before this one starts.</summary>
    public IReadOnlyList<string> Before(string id) => _before[id];

    /// <summary>The resources that this one is built from.</summary>
    public IReadOnlyList<string> Needs(string id) => _needs[id];

    /// <summary>What waits for this one.</summary>
    public IEnumerable<string> Behind(string id) =>
        from resource in Resources where _before[resource.Id].Contains(id) select resource.Id;

    /// <summary>
    /// What waits for this one, near or far. Between two that are deleted there may be one that goes by itself: the
    /// hosted connection stands between a virtual interface and the VXC, and is not deleted by anybody.
    /// </summary>
    public IReadOnlySet<string> AllBehind(string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            if (_before[resource.Id].Exists(earlier => earlier == id || found.Contains(earlier)))
            {
                found.Add(resource.Id);
            }
        }
        return found;
    }

    /// <summary>Everything built on this one, near or far: replaced when it is replaced.</summary>
    public IReadOnlySet<string> BuiltOn(string id)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            if (_needs[resource.Id].Any(need => need == id || found.Contains(need)))
            {
                found.Add(resource.Id);
            }
        }
        return found;
    }

    /// <summary>The longest way through the graph, counting each resource with its own time.</summary>
    public (TimeSpan Length, IReadOnlyList<string> Path) CriticalPath(Func<Resource, TimeSpan> time)
    {
        var ends = new Dictionary<string, (TimeSpan End, string? Previous)>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            var previous = Before(resource.Id).MaxBy(id => ends[id].End);
            ends[resource.Id] = ((previous is null ? TimeSpan.Zero : ends[previous].End) + time(resource), previous);
        }
        if (ends.Count == 0)
        {
            return (TimeSpan.Zero, []);
        }
        var path = new List<string>();
        for (var at = ends.MaxBy(end => end.Value.End).Key; at is not null; at = ends[at].Previous)
        {
            path.Insert(0, at);
        }
        return (ends[path[^1]].End, path);
    }

    /// <summary>How much longer each could take without the longest way becoming longer.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Slack(Func<Resource, TimeSpan> time)
    {
        var ends = EndsOf(time);
        var tails = Resources.ToDictionary(resource => resource.Id, _ => TimeSpan.Zero, StringComparer.Ordinal);
        foreach (var resource in Resources.Reverse())
        {
            var tail = tails[resource.Id] + time(resource);
            foreach (var earlier in Before(resource.Id))
            {
                tails[earlier] = tails[earlier] > tail ? tails[earlier] : tail;
            }
        }
        var length = ends.Values.DefaultIfEmpty().Max();
        return ends.ToDictionary(end => end.Key, end => length - end.Value - tails[end.Key], StringComparer.Ordinal);
    }

    /// <summary>
    /// How long all that the locks guard stands before the last lock is closed, counting each resource with its own
    /// time:
    /// zero where locks come first.
    /// </summary>
    public TimeSpan OpenFor(Func<Resource, TimeSpan> time)
    {
        var ends = EndsOf(time);
        var guarded = Resources.Where(resource => resource.GuardedBy != Locks.None)
            .Select(resource => ends[resource.Id]).DefaultIfEmpty().Max();
        var closed = Resources.Where(resource => resource.Closes != Locks.None).Select(resource => ends[resource.Id])
            .DefaultIfEmpty().Max();
        return closed > guarded ? closed - guarded : TimeSpan.Zero;
    }

    /// <summary>When each is ready at the earliest, counting each with its own time.</summary>
    private Dictionary<string, TimeSpan> EndsOf(Func<Resource, TimeSpan> time)
    {
        var ends = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach (var resource in Resources)
        {
            ends[resource.Id] = Before(resource.Id).Select(id => ends[id]).DefaultIfEmpty().Max() + time(resource);
        }
        return ends;
    }

    private static IReadOnlyList<string> IdsOf(Resource resource) => [.. resource.Needs.Select(need => need.Id)];

    private List<string> BeforeOf(Resource resource)
    {
        var closers = _byId.Values.Where(other => other.Id != resource.Id && (other.Closes & resource.GuardedBy) != 0);
        var leaving = _byId.Values.Where(other => other.Ahead.Any(waiting => waiting.Id == resource.Id));
        var back = _byId.Values.Any(other => other.Retires) ? resource.AfterOnTheWayBack : [];
        var before = resource.Needs.Concat(resource.After).Concat(back).Select(other => other.Id)
            .Concat(closers.Concat(leaving).Select(other => other.Id)).Distinct().ToList();
        if (before.Find(id => !_byId.ContainsKey(id)) is { } missing)
        {
            throw new InvalidOperationException($"{resource.Id} waits for {missing}, which is not in the graph");
        }
        return before;
    }

    private List<Resource> Sorted(IReadOnlyList<Resource> resources)
    {
        var sorted = new List<Resource>();
        var done = new HashSet<string>(StringComparer.Ordinal);
        var open = new List<string>();

        void Visit(Resource resource)
        {
            if (done.Contains(resource.Id))
            {
                return;
            }
            if (open.Contains(resource.Id))
            {
                throw new InvalidOperationException(
                    $"a circle in the graph: {string.Join(" → ", open.Append(resource.Id))}");
            }
            open.Add(resource.Id);
            foreach (var id in _before[resource.Id])
            {
                Visit(_byId[id]);
            }
            open.Remove(resource.Id);
            done.Add(resource.Id);
            sorted.Add(resource);
        }

        foreach (var resource in resources)
        {
            Visit(resource);
        }
        return sorted;
    }
}
