using System.Diagnostics;
using System.Net;

namespace Sealane.Tests.Service.Cluster;

/// <summary>Silos that hang, do not hear each other, and lose their database while one of them builds a link:
/// tests/suites/cluster.</summary>
public sealed class LostSilosTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";

    /// <summary>The suite makes one, as root, which is gone with it.</summary>
    private static readonly bool OwnNetwork = Environment.GetEnvironmentVariable("SEALANE_OWN_NETWORK") == "1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static void Needs() => Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);

    [Fact(Explicit = true)]
    public async Task Whoever_wakes_late_or_is_not_heard_does_nothing_and_a_killed_database_costs_a_pause()
    {
        Needs();
        await using var cluster = await RunningCluster.Start(server, silos: 2);
        var run = await cluster.Build();
        await cluster.Until(async () => await cluster.Ready(run) >= 3, "some steps");
        await server.Stop();
        using (var reply = await cluster.Living[0].Client.GetAsync("/ready", Stop))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, reply.StatusCode);
        }
        await Task.Delay(3000, Stop);
        await server.Start();
        await cluster.Until(async () => await cluster.Ready(run) >= 9, "more steps");

        var frozen = await cluster.Writer();
        await RunningCluster.Signal(frozen.Process.Id, "STOP");
        await cluster.Until(async () => (await cluster.Writer()).Port != frozen.Port, "another writer", 40);
        await cluster.Until(async () => await cluster.Ready(run) >= 11, "steps of the other");
        await RunningCluster.Signal(frozen.Process.Id, "CONT");
        await Ends(frozen);

        if (OwnNetwork)
        {
            await cluster.Start(frozen.Number);
            await cluster.Until(async () => await cluster.Ready(run) >= 18, "more steps");
            await Cut(cluster);
        }
        await cluster.IsWhole(run);
    }

    /// <summary>Fifty cuts, by hand.</summary>
    [Fact(Explicit = true)]
    public async Task Fifty_times_two_silos_that_do_not_hear_each_other_order_nothing_twice()
    {
        Needs();
        Assert.SkipUnless(Long, "SEALANE_LONG=1 does it");
        Assert.SkipUnless(OwnNetwork, "no network of its own: needs root (tests/suites/cluster)");
        for (var time = 0; time < 50; time++)
        {
            await using var cluster = await RunningCluster.Start(server, silos: 2);
            var run = await cluster.Build();
            await cluster.Until(async () => await cluster.Ready(run) >= 1 + (time * 7 % 31), "some steps");
            await Cut(cluster);
            await cluster.IsWhole(run);
        }
    }

    /// <summary>Silently nothing passes between the silos, and both reach the database and the clouds. One of them
    /// declares the other dead, and that one ends itself.</summary>
    private static async Task Cut(RunningCluster cluster)
    {
        var both = cluster.Living;
        var ports = string.Join(", ", both.Select(silo => silo.Port));
        await Nft("add", "table", "ip", "cut");
        await Nft("add", "chain", "ip", "cut", "in", "{ type filter hook input priority 0 ; }");
        await Nft("add", "rule", "ip", "cut", "in", $"tcp dport {{ {ports} }} drop");
        await Nft("add", "rule", "ip", "cut", "in", $"tcp sport {{ {ports} }} drop");
        await cluster.Until(() => Task.FromResult(cluster.Living.Count == 1), "the end of one of them");
        await Nft("delete", "table", "ip", "cut");
        await Ends(both.Single(silo => silo.Process.HasExited));
        await cluster.Until(async () => (await cluster.Writer()).Port == cluster.Living[0].Port, "its writer", 75);
    }

    private static async Task Ends(RunningCluster.Silo silo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        await silo.Process.WaitForExitAsync(patience.Token);
        Assert.NotEqual(0, silo.Process.ExitCode);
        Assert.Contains(silo.Log, line => line.Contains("is dead to the others", StringComparison.Ordinal));
    }

    private static async Task Nft(params string[] words)
    {
        using var nft = Process.Start("nft", words);
        await nft.WaitForExitAsync(Stop);
        Assert.Equal(0, nft.ExitCode);
    }
}
