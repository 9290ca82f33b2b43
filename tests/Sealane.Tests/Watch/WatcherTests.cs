using System.Text.RegularExpressions;
using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Watch;

/// <summary>What a long watch tells, and when.</summary>
public sealed partial class WatcherTests
{
    /// <summary>Objects of the last looks: of each kind, of announcements, and what the runtime has not let go
    /// of.</summary>
    private const int MostKept = 20;

    /// <summary>The watch's own share: of all looks that it was shown and of all changes that it told, the last are
    /// kept.</summary>
    [Fact]
    public async Task What_a_watch_keeps_does_not_grow_with_its_looks()
    {
        var (shown, told, kept) = (new List<WeakReference>(), new List<WeakReference>(), new List<WeakReference>());
        var world = await ShownAgain.Sydney(shown);
        using var stop = new CancellationTokenSource();
        world.AfterLook = () =>
        {
            if (shown.Count >= 1_000)
            {
                // Here, where nothing but the watch holds them any more.
                GC.Collect();
                kept = [.. shown.Concat(told).Where(one => one.IsAlive)];
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Watcher(
            world, WatchLife.Pace, new([], null, false), new(1), changes => told.AddRange(
                changes.Select(change => new WeakReference(change)))).Run(stop.Token));
        Assert.True(told.Count > 1_000, $"{told.Count} changes are too few to fill anything");
        Assert.InRange(kept.Count, 1, MostKept);
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

    /// <summary>What is told in that time, while things are done at their moments.</summary>
    internal static async Task<List<WatchEvent>> Told(
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
