namespace Sealane.Tests.EndToEnd;

/// <summary>What an undisturbed apply of sydney leaves behind: what every disturbed one must leave as well.</summary>
internal static class Whole
{
    private static readonly Lazy<(IReadOnlyList<string> Standing, IReadOnlyList<string> Orders)> Undisturbed = new(() =>
    {
        using var link = Link.Sydney;
        using var rig = new Rig(link);
        _ = rig.Apply().GetAwaiter().GetResult();
        return (Inventory.Of(link.World()), Orders(link));
    });

    public static IReadOnlyList<string> Standing => Undisturbed.Value.Standing;

    /// <summary>Every object once, and nothing was ordered twice on the way.</summary>
    public static void Is(Link link)
    {
        Assert.Equal(Standing, Inventory.Of(link.World()));
        Assert.Equal(Undisturbed.Value.Orders, Orders(link));
    }

    /// <summary>How often anything was ever made, ended things included.</summary>
    private static IReadOnlyList<string> Orders(Link link)
    {
        var world = link.World();
        return
        [
            // A claim is made anew by every run.
            .. world.Aws.Ordinals.Where(entry => !entry.Key.Contains("request", StringComparison.OrdinalIgnoreCase)
                && !entry.Key.Contains("/sg-/", StringComparison.Ordinal))
                .Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal),
            .. world.Megaport.Mcrs.Select(mcr => $"mcr {mcr.Name}"),
            .. world.Megaport.Vxcs.Select(vxc => $"vxc {vxc.Name}").Order(StringComparer.Ordinal),
            .. world.Megaport.PrefixLists.Select(list => $"prefix list {list.Description}")
                .Order(StringComparer.Ordinal),
        ];
    }
}
