using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sealane.Cli.Output;

/// <summary>The run on a terminal: grouped by phase and cloud, drawn again a few times a second until it ends.</summary>
internal sealed class LiveView(IAnsiConsole console, RunBoard board, TimeProvider clock, string title)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);
    private readonly DateTimeOffset _start = clock.GetUtcNow();

    public async Task<T> Follow<T>(Task<T> run)
    {
        await console.Live(Draw()).AutoClear(false).Overflow(VerticalOverflow.Ellipsis).StartAsync(async live =>
        {
            while (!run.IsCompleted)
            {
                live.UpdateTarget(Draw());
                // The redraw follows the wall clock whatever clock the run itself is on.
                await Task.WhenAny(run, Task.Delay(Redraw, TimeProvider.System)).ConfigureAwait(false);
            }
            live.UpdateTarget(Draw());
        }).ConfigureAwait(false);
        return await run.ConfigureAwait(false);
    }

    private Rows Draw() => board.Read(steps =>
    {
        var now = board.LastEventAt ?? _start;
        var rows = new List<IRenderable>();
        foreach (var phase in steps.GroupBy(step => Phases.Of(step.Resource)).OrderBy(group => group.Key))
        {
            var table = new Table().Border(TableBorder.None).HideHeaders().Expand();
            table.AddColumns(new TableColumn("").Width(2), new TableColumn("").Width(9), new TableColumn("").Width(34),
                new TableColumn(""), new TableColumn("").RightAligned().Width(18));
            foreach (var step in phase.OrderBy(step => step.Resource.Cloud))
            {
                table.AddRow(Mark(step), new Markup($"[grey]{CloudNames.Of(step.Resource.Cloud)}[/]"),
                    new Text(step.Resource.Title), new Text(Detail(step)), new Text(Time(step, now)));
            }
            rows.Add(new Markup($"[bold]{phase.Key}[/]"));
            rows.Add(table);
        }
        var done = steps.Count(step => step.Standing == Standing.Done);
        var remaining = board.Remaining(now);
        rows.Add(new Markup($"[bold]{Markup.Escape(title)}[/]  {done} of {steps.Count} ready, {Durations.Clock(now - _start)} passed"
            + (remaining > TimeSpan.Zero ? $", about {Durations.Words(remaining)} to go" : "")));
        return new Rows(rows);
    });

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
        Standing.Working when step.StartedAt is { } start => $"{Durations.Clock(now - start)} of ~{Durations.Clock(step.Expected)}",
        _ => "",
    };
}
