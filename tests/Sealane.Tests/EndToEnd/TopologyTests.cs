namespace Sealane.Tests.EndToEnd;

/// <summary>Each topology from its example: a whole life, and what of it may fail: what the routing model says, and
/// what the sandbox's world does.</summary>
public sealed class TopologyTests
{
    private const string ActiveActive = "active-active";

    [Theory]
    [InlineData("sydney", 1, 1, 2)]
    [InlineData("two-paths", 1, 2, 2)]
    [InlineData(ActiveActive, 1, 2, 4)]
    [InlineData("two-routers", 2, 2, 4)]
    [InlineData("two-locations", 2, 4, 4)]
    public async Task It_is_built_proved_and_removed_and_fails_as_its_list_says(
        string topology, int routers, int toAzure, int tunnels)
    {
        using var link = Of(topology);
        var design = link.Design;
        Assert.Equal((routers, toAzure, tunnels),
            (design.Routers.Count, design.AzureVxcs.Count, design.Tunnels.Count));
        var up = (await link.Apply()).Done;
        Assert.Equal(0, (double)up["clearSeconds"]!);
        Assert.InRange((double)up["virtualSeconds"]! / (double)up["criticalPathSeconds"]!, 1, 1.02);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        await link.Later(TimeSpan.FromMinutes(5));
        Assert.Equal(FailureLists.OfModel(design).Order(StringComparer.Ordinal),
            (await FailureLists.OfWorld(link)).Order(StringComparer.Ordinal));
        Assert.Empty((await link.Destroy()).Done["stillBilled"]!.AsArray());
        Assert.Empty(link.World().Megaport.Billed);
    }

    [Fact]
    public async Task The_guides_link_becomes_two_routers_with_four_tunnels_and_carries_all_the_time()
    {
        using var link = await Link.Built("sydney");
        link.Edit("name: sydney\n", "name: sydney\nresilience: routers\n");
        var done = (await link.Apply()).Done;
        Assert.Equal((0, 0), ((double)done["clearSeconds"]!, (double)done["outageSeconds"]!));
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
    }

    [Theory]
    [InlineData("sydney")]
    [InlineData("two-paths")]
    [InlineData(ActiveActive)]
    [InlineData("two-routers")]
    [InlineData("two-locations")]
    public void The_list_of_failures_is_what_the_model_says(string topology)
    {
        using var link = Of(topology);
        var design = link.Design;
        var lines = FailureLists.OfModel(design);
        Golden.Check(topology == ActiveActive
            ? Repository.PathOf("tests", "designs", "two-paths", "failures-active-active.txt")
            : Repository.PathOf("tests", "designs", topology, "failures.txt"), string.Concat(lines));
        // Two of each stand for one another.
        if (design.Routers.Count > 1)
        {
            Assert.All(design.Routers, router => Assert.Contains($"MCR {router.Name}: up\n", lines));
            Assert.All(design.AwsVxcs, vxc => Assert.Contains($"VIF {vxc.VifName}: up\n", lines));
            Assert.All(design.AwsVxcs, vxc => Assert.Contains($"BGP session {vxc.Name}/bgp: up\n", lines));
        }
        if (design.AzureVxcs.Count > 1)
        {
            Assert.All(design.AzureVxcs, vxc => Assert.Contains($"VXC {vxc.Name}: up\n", lines));
            // The trap of static routes: the interface stays up, so the route to the dead router stays too.
            Assert.All(design.Circuits, circuit =>
                Assert.Contains($"circuit path {circuit.Name}/primary: down\n", lines));
        }
    }

    private static Link Of(string topology) => topology == ActiveActive
        ? Link.Example("two-paths").Edit("megaport:\n", "  vpnGateway:\n    mode: active-active\nmegaport:\n")
        : Link.Example(topology);
}
