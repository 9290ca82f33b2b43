using Sealane.Cli;
using Sealane.Cli.Output;
using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.Watch;

/// <summary><c>status --watch</c>: the screens are what a person sees, the blocks and lines what a pipe gets.</summary>
public sealed class StatusWatchTests
{
    private static readonly DateTimeOffset Began = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);
    private static readonly IReadOnlyList<Resource> Objects = AllResources.Catalogue().Resources;

    [Theory]
    [InlineData(40, 20)]
    [InlineData(60, 24)]
    [InlineData(80, 24)]
    [InlineData(100, 30)]
    [InlineData(160, 60)]
    public void The_screen_is_as_agreed(int width, int height) => Golden.Check(
        Repository.PathOf("tests", "cli", "status", $"{width}x{height}.txt"),
        string.Join('\n', Screen(width, height)) + "\n");

    [Fact]
    public void At_no_size_is_a_line_too_long_or_a_screen_too_high()
    {
        for (var width = 30; width <= 200; width++)
        {
            for (var height = 8; height <= 60; height += 4)
            {
                var lines = Screen(width, height);
                Assert.True(lines.Count < height, $"{lines.Count} lines at {width}x{height}");
                Assert.All(lines, line => Assert.True(
                    line.Length < width, $"{line.Length} columns at {width}x{height}: {line}"));
            }
        }
    }

    [Fact]
    public async Task A_pipe_gets_a_block_for_each_change_and_a_silent_cloud_ends_nothing()
    {
        var looks = new Queue<StatusLook>(
        [
            Look(0, updating: 2), Look(30, updating: 2), Look(60, updating: 1),
            Look(90, updating: 1, silent: true), Look(120, updating: 1, silent: true), Look(150, updating: 0),
        ]);
        var output = new StringWriter { NewLine = "\n" };
        var watch = new StatusWatch(_ => Task.FromResult(looks.Dequeue()), new VirtualClock(Began),
            TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(150));
        Assert.Equal(ExitCode.Done, await watch.Run((now, before) => StatusWatch.Write(output, now, before),
            TestContext.Current.CancellationToken));
        Golden.Check(Repository.PathOf("tests", "cli", "status", "pipe.txt"), output.ToString());
        Assert.Equal(Began.AddSeconds(150), watch.ChangedAt("azure/vpn-gateway"));
        Assert.Null(watch.ChangedAt("aws/transit-gateway"));
    }

    [Fact]
    public async Task A_watch_that_ends_while_a_cloud_is_silent_says_so_by_its_exit_code()
    {
        var watch = new StatusWatch(_ => Task.FromResult(Look(0, 0, silent: true)), new VirtualClock(Began),
            TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        Assert.Equal(ExitCode.Cloud, await watch.Run((_, _) => { }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_watch_that_is_stopped_ends_as_interrupted()
    {
        using var stop = new CancellationTokenSource();
        var watch = new StatusWatch(_ => Task.FromResult(Look(0, 0)), TimeProvider.System, TimeSpan.FromHours(1), null);
        Assert.Equal(ExitCode.Interrupted, await watch.Run((_, _) => stop.Cancel(), stop.Token));
    }

    [Fact]
    public async Task Json_is_one_line_a_look_and_a_standing_link_is_one_block()
    {
        using var link = await Sight.Sydney();
        var lines = (await link.Run("status", "--watch", "--for", "2m", "--format", "json")).Exits(0).Lines;
        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.Equal((1, "look", "sydney"),
            ((int)line["formatVersion"]!, (string?)line["event"], (string?)line["name"])));
        Assert.All(lines, line => Assert.Equal(line["objects"]!.AsArray().Count, (int)line["ready"]!));
        Assert.EndsWith("Z", (string?)lines[0]["at"]);
        var text = (await link.Run("status", "--watch", "--for", "10m")).Exits(0).Output;
        Assert.Single(text.Split('\n'), line => line.Contains("Z  sydney: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloud_that_fails_is_told_with_the_rest_of_the_objects()
    {
        using var link = await Sight.Sydney();
        var lines = (await link.Run(
            "status", "--watch", "--for", "2h", "--format", "json", "--chaos", "5xx=0.7")).Lines;
        Assert.True(lines.Count > 1, $"{lines.Count} looks");
        Assert.Contains(lines, line => line["unanswered"]!.AsArray().Count > 0
            && line["objects"]!.AsArray().Any(row => (string?)row!["state"] == StatusRow.NotRead));
    }

    [Theory]
    [InlineData("never wait", "--watch")]
    [InlineData("is not a time", "--watch", "--for", "soon")]
    [InlineData("add --watch", "--for", "1h")]
    [InlineData("add --watch", "--interval", "1m")]
    public async Task What_is_asked_wrongly_is_told_with_a_way(string says, params string[] options)
    {
        using var link = Link.Sydney;
        Assert.Contains(says, (await link.Run("status", options)).Exits(2).Error);
    }

    private static List<string> Screen(int width, int height)
    {
        var look = Look(0, updating: 2, silent: true);
        return
        [
            .. StatusScreen.Draw(look, id => id == "azure/vpn-gateway" ? Began.AddMinutes(-4) : null,
                Began.AddSeconds(10), Began.AddSeconds(30), "asking for 3 s: AWS: ec2:DescribeVpnConnections", false,
                width, height)
                .Select(line => string.Concat(line.Select(piece => piece.Text)).TrimEnd()),
        ];
    }

    /// <summary>Sydney with gateways that are being made, and connections that wait for them.</summary>
    private static StatusLook Look(int second, int updating, bool silent = false)
    {
        string[] gateways = ["azure/er-gateway", "azure/vpn-gateway"];
        StatusRow Row(Resource resource) => silent && resource.Cloud == Cloud.Megaport
            ? new(resource, StatusRow.NotRead, false, false, null)
            : gateways.TakeLast(updating).Contains(resource.Id)
            ? new(resource, "Updating", false, true, new("Updating", "id"))
            : updating > 0 && resource.Id.StartsWith("azure/vpn-connection", StringComparison.Ordinal)
            ? new(resource, "absent", false, true, null)
            : new(resource, "available", true, true, new("available", "id"));
        return new("sydney", Began.AddSeconds(second), StatusLook.InOrder(Objects, Row), silent
            ? ["Megaport: 9 objects not read: GET v2/products: no answer within 50 s"] : []);
    }
}
