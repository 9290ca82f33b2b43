using System.Globalization;
using System.Text.RegularExpressions;
using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Watch;

/// <summary>What a long watch tells, and when.</summary>
public sealed partial class WatcherTests
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 };

    [Fact]
    public async Task Nothing_that_stays_is_missed_and_nothing_is_told_that_was_not_so()
    {
        var (seeds, sweeps) = Long ? (1, 10_000) : (1, 80);
        var memory = new List<long>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var world = await WatchedWorld.Sydney();
            var life = new WatchLife(world, seed);
            var figures = await life.Watch(sweeps, look =>
            {
                if (look is 1_000 or 10_000)
                {
                    GC.Collect();
                    memory.Add(Environment.WorkingSet / 1_000_000);
                }
            });
            Assert.Equal([], life.Wrong.Take(10));
            Counts.Say(string.Create(CultureInfo.InvariantCulture, $"watch, seed {seed}: {sweeps} sweeps "
                + $"({figures.Full} full, {figures.BulkOnly} bulk, {figures.Failed} in vain), {life.Things} things "
                + $"done, {life.Events} changes told{(memory.Count > 0 ? $", MB resident {string.Join(", ", memory)}"
                    : "")}"));
        }
    }

    [Fact]
    public async Task A_bulk_look_that_sees_a_change_has_all_evidence_read_at_once()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromMinutes(20), (TimeSpan.FromMinutes(5),
            () => world.Break("open-aws-to-azure")));
        var clear = told.Single(change => change is { Id: "verdict", Is: "clear" });
        Assert.Equal("encrypted", clear.Was);
        // The bulk interval, and the time that a look takes.
        Assert.True(clear.At - told[0].At <= TimeSpan.FromMinutes(5 + 3 + 2));
        Assert.True(clear.EvidenceFrom > told[0].At + TimeSpan.FromMinutes(4));
    }

    [Fact]
    public async Task A_change_that_cannot_be_proved_takes_the_verdict_away_and_gives_none()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromMinutes(30),
            (TimeSpan.FromMinutes(4), () => world.Silent = Cloud.Azure),
            (TimeSpan.FromMinutes(5), () => world.Break("drop-aws-export-filter")),
            (TimeSpan.FromMinutes(20), () => world.Silent = null));
        var verdicts = told.Where(change => change.Id == "verdict").Select(change => change.Is).ToList();
        Assert.Equal(["encrypted", WatchState.Changed], verdicts.Take(2));
        Assert.StartsWith("encrypted", verdicts[^1]);
    }

    [Fact]
    public async Task A_verdict_without_new_evidence_is_stale_after_its_limit_and_not_before()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromHours(3), (TimeSpan.FromMinutes(5), () => world.IsOut = true),
            (TimeSpan.FromHours(2), () => world.IsOut = false));
        var verdicts = told.Where(change => change.Id == "verdict").ToList();
        Assert.Equal(["encrypted", WatchState.Stale, "encrypted"], verdicts.Select(change => change.Is));
        Assert.InRange(verdicts[1].At - verdicts[1].EvidenceFrom!.Value, WatchLife.Pace.Stale,
            WatchLife.Pace.Stale + TimeSpan.FromSeconds(1));
        Assert.Contains(verdicts[1].Detail, line => line.Contains("last known: encrypted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_seen_to_be_clear_is_told_although_a_cloud_is_silent()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromMinutes(30),
            (TimeSpan.FromMinutes(4), () => world.Silent = Cloud.Azure),
            (TimeSpan.FromMinutes(5), () => world.Break("open-aws-to-azure")));
        Assert.Equal("clear", told.Last(change => change.Id == "verdict").Is);
    }

    /// <summary>Without its times: how long Azure's operations take differs a little between two readings.</summary>
    [Fact]
    public async Task A_person_reads_each_change_with_its_reason()
    {
        using var world = await WatchedWorld.Sydney();
        var (looks, told) = (0, new List<WatchEvent>());
        using var stop = new CancellationTokenSource();
        world.BeforeLook = () =>
        {
            switch (++looks)
            {
                case 3:
                    world.Break("stop-tunnel-1");
                    break;
                case 10:
                    world.Break("open-aws-to-azure");
                    break;
                case 15:
                    world.IsOut = true;
                    break;
                case 45:
                    stop.Cancel();
                    break;
            }
            return Task.CompletedTask;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Watcher(
            world, WatchLife.Pace with { Jitter = 0 }, new([], null, false), new(1), told.AddRange).Run(stop.Token));
        var output = new StringWriter { NewLine = "\n" };
        foreach (var change in told)
        {
            WatchText.Write(output, change);
        }
        Golden.Check(Repository.PathOf("tests", "cli", "watch-sydney.txt"),
            Times().Replace(Ages().Replace(output.ToString(), "oldest evidence N old"), "hh:mm:ssZ"));
    }

    [GeneratedRegex(@"\d\d:\d\d:\d\dZ")]
    private static partial Regex Times();

    [GeneratedRegex(@"oldest evidence (\d+ (s|min|h) )?\d+ (s|min) old")]
    private static partial Regex Ages();

    private static async Task<List<WatchEvent>> Told(
        WatchedWorld world, TimeSpan time, params (TimeSpan At, Action Do)[] things)
    {
        var (begun, left, told) = (world.Now, new Queue<(TimeSpan At, Action Do)>(things), new List<WatchEvent>());
        world.BeforeLook = () =>
        {
            while (left.TryPeek(out var next) && world.Now - begun >= next.At)
            {
                left.Dequeue().Do();
            }
            return Task.CompletedTask;
        };
        await new Watcher(world, WatchLife.Pace, new([], time, false), new(1), told.AddRange).Run(default);
        return told;
    }
}
