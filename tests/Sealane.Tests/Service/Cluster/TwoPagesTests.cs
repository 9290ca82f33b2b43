using System.Diagnostics;
using System.Net;

namespace Sealane.Tests.Service.Cluster;

/// <summary>A browser whose forms and questions reach one silo or the other, as behind a balancer:
/// tests/suites/cluster.</summary>
public sealed class TwoPagesTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Explicit = true)]
    public async Task A_page_works_at_either_silo_and_hears_what_the_other_does()
    {
        Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);
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
        var told = await other.Client.GetStringAsync($"/api/runs/{run}/events", Stop);
        Assert.Contains("event: end", told);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(12), "it was told late");

        // One that is stopped in order gives its links to the other.
        var writer = await cluster.Writer();
        await RunningCluster.Signal(writer.Process.Id, "TERM");
        await cluster.Until(async () => (await cluster.Writer()).Port != writer.Port, "another writer", 20);
        await writer.Process.WaitForExitAsync(Stop);
        Assert.Equal(0, writer.Process.ExitCode);
    }
}
