using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Explain;

/// <summary>A step of the guide: what Sealane does instead, with which objects, and how it is verified.</summary>
internal static class StepStory
{
    public static string Of(GuideStep step, ResourceGraph graph) => new StoryText($"{step.Id}: {step.Title}")
        .Line("sealane", step.Does)
        .Line("differs", step.Deviation)
        .Lines("objects", graph.Resources.Where(resource => resource.GuideSteps.Contains(step.Number))
            .Select(resource => $"{resource.Id}, {resource.Title}"))
        .Lines("verified by", AllLiveChecks.List.Where(check => check.GuideStep == step.Number)
            .Select(check => $"{check.Id}, {check.Title}"))
        .ToString();
}
