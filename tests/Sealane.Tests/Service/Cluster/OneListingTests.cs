using System.Globalization;
using System.Text.RegularExpressions;

namespace Sealane.Tests.Service.Cluster;

/// <summary>Links of one account that two silos keep between them: tests/suites/cluster.</summary>
public sealed partial class OneListingTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Ten links do without a listing.</summary>
    private const int Links = 12;

    [Fact(Explicit = true)]
    public async Task Links_of_two_silos_rest_on_one_listing_of_their_account()
    {
        Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);
        await using var cluster = await RunningCluster.Start(server, silos: 2, bulk: "30s");
        for (var link = 0; link < Links; link++)
        {
            await RunningCluster.Post(cluster.Living[link % 2], "/api/links", new
            {
                file = "s.yaml",
                spec = ServedFleet.Spec.Replace("name: sydney", $"name: link-{link}", StringComparison.Ordinal),
                policy = "watch",
            });
        }
        // The second bulk look rests on a listing for certain: the first settles what is the same.
        await cluster.Until(async () => (await Figures(cluster)).All(silo => silo.Bulk >= 2 * silo.Links),
            "bulk looks", 240);
        var before = await Figures(cluster);
        Assert.Equal(Links, before.Sum(silo => silo.Links));
        // Which silo a link falls to is chance.
        Assert.All(before, silo => Assert.InRange(silo.Links, 1, Links - 1));
        await cluster.Until(async () => (await Figures(cluster)).Zip(before,
            (now, then) => now.Bulk - then.Bulk >= then.Links).All(more => more), "another round", 120);
        var after = await Figures(cluster);
        foreach (var (then, now) in before.Zip(after))
        {
            Assert.Equal(then.Full, now.Full);
            var calls = (now.Calls - then.Calls) / (now.Bulk - then.Bulk);
            Assert.True(calls <= 3, $"{calls} calls a link\n{cluster}");
        }
        // Whose lists they are is known to one of the silos, and to one only.
        Assert.NotEmpty(after.SelectMany(silo => silo.Listed));
        Assert.Distinct(after.SelectMany(silo => silo.Listed));
    }

    private static async Task<List<Silo>> Figures(RunningCluster cluster)
    {
        // A person may ask a silo twenty times a second, and no more.
        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        var all = new List<Silo>();
        foreach (var silo in cluster.Living)
        {
            var lines = (await silo.Client.GetStringAsync("/metrics", Stop)).Split('\n');
            double Sum(string of) => lines.Where(line => Regex.IsMatch(line, of)).Sum(line =>
                double.Parse(Value().Match(line).Groups[1].Value, CultureInfo.InvariantCulture));
            all.Add(new(
                lines.Count(line => Regex.IsMatch(line, "^sealane_watch_sweeps_total.*kind=\"full\"")),
                Sum("^sealane_watch_sweeps_total.*kind=\"full\""), Sum("^sealane_watch_sweeps_total.*kind=\"bulk\""),
                Sum("^sealane_cloud_calls_total"),
                [.. lines.Select(line => Listing().Match(line)).Where(match => match.Success)
                    .Select(match => match.Groups[1].Value)]));
        }
        return all;
    }

    [GeneratedRegex("""\} (\S+)""")]
    private static partial Regex Value();

    [GeneratedRegex("^sealane_account_listings_total.*account=\"([^\"]+)\"")]
    private static partial Regex Listing();

    /// <param name="Listed">Accounts whose lists it reads.</param>
    private sealed record Silo(int Links, double Full, double Bulk, double Calls, List<string> Listed);
}
