using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sealane.Cli.Output;

/// <summary>
/// The run on a terminal: grouped by phase and cloud, drawn again a few times a second until it ends. Where the
/// terminal
/// is too short for all steps, each phase shows what it is at and counts the rest.
/// </summary>
internal sealed class LiveView(IAnsiConsole console, RunBoard board, TimeProvider clock, string title)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private const int NotesShown = 3;
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    public async Task<T> Follow<T>(Task<T> run)
    {
        await console.Live(Draw(ended: false)).AutoClear(false).Overflow(VerticalOverflow.Ellipsis)
            .StartAsync(async live =>
        {
            while (!run.IsCompleted)
            {
                live.UpdateTarget(Draw(ended: false));
                // The redraw follows the wall clock whatever clock the run itself is on.
                await Task.WhenAny(run, Task.Delay(Redraw, TimeProvider.System)).ConfigureAwait(false);
            }
            live.UpdateTarget(Draw(ended: true));
        }).ConfigureAwait(false);
        return await run.ConfigureAwait(false);
    }

    private Rows Draw(bool ended) => board.Read(steps =>
    {
        var now = board.LastEventAt ?? _start;
        var phases = steps.GroupBy(step => Phases.Of(step.Resource)).OrderBy(group => group.Key).ToList();
        var notes = board.Notes.TakeLast(NotesShown)
            .Select(note => new Text($"note: {note}").Overflow(Spectre.Console.Overflow.Ellipsis)).ToList();
        var all = steps.Count + phases.Count + notes.Count + 2 <= console.Profile.Height;
        var table = new Table().Border(TableBorder.None).HideHeaders().Expand();
        table.AddColumns(new TableColumn("").Width(1), new TableColumn("").Width(8),
            new TableColumn("").Width(34).NoWrap(),
            new TableColumn("").NoWrap(), new TableColumn("").RightAligned().Width(20).NoWrap());
        foreach (var phase in phases)
        {
            table.AddRow(Head(phase.Key, [.. phase]));
            foreach (var step in phase.Where(step => all || IsCurrent(step)).OrderBy(step => step.Resource.Cloud))
            {
                table.AddRow(Mark(step), new Markup($"[grey]{CloudNames.Of(step.Resource.Cloud)}[/]"),
                    new Text(step.Resource.Title).Overflow(Spectre.Console.Overflow.Ellipsis),
                    new Text(Detail(step)).Overflow(Spectre.Console.Overflow.Ellipsis), new Text(Time(step, now)));
            }
        }
        return new Rows([table, .. notes, Foot([.. steps], now, ended)]);
    });

    private static IRenderable[] Head(Phase phase, List<StepStanding> steps) =>
    [
        new Text(""),
        new Markup($"[bold]{phase}[/]"),
        new Markup($"[grey]{steps.Count(step => step.Standing == Standing.Done)} of {steps.Count} ready[/]"),
        new Text(""),
        new Text(""),
    ];

    private Markup Foot(List<StepStanding> steps, DateTimeOffset now, bool ended)
    {
        var done = steps.Count(step => step.Standing == Standing.Done);
        var remaining = ended ? TimeSpan.Zero : board.Remaining(now);
        var bar = new string('━', steps.Count == 0 ? 0 : done * 20 / steps.Count).PadRight(20, '─');
        return new($"[bold]{Markup.Escape(title)}[/]  {bar}  {done} of {steps.Count} ready, "
            + $"{Durations.Clock(now - _start)} passed"
            + (remaining > TimeSpan.Zero ? $", about {Durations.Words(remaining)} to go" : ""));
    }

    private static bool IsCurrent(StepStanding step) => step.Standing is Standing.Working or Standing.Failed;

    private static Markup Mark(StepStanding step) => new(step.Standing switch
    {
        Standing.Done => "[green]✓[/]",
        Standing.Working => "[yellow]●[/]",
        Standing.Failed => "[red]✗[/]",
        Standing.Skipped => "[grey]–[/]",
        _ => "[grey]·[/]",
    });

    private static string Detail(StepStanding step) =>
        step.Standing == Standing.Queued ? "" : step.Detail.Split('\n')[0];

    private static string Time(StepStanding step, DateTimeOffset now) => step.Standing switch
    {
        Standing.Done => Durations.Clock(step.Took),
        Standing.Working
            when step.StartedAt is { } start => $"{Durations.Clock(now - start)} of ~{Durations.Clock(step.Expected)}",
        _ => "",
    };
}
