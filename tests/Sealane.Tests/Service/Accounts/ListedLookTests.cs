using System.Globalization;
using Sealane.Cli.Watch;
using Sealane.Service.Accounts;

namespace Sealane.Tests.Service.Accounts;

/// <summary>What a listing that all links of an account share spares, and what it can never do.</summary>
public sealed class ListedLookTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    /// <summary>The promise is three calls a link for a hundred links of an account; without the listing it is broken,
    /// so the count counts.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_bulk_sweep_of_a_hundred_links_of_an_account_takes_three_calls_a_link(bool listed)
    {
        const int links = 100;
        using var fleet = await ListedLinks.Sydney();
        var looks = Enumerable.Range(0, listed ? links : 5)
            .Select(link => fleet.New(listed ? null : (_, _, _) => Task.FromResult<Listed?>(null), link).Look).ToList();
        var before = fleet.Calls;
        foreach (var look in looks)
        {
            await look.Whole(Stop);
        }
        var whole = (double)(fleet.Calls - before) / looks.Count;
        // Each at its own moment of the interval.
        (before, var reads) = (fleet.Calls, fleet.Reads);
        foreach (var look in looks)
        {
            fleet.Clock.Move(ListedLinks.Interval / looks.Count);
            Assert.Empty((await look.Glance(Stop)).Silent);
        }
        var calls = (double)(fleet.Calls - before) / looks.Count;
        if (!listed)
        {
            Assert.True(calls > 3, $"{calls} calls a link without a listing");
            return;
        }
        Assert.All(looks, look => Assert.Equal(1, look.Glances));
        Assert.True(calls <= 3, $"{calls} calls a link");
        var row = string.Create(CultureInfo.InvariantCulture, $"| {links} | {whole:0.0} | {calls:0.00} | "
            + $"{fleet.Reads - reads} |");
        Counts.Say($"bulk sweeps of links of one account: {row}");
        Assert.Contains(row, File.ReadAllText(Repository.PathOf("bench", "README.md")));
    }

    /// <summary>Whatever the listing says: an object that differs is seen by a look of its own, and the verdict waits
    /// for all evidence.</summary>
    [Fact]
    public async Task A_change_that_a_listing_shows_is_looked_at_whole()
    {
        using var fleet = await ListedLinks.Sydney();
        var (look, link) = fleet.New();
        await look.Whole(Stop);
        Assert.Empty(Differing(await look.Glance(Stop)));
        fleet.Clock.Move(ListedLinks.Interval);
        fleet.World.Aws.VpnConnections[0].Tags["Name"] = "renamed";
        fleet.World.Touch();
        var glances = look.Glances;
        Assert.Contains("aws/vpn", string.Join(' ', Differing(await look.Glance(Stop))));
        Assert.Equal(glances, look.Glances);
        Assert.True(link.SawAll);
    }

    [Fact]
    public async Task A_listing_makes_no_verdict_better_and_none_younger()
    {
        using var fleet = await ListedLinks.Sydney();
        // All is as it was, says the listing: always, and of this moment.
        var (look, link) = fleet.New((_, marks, _) => Task.FromResult<Listed?>(
            new(new ulong[marks.Length], TimeSpan.Zero, [], null)));
        var mistake = AllMistakes.Find("open-aws-to-azure")!;
        mistake.Make(new(fleet.World, fleet.Session.Design));
        var began = fleet.Session.Clock.GetUtcNow();
        var state = new WatchState("sydney", TimeSpan.FromHours(1), began);
        state.TookFull(await look.Whole(Stop), await link.Full(Stop), began, began);
        Assert.StartsWith("clear", state.Verdict);
        var (verdict, evidence, objects) = (state.Verdict, state.Figures.EvidenceFrom, state.Figures.Bulk);
        for (var sweep = 1; sweep <= 5; sweep++)
        {
            var glance = await look.Glance(Stop);
            Assert.Equal(Differing(objects!), Differing(glance));
            state.TookBulk(glance, began + (sweep * ListedLinks.Interval));
            Assert.Equal((verdict, evidence), (state.Verdict, state.Figures.EvidenceFrom));
        }
        Assert.NotEmpty(state.Passed(began + TimeSpan.FromHours(1)));
        Assert.Equal(WatchState.Stale, state.Verdict);
    }

    /// <summary>What a listing shows that was read after the look began may be news that the look does not
    /// have.</summary>
    [Fact]
    public async Task A_listing_that_is_younger_than_the_look_is_no_measure_of_what_is_the_same()
    {
        using var fleet = await ListedLinks.Sydney();
        var (look, _) = fleet.New(async (account, marks, most) =>
            await fleet.Ask(account, marks, most) is { } said ? said with { Age = -TimeSpan.FromSeconds(1) } : null);
        await look.Whole(Stop);
        await look.Glance(Stop);
        Assert.Equal(0, look.Glances);
    }

    [Fact]
    public async Task Objects_that_no_listing_shows_are_looked_at_in_turn()
    {
        using var fleet = await ListedLinks.Sydney();
        var (look, _) = fleet.New();
        await look.Whole(Stop);
        fleet.World.Azure.Resources.Single(one => one.Id.EndsWith("/sydney-lng-1", StringComparison.Ordinal))
            .Body["properties"]!["gatewayIpAddress"] = "10.254.1.9";
        fleet.World.Touch();
        for (var sweep = 1; ; sweep++)
        {
            Assert.True(sweep <= fleet.Session.Graph.Resources.Count, "it was never looked at");
            var seen = await look.Glance(Stop);
            if (Differing(seen).Any(id => id.StartsWith("azure/local-gateway", StringComparison.Ordinal)))
            {
                Counts.Say($"a change that no listing shows was seen by bulk sweep {sweep}");
                return;
            }
        }
    }

    private static List<string> Differing(BulkLook look) =>
        [.. look.Objects.Where(one => one.Value.Differences.Count > 0).Select(one => one.Key).Order()];
}
