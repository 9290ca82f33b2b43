using Sealane.Core.Routing;

namespace Sealane.Tests.EndToEnd;

/// <summary>Both paths of one circuit from one router: added to a living link, and what it survives.</summary>
public sealed class TwoPathsTests
{
    private const string Name = "name: sydney\n";

    [Fact]
    public async Task The_second_path_is_added_in_place_with_nothing_in_the_clear()
    {
        using var link = Link.Sydney;
        await link.Apply();
        link.Edit(Name, Name + "resilience: paths\n");
        var done = (await link.Apply()).Done;
        // The VXC, its filters and its routes.
        Assert.Equal(3, (int)done["created"]! + (int)done["updated"]!);
        Assert.Equal(0, (int)done["deleted"]!);
        Assert.Equal(0, (int)done["clearSeconds"]!);
        // A session takes up to two minutes to come up; until then the clouds show less than the design makes.
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
    }

    [Fact]
    public void The_list_of_failures_is_what_the_model_says()
    {
        using var link = Link.Example("two-paths");
        var design = link.Design;
        var network = DesignNetwork.Of(design);
        var (aws, azure) = (DesignNetwork.ProtectedAws(design), DesignNetwork.ProtectedAzure(design));
        var lines = Failures.Of(network).Select(failure =>
        {
            var flows = Proof.Judge(network.Without(failure.Ids), aws, azure);
            Assert.DoesNotContain(flows, flow => flow.Verdict == Verdict.Clear || flow.Exposed);
            return $"{failure.Name}: {(flows.All(flow => flow.Verdict < Verdict.Down) ? "up" : "down")}\n";
        }).ToList();
        Golden.Check(Repository.PathOf("tests", "designs", "two-paths", "failures.txt"), string.Concat(lines));
        Assert.Contains("VXC two-paths-azure: up\n", lines);
        Assert.Contains("VXC two-paths-azure-secondary: up\n", lines);
        Assert.Contains("BGP session two-paths-azure/bgp: up\n", lines);
        // The trap of static routes: the interface stays up, so the route to the dead router stays too.
        Assert.Contains("circuit path two-paths-er/primary: down\n", lines);
    }
}
