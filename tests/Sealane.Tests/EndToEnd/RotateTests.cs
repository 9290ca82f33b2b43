using Sealane.Core.Design;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>New keys on a living link: one after the other, and from wherever an earlier run was cut.</summary>
public sealed class RotateTests
{
    private const string Old = "  generation: 1\n";
    private const string New = "  generation: 2\n";

    [Fact]
    public async Task Tunnels_get_new_keys_one_after_the_other_and_the_link_carries_all_the_time()
    {
        using var link = await Rotating();
        var run = (await link.Run("rotate", "--yes", "--format", "jsonl")).Exits(0);
        Assert.Equal(["psk/tunnel-1", "psk/tunnel-2"], run.Lines.Where(line => (string?)line["event"] == "key")
            .Select(line => (string?)line["key"]));
        Assert.Equal((2, 0, 0), ((int)run.Done["keys"]!, (double)run.Done["outageSeconds"]!,
            (double)run.Done["clearSeconds"]!));
        await link.IsEncrypted();
        Assert.Contains("Nothing to change", (await link.Run("rotate", "--yes")).Exits(0).Output);
    }

    /// <summary>What rotate is there for.</summary>
    [Fact]
    public async Task Apply_refuses_to_change_them_all_at_once_and_where_told_to_it_is_an_outage()
    {
        using var link = await Rotating();
        var refused = (await link.Run("apply", "--yes", "--replace", "megaport/azure-vxc", "--replace",
            "aws/transit-vif")).Exits(1);
        Assert.Contains("sealane rotate", refused.Error);
        Assert.True((double)(await link.Apply()).Done["outageSeconds"]! > 60);
    }

    /// <summary>Each state in which a run can have died: which of the four ends have their new key.</summary>
    [Theory]
    [InlineData(true, false, false, false)]
    [InlineData(false, true, false, false)]
    [InlineData(true, true, false, false)]
    [InlineData(true, true, true, false)]
    [InlineData(true, true, false, true)]
    public async Task It_goes_on_from_wherever_it_was_cut(bool aws1, bool azure1, bool aws2, bool azure2)
    {
        using var link = await Rotating();
        var keys = Sealane.Cli.Secrets.Rehearsal(link.Design.Spec);
        await link.Later(TimeSpan.FromMinutes(10), world =>
        {
            Set(world, link.Design, 1, keys, aws1, azure1);
            Set(world, link.Design, 2, keys, aws2, azure2);
        });
        (await link.Run("rotate", "--yes")).Exits(0);
        await link.IsEncrypted();
        Assert.Contains("Nothing to change", (await link.Run("rotate", "--yes")).Exits(0).Output);
    }

    [Fact]
    public async Task With_one_tunnel_down_nothing_is_changed_without_agreeing_to_the_outage()
    {
        using var link = await Rotating();
        await link.Later(TimeSpan.FromMinutes(10), world => world.Azure.Resources
            .Find(it => it.Name == link.Design.Tunnels[1].ConnectionName)!.SharedKey = "someOtherKey1234567890");
        // The one that is down is mended first; then both are there again.
        var run = (await link.Run("rotate", "--yes", "--format", "jsonl")).Exits(0);
        Assert.Equal(["psk/tunnel-2", "psk/tunnel-1"], run.Lines.Where(line => (string?)line["event"] == "key")
            .Select(line => (string?)line["key"]));
        Assert.Equal(0, (double)run.Done["outageSeconds"]!);
    }

    [Fact]
    public async Task While_aws_may_replace_the_other_tunnel_no_key_is_changed_unless_it_cannot_wait()
    {
        using var link = await Rotating();
        link.Tamper(world => world.Aws.VpnConnections.Single().Tunnels
            .Find(it => it.Options.InsidePrefix == link.Design.Tunnels[1].InsideCidr)!.MaintenanceAfter = world.Now);
        var refused = (await link.Run("rotate", "--yes")).Exits(1);
        Assert.Contains("nothing else is sure to carry while psk/tunnel-1 is changed: AWS maintenance "
            + "aws/vpn-tunnel-2 (pending, ", refused.Error);
        Assert.Contains("NOT NOW: ", refused.Output);
        (await link.Run("rotate", "--yes", "--accept-outage")).Exits(0);
        await link.IsEncrypted();
    }

    [Fact]
    public async Task Keys_of_the_transport_are_an_outage_where_there_is_one_of_each_and_that_is_told_before()
    {
        using var link = await Rotating();
        var refused = (await link.Run("rotate", "--what", "bgp", "--yes")).Exits(1);
        Assert.Contains("nothing else carries while bgp/aws is changed, for about ", refused.Error);
        var run = (await link.Run("rotate", "--what", "all", "--yes", "--accept-outage", "--format", "jsonl"))
            .Exits(0);
        Assert.Equal((4, 0), ((int)run.Done["keys"]!, (double)run.Done["clearSeconds"]!));
        Assert.True((double)run.Done["outageSeconds"]! > 0);
        (await link.VerifyStrictly()).Exits(0);
        await link.IsUnchanged();
    }

    [Fact]
    public async Task A_dry_run_shows_order_and_effect_and_changes_nothing()
    {
        using var link = await Rotating();
        Golden.Check(Repository.PathOf("tests", "cli", "rotate-sydney.txt"),
            (await link.Run("rotate", "--what", "all", "--dry-run")).Exits(0).Output);
        link.Edit(New, Old);
        await link.IsUnchanged();
    }

    [Fact]
    public async Task What_else_differs_comes_first()
    {
        using var link = await Rotating();
        await link.Later(TimeSpan.FromMinutes(10), world =>
            AllMistakes.Find("drop-aws-export-filter")!.Make(new(world, link.Design)));
        Assert.Contains("not only keys differ", (await link.Run("rotate", "--yes")).Exits(1).Error);
    }

    private static async Task<Link> Rotating() => (await Sight.Sydney()).Edit(Old, New);

    private static void Set(
        SandboxWorld world, NetworkDesign design, int number, LinkKeys keys, bool aws, bool azure)
    {
        var (tunnel, key) = (design.Tunnels[number - 1], keys.Tunnel(number).Reveal());
        if (aws)
        {
            world.Aws.VpnConnections.Single().Tunnels
                .Find(it => it.Options.InsidePrefix == tunnel.InsideCidr)!.Options.PreSharedKey = key;
        }
        if (azure)
        {
            world.Azure.Resources.Find(it => it.Name == tunnel.ConnectionName)!.SharedKey = key;
        }
    }
}
