using Sealane.Cli.Output;
using Sealane.Core.Reconcile;
using Sealane.Tests.Reconcile;
using Spectre.Console;

namespace Sealane.Tests.Cli;

public sealed class LiveViewTests
{
    [Fact]
    public async Task The_newest_notes_of_steps_are_seen()
    {
        var began = new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
        var graph = new ResourceGraph([new ToyResource(new(TimeProvider.System, 0), "a", [], TimeSpan.Zero)]);
        var board = new RunBoard(graph, graph.Resources);
        foreach (var word in new[] { "first", "second", "third", "the reply [lost]" })
        {
            board.Emit(new StepNote(began, "a", word));
        }
        var screen = new StringWriter { NewLine = "\n" };
        var console =
            AnsiConsole.Create(new()
            {
                Ansi = AnsiSupport.No,
                Interactive = InteractionSupport.No,
                Out = new AnsiConsoleOutput(screen)
            });
        Assert.Equal(7, await new LiveView(console, board, new VirtualClock(began), "test").Follow(Task.FromResult(7)));
        var text = screen.ToString();
        Assert.All(new[] { "note: a: second", "note: a: third", "note: a: the reply [lost]" },
            note => Assert.Contains(note, text));
        Assert.DoesNotContain("first", text);
    }
}
