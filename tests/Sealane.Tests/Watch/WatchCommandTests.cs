using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Sealane.Cli.Watch;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.Watch;

/// <summary>What scripts, monitors and receivers may rely on.</summary>
public sealed class WatchCommandTests
{
    [Fact]
    public async Task Json_lines_begin_with_the_verdict_and_end_with_the_counts()
    {
        using var link = await Sight.Sydney();
        var lines = (await link.Run("watch", "--once", "--format", "json")).Exits(0).Lines;
        Assert.All(lines, line => Assert.Equal(1, (int)line["formatVersion"]!));
        Assert.Equal(("verdict", "encrypted"), ((string?)lines[0]["id"], (string?)lines[0]["is"]));
        // As long as the reading took: Azure's tables are operations that are polled.
        Assert.InRange((int)lines[0]["evidenceAgeSeconds"]!, 0, 120);
        Assert.Equal(("end", "encrypted", 1), ((string?)lines[^1]["event"], (string?)lines[^1]["verdict"],
            (int)lines[^1]["sweeps"]!["full"]!));
        Assert.Equal(lines.Count - 1, (int)lines[^2]["number"]!);
    }

    [Theory]
    [InlineData("clear", 1)]
    [InlineData("encrypted", 0)]
    [InlineData("stale", 1)]
    public async Task The_exit_code_says_whether_what_was_waited_for_came(string word, int exits)
    {
        using var link = await Sight.Sydney();
        (await link.Run("watch", "--for", "20m", "--until", word)).Exits(exits);
    }

    [Fact]
    public async Task Clouds_that_mostly_do_not_answer_make_no_verdict_but_a_stale_one()
    {
        using var link = await Sight.Sydney();
        var lines = (await link.Run("watch", "--for", "4h", "--interval", "30m", "--bulk-interval", "30m", "--format",
            "json", "--chaos", "5xx=0.6")).Lines;
        Assert.All(lines.Where(line => (string?)line["id"] == "verdict"),
            line => Assert.Contains((string?)line["is"], new[] { "encrypted", WatchState.Stale }));
        Assert.Contains(lines, line => (string?)line["is"] == WatchState.Stale);
    }

    [Theory]
    [InlineData("never wait", "--once=false")]
    [InlineData("is not a time", "--for", "soon")]
    [InlineData("at least twice", "--once", "--stale-after", "20m")]
    [InlineData("SEALANE_WEBHOOK_SECRET", "--once", "--webhook", "https://receiver.example.net/")]
    public async Task What_is_asked_wrongly_is_told_with_a_way(string says, params string[] options)
    {
        using var link = await Sight.Sydney();
        var shell = (await link.Run("watch", options)).Exits(2);
        Assert.Contains(says, shell.Error);
        Assert.Contains("fix: ", shell.Error);
    }

    [Fact]
    public async Task A_change_is_sent_signed_and_again_until_it_is_taken()
    {
        var secret = new Secret("a secret of the receiver");
        var receiver = new Receiver(HttpStatusCode.ServiceUnavailable, HttpStatusCode.InternalServerError);
        var errors = new StringWriter();
        await using (var hook = new WatchHook(new("https://receiver.example.net/"), secret, receiver,
            new ScaledClock(10_000, TimeProvider.System), "run", errors))
        {
            hook.Tell(Change(1));
            hook.Tell(Change(2));
        }
        Assert.Equal(["run-sydney-1", "run-sydney-1", "run-sydney-1", "run-sydney-2"],
            receiver.Taken.Select(taken => taken.Headers.GetValues("webhook-id").Single()));
        Assert.All(receiver.Taken, taken => Assert.Equal(
            WatchHook.Signature(secret, taken.Headers.GetValues("webhook-id").Single(),
                long.Parse(taken.Headers.GetValues("webhook-timestamp").Single()), taken.Body),
            taken.Headers.GetValues("webhook-signature").Single()));
        Assert.Equal("", errors.ToString());
    }

    // The example of https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md has
    // its secret in base64, of which the key is the decoded bytes; here the text itself is the key.
    [Fact]
    public void The_signature_is_made_of_id_time_and_body() => Assert.Equal(
        "v1,lXYo9pxvf7LyQGlJwCKBbESHmf3JmJtnufnNeeKcrm0=",
        WatchHook.Signature(new("a secret of the receiver"), "msg_1", 1614265330, """{"test": 2432232314}"""));

    [Fact]
    public async Task Every_figure_is_served_and_named_in_the_documentation()
    {
        using var world = await WatchedWorld.Sydney();
        var watcher = new Watcher(world, WatchLife.Pace, new([], null, Once: true), new(1), _ => { });
        await watcher.Run(default);
        var port = FreePort();
        using var metrics = new WatchMetrics([(world, watcher.State)], "localhost", port);
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri($"http://localhost:{port}/metrics"),
            TestContext.Current.CancellationToken);
        var served = text.Split('\n').Where(line => line.StartsWith("# TYPE sealane_", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2]).Order(StringComparer.Ordinal).ToList();
        var page = File.ReadAllText(Repository.PathOf("docs", "watch.md"));
        Assert.Equal(served, page.Split('`').Where(word => word.StartsWith("sealane_", StringComparison.Ordinal))
            .Select(word => word.Split('{')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("1", Value("sealane_link_verdict{", "link=\"sydney\"", "verdict=\"encrypted\""));
        Assert.Equal("0", Value("sealane_link_verdict{", "link=\"sydney\"", "verdict=\"clear\""));
        Assert.Equal("3", Value("sealane_link_locks{", "link=\"sydney\"", "direction=\"aws-to-azure\""));

        string Value(params string[] parts) => text.Split('\n')
            .Single(line => parts.All(part => line.Contains(part, StringComparison.Ordinal))).Split("} ")[1]
            .Split(' ')[0];
    }

    private static WatchEvent Change(long number) => new("sydney", number, DateTimeOffset.UnixEpoch, "verdict",
        "encrypted", "clear", [], null);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Receiver(params HttpStatusCode[] first) : HttpMessageHandler
    {
        private readonly Queue<HttpStatusCode> _first = new(first);

        public List<(HttpRequestHeaders Headers, string Body)> Taken { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Taken.Add((request.Headers, await request.Content!.ReadAsStringAsync(cancellationToken)));
            return new(_first.TryDequeue(out var status) ? status : HttpStatusCode.NoContent);
        }
    }
}
