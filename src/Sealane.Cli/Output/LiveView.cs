using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sealane.Cli.Output;

/// <summary>The run on a terminal, drawn again a few times a second until it ends.</summary>
/// <param name="waiting">What is being asked of a cloud for longer than a moment; null when nothing is.</param>
internal sealed class LiveView(IAnsiConsole console, LiveScreen screen, Func<string?> waiting)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    public async Task<T> Follow<T>(Task<T> run)
    {
        await console.Live(new Frame(screen, ended: false, waiting)).AutoClear(false).Overflow(VerticalOverflow.Crop)
            .StartAsync(async live =>
        {
            while (!run.IsCompleted)
            {
                live.Refresh();
                // The redraw follows the wall clock whatever clock the run itself is on.
                await Task.WhenAny(run, Task.Delay(Redraw, TimeProvider.System)).ConfigureAwait(false);
            }
            live.UpdateTarget(new Frame(screen, ended: true, waiting));
        }).ConfigureAwait(false);
        return await run.ConfigureAwait(false);
    }

    /// <summary>Drawn for the size that the terminal has at this very moment.</summary>
    private sealed class Frame(LiveScreen screen, bool ended, Func<string?> waiting) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            var first = true;
            foreach (var line in screen.Draw(maxWidth, options.ConsoleSize.Height, ended, waiting()))
            {
                if (!first)
                {
                    yield return Segment.LineBreak;
                }
                first = false;
                foreach (var piece in line)
                {
                    yield return new(piece.Text, Style.Parse(piece.Style));
                }
            }
            yield return Segment.LineBreak;
        }
    }
}
