using System.Globalization;
using System.Runtime;
using Sealane.Cli.Watch;

namespace Sealane.Tests.Watch;

/// <summary>A watch of months: every change that lasts is told, nothing else is, and its memory does not grow.
/// Beside no other test, whose memory would count. Ten thousand looks: SEALANE_LONG=1.</summary>
[Collection(nameof(Alone))]
public sealed class LongWatchTests
{
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;

    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 };

    [Fact]
    public async Task Nothing_that_stays_is_missed_and_nothing_is_told_that_was_not_so()
    {
        var (seeds, sweeps) = Long ? (1, 10_000) : (1, 80);
        var memory = new List<(long Resident, long World)>();
        for (var seed = 1; seed <= seeds; seed++)
        {
            using var world = await WatchedWorld.Sydney();
            var life = new WatchLife(world, seed);
            var figures = await life.Watch(sweeps, look =>
            {
                if (look is 1_000 or 10_000)
                {
                    memory.Add((Resident(), world.StoredBytes));
                }
            });
            Assert.Equal([], life.Wrong.Take(10));
            Counts.Say(string.Create(CultureInfo.InvariantCulture, $"watch, seed {seed}: {sweeps} sweeps "
                + $"({figures.Full} full, {figures.BulkOnly} bulk, {figures.Failed} in vain), {life.Things} things "
                + $"done, {life.Events} changes told{(memory.Count > 0 ? $", MB resident after 1,000 and 10,000 sweeps "
                    + $"{string.Join(", ", memory.Select(one => one.Resident / 1_000_000))}; the simulated clouds "
                    + $"written down, KB: {string.Join(", ", memory.Select(one => one.World / 1000))}" : "")}"));
        }
    }

    /// <summary>The watch by itself, without the simulated clouds: these share the process of the test above, keep what
    /// was deleted and what was done, and no cloud runs inside of a watch.</summary>
    [Fact]
    public async Task Its_memory_after_ten_thousand_looks_is_that_of_a_thousand()
    {
        if (!Long)
        {
            return;
        }
        // Methods that are called often are compiled once more in the background, which takes memory once: in days of
        // looks that is over long before the thousandth, here it needs some looks more.
        var (world, told, looks, memory) = (await ShownAgain.Sydney(), 0, -5_000, new List<long>());
        using var stop = new CancellationTokenSource();
        world.AfterLook = () =>
        {
            if (++looks == 0)
            {
                Thread.Sleep(TimeSpan.FromSeconds(2));
            }
            if (looks is 1_000 or 10_000)
            {
                memory.Add(Resident());
            }
            if (looks == 10_000)
            {
                stop.Cancel();
            }
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Watcher(
            world, WatchLife.Pace, new([], null, false), new(1), changes => told += changes.Count).Run(stop.Token));
        Counts.Say(string.Create(CultureInfo.InvariantCulture, $"watch without clouds: {told} changes told, MB "
            + $"resident after 1,000 and 10,000 looks {string.Join(", ", memory.Select(bytes => bytes / 1_000_000))}"));
        Assert.InRange(memory[1], 0, memory[0] * 1.05);
    }

    /// <summary>With all that is free given back to the system.</summary>
    private static long Resident()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return Environment.WorkingSet;
    }
}
