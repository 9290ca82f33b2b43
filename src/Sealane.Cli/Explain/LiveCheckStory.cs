using Sealane.Core.Checks.Live;

namespace Sealane.Cli.Explain;

/// <summary>A question that <c>verify</c> asks of the living link.</summary>
internal static class LiveCheckStory
{
    public static string Of(LiveCheck check) => new StoryText($"{check.Id} (verify): {check.Title}")
        .Line("guide", check.GuideStep is { } number
            ? $"{GuideSteps.All[number - 1].Id}, {GuideSteps.All[number - 1].Title}" : null)
        .Line("fix", check.Fix)
        .ToString();
}
