using System.Text.Json.Nodes;
using Sealane.Sandbox.Replay;
using Sealane.Tests.Contracts;

namespace Sealane.Tests.Sandbox.Megaport;

/// <summary>What Megaport tells the owner of a service: an event goes through its states by its own times.</summary>
public sealed class ServiceEventTests
{
    private static readonly string[] States = ["Scheduled", "Running", "Completed", "Cancelled"];

    [Fact]
    public void Work_is_scheduled_running_and_completed_or_cancelled()
    {
        var world = new MegaportWorld();
        AnnouncedWork.Announce(world.World, new("CSS-1", world.World.Now + TimeSpan.FromMinutes(1),
            world.World.Now + TimeSpan.FromMinutes(2), "some", "better", false, ["5d0c3f1e"]));
        Assert.Equal("Scheduled", StateOf(world));
        world.Wait(60);
        Assert.Equal("Running", StateOf(world));
        world.Wait(60);
        Assert.Equal("Completed", StateOf(world));
        AnnouncedWork.Announce(world.World, world.State.Maintenance.Single() with { CancelReason = "rain" });
        Assert.Equal("Cancelled", StateOf(world));
        Assert.Equal("rain", (string?)Events(world, "Cancelled").Single()!["cancelReason"]);
    }

    [Fact]
    public void It_is_said_as_the_contract_says()
    {
        var world = Told();
        foreach (var (contract, path) in new[]
        {
            ("list-maintenance", "maintenance?state=Scheduled"), ("list-outages", "outage?state=Ongoing"),
        })
        {
            var wanted = BodyShape.Read(ContractFile.Of($"megaport/{contract}").Exchange.ReplyBody);
            Assert.Empty(BodyShape.Differences(wanted,
                BodyShape.Read(world.Ask("GET", $"/ens/v1/status/{path}").Text)).Select(one => one.ToString()));
        }
    }

    [Theory]
    [InlineData("maintenance")]
    [InlineData("maintenance?state=scheduled")]
    [InlineData("maintenance?state=Ongoing")]
    [InlineData("outage?state=Running")]
    public void No_other_state_can_be_asked_for(string path) =>
        Assert.Equal(400, new MegaportWorld().Ask("GET", $"/ens/v1/status/{path}").Status);

    /// <summary>A world in which work and a fault are told.</summary>
    internal static MegaportWorld Told()
    {
        var world = new MegaportWorld();
        AnnouncedWork.Announce(world.World, new("CSS-1", world.World.Now + TimeSpan.FromMinutes(1),
            world.World.Now + TimeSpan.FromMinutes(2), "some", "better", false, ["5d0c3f1e"]));
        AnnouncedWork.Announce(world.World, world.State.Maintenance[0] with
        {
            EventId = "CSS-2",
            CancelReason = "rain",
        });
        world.State.Outages.Add(new("c2037361-0000-4000-8000-000000000001", "CSS-3", world.World.Now, "broken",
            ["5d0c3f1e"]));
        return world;
    }

    private static string StateOf(MegaportWorld world) => States.Single(state => Events(world, state).Count == 1);

    private static JsonArray Events(MegaportWorld world, string state) =>
        world.Data("GET", $"/ens/v1/status/maintenance?state={state}").AsArray();
}
