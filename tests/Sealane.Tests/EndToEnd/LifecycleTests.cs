namespace Sealane.Tests.EndToEnd;

/// <summary>Up, proved, unchanged, down: the life of a link with the commands that a person types.</summary>
public sealed class LifecycleTests
{
    [Theory]
    [InlineData("sydney")]
    [InlineData("minimal")]
    [InlineData("tokyo")]
    [InlineData("two-paths")]
    public async Task An_example_comes_up_encrypted_and_goes_down_without_a_trace(string name)
    {
        using var link = Link.Example(name);
        await LivesAndLeavesNothing(link);
    }

    [Fact]
    public async Task So_do_the_guides_values_with_three_changes()
    {
        using var link = Link.Sydney
            .Edit("cidr: 10.254.1.0/24", "cidr: 10.255.8.0/23")
            .Edit("allowedPrefixes: [10.254.1.0/24]", "allowedPrefixes: [10.255.8.0/23]")
            .Edit("# guide 6\n  bandwidth: 50 ", "# guide 6\n  bandwidth: 200 ")
            .Edit("Sydney\n    bandwidth: 50 ", "Sydney\n    bandwidth: 200 ")
            .Edit("isolation: auto", "isolation: propagated");
        await LivesAndLeavesNothing(link);
    }

    [Fact]
    public async Task Destroy_of_nothing_deletes_nothing_and_can_be_repeated()
    {
        using var link = Link.Sydney;
        for (var i = 0; i < 2; i++)
        {
            var done = (await link.Destroy()).Done;
            Assert.Equal(("destroyed", 0, 0), ((string?)done["result"], (int)done["deleted"]!, (int)done["writes"]!));
        }
    }

    [Fact]
    public async Task All_that_is_local_can_be_lost_but_the_clouds()
    {
        using var link = await Link.Built("sydney");
        foreach (var file in Directory.GetFiles(link.WorldDirectory)
            .Where(file => Path.GetFileName(file) != "world.json"))
        {
            File.Delete(file);
        }
        await link.IsUnchanged();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
    }

    [Fact]
    public async Task The_run_takes_no_longer_than_the_critical_path_of_the_clouds_own_durations()
    {
        using var link = Link.Sydney;
        var done = (await link.Apply()).Done;
        var (makespan, critical) = ((double)done["virtualSeconds"]!, (double)done["criticalPathSeconds"]!);
        Assert.InRange(makespan / critical, 1, 1.02);
    }

    /// <summary>Another seed is another world: other ids, other durations, the same link.</summary>
    [Theory]
    [InlineData("2")]
    [InlineData("77")]
    [InlineData("-9223372036854775808")]
    public async Task Every_seed_comes_up_encrypted(string seed)
    {
        using var link = Link.Sydney;
        var done = (await link.Run("apply", "--yes", "--format", "jsonl", "--seed", seed)).Exits(0).Done;
        Assert.Equal(("applied", 0), ((string?)done["result"], (int)done["clearSeconds"]!));
        await link.IsEncrypted();
    }

    [Fact]
    public async Task The_same_seed_tells_the_same_story()
    {
        using var one = Link.Sydney;
        using var other = Link.Sydney;
        Assert.Equal((await one.Apply()).Output, (await other.Apply()).Output);
    }

    private static async Task LivesAndLeavesNothing(Link link)
    {
        var plan = (await link.Run("plan", "--exit-code")).Exits(1);
        Assert.Contains("to create", plan.Output);
        var before = Inventory.Of(link.World());

        var up = (await link.Apply()).Done;
        Assert.Equal("applied", (string?)up["result"]);
        Assert.Equal(0, (double)up["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();

        var standing = Inventory.Of(link.World());
        var again = (await link.Apply()).Done;
        Assert.Equal((0, 0, 0, 0),
            ((int)again["created"]!, (int)again["updated"]!, (int)again["deleted"]!, (int)again["writes"]!));
        Assert.Equal(0, (double)again["clearSeconds"]!);
        Assert.Equal(standing, Inventory.Of(link.World()));

        var down = (await link.Destroy()).Done;
        Assert.Equal("destroyed", (string?)down["result"]);
        Assert.Empty(down["stillBilled"]!.AsArray());
        Assert.Equal((int)up["created"]!, (int)down["deleted"]!);
        Assert.Equal(0, (double)down["clearSeconds"]!);
        Assert.Equal(before, Inventory.Of(link.World()));
        Assert.Empty(link.World().Megaport.Billed);
        (await link.Run("plan", "--exit-code")).Exits(1);
    }
}
