using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary>What a destroy would delete, after nothing spoke against it.</summary>
/// <param name="Ours">In the order in which they go.</param>
internal sealed record ReadyToDestroy(Known Known, ResourceGraph Graph, IReadOnlyList<Resource> Ours);

/// <summary>All that is asked before a link is taken down, and told after it.</summary>
internal static class Destroying
{
    /// <returns>Null after the reasons against it were written.</returns>
    public static async Task<ReadyToDestroy?> Prepare(LinkSession link, TextWriter errors, CancellationToken ct)
    {
        var known = await link.Survey(ct).ConfigureAwait(false);
        var graph = link.Graph.Whole(known);
        var ours = graph.Resources.Where(resource => Survey.ToDelete(resource, known)).Reverse().ToList();
        if (ours.Count > 0 && link.Design.Spec.Protect)
        {
            await errors.WriteLineAsync(Consent.Protected($"{ours.Count} objects of the link stand"))
                .ConfigureAwait(false);
            return null;
        }
        if (!await link.IsOfTheseEnds(known, errors, ct).ConfigureAwait(false)
            || !await link.NobodyUses(known, ours.Select(resource => resource.Id), errors, ct).ConfigureAwait(false))
        {
            return null;
        }
        if (ours.Count > 0)
        {
            link.RequireWritableJournal();
        }
        return new(known, graph, ours);
    }

    /// <summary>What the link had set on objects that stay; asked before the rest is gone.</summary>
    public static IReadOnlyList<string> LeftForOthers(Known known, IReadOnlyList<Resource> ours) =>
        [.. ours.SelectMany(resource => known[resource.Id]!.View.Left.Select(what => $"{resource.Id}: {what}"))];

    public static IReadOnlyList<string> StillBilled(ResourceGraph graph, Known left) =>
    [
        .. graph.Resources.Where(resource => resource.Billed && resource.IsMade && left[resource.Id] is not null)
            .Select(resource => $"{resource.Id} {left[resource.Id]!.View.CloudId}".TrimEnd()),
    ];
}
