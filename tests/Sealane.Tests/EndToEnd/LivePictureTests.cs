using System.Text.RegularExpressions;

namespace Sealane.Tests.EndToEnd;

/// <summary><c>diagram --live</c>: the picture with what the clouds tell.</summary>
public sealed partial class LivePictureTests
{
    [Fact]
    public async Task The_states_the_verdict_and_the_time_are_in_it()
    {
        using var link = await Evidence.Sight.Sydney();
        var picture = (await link.Run("diagram", "--live")).Exits(0).Output;
        Assert.Matches(Time(), picture);
        Golden.Check(Repository.PathOf("tests", "cli", "diagram-live-sydney.txt"), Time().Replace(picture, "TIME"));
    }

    [Fact]
    public async Task A_lock_that_is_open_is_not_drawn_closed()
    {
        using var link = await Link.Built("two-routers");
        (await Shell.Run("sandbox", "break", link.Spec, "drop-aws-export-filter", $"--sandbox={link.Sandbox}"))
            .Exits(0);

        var picture = (await link.Run("diagram", "--live")).Exits(0).Output;

        Assert.Contains("VXC two-routers-aws, 192.168.100.1/30, [LIVE], NOT as designed: lock a b\n", picture);
        Assert.Contains("VXC two-routers-aws-second, 192.168.100.5/30, locks a b, [LIVE]\n", picture);
        Assert.Contains("VXC two-routers-azure, 192.168.101.0/30, locks a b, [LIVE]\n", picture);
    }

    [Fact]
    public async Task What_is_not_there_is_absent_and_the_verdict_is_no_good_one()
    {
        using var link = await Evidence.Sight.Sydney();
        await Evidence.Sight.Change(link,
            world => world.Azure.Resources.RemoveAll(one => one.Name == "sydney-tunnel-1"));
        var picture = (await link.Run("diagram", "--live", "--format", "svg")).Exits(0).Output;
        Assert.Contains("[AWS DOWN", picture);
        Assert.Contains("<title id=\"title\">sydney: ", picture);
    }

    [Fact]
    public async Task A_picture_of_the_design_asks_no_cloud()
    {
        using var link = Link.Sydney;
        Assert.Contains("add --live", (await link.Run("diagram")).Exits(2).Error);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d UTC")]
    private static partial Regex Time();
}
