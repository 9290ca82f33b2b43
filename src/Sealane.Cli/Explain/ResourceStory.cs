using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Explain;

/// <summary>An object of the link: where the guide makes it, what it calls, what it waits for.</summary>
internal static class ResourceStory
{
    public static string Of(Resource resource, ResourceGraph graph) =>
        new StoryText($"{resource.Id}: {resource.Title} ({resource.Cloud})")
        .Lines("guide",
            resource.GuideSteps.Select(number => GuideSteps.All[number - 1]).Select(step => $"{step.Id}, {step.Title}"))
        .Lines("calls", resource.Operations)
        .Line("built on", string.Join(", ", resource.Needs))
        .Line("after", string.Join(", ", graph.Before(resource.Id).Except(resource.Needs.Select(need => need.Id))))
        .Line("before", string.Join(", ", graph.Behind(resource.Id)))
        .Line("closes", LockStories.Words(resource.Closes))
        .Line("needs closed", LockStories.Words(resource.GuardedBy))
        .Line("usually",
            $"{Durations.Words(resource.Expected)} to make, "
            + $"{(resource.GoesWithItsNeeds ? "goes with what it is built on"
                    : Durations.Words(resource.ExpectedDelete) + " to delete")}")
        .Line("billed", resource.Billed ? "while it exists" : "no")
        .ToString();
}
