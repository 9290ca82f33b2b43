namespace Sealane.Cli.Output;

/// <summary>A stretch of a line and its colour. The text alone says everything.</summary>
internal readonly record struct Piece(string Text, string Style = "default");

/// <summary>
/// The run as lines that fit the terminal: none longer than it is wide, never more than it is high. What a narrow one
/// has no room for goes in this order: the vendor's word, the usual time, the end of the title; never mark, cloud and
/// phase.
/// </summary>
internal sealed class LiveScreen(RunBoard board, string title, string doneWord, DateTimeOffset start)
{
    private const int NotesShown = 3;
    private const int CloudWidth = 8;

    public IReadOnlyList<IReadOnlyList<Piece>> Draw(int width, int height, bool ended, string? waiting = null) =>
        board.Read(steps =>
    {
        var now = board.LastEventAt ?? start;
        var shape = Shape.Of(width - 1);
        var foot = Foot([.. steps], now, ended, shape);
        var notes = board.Notes.TakeLast(height < 16 ? 1 : NotesShown).Select(note => $"note: {note}").ToList();
        if (waiting is not null && !ended)
        {
            notes.Add(waiting);
        }
        var phases = steps.GroupBy(step => Phases.Of(step.Resource)).OrderBy(group => group.Key).ToList();
        // The last line of the terminal is the cursor's.
        var room = height - 1 - foot.Count - notes.Count - phases.Count;
        var (visible, hidden) = Visible([.. steps], room);
        var lines = new List<IReadOnlyList<Piece>>();
        foreach (var phase in phases)
        {
            lines.Add([
                new("  "), new(phase.Key.ToString(), "bold"),
                new($"  {phase.Count(step => step.Standing == Standing.Done)} of {phase.Count()} {doneWord}", "grey")]);
            foreach (var step in phase.Where(visible.Contains).OrderBy(step => step.Resource.Cloud))
            {
                lines.AddRange(Rows(step, now, shape));
            }
        }
        if (hidden > 0)
        {
            lines.Add([new($"  … and {hidden} more at work", "grey")]);
        }
        lines.AddRange(notes.Select(note => (IReadOnlyList<Piece>)[new(Columns.Fit(note, shape.Width).TrimEnd())]));
        lines.AddRange(foot);
        return (IReadOnlyList<IReadOnlyList<Piece>>)[.. lines.TakeLast(Math.Max(1, height - 1))];
    });

    /// <summary>All steps where there is room for all; else those that something happens to, what failed
    /// first.</summary>
    private static (HashSet<StepStanding> Visible, int Hidden) Visible(List<StepStanding> steps, int room)
    {
        if (steps.Sum(Height) <= room)
        {
            return ([.. steps], 0);
        }
        var current = steps.Where(step => step.Standing is Standing.Working or Standing.Failed or Standing.InFlight)
            .OrderBy(step => step.Standing == Standing.Failed ? 0 : 1).ToList();
        if (current.Sum(Height) <= room)
        {
            return ([.. current], 0);
        }
        var visible = new HashSet<StepStanding>();
        var used = 1;
        foreach (var step in current.TakeWhile(step => (used += Height(step)) <= room))
        {
            visible.Add(step);
        }
        return (visible, current.Count - visible.Count);
    }

    private static int Height(StepStanding step) => step.Standing == Standing.Failed ? 2 : 1;

    private static IEnumerable<IReadOnlyList<Piece>> Rows(StepStanding step, DateTimeOffset now, Shape shape)
    {
        var (mark, style) = Mark(step);
        var time = Time(step, now, shape);
        List<Piece> row =
        [
            new(mark, style), new(" "), new(Columns.Fit(CloudNames.Of(step.Resource.Cloud), CloudWidth), "grey"),
                new(" "),
            new(Columns.Fit(step.Resource.Title, shape.Title)), new(" "),
        ];
        if (shape.Detail > 0)
        {
            var detail = step.Standing is Standing.Queued or Standing.Failed ? "" : FirstLine(step.Detail);
            row.AddRange([new(Columns.Fit(detail, shape.Detail)), new(" ")]);
        }
        row.Add(new(time.PadLeft(shape.Time)));
        yield return row;
        if (step.Standing == Standing.Failed)
        {
            yield return [new(Columns.Fit($"  {FirstLine(step.Detail)}", shape.Width).TrimEnd(), "red")];
        }
    }

    private List<IReadOnlyList<Piece>> Foot(List<StepStanding> steps, DateTimeOffset now, bool ended, Shape shape)
    {
        var done = steps.Count(step => step.Standing == Standing.Done);
        var remaining = ended ? TimeSpan.Zero : board.Remaining(now);
        var bar = new string('━', steps.Count == 0 ? 0 : done * shape.Bar / steps.Count).PadRight(shape.Bar, '─');
        var count = $"{done} of {steps.Count} {doneWord}";
        var time = $"{Durations.Clock(now - start)} passed"
            + (remaining > TimeSpan.Zero ? $", about {Durations.Words(remaining)} to go" : "");
        var wide = $"  {bar}  {count}, {time}";
        if (title.Length + wide.Length <= shape.Width)
        {
            return [[new(title, "bold"), new(wide)]];
        }
        var narrow = shape.Width < 38 ? $"  {count}" : $"  {bar}  {count}";
        return
        [
            [new(Columns.Fit(title, Math.Max(8, shape.Width - narrow.Length)).TrimEnd(), "bold"), new(narrow)],
            [new(Columns.Fit(time, shape.Width).TrimEnd())],
        ];
    }

    private static (string Mark, string Style) Mark(StepStanding step) => step.Standing switch
    {
        Standing.Done => ("✓", "green"),
        Standing.Working => ("●", "yellow"),
        Standing.InFlight => ("◌", "yellow"),
        Standing.Failed => ("✗", "red"),
        Standing.Skipped => ("–", "grey"),
        _ => ("·", "grey"),
    };

    private static string Time(StepStanding step, DateTimeOffset now, Shape shape) => step.Standing switch
    {
        Standing.Done => shape.Clock(step.Took),
        Standing.Working when step.StartedAt is { } begun => shape.Usual
            ? $"{shape.Clock(now - begun)} of ~{shape.Clock(step.Expected)}" : shape.Clock(now - begun),
        Standing.InFlight => "in flight",
        _ => "",
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    /// <summary>The widths of the columns at one width of the terminal.</summary>
    /// <param name="Usual">Whether there is room for how long a step usually takes.</param>
    private sealed record Shape(int Width, int Title, int Detail, int Time, int Bar, bool Usual, bool Hours)
    {
        private const int Fixed = 1 + 1 + CloudWidth + 1 + 1;

        public static Shape Of(int width) =>
            width >= 130 ? new(width, 44, width - Fixed - 44 - 1 - 19, 19, 20, true, true)
            : width >= 95 ? new(width, 34, width - Fixed - 34 - 1 - 19, 19, 20, true, true)
            : width >= 77 ? new(width, 30, width - Fixed - 30 - 1 - 15, 15, 20, true, false)
            : width >= 55 ? new(width, width - Fixed - 15, 0, 15, 20, true, false)
            : new(width, Math.Max(4, width - Fixed - 9), 0, 9, 8, false, false);

        public string Clock(TimeSpan time) =>
            Hours || time.TotalHours >= 1 ? Durations.Clock(time) : Durations.Minutes(time);
    }
}
