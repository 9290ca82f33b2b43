namespace Sealane.Core.Reconcile;

/// <summary>Looks at everything once, changing nothing: the start of plan, status, verify and destroy.</summary>
public static class Survey
{
    /// <summary>Whether destroy has something to do: it is there, we made it, and nothing else's deletion takes it
    /// along.</summary>
    public static bool ToDelete(Resource resource, Known known) =>
        !resource.GoesWithItsNeeds && resource.IsMade
        && known[resource.Id] is { IsOurs: true };

    public static async Task<Known> Take(ResourceGraph graph, CancellationToken ct)
    {
        var known = new Known();
        // One after the other: a survey is a few dozen quick reads, and readers of a wire log can follow it.
        foreach (var resource in graph.Resources.Concat(graph.Former))
        {
            await Look(resource, known, ct).ConfigureAwait(false);
        }
        if (graph.Former.Any(resource => known[resource.Id] is not null)
            || graph.Resources.Any(resource => resource.Retires))
        {
            // What is not where the spec has it may stand where an earlier one had it.
            foreach (var resource in graph.Resources.Where(resource => known[resource.Id] is null))
            {
                await Look(resource, known, ct).ConfigureAwait(false);
            }
        }
        return known;
    }

    private static async Task Look(Resource resource, Known known, CancellationToken ct)
    {
        try
        {
            known.Set(resource.Id, await resource.Look(known, ct).ConfigureAwait(false));
        }
        catch (CloudError error) when (error.Kind == CloudErrorKind.Doubtful)
        {
            // One doubtful object must not hide all others.
            known.Doubt(resource.Id, error);
        }
    }
}
