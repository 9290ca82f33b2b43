using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>Plans beside work that a cloud announces: told, and not refused.</summary>
public sealed class AnnouncedWorkTests
{
    [Fact]
    public async Task A_plan_that_interrupts_warns_of_work_in_its_time_and_of_none_otherwise()
    {
        using var link = (await Sight.Sydney()).Edit("phase1DhGroup: 14", "phase1DhGroup: 20");
        Assert.DoesNotContain("warning", (await link.Run("plan")).Exits(0).Error);
        link.Tamper(world => AnnouncedWork.Announce(world, new("CSS-1", world.Now, world.Now.AddHours(6), "some",
            "better", false, [new LinkInWorld(world, link.Design).Mcr(link.Design.Routers[0]).Id[..8]])));
        const string warning = "warning: Megaport maintenance CSS-1 (Running, ";
        Assert.Contains(warning, (await link.Run("plan")).Exits(0).Error);
        Assert.Contains(warning, (await link.Apply()).Error);
        // Nothing is interrupted any more.
        Assert.DoesNotContain("warning", (await link.Run("plan")).Exits(0).Error);
    }

    [Fact]
    public async Task A_cloud_that_does_not_tell_holds_up_no_plan()
    {
        using var link = (await Sight.Sydney()).Edit("phase1DhGroup: 14", "phase1DhGroup: 20");
        link.Tamper(world => world.Aws.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy.json"))
            .Replace("\"ec2:GetVpnTunnelReplacementStatus\",", "", StringComparison.Ordinal));
        Assert.Contains("note: no answer to what AWS announces: ec2:GetVpnTunnelReplacementStatus",
            (await link.Run("plan")).Exits(0).Error);
    }
}
