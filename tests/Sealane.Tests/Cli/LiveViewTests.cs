using Sealane.Cli;
using Sealane.Cli.Output;
using Sealane.Core.Reconcile;
using Sealane.Tests.Reconcile;
using Spectre.Console;

namespace Sealane.Tests.Cli;

/// <summary>The live view at the sizes that terminals have. The golden screens are what a person sees.</summary>
public sealed class LiveViewTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(40, 20)]
    [InlineData(60, 24)]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(160, 60)]
    public void The_screen_is_as_agreed(int width, int height)
    {
        var lines = Texts(new LiveScreen(MidRun(), "sydney: apply", "ready", Began).Draw(width, height, ended: false,
            "asking for 12 s: Azure: GET virtualNetworkGateways/sydney-vpngw"));
        Golden.Check(Repository.PathOf("tests", "cli", "live", $"{width}x{height}.txt"), string.Join('\n', lines)
            + "\n");
    }

    [Fact]
    public void At_no_size_is_a_line_too_long_or_a_screen_too_high()
    {
        var board = MidRun();
        var screen = new LiveScreen(board, "a-link-with-a-rather-long-name: destroy", "deleted", Began);
        for (var width = 30; width <= 200; width++)
        {
            for (var height = 8; height <= 60; height += 4)
            {
                var lines = Texts(screen.Draw(
                    width, height, ended: false, "asking for 3 s: AWS: ec2:DescribeVpnConnections"));
                Assert.True(lines.Count < height, $"{lines.Count} lines at {width}x{height}");
                Assert.All(lines, line => Assert.True(
                    line.Length < width, $"{line.Length} columns at {width}x{height}: {line}"));
            }
        }
    }

    [Fact]
    public void Phases_clouds_marks_and_times_are_there_in_40_columns()
    {
        var text = string.Join('\n', Texts(
            new LiveScreen(MidRun(), "sydney: apply", "ready", Began).Draw(40, 60, ended: false)));
        Assert.All(new[] { "Transport", "Locks", "Tunnels", "Traffic", "Megaport", "AWS", "Azure", "✓", "●", "✗",
            "0:27:00 passed" },
            part => Assert.Contains(part, text));
    }

    [Fact]
    public void A_stopped_run_shows_what_is_in_flight()
    {
        var board = MidRun();
        board.Emit(new StepSkipped(Began.AddMinutes(27), "azure/vpn-gateway", "the run was stopped"));
        var lines = Texts(new LiveScreen(board, "sydney: apply", "ready", Began).Draw(80, 24, ended: true));
        Assert.Contains(lines, line => line.StartsWith('◌') && line.EndsWith("in flight", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_newest_notes_of_steps_are_seen()
    {
        var graph = new ResourceGraph([new ToyResource(new(TimeProvider.System, 0), "a", [], TimeSpan.Zero)]);
        var board = new RunBoard(graph, graph.Resources);
        foreach (var word in new[] { "first", "second", "third", "the reply [lost]", "ESC \e[2J\nforged" })
        {
            board.Emit(new StepNote(Began, "a", word));
        }
        var screen = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(
            new() { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(screen) });
        var shown = new LiveScreen(board, "test", "ready", Began);
        Assert.Equal(7, await new LiveView(console, (width, height, ended) => shown.Draw(width, height, ended))
            .Follow(Task.FromResult(7)));
        var text = screen.ToString();
        Assert.All(new[] { "note: a: third", "note: a: the reply [lost]", "note: a: ESC ?[2J?forged" }, note =>
            Assert.Contains(note, text));
        Assert.DoesNotContain("first", text);
    }

    [Theory]
    [InlineData("abc", 5, "abc  ")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("データ", 4, "デ… ")]
    [InlineData("a\tb", 3, "a?b")]
    [InlineData("abc", 0, "")]
    public void A_text_is_made_exactly_as_wide_as_its_column(string text, int width, string fitted) =>
        Assert.Equal(fitted, Sealane.Cli.Output.Columns.Fit(text, width));

    private static List<string> Texts(IReadOnlyList<IReadOnlyList<Piece>> lines) =>
        [.. lines.Select(line => string.Concat(line.Select(piece => piece.Text)).TrimEnd())];

    /// <summary>Sydney after 27 minutes: most of the transport stands, two gateways are being made, one step
    /// failed.</summary>
    private static RunBoard MidRun()
    {
        var graph = AllResources.Catalogue();
        var board = new RunBoard(graph, graph.Resources);
        var slow = new[] { "azure/vpn-gateway", "azure/er-gateway" };
        foreach (var resource in graph.Resources.Where(
            resource => resource.Cloud != Cloud.Azure || graph.Before(resource.Id).Count == 0))
        {
            if (graph.Before(resource.Id).All(id => graph[id].Cloud != Cloud.Azure || graph.Before(id).Count == 0))
            {
                board.Emit(new StepStarted(Began, resource.Id, StepAction.Create, resource.Expected, []));
                board.Emit(new StepDone(
                    Began + resource.Expected, resource.Id, StepAction.Create, resource.Expected, null,
                        new("available", "id-1")));
            }
        }
        foreach (var id in slow)
        {
            board.Emit(new StepStarted(Began.AddSeconds(5), id, StepAction.Create, graph[id].Expected,
                ["sku VpnGw1 → VpnGw1AZ"]));
            board.Emit(new StepWaiting(Began.AddMinutes(27), id, "Updating", TimeSpan.FromMinutes(27),
                graph[id].Expected));
        }
        board.Emit(new StepNote(Began.AddMinutes(26), "aws/transit-gateway", "the reply was lost; it was made"));
        board.Emit(new StepFailed(Began.AddMinutes(27), "azure/circuit",
            "PUT expressRouteCircuits/sydney-er: the peering location 'Sidney' is not known (InvalidPeeringLocation, "
                + "HTTP 400)", null));
        return board;
    }
}
