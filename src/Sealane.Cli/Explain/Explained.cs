using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Explain;

/// <summary>Everything besides the design checks that <c>sealane explain</c> knows: objects, guide steps, locks, live
/// checks.</summary>
public static class Explained
{
    private static readonly Lazy<ResourceGraph> Graph = new(AllResources.Catalogue);

    public static IReadOnlyList<string> Ids =>
    [
        .. Graph.Value.Resources.Select(resource => resource.Id),
        .. GuideSteps.All.Select(step => step.Id),
        .. LockStories.All.Select(story => story.Id),
        .. AllLiveChecks.List.Select(check => check.Id),
    ];

    /// <summary>The story of an id in any case, or null when nothing has it.</summary>
    public static string? Story(string id) =>
        GuideSteps.Find(id) is { } step ? StepStory.Of(step, Graph.Value)
        : LockStories.Find(id) is { } story ? LockStories.Text(story, Graph.Value)
        : AllLiveChecks.List.FirstOrDefault(check => Same(check.Id, id)) is { } live ? LiveCheckStory.Of(live)
        : Graph.Value.Resources.FirstOrDefault(resource => Same(resource.Id, id)) is { } found
            ? ResourceStory.Of(found, Graph.Value)
        : null;

    private static bool Same(string known, string asked) =>
        string.Equals(known, asked, StringComparison.OrdinalIgnoreCase);
}
