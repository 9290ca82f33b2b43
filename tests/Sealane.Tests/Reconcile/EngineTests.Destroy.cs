using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>Deletion, and what it waits for.</summary>
public sealed partial class EngineTests
{
    [Fact]
    public async Task Destroy_deletes_the_last_built_first_and_leaves_nothing()
    {
        var world = new ToyRun(9) { Cloud = { Busy = 0.3 } };
        await world.Apply();
        world.Recorder.Events.Clear();

        var report = await world.Destroy();

        Assert.Equal(RunResult.Done, report.Result);
        Assert.Empty(world.Cloud.Objects);
        var order = world.Recorder.Events.OfType<StepDone>().Select(done => done.Id!).ToList();
        Assert.All(world.Graph.Resources, resource => Assert.All(world.Graph.Before(resource.Id),
            before => Assert.True(order.IndexOf(resource.Id) < order.IndexOf(before),
                $"{before} went before {resource.Id}")));
    }

    /// <summary>As with a virtual interface on a hosted connection, which is Megaport's: the VXC waits for both, and
    /// then until Megaport has noticed.</summary>
    [Fact]
    public async Task Destroy_asks_for_what_is_held_when_it_is_held_no_more()
    {
        var clock = new VirtualClock(Start);
        var cloud = new ToyCloud(clock, 1);
        var free = DateTimeOffset.MaxValue;
        cloud.Holds = item => item.Name == "vxc" && clock.GetUtcNow() < free;
        var graph = new ResourceGraph(
        [
            new ToyResource(cloud, "vxc", [], TimeSpan.Zero) { Held = TimeSpan.FromMinutes(2) },
            new ToyResource(cloud, "connection", ["vxc"], TimeSpan.Zero) { Follows = true },
            new ToyResource(cloud, "vif", ["connection"], TimeSpan.Zero),
        ]);
        cloud.Create("vxc", "a", TimeSpan.Zero);
        cloud.Create("connection", "a", TimeSpan.Zero);
        cloud.Create("vif", "a", TimeSpan.Zero);
        var seen = await Survey.Take(graph, CancellationToken.None);
        // Noticed late: from the moment that the interface is gone.
        var gone = new Recorder();
        var watch = new Watch(gone, done => free = done.Id == "vif" ? done.At + TimeSpan.FromSeconds(90) : free);

        var report = await new Engine(graph, clock, new ToyJournal(), watch).Destroy(seen, CancellationToken.None);

        Assert.Equal((RunResult.Done, 2, 0), (report.Result, report.Deleted, cloud.Refused));
        Assert.Equal(["vif", "vxc"], gone.Events.OfType<StepDone>().Select(done => done.Id));
    }

    /// <summary>Nobody is told that nothing is billed any more while the vendor still takes something away.</summary>
    [Fact]
    public async Task Destroy_waits_for_what_costs_and_goes_with_something_else()
    {
        var clock = new VirtualClock(Start);
        var cloud = new ToyCloud(clock, 1);
        var graph = new ResourceGraph(
        [
            new ToyResource(cloud, "vxc", [], TimeSpan.Zero),
            new ToyResource(cloud, "connection", ["vxc"], TimeSpan.Zero) { Follows = true, Costs = true },
        ]);
        cloud.Create("vxc", "a", TimeSpan.Zero);
        cloud.Create("connection", "a", TimeSpan.Zero);
        var (seen, connection) = (await Survey.Take(graph, CancellationToken.None), cloud.Find("connection")!);
        var watch = new Watch(new Recorder(), done => connection.GoneAt ??= done.At + TimeSpan.FromSeconds(100));

        var report = await new Engine(graph, clock, new ToyJournal(), watch).Destroy(seen, CancellationToken.None);

        Assert.Equal(RunResult.Done, report.Result);
        Assert.InRange(clock.GetUtcNow(), connection.GoneAt!.Value, connection.GoneAt.Value.AddMinutes(1));
    }
}
