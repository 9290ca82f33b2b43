using Sealane.Cli.Watch;
using Sealane.Sandbox.Megaport;

namespace Sealane.Tests.Watch;

/// <summary>What the clouds announce, as a watch tells it.</summary>
public sealed class AnnouncedTests
{
    private const string Work = "maintenance Megaport CSS-00001";

    [Fact]
    public async Task Work_is_told_once_when_it_is_new_begins_and_is_over_with_times_objects_and_effect()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromHours(9), (TimeSpan.FromMinutes(20),
            () => world.Break("megaport-maintenance")));
        var start = world.Megaport.Maintenance.Single().Start;
        Assert.Equal(["Scheduled", "Running", "none"], told.Where(change => change.Id == Work)
            .Select(change => change.Is?.Split(',')[0] ?? "none"));
        var first = told.First(change => change.Id == Work);
        Assert.Equal($"Scheduled, {start:yyyy-MM-dd HH:mm} to {start.AddHours(4):yyyy-MM-dd HH:mm} UTC, on "
            + "megaport/azure-vxc", first.Is);
        Assert.Contains("NOTHING ELSE CARRIES without what it touches: expect an outage", first.Detail);
        Assert.Contains(first.Detail, line => line.StartsWith("megaport/azure-vxc is ", StringComparison.Ordinal));
        Assert.Contains("impact: Services will be interrupted for up to 30 minutes.", first.Detail);
        // Within an interval of the moment, and nothing about the verdict.
        Assert.InRange(told.Last(change => change.Id == Work).At - start.AddHours(4), TimeSpan.Zero,
            WatchLife.Pace.Full + TimeSpan.FromMinutes(2));
        Assert.Single(told, change => change.Id == "verdict");
    }

    [Fact]
    public async Task A_change_and_a_cancellation_are_told_and_what_names_others_is_not()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromHours(3),
            (TimeSpan.FromMinutes(20), () => world.Break("megaport-maintenance")),
            (TimeSpan.FromMinutes(30), () => Announce(world, one => one with
            {
                EventId = "CSS-7",
                Services = ["0746e9a3", "ffffffff"],
            })),
            (TimeSpan.FromMinutes(60), () => Announce(world, one => one with { End = one.End.AddHours(1) })),
            (TimeSpan.FromMinutes(100), () => Announce(world, one => one with { CancelReason = "rain" })));
        var changes = told.Where(change => change.Id == Work).ToList();
        Assert.Equal(3, changes.Count);
        Assert.NotEqual(changes[0].Is, changes[1].Is);
        Assert.StartsWith("Cancelled, ", changes[2].Is);
        Assert.Contains("cancelled because: rain", changes[2].Detail);
        Assert.DoesNotContain(told, change => change.Id.Contains("CSS-7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tunnels_end_that_aws_will_replace_is_told_with_the_tunnel_that_is_left()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromHours(1), (TimeSpan.FromMinutes(20),
            () => world.Break("tunnel-maintenance")));
        var one = told.Single(change => change.Id == "maintenance AWS aws/vpn-tunnel-1");
        Assert.StartsWith("pending, at some moment after 2026-", one.Is);
        Assert.Contains("without what it touches the rest of the link carries, by its proof", one.Detail);
    }

    [Fact]
    public async Task What_is_not_told_is_not_known_holds_nothing_up_and_is_not_taken_for_nothing()
    {
        using var world = await WatchedWorld.Sydney();
        var told = await Told(world, TimeSpan.FromHours(2),
            (TimeSpan.FromMinutes(20), () => world.Break("megaport-maintenance")),
            (TimeSpan.FromMinutes(40), () => world.NoNotices = true),
            (TimeSpan.FromMinutes(80), () => world.NoNotices = false));
        Assert.Equal(["not known", null], told.Where(change => change.Id == "announcements Megaport")
            .Select(change => change.Is));
        Assert.Single(told, change => change.Id == Work);
        Assert.Equal("encrypted", told.Single(change => change.Id == "verdict").Is);
    }

    private static void Announce(WatchedWorld world, Func<MaintenanceEvent, MaintenanceEvent> change) =>
        world.Announce(change(world.Megaport.Maintenance.Find(one => one.EventId == "CSS-00001")!));

    private static Task<List<WatchEvent>> Told(
        WatchedWorld world, TimeSpan time, params (TimeSpan At, Action Do)[] things) =>
        WatcherTests.Told(world, time, things);
}
