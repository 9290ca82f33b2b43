using System.Diagnostics;
using System.Net;

namespace Sealane.Tests.Service.Cluster;

/// <summary>Silos that die, hang, and lose their database while one of them builds a link: tests/suites/cluster.</summary>
public sealed class ClusterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static void Needs() => Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);

    /// <summary>Five moments, fifty by hand.</summary>
    [Fact(Explicit = true)]
    public async Task A_silo_that_is_killed_while_it_builds_is_gone_on_for()
    {
        Needs();
        var (kills, took) = (0, new List<double>());
        for (var life = 0; kills < (Long ? 50 : 5); life++)
        {
            await using var cluster = await RunningCluster.Start(server, silos: 3);
            var run = await cluster.Build();
            foreach (var moment in Long ? [1 + (life % 4), 7 + (life % 5), 14 + (life % 6), 22 + (life % 7), 31]
                : new[] { 1, 8, 15, 23, 31 })
            {
                await cluster.Until(async () => await cluster.Ready(run) >= moment, $"moment {moment}", 120);
                var writer = await cluster.Writer();
                writer.Process.Kill();
                var start = Stopwatch.GetTimestamp();
                await cluster.Until(async () => (await cluster.Writer()).Port != writer.Port, "another writer", 30);
                took.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                kills++;
                await cluster.Start(writer.Number);
            }
            await cluster.IsWhole(run);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills; another silo had the link after "
            + $"{took.Min():0.0} to {took.Max():0.0} s");
        // Promised are five; this machine may be busy with other suites.
        Assert.True(took.Order().ElementAt(took.Count / 2) < 5, $"half of them took longer: {string.Join(' ', took)}");
    }

    [Fact(Explicit = true)]
    public async Task A_silo_that_wakes_late_does_nothing_and_a_database_that_was_killed_costs_a_pause()
    {
        Needs();
        await using var cluster = await RunningCluster.Start(server, silos: 2);
        var run = await cluster.Build();
        await cluster.Until(async () => await cluster.Ready(run) >= 4, "some steps");
        await server.Stop();
        using (var reply = await cluster.Living[0].Client.GetAsync("/ready", Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        }
        await Task.Delay(3000, Stop);
        await server.Start();
        await cluster.Until(async () => await cluster.Ready(run) >= 12, "more steps");

        var frozen = await cluster.Writer();
        await RunningCluster.Signal(frozen.Process.Id, "STOP");
        await cluster.Until(async () => (await cluster.Writer()).Port != frozen.Port, "another writer", 40);
        await cluster.Until(async () => await cluster.Ready(run) >= 14, "steps of the other");
        await RunningCluster.Signal(frozen.Process.Id, "CONT");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        await frozen.Process.WaitForExitAsync(patience.Token);
        Assert.NotEqual(0, frozen.Process.ExitCode);
        await cluster.IsWhole(run);
    }

    /// <summary>In a network of its own, which the suite makes: silently nothing passes between the silos, and both
    /// reach the database and the clouds.</summary>
    [Fact(Explicit = true)]
    public async Task Two_silos_that_do_not_hear_each_other_order_nothing_twice()
    {
        Needs();
        Assert.SkipUnless(Environment.GetEnvironmentVariable("SEALANE_OWN_NETWORK") == "1",
            "no network of its own: needs root (tests/suites/cluster)");
        for (var time = 0; time < (Long ? 50 : 1); time++)
        {
            await using var cluster = await RunningCluster.Start(server, silos: 2);
            var run = await cluster.Build();
            await cluster.Until(async () => await cluster.Ready(run) >= 3 + (time * 7 % 29), "some steps");
            var before = await cluster.One<long>("select epoch from fences where link = 'sydney'");
            var ports = string.Join(", ", cluster.Living.Select(silo => silo.Port));
            await Nft("add", "table", "ip", "cut");
            await Nft("add", "chain", "ip", "cut", "in", "{ type filter hook input priority 0 ; }");
            await Nft("add", "rule", "ip", "cut", "in", $"tcp dport {{ {ports} }} drop");
            await Nft("add", "rule", "ip", "cut", "in", $"tcp sport {{ {ports} }} drop");
            // One of them declares the other dead, and that one ends itself.
            await cluster.Until(() => Task.FromResult(cluster.Living.Count == 1), "the end of one of them", 60);
            await Nft("delete", "table", "ip", "cut");
            await cluster.Until(async () => (await cluster.Writer()).Port == cluster.Living[0].Port, "its writer", 75);
            TestContext.Current.TestOutputHelper?.WriteLine($"the right to the link went from {before} to "
                + $"{await cluster.One<long>("select epoch from fences where link = 'sydney'")}");
            await cluster.IsWhole(run);
        }
    }

    /// <summary>A browser whose forms and questions reach one silo or the other, as behind a balancer.</summary>
    [Fact(Explicit = true)]
    public async Task A_page_works_at_either_silo_and_hears_what_the_other_does()
    {
        Needs();
        await using var cluster = await RunningCluster.Start(server, silos: 2);
        var (one, other) = (cluster.Living[0], cluster.Living[1]);
        await RunningCluster.Post(one, "/api/links",
            new { file = "sydney.yaml", spec = ServedFleet.Spec, policy = "approve" });
        using var at = await Browser.SignIn(one.Address, RunningCluster.Token);
        await at.Get("/links/sydney");
        at.GoTo(other.Address);
        Assert.Equal(HttpStatusCode.Redirect, await at.Post("/links/sydney/policy", [new("policy", "watch")]));
        Assert.Equal("watch", (string?)(await cluster.Get("/api/links/sydney"))["policy"]);
        await RunningCluster.Post(other, "/api/links/sydney/verify", new { });
        // What the one writes down the other's stream tells within a moment, and not after its own pause.
        var start = Stopwatch.GetTimestamp();
        var run = (long)(await RunningCluster.Post(one, "/api/links/sydney/runs", new { kind = "plan" }))["id"]!;
        using var steps = await other.Client.GetStreamAsync($"/api/runs/{run}/events", Stop);
        using var reader = new StreamReader(steps);
        var text = await reader.ReadToEndAsync(Stop);
        Assert.Contains("event: end", text);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(12), "it was told late");
        // One that is stopped in order gives its links to the other.
        var writer = await cluster.Writer();
        await RunningCluster.Signal(writer.Process.Id, "TERM");
        await cluster.Until(async () => (await cluster.Writer()).Port != writer.Port, "another writer", 20);
        await writer.Process.WaitForExitAsync(Stop);
        Assert.Equal(0, writer.Process.ExitCode);
    }

    private static async Task Nft(params string[] words)
    {
        using var nft = Process.Start("nft", words);
        await nft.WaitForExitAsync(Stop);
        Assert.Equal(0, nft.ExitCode);
    }
}
