using Sealane.Core;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;
using Rehearsal = Sealane.Cli.Rehearsal;

namespace Sealane.Tests.EndToEnd;

/// <summary>What the sandbox's clouds say of sessions and tunnels is what their two ends make of them.</summary>
public sealed class SessionTruthTests
{
    [Fact]
    public async Task The_suite_that_aws_tells_is_the_one_that_azure_proposes()
    {
        var (world, _) = await Built();
        var tunnel = world.Aws.VpnConnections.Single().Tunnels[0];
        // Everything is allowed at AWS; the far end has its policy still.
        tunnel.Options.Phase1Encryption = [];
        tunnel.Options.Phase1DhGroups = [];
        tunnel.Options.Phase2Encryption = [];
        world.Touch();
        var suite = world.Net.Tunnel(world.Aws.VpnConnections.Single().Id, tunnel.OutsideAddress).Suite;
        Assert.Equal(("ikev2", "AES256", 14, "AES256-GCM-16"),
            (suite?.Ike, suite?.Phase1Encryption, suite?.Phase1DhGroup, suite?.Phase2Encryption));
    }

    [Fact]
    public async Task More_than_a_hundred_prefixes_take_the_session_of_a_transit_vif_down()
    {
        var (world, clock) = await Built();
        var vif = world.Aws.Vifs.Single(vif => vif.State == "down");
        var aws = world.Megaport.Vxcs.Single(vxc => vxc is { Ended: false, Aws: not null });
        var azure = world.Megaport.Vxcs.Single(vxc => vxc is { Ended: false, Azure: not null });
        Assert.True(world.Net.VifSessionUp(vif.Id));

        // Behind the Azure VXC, so that each is announced to AWS once its export filter is gone.
        aws.Interfaces[0].BgpConnections =
            [aws.Interfaces[0].BgpConnections[0] with { ExportWhitelist = null, ExportBlacklist = null }];
        var microsoft = azure.Interfaces[0].BgpConnections[0].PeerAddress;
        McrStaticRoute Route(int number) => new(new(Ipv4.Parse($"172.20.{number}.0"), 24), microsoft, null);
        var others = azure.Interfaces[0].Routes;

        Announce(Enumerable.Range(0, 90));
        Assert.True(world.Net.VifSessionUp(vif.Id));
        Announce(Enumerable.Range(0, 110));
        Assert.False(world.Net.VifSessionUp(vif.Id));
        clock.MoveBy(TimeSpan.FromHours(1));
        world.Advance();
        Assert.False(world.Net.VifSessionUp(vif.Id));

        Announce(Enumerable.Range(0, 90));
        clock.MoveBy(TimeSpan.FromHours(1));
        world.Advance();
        Assert.True(world.Net.VifSessionUp(vif.Id));

        void Announce(IEnumerable<int> numbers)
        {
            azure.Interfaces[0].Routes = [.. others, .. numbers.Select(Route)];
            world.Touch();
        }
    }

    private static async Task<(SandboxWorld World, StepClock Clock)> Built()
    {
        using var link = await Link.Built("sydney");
        var stored = link.World();
        var clock = new StepClock(stored.Now);
        var world = stored.Wake(clock);
        _ = Rehearsal.Faces(world, () => world.Now);
        world.Advance();
        world.Touch();
        return (world, clock);
    }
}
