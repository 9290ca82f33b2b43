using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Tests.Reconcile;

/// <summary>The engine against a toy cloud, hundreds of seeds. A failure names the seed; the same seed fails
/// again.</summary>
public sealed partial class EngineTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    private static readonly NetworkDesign Design = Designer.Design(new NetworkSpec
    {
        Name = "toy",
        Aws = new() { Account = "111122223333", Region = "ap-southeast-2", Vpc = "vpc-1" },
        Azure = new() { Subscription = "s", ResourceGroup = "rg", Region = "australiaeast", Vnet = "vnet" },
        Megaport = new() { Location = "1", Bandwidth = 50 },
    });

    [Fact]
    public async Task Everything_exists_once_whatever_replies_are_lost_and_calls_refused()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var world = new ToyRun(seed)
            {
                Cloud =
                { LostReplies = 0.3, Busy = 0.2, ListingLag = TimeSpan.FromSeconds(20) }
            };

            var report = await world.Apply();

            Assert.True(report.Result == RunResult.Done,
                $"seed {seed}: {string.Join("; ", report.Failures.Select(f => f.Reason))}");
            Assert.True(world.Names.Order().SequenceEqual(world.Cloud.Objects.Select(item => item.Name).Order()),
                $"seed {seed}");
        }
    }

    [Fact]
    public async Task A_run_that_is_cut_at_any_write_converges_when_it_is_run_again()
    {
        for (var cut = 1; cut < 12; cut++)
        {
            var world = new ToyRun(7);
            using var stop = new CancellationTokenSource();
            (world.Cloud.CutAt, world.Cloud.Cut) = (cut, stop.Cancel);

            var first = await world.Apply(stop.Token);
            world.Cloud.CutAt = int.MaxValue;
            var second = await world.Apply();

            Assert.Equal(cut <= world.Names.Count ? RunResult.Interrupted : RunResult.Done, first.Result);
            Assert.Equal(RunResult.Done, second.Result);
            Assert.Equal(world.Names.Order(), world.Cloud.Objects.Select(item => item.Name).Order());
        }
    }

    [Fact]
    public async Task A_second_apply_writes_nothing()
    {
        var world = new ToyRun(3);
        await world.Apply();
        var writes = world.Cloud.Writes;

        var report = await world.Apply();

        Assert.Equal(writes, world.Cloud.Writes);
        Assert.Equal((0, 0, world.Names.Count), (report.Created, report.Updated, report.Unchanged));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_events()
    {
        async Task<List<EngineEvent>> Run()
        {
            var world = new ToyRun(11) { Cloud = { LostReplies = 0.3, Busy = 0.3 } };
            await world.Apply();
            return world.Recorder.Events;
        }

        var (one, two) = (await Run(), await Run());

        Assert.Equal(one.Select(e => $"{e.At:O} {e.GetType().Name} {e.Id}"),
            two.Select(e => $"{e.At:O} {e.GetType().Name} {e.Id}"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_takes_longer_by_its_slack_ends_no_run_later_and_by_a_second_more_does(int seed)
    {
        var graph = new ToyRun(seed).Graph;
        TimeSpan Length(string? longer = null, TimeSpan by = default) => graph.CriticalPath(
            resource => resource.Expected + (resource.Id == longer ? by : TimeSpan.Zero)).Length;
        var (slack, second) = (graph.Slack(resource => resource.Expected), TimeSpan.FromSeconds(1));
        Assert.All(graph.Resources, resource => Assert.Equal((Length(), Length() + second),
            (Length(resource.Id, slack[resource.Id]), Length(resource.Id, slack[resource.Id] + second))));
        Assert.Contains(slack.Values, time => time > TimeSpan.Zero);
    }

    [Fact]
    public async Task The_makespan_is_the_critical_path_and_little_more()
    {
        var world = new ToyRun(5);
        var ideal = world.Graph.CriticalPath(resource => resource.Expected).Length;

        var report = await world.Apply();

        Assert.InRange(report.Took / ideal, 1.0, 1.05);
    }

    [Fact]
    public async Task A_changed_value_is_changed_in_place_and_nothing_else_is_touched()
    {
        var world = new ToyRun(3);
        await world.Apply();
        var writes = world.Cloud.Writes;
        world.Resources[2].Value = "b";

        var report = await world.Apply();

        Assert.Equal((0, 1, world.Names.Count - 1), (report.Created, report.Updated, report.Unchanged));
        Assert.Equal(writes + 1, world.Cloud.Writes);
    }

    [Fact]
    public async Task Changes_and_deletions_whose_answer_is_lost_are_looked_after_and_come_true()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var world = new ToyRun(seed) { Cloud = { LostReplies = 0.2 } };
            await world.Apply();
            world.Resources.ForEach(resource => resource.Value = "b");

            var changed = await world.Apply();
            Assert.True(changed.Result == RunResult.Done,
                $"seed {seed}: {string.Join("; ", changed.Failures.Select(f => f.Reason))}");
            Assert.All(world.Cloud.Objects, item => Assert.Equal("b", item.Value));

            var gone = await world.Destroy();
            Assert.True(gone.Result == RunResult.Done,
                $"seed {seed}: {string.Join("; ", gone.Failures.Select(f => f.Reason))}");
            Assert.Empty(world.Cloud.Objects);
        }
    }

    [Fact]
    public async Task Replacing_something_replaces_what_is_built_on_it_and_nothing_else()
    {
        var world = new ToyRun(0, [("vxc", []), ("vif", ["vxc"]), ("gateway", [])]);
        await world.Apply();
        world.Resources[0].Value = "b";
        world.Resources[0].Comparer = (wanted, seen) =>
            Change.Replace(new Differences().Field("rate", wanted, seen).Lines, "down");

        var report = await world.Apply();

        Assert.Equal((2, 0, 1, 2), (report.Created, report.Updated, report.Unchanged, report.Deleted));
        Assert.Equal(["gateway", "vif", "vxc"], world.Cloud.Objects.Select(item => item.Name).Order());
    }

    [Fact]
    public async Task A_plan_with_nothing_to_do_is_carried_out_by_the_look_that_it_was_made_from()
    {
        var world = new ToyRun(3);
        await world.Apply();
        var seen = await Survey.Take(world.Graph, CancellationToken.None);
        var looks = world.Cloud.Looks;

        var report = await world.Apply(seen);

        Assert.Equal((RunResult.Done, world.Names.Count), (report.Result, report.Unchanged));
        Assert.Equal(looks, world.Cloud.Looks);
        Assert.Equal(world.Names.Order(), world.Recorder.Events.OfType<StepDone>().TakeLast(world.Names.Count)
            .Select(done => done.Id!).Order());

        // One thing to do, and everything is looked at again: a survey is no licence to write.
        world.Resources[2].Value = "b";
        await world.Apply(await Survey.Take(world.Graph, CancellationToken.None));
        Assert.True(world.Cloud.Looks >= looks + (2 * world.Names.Count));
    }

    [Fact]
    public void What_a_lock_guards_comes_after_everything_that_closes_it()
    {
        var cloud = new ToyCloud(TimeProvider.System, 0);
        var graph = new ResourceGraph(
        [
            new ToyResource(cloud, "route", [], TimeSpan.Zero, guardedBy: Locks.McrExport),
            new ToyResource(cloud, "list", [], TimeSpan.Zero, closes: Locks.McrExport),
            new ToyResource(cloud, "filter", ["list"], TimeSpan.Zero, closes: Locks.McrExport | Locks.McrImport),
        ]);

        Assert.Equal(["list", "filter"], graph.Before("route"));
        Assert.Equal(["list", "filter", "route"], graph.Resources.Select(resource => resource.Id));
    }

    [Fact]
    public void A_circle_is_named()
    {
        var cloud = new ToyCloud(TimeProvider.System, 0);

        var error = Assert.Throws<InvalidOperationException>(() => new ResourceGraph(
            [new ToyResource(cloud, "a", ["b"], TimeSpan.Zero), new ToyResource(cloud, "b", ["a"], TimeSpan.Zero)]));

        Assert.Contains("a → b → a", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Sees every step that ends.</summary>
    private sealed class Watch(IEventSink inner, Action<StepDone> ended) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            inner.Emit(happened);
            if (happened is StepDone done)
            {
                ended(done);
            }
        }
    }

    /// <summary>A random graph of things, and runs over it on a virtual clock that goes on from run to run.</summary>
    private sealed class ToyRun
    {
        private readonly VirtualClock _clock = new(Start);
        private readonly ToyJournal _journal = new();

        public ToyRun(int seed)
            : this(seed, RandomGraph(seed))
        {
        }

        public ToyRun(int seed, IReadOnlyList<(string Name, string[] Needs)> graph)
        {
            var chance = new Random(seed);
            Cloud = new(_clock, seed);
            Resources = [
                .. graph.Select(node =>
                    new ToyResource(Cloud, node.Name, node.Needs, TimeSpan.FromSeconds(chance.Next(60, 1800))))];
            Graph = new([.. Resources]);
            Claim = new(_clock);
        }

        /// <summary>One thing, and how long it takes.</summary>
        public ToyRun(TimeSpan time)
        {
            Cloud = new(_clock, 1);
            Resources = [new(Cloud, "r0", [], time)];
            Graph = new([.. Resources]);
            Claim = new(_clock);
        }

        public DateTimeOffset Now => _clock.GetUtcNow();
        public ToyClaim Claim { get; }
        public ToyJournal Journal => _journal;
        public ToyCloud Cloud { get; }
        public List<ToyResource> Resources { get; }
        public ResourceGraph Graph { get; }
        public Recorder Recorder { get; } = new();
        public List<string> Names => [.. Resources.Select(resource => resource.Id)];

        public async Task<RunReport> Apply(CancellationToken stop = default)
        {
            var known = await Survey.Take(Graph, CancellationToken.None);
            return await new Engine(Graph, _clock, _journal, Recorder, Claim)
                .Apply(Plan.Of(Graph, known), stop);
        }

        public Task<RunReport> Apply(Known seen) => new Engine(Graph, _clock, _journal, Recorder, Claim)
            .Apply(Plan.Of(Graph, seen), seen, CancellationToken.None);

        public async Task<RunReport> Destroy()
        {
            var known = await Survey.Take(Graph, CancellationToken.None);
            return await new Engine(Graph, _clock, _journal, Recorder, Claim).Destroy(known, CancellationToken.None);
        }

        private static List<(string, string[])> RandomGraph(int seed)
        {
            var chance = new Random(seed);
            return [.. Enumerable.Range(0, 10).Select(i => ($"r{i}",
                Enumerable.Range(0, i).Where(_ => chance.NextDouble() < 0.3).Select(j => $"r{j}").ToArray()))];
        }
    }
}
