using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sealane.Cli.Output;

/// <summary>The lines of a view for a terminal of this width and height.</summary>
/// <param name="ended">Drawn for the last time: it stays.</param>
internal delegate IReadOnlyList<IReadOnlyList<Piece>> Screen(int width, int height, bool ended);

/// <summary>What goes on, on a terminal, drawn again a few times a second until it ends.</summary>
internal sealed class LiveView(IAnsiConsole console, Screen screen)
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(200);

    public async Task<T> Follow<T>(Task<T> run)
    {
        while (!await UntilResized(run).ConfigureAwait(false))
        {
            // The terminal has wrapped anew what stood there, and where is not known: from an empty screen on.
            console.Clear(home: true);
        }
        return await run.ConfigureAwait(false);
    }

    /// <summary>Whether the run has ended; false where the terminal has another size now: a frame is as wide as the
    /// widest before it, so a narrower terminal would tear every line.</summary>
    private async Task<bool> UntilResized(Task run)
    {
        var over = false;
        var size = (console.Profile.Width, console.Profile.Height);
        await console.Live(new Frame(screen, ended: false)).AutoClear(false).Overflow(VerticalOverflow.Crop)
            .StartAsync(async live =>
        {
            while (!run.IsCompleted && size == (console.Profile.Width, console.Profile.Height))
            {
                live.Refresh();
                // The redraw follows the wall clock whatever clock the run itself is on.
                await Task.WhenAny(run, Task.Delay(Redraw, TimeProvider.System)).ConfigureAwait(false);
            }
            over = run.IsCompleted;
            live.UpdateTarget(new Frame(screen, ended: over));
        }).ConfigureAwait(false);
        return over;
    }

    /// <summary>Drawn for the size that the terminal has at this very moment.</summary>
    private sealed class Frame(Screen screen, bool ended) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            var first = true;
            foreach (var line in screen(maxWidth, options.ConsoleSize.Height, ended))
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
