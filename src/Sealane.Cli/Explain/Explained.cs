using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Explain;

/// <summary>Everything besides the design checks that <c>sealane explain</c> knows: objects, guide steps, locks, live
/// checks.</summary>
public static class Explained
{
    private static readonly Lazy<ResourceGraph> Graph = new(AllResources.Catalogue);

    public static IReadOnlyList<string> Ids => [.. Titles.Select(each => each.Id)];

    public static IEnumerable<(string Id, string Title)> Titles =>
    [
        .. AllLiveChecks.List.Select(check => (check.Id, check.Title)),
        .. Graph.Value.Resources.Select(resource => (resource.Id, resource.Title)),
        .. GuideSteps.All.Select(step => (step.Id, step.Title)),
        .. LockStories.All.Select(story => (story.Id, story.Title)),
        .. KeyStories.All,
    ];

    /// <summary>The story of an id in any case, or null when nothing has it.</summary>
    public static string? Story(string id) =>
        GuideSteps.Find(id) is { } step ? StepStory.Of(step, Graph.Value)
        : LockStories.Find(id) is { } story ? LockStories.Text(story, Graph.Value)
        : AllLiveChecks.List.FirstOrDefault(check => Same(check.Id, id)) is { } live ? LiveCheckStory.Of(live)
        : Graph.Value.Resources.FirstOrDefault(resource => Same(resource.Id, id)) is { } found
            ? ResourceStory.Of(found, Graph.Value)
        : KeyStories.Find(id);

    private static bool Same(string known, string asked) =>
        string.Equals(known, asked, StringComparison.OrdinalIgnoreCase);
}
