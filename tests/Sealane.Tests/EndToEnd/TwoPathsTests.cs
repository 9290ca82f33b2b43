namespace Sealane.Tests.EndToEnd;

/// <summary>Both paths of one circuit from one router: added to a living link, and what it survives.</summary>
public sealed class TwoPathsTests
{
    private const string Name = "name: sydney\n";

    [Fact]
    public async Task The_second_path_is_added_in_place_with_nothing_in_the_clear()
    {
        using var link = await Link.Built("sydney");
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
}
