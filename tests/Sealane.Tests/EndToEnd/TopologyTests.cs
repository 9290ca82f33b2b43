using Sealane.Core.Routing;

namespace Sealane.Tests.EndToEnd;

/// <summary>What the presets of resilience build, each from its example: whole lives, and what they survive.</summary>
public sealed class TopologyTests
{
    [Theory]
    [InlineData("two-routers", 2, 2, 4)]
    [InlineData("two-locations", 2, 4, 4)]
    public async Task It_is_built_proved_and_removed(string example, int routers, int toAzure, int tunnels)
    {
        using var link = Link.Example(example);
        var design = link.Design;
        Assert.Equal((routers, toAzure, tunnels),
            (design.Routers.Count, design.AzureVxcs.Count, design.Tunnels.Count));
        var up = (await link.Apply()).Done;
        Assert.Equal(0, (double)up["clearSeconds"]!);
        // The last of four tunnels stands up to a minute before AWS's telemetry says so: no order of ours can help.
        Assert.True((double)up["virtualSeconds"]! <= (1.02 * (double)up["criticalPathSeconds"]!) + 60,
            up.ToJsonString());
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
        Assert.Empty(link.World().Megaport.Billed);
    }

    [Fact]
    public async Task The_guides_link_becomes_two_routers_with_four_tunnels_with_nothing_in_the_clear()
    {
        using var link = Link.Sydney;
        await link.Apply();
        link.Edit("name: sydney\n", "name: sydney\nresilience: routers\n");
        var done = (await link.Apply()).Done;
        Assert.Equal(0, (double)done["clearSeconds"]!);
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
    }

    [Theory]
    [InlineData("two-routers")]
    [InlineData("two-locations")]
    public void The_list_of_failures_is_what_the_model_says(string example)
    {
        using var link = Link.Example(example);
        var design = link.Design;
        var network = DesignNetwork.Of(design);
        var (aws, azure) = (DesignNetwork.ProtectedAws(design), DesignNetwork.ProtectedAzure(design));
        var lines = Failures.Of(network).Select(failure =>
        {
            var flows = Proof.Judge(network.Without(failure.Ids), aws, azure);
            Assert.DoesNotContain(flows, flow => flow.Verdict == Verdict.Clear || flow.Exposed);
            return $"{failure.Name}: {(flows.All(flow => flow.Verdict < Verdict.Down) ? "up" : "down")}\n";
        }).ToList();
        Golden.Check(Repository.PathOf("tests", "designs", example, "failures.txt"), string.Concat(lines));
        // Two of each stand for one another.
        Assert.All(design.Routers, router => Assert.Contains($"MCR {router.Name}: up\n", lines));
        Assert.All(design.AwsVxcs, vxc => Assert.Contains($"VIF {vxc.VifName}: up\n", lines));
        Assert.All(design.AwsVxcs, vxc => Assert.Contains($"BGP session {vxc.Name}/bgp: up\n", lines));
    }
}
