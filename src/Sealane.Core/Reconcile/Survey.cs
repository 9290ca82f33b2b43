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
        foreach (var resource in graph.Resources)
        {
            known.Set(resource.Id, await resource.Look(known, ct).ConfigureAwait(false));
        }
        return known;
    }
}
