using System.Globalization;
using Sealane.Cli.Watch;

namespace Sealane.Cli.Output;

/// <summary>
/// The link's objects as lines that fit the terminal: none longer than it is wide, never more than it is high. Where
/// there is not room for all, those that are not ready come first, then those that were not read, then those that
/// changed last.
/// </summary>
internal static class StatusScreen
{
    private const int CloudWidth = 8;
    private const int AgeWidth = 11;

    /// <param name="look">Null before the first look has ended.</param>
    /// <param name="next">When the next look begins.</param>
    public static IReadOnlyList<IReadOnlyList<Piece>> Draw(
        StatusLook? look, Func<string, DateTimeOffset?> changedAt, DateTimeOffset now, DateTimeOffset next,
        string? waiting, bool ended, int width, int height)
    {
        // The last line of the terminal is the cursor's, and so is its last column.
        var columns = width - 1;
        var foot = Foot(look, now, next, ended, columns);
        List<IReadOnlyList<Piece>> notes =
        [
            .. (look?.Unanswered ?? []).Select(text => (IReadOnlyList<Piece>)[Whole(text, columns, "yellow")]),
        ];
        if (waiting is not null && !ended)
        {
            notes.Add([Whole(waiting, columns, "default")]);
        }
        var rows = look?.Rows ?? [];
        var phases = rows.GroupBy(row => Phases.Of(row.Resource)).OrderBy(group => group.Key).ToList();
        var room = Math.Max(0, height - 1 - foot.Count - notes.Count - phases.Count);
        var shown = rows.Count <= room ? [.. rows] : rows
            .OrderBy(row => row.IsReady ? 2 : row.IsRead ? 0 : 1)
            .ThenByDescending(row => changedAt(row.Resource.Id) ?? DateTimeOffset.MinValue)
            .Take(Math.Max(0, room - 1)).ToHashSet();
        var lines = new List<IReadOnlyList<Piece>>();
        foreach (var phase in phases)
        {
            lines.Add([
                new("  "), new(phase.Key.ToString(), "bold"),
                new($"  {phase.Count(row => row.IsReady)} of {phase.Count()} ready", "grey")]);
            lines.AddRange(phase.Where(shown.Contains)
                .Select(row => Row(row, changedAt(row.Resource.Id), now, columns)));
        }
        if (shown.Count < rows.Count)
        {
            var hidden = rows.Where(row => !shown.Contains(row)).ToList();
            lines.Add([Whole($"  … and {hidden.Count} more"
                + (hidden.TrueForAll(row => row.IsReady) ? ", ready" : ""), columns, "grey")]);
        }
        lines.AddRange(notes);
        lines.AddRange(foot);
        return [.. lines.TakeLast(Math.Max(1, height - 1))];
    }

    private static List<IReadOnlyList<Piece>> Foot(
        StatusLook? look, DateTimeOffset now, DateTimeOffset next, bool ended, int columns)
    {
        if (look is null)
        {
            return [[Whole("looking for the first time", columns, "grey")]];
        }
        var count = $"{look.Link}: {look.Counts}";
        var time = string.Create(CultureInfo.InvariantCulture, $"at {look.At:yyyy-MM-dd HH:mm:ss}Z")
            + (ended ? "" : next > now ? $", again in {Durations.Words(next - now)}" : ", looking again");
        return count.Length + 2 + time.Length <= columns ? [[new(count, "bold"), new($", {time}")]]
            : [[Whole(count, columns, "bold")], [Whole(time, columns, "default")]];
    }

    private static IReadOnlyList<Piece> Row(StatusRow row, DateTimeOffset? changed, DateTimeOffset now, int columns)
    {
        var (mark, style) = row switch
        {
            { IsRead: false } => ("?", "yellow"),
            { IsReady: true } => ("✓", "green"),
            { View: null } => ("·", "grey"),
            _ => ("●", "yellow"),
        };
        var state = columns >= 95 ? 30 : columns >= 55 ? 18 : 12;
        var age = columns >= 55 ? AgeWidth : 0;
        var title = Math.Max(4, columns - 1 - 1 - CloudWidth - 1 - 1 - state - (age > 0 ? age + 1 : 0));
        List<Piece> pieces =
        [
            new(mark, style), new(" "), new(Columns.Fit(CloudNames.Of(row.Resource.Cloud), CloudWidth), "grey"),
            new(" "), new(Columns.Fit(row.Resource.Title, title)), new(" "), new(Columns.Fit(row.State, state)),
        ];
        if (age > 0)
        {
            var since = changed is { } at ? $"for {Durations.Clock(now - at)}" : "";
            pieces.AddRange([new(" "), new(since.PadLeft(age))]);
        }
        return pieces;
    }

    private static Piece Whole(string text, int columns, string style) =>
        new(Columns.Fit(text, columns).TrimEnd(), style);
}
