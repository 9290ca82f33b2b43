namespace Sealane.Core.Reconcile;

/// <summary>What would be done with one resource.</summary>
/// <param name="Before">Everything that must be ready first.</param>
public sealed record PlanStep(
    Resource Resource, StepAction Action, IReadOnlyList<string> Before, Change Change, TimeSpan Expected)
{
    public string Id => Resource.Id;

    /// <summary>Replaced only because what it is built on is.</summary>
    public bool Follows { get; init; }

    /// <summary>What a person must tell; null where the clouds tell all.</summary>
    public OpenQuestion? Open { get; init; }
    public bool Changes => Action is not (StepAction.Keep or StepAction.Wait);
}

/// <summary>What would be done, in what order and how long it would take.</summary>
/// <param name="OpenFor">How long traffic would find its way before the last lock is closed; zero where locks come
/// first.</param>
public sealed record Plan(IReadOnlyList<PlanStep> Steps, TimeSpan CriticalPath, IReadOnlyList<string> Path,
    TimeSpan OpenFor)
{
    /// <summary>How long of it no packet gets through, as far as that is sure.</summary>
    public TimeSpan Outage { get; private init; }

    /// <summary>The order it was made for, with what it takes away.</summary>
    public required ResourceGraph Graph { get; init; }

    /// <summary>How much later each may be ready without the run ending later.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Slack
    {
        get
        {
            var times = Steps.ToDictionary(step => step.Resource.Id, step => step.Expected, StringComparer.Ordinal);
            return Graph.Slack(resource => times[resource.Id]);
        }
    }

    public bool IsEmpty => Steps.All(step => !step.Changes);

    /// <summary>What is deleted and made anew for its own sake; what is built on it follows.</summary>
    public IEnumerable<PlanStep> Replacements =>
        Steps.Where(step => step is { Action: StepAction.Replace, Follows: false });

    /// <summary>What the spec no longer has.</summary>
    public IEnumerable<PlanStep> Retired => Steps.Where(step => step.Action == StepAction.Delete);

    public IEnumerable<PlanStep> Refused => Steps.Where(step => step.Action == StepAction.Refuse);

    /// <param name="gone">Objects of which a person says that they are gone for good.</param>
    public static Plan Of(ResourceGraph link, Known known, IReadOnlyCollection<string>? gone = null)
    {
        var graph = link.Retiring(known);
        var actions = new Dictionary<string, (StepAction Action, Change Change)>(StringComparer.Ordinal);
        var questions = new Dictionary<string, OpenQuestion>(StringComparer.Ordinal);
        foreach (var resource in graph.Resources)
        {
            actions[resource.Id] = Decide(resource, known,
                graph.Needs(resource.Id).ToDictionary(need => need, need => actions[need].Action));
            if (actions[resource.Id].Action is StepAction.Keep or StepAction.Update
                && graph.Needs(resource.Id).All(need => known[need] is not null)
                && known[resource.Id]?.Unclear(known) is { } open)
            {
                questions[resource.Id] = open;
                if (gone?.Contains(open.Id) == true)
                {
                    actions[resource.Id] = (StepAction.Replace, Change.Replace(
                        [$"{open.Id} is gone", .. actions[resource.Id].Change.Differences],
                        "down until it is made again"));
                }
            }
        }
        var follows = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in actions.Where(entry => entry.Value.Action == StepAction.Replace).Select(entry => entry.Key)
            .ToList())
        {
            foreach (var built in graph.BuiltOn(id)
                .Where(built => known[built] is not null && IsBuilt(graph[built])))
            {
                follows.Add(built);
                var stops = actions[id].Change.Stops;
                actions[built] = (StepAction.Replace, new(ChangeKind.Replace, [$"built on {id}"],
                    stops ? "down until it is built again" : "none: something else carries until it is built again")
                {
                    Stops = stops,
                });
            }
        }
        foreach (var used in graph.Resources.Where(resource => resource.UsedId is not null
            && known[resource.Id] is not null))
        {
            // It cannot stand on what is yet to be made, and would not outlast what is made anew.
            // Nothing stands on a list: what a session filters by is told by its filters.
            var under = actions.Where(entry => entry.Value.Action is StepAction.Create or StepAction.Replace
                && (graph[entry.Key].Closes & (Locks.McrImport | Locks.McrExport)) == 0
                && graph.BuiltOn(entry.Key).Contains(used.Id)).Select(entry => entry.Key).ToList();
            if (under.Count > 0)
            {
                actions[used.Id] = (StepAction.Refuse, Change.Refused([.. actions[used.Id].Change.Differences,
                    $"it is used, and {string.Join(", ", under)}, on which it stands, would be made: name that in "
                        + "existing too, or take this out"]));
            }
        }
        var steps = graph.Resources.Select(resource => new PlanStep(
            resource, actions[resource.Id].Action,
            GoesFirst(resource, graph, actions) ? [] : graph.Before(resource.Id), actions[resource.Id].Change,
            Time(resource, actions[resource.Id].Action))
        {
            Follows = follows.Contains(resource.Id),
            Open = questions.GetValueOrDefault(resource.Id),
        }).ToList();
        var (length, path) = graph.CriticalPath(resource => Time(resource, actions[resource.Id].Action));
        return new(steps, length, [.. path.Where(id => actions[id].Action != StepAction.Keep)],
            graph.OpenFor(resource => Time(resource, actions[resource.Id].Action)))
        {
            Graph = graph,
            Outage = OutageOf(graph, actions),
        };
    }

    /// <summary>What goes with what is replaced goes before all else.</summary>
    private static bool GoesFirst(
        Resource resource, ResourceGraph graph, Dictionary<string, (StepAction Action, Change Change)> actions) =>
        resource switch
        {
            Retired retired => retired.Under.Any(id => actions[id].Action == StepAction.Replace),
            { Withdraws: { } what } => graph.Has(what.Id) && GoesFirst(graph[what.Id], graph, actions),
            _ => false,
        };

    /// <summary>The longest way through what is replaced; what has to be set on it again is a matter of
    /// seconds.</summary>
    private static TimeSpan OutageOf(
        ResourceGraph graph, Dictionary<string, (StepAction Action, Change Change)> actions)
    {
        var down = actions.Where(entry => entry.Value is { Action: StepAction.Replace, Change.Stops: true })
            .Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        return graph.CriticalPath(resource => down.Contains(resource.Id)
            ? Time(resource, actions[resource.Id].Action) : TimeSpan.Zero).Length;
    }

    private static (StepAction Action, Change Change) Decide(
        Resource resource, Known known, IReadOnlyDictionary<string, StepAction> needs)
    {
        if (known.Doubts.GetValueOrDefault(resource.Id) is { } doubt)
        {
            return (StepAction.Refuse, new(ChangeKind.Refused, doubt.Describe().Split('\n',
                StringSplitOptions.TrimEntries)));
        }
        if (resource.Retires)
        {
            return (resource.GoesWithItsNeeds ? StepAction.Wait : StepAction.Delete, Change.None);
        }
        if (known[resource.Id] is not { } seen)
        {
            return (resource.IsMade ? Foretold(resource.Making) : StepAction.Refuse,
                resource.IsMade ? Change.None
                    : new(ChangeKind.Refused, resource.WhyAbsent));
        }
        // A resource whose needs are still to be made, or made anew, cannot be compared yet; what exists of it is
        // compared in its turn.
        if (needs.Any(need => known[need.Key] is null || need.Value is StepAction.Replace or StepAction.Refuse))
        {
            var foreseen = seen.Foresee(need => needs.GetValueOrDefault(need.Id) == StepAction.Create);
            return (foreseen.Kind switch
            {
                ChangeKind.Replace => StepAction.Replace,
                ChangeKind.InPlace => StepAction.Update,
                ChangeKind.Refused => StepAction.Refuse,
                _ => StepAction.Wait,
            }, foreseen);
        }
        var change = seen.Compare(known);
        return (change.Kind switch
        {
            ChangeKind.InPlace => StepAction.Update,
            ChangeKind.Replace => StepAction.Replace,
            ChangeKind.Refused => StepAction.Refuse,
            _ => seen.IsReady ? StepAction.Keep : StepAction.Wait,
        }, change.Kind == ChangeKind.None && seen.Hindrance is { } hindrance
            ? change with { Differences = [hindrance] } : change);
    }

    private static StepAction Foretold(Making making) => making switch
    {
        Making.Set => StepAction.Update,
        Making.Awaited => StepAction.Wait,
        _ => StepAction.Create,
    };

    private static bool IsBuilt(Resource resource) => resource.IsMade
        && !resource.GoesWithItsNeeds;

    private static TimeSpan Time(Resource resource, StepAction action) => action switch
    {
        StepAction.Keep or StepAction.Refuse => TimeSpan.Zero,
        StepAction.Replace => resource.ExpectedDelete + resource.Expected,
        StepAction.Delete => resource.ExpectedDelete,
        _ => resource.Expected,
    };
}
