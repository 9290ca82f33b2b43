using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;

namespace Sealane.Cli.Drills;

/// <summary>What a drill that was cut off has left down.</summary>
internal static class LeftDown
{
    /// <summary>What the record names; without one, what the clouds show to be held down by a drill's means.</summary>
    public static async Task<int> GiveBack(
        LinkSession link, IReadOnlyList<DrillElement> all, DrillWishes wishes, CancellationToken stop)
    {
        var path = DrillRecord.PathOf(link);
        List<DrillElement> down;
        if (DrillRecord.Read(path) is { } record)
        {
            Say(link, $"A drill was cut off at {record.At:yyyy-MM-dd HH:mm:ss} UTC while {record.Element} was down "
                + $"({record.Means}): giving it back first.");
            down = [.. all.Where(element => element.Id == record.Element)];
            if (down.Count == 0)
            {
                return Runs.Refuse($"{record.Element} is not in the clouds as this spec has it, or not in the spec",
                    $"by hand: {record.WayBack}; then delete {path}");
            }
        }
        else
        {
            var seen = (await Verifying.Once(link, stop).ConfigureAwait(false)).Verification.Seen;
            down = [.. all.Where(element => element.IsHeldDown(seen))];
            if (down.Count == 0)
            {
                Say(link, $"Nothing to give back: {path} is not there, and no cloud shows anything held down.");
                return ExitCode.Done;
            }
        }
        var run = new DrillRun(link, wishes);
        foreach (var element in down)
        {
            if (!await run.GiveBack(element, stop).ConfigureAwait(false))
            {
                return Runs.Refuse($"{element.Id} is not up again", $"look at {link.Options.Again("status")}; by hand: "
                    + element.WayBack);
            }
            Say(link, $"{element.Id} is up again.");
        }
        return ExitCode.Done;
    }

    private static void Say(LinkSession link, string text) =>
        (link.Options.Format == "json" ? Console.Error : Console.Out).Line(text);
}
