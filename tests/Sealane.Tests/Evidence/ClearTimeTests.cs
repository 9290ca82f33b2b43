using System.Text.Json;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Evidence;

/// <summary>How long clear traffic was possible is counted from the last known time to the next.</summary>
public sealed class ClearTimeTests
{
    [Fact]
    public async Task It_goes_on_between_commands_and_a_served_world_tells_it()
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        await Command(link, minutes: 10);
        var stored = await Command(link, minutes: 5);
        var world = stored.Wake(new VirtualClock(stored.Now));
        var watch = new ClearWatch(world);

        Assert.Equal(TimeSpan.FromMinutes(15), world.Clear.Total(world.Now));
        Assert.Equal(TimeSpan.Zero, watch.Total);

        using var directory = new TemporaryDirectory();
        await using var host = await SandboxHost.Start(
            world, Worlds.Echoes(), Path.Combine(directory.Path, "sandbox.pem"), TimeProvider.System, clear: watch,
            cancellation: TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        using var told = JsonDocument.Parse(await http.GetStringAsync(
            new Uri(host.Aws, "/sandbox/clear"), TestContext.Current.CancellationToken));
        Assert.Equal(15 * 60, told.RootElement.GetProperty("clearSeconds").GetDouble());
    }

    // What a command does with the world: it watches, time passes, the world is kept.
    private static async Task<StoredWorld> Command(EndToEnd.Link link, int minutes)
    {
        var stored = link.World();
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        _ = new ClearWatch(world);
        using (clock.Enter())
        {
            await Task.Delay(TimeSpan.FromMinutes(minutes), clock);
        }
        world.Advance();
        WorldFile.Save(link.WorldDirectory, world);
        return link.World();
    }
}
