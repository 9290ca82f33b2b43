using Sealane.Clouds.Drills;

namespace Sealane.Cli.Drills;

/// <summary>What a drill that was cut off has left down.</summary>
internal static class LeftDown
{
    /// <summary>Gives back what the record names; without one, what the clouds show to be held down by a drill's
    /// means.</summary>
    /// <returns>What is wrong and the way out; null where nothing is down any more.</returns>
    public static async Task<(string Why, string Fix)?> GiveBack(LinkSession link, IReadOnlyList<DrillElement> all,
        DrillWishes wishes, IDrillBook book, Action<string> say, CancellationToken stop)
    {
        List<DrillElement> down;
        if (book.Read() is { } record)
        {
            say($"A drill was cut off at {record.At:yyyy-MM-dd HH:mm:ss} UTC while {record.Element} was down "
                + $"({record.Means}): giving it back first.");
            down = [.. all.Where(element => element.Id == record.Element)];
            if (down.Count == 0)
            {
                return ($"{record.Element} is not in the clouds as this spec has it, or not in the spec",
                    $"by hand: {record.WayBack}; then delete {book.Place}");
            }
        }
        else
        {
            var seen = (await Verifying.Once(link, stop).ConfigureAwait(false)).Verification.Seen;
            down = [.. all.Where(element => element.IsHeldDown(seen))];
            if (down.Count == 0)
            {
                say($"Nothing to give back: {book.Place} is not there, and no cloud shows anything held down.");
                return null;
            }
        }
        var run = new DrillRun(link, wishes, book);
        foreach (var element in down)
        {
            if (!await run.GiveBack(element, stop).ConfigureAwait(false))
            {
                return ($"{element.Id} is not up again", $"look at {link.Options.Again("status")}; by hand: "
                    + element.WayBack);
            }
            say($"{element.Id} is up again.");
        }
        return null;
    }
}
