using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Rotate;

/// <summary>Which keys, in which order, and what happens to traffic meanwhile.</summary>
internal static class RotationText
{
    public static void Write(LinkOptions options, string name, IReadOnlyList<RotationStep> steps)
    {
        if (options.Format == "jsonl")
        {
            var lines = new JsonLines(Console.Out);
            foreach (var (number, step) in steps.Index())
            {
                lines.Write(Json("planned", number + 1, steps.Count, step));
            }
            return;
        }
        var output = Console.Out;
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{name}: {steps.Count} "
            + $"{(steps.Count == 1 ? "key" : "keys")} to change, one after the other, in about "
            + $"{Durations.Words(new(steps.Sum(step => step.Length.Ticks)))}"));
        foreach (var (number, step) in steps.Index())
        {
            output.WriteLine();
            output.Line(string.Create(CultureInfo.InvariantCulture, $"  {number + 1}  {step.Key.Label,-14}  about "
                + $"{Durations.Words(step.Length),-12}  {Impact(step, steps)}"));
            foreach (var change in step.Changes)
            {
                output.Line(
                    $"       {Sign(change.Action)} {change.Id}: {string.Join("; ", change.Change.Differences)}");
            }
        }
        output.WriteLine();
    }

    public static void WriteBegin(LinkOptions options, int number, int of, RotationStep step)
    {
        if (options.Format == "jsonl")
        {
            new JsonLines(Console.Out).Write(Json("key", number, of, step));
            return;
        }
        Console.Out.Line(string.Create(CultureInfo.InvariantCulture,
            $"Key {number} of {of}: {step.Key.Label}; {Impact(step, [step])}"));
    }

    public static string Impact(RotationStep step, IReadOnlyList<RotationStep> steps) =>
        step.Carried ? "the rest of the link carries, by its proof"
        : step.Against is { } work ? $"NOT NOW: {work}"
        : steps[0].Key.Agrees != step.Key.Agrees ? "not before what is out of step is mended and carries"
        : "OUTAGE: nothing else carries";

    private static JsonObject Json(string what, int number, int of, RotationStep step) => new()
    {
        ["event"] = what,
        ["key"] = step.Key.Label,
        ["number"] = number,
        ["of"] = of,
        ["carried"] = step.Carried,
        ["announcedAgainst"] = step.Against,
        ["expectedSeconds"] = step.Length.TotalSeconds,
        ["changes"] = new JsonArray([.. step.Changes.Select(change => (JsonNode)change.Id)]),
    };

    private static string Sign(StepAction action) => action switch
    {
        StepAction.Replace => "±",
        StepAction.Create => "+",
        _ => "~",
    };
}
