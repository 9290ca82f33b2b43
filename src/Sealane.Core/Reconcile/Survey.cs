using Sealane.Core.Design;

namespace Sealane.Core.Reconcile;

/// <summary>Looks at everything once, changing nothing: the start of plan, status, verify and destroy.</summary>
public static class Survey
{
    /// <summary>Whether destroy has something to do: it is there, we made it, and nothing else's deletion takes it
    /// along.</summary>
    public static bool ToDelete(Resource resource, NetworkDesign design, Known known) =>
        !resource.GoesWithItsNeeds && resource.IsOurs(design)
        && known.Find(resource.Id) is { } observed && resource.IsOursAny(observed);

    public static async Task<Known> Take(ResourceGraph graph, NetworkDesign design, CancellationToken ct)
    {
        var known = new Known();
        // One after the other: a survey is a few dozen quick reads, and readers of a wire log can follow it.
        foreach (var resource in graph.Resources)
        {
            known.Set(resource.Id, await resource.ObserveAny(design, known, ct).ConfigureAwait(false));
        }
        return known;
    }
}
