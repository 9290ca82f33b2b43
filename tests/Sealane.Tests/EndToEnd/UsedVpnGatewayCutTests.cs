using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A life on somebody's VPN gateway, cut at each write that changes the gateway or what is written down of it, and gone
/// on with on another machine: the gateway is afterwards as it was. A sample; all: SEALANE_EVERY_CUT=1.
/// </summary>
public sealed class UsedVpnGatewayCutTests
{
    /// <summary>Down on the circuit, then the gateway; and back: the gateway, then the circuit.</summary>
    private const int Writes = 2;

    public static TheoryData<Cut, int, Cut, int> Lives
    {
        get
        {
            var data = new TheoryData<Cut, int, Cut, int>
            {
                { Cut.DeathAfter, 1, Cut.DeathAfter, 2 },
                { Cut.DeathBefore, 2, Cut.DeathAfter, 1 },
            };
            if (Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1")
            {
                foreach (var (up, down) in from up in All() from down in All() select (up, down))
                {
                    data.Add(up.Cut, up.At, down.Cut, down.At);
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Lives))]
    public async Task What_the_gateway_was_outlasts_a_death(Cut up, int atUp, Cut down, int atDown)
    {
        using var link = HubGateway.Link();
        await HubGateway.Furnish(link);
        var (theirs, inventory) = (await HubGateway.Theirs(link), Inventory.Of(link.World()));
        Assert.InRange(await Ends(link, up, atUp, rig => rig.Apply()), atUp, Writes);
        Forget(link);
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsUnchanged();
        Assert.InRange(await Ends(link, down, atDown, rig => rig.Destroy()), atDown, Writes);
        Forget(link);
        await link.Destroy();
        Assert.Equal(theirs, await HubGateway.Theirs(link));
        Assert.Equal(inventory, Inventory.Of(link.World()));
    }

    [Fact]
    public async Task There_are_no_more_writes_than_these()
    {
        using var link = HubGateway.Link();
        await HubGateway.Furnish(link);
        Assert.Equal(Writes, await Ends(link, default, 0, rig => rig.Apply()));
        Assert.Equal(Writes, await Ends(link, default, 0, rig => rig.Destroy()));
    }

    private static async Task<int> Ends(Link link, Cut cut, int at, Func<Rig, Task> run)
    {
        var stored = Rehearsal.Load(link.WorldDirectory, link.Design, null);
        var clock = new VirtualClock(stored.Now);
        var world = stored.Wake(clock);
        using var rig = new Rig(link, world, clock,
            new InProcessClouds(world, Rehearsal.Faces(world, () => clock.GetUtcNow())), cut, at, counts: IsOfGateway);
        await run(rig);
        Assert.Equal(0, rig.ClearSeconds);
        return rig.Calls;
    }

    private static bool IsOfGateway(HttpRequestMessage call) =>
        (call.Method == HttpMethod.Put && call.RequestUri!.AbsolutePath == HubGateway.Id)
        || (call.Method == HttpMethod.Patch
            && call.RequestUri!.AbsolutePath.EndsWith("/expressRouteCircuits/minimal-er", StringComparison.Ordinal));

    private static void Forget(Link link) => File.Delete(Path.Combine(link.WorldDirectory, "minimal.journal.jsonl"));

    private static IEnumerable<(Cut Cut, int At)> All() =>
        from cut in Enum.GetValues<Cut>() from at in Enumerable.Range(1, Writes) select (cut, at);
}
