using System.Text.Json.Nodes;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>When a run in the sandbox let traffic through in the clear, and what it was doing then.</summary>
internal static class ClearTimes
{
    public static void Write(TextWriter output, LinkSession link, RunReport report, Timeline timeline)
    {
        if (link.ClearSeconds is not { } seconds)
        {
            return;
        }
        var windows = link.ClearWindows ?? [];
        var total = TimeSpan.FromSeconds(seconds);
        var words = total > TimeSpan.Zero && total < TimeSpan.FromSeconds(1) ? "less than 1 s" : Durations.Words(total);
        output.WriteLine($"Clear traffic was possible for {words} of the run.");
        if (link.Outage is { } outage && outage > TimeSpan.Zero)
        {
            output.WriteLine($"The link, which carried before, was down for {Durations.Words(outage)} of it.");
        }
        var start = link.Clock.GetUtcNow() - report.Took;
        foreach (var window in windows)
        {
            var from = window.From <= start ? "from before it"
                : $"from {Durations.Clock(window.From - start)} ({Step(link, timeline.At(window.From))})";
            output.WriteLine(
                $"  {from} to {Durations.Clock(window.Until - start)} ({Step(link, timeline.At(window.Until))})");
        }
    }

    public static JsonArray? ToJson(LinkSession link, RunReport report, Timeline timeline)
    {
        var start = link.Clock.GetUtcNow() - report.Took;
        return link.ClearWindows is not { } windows ? null : [.. windows.Select(window => (JsonNode)new JsonObject
        {
            ["fromSeconds"] = Math.Round((window.From - start).TotalSeconds, 3),
            ["untilSeconds"] = Math.Round((window.Until - start).TotalSeconds, 3),
            ["from"] = timeline.At(window.From),
            ["until"] = timeline.At(window.Until),
        })];
    }

    private static string Step(LinkSession link, string? id) =>
        id is null ? "between steps"
        : link.Graph[id].GuideSteps is [var step, ..] ? $"{id}, guide step {step}"
        : id;
}
