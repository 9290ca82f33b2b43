using Sealane.Core.Reconcile;

namespace Sealane.Tests.EndToEnd;

/// <summary>The life of a link with more than one network on a side.</summary>
internal static class ManyPairs
{
    /// <summary>Made without a clear second, encrypted between each pair, down or up as the model says of each single
    /// failure, and gone without a trace.</summary>
    public static async Task Live(Link link, IEnumerable<(string From, string To)> pairs)
    {
        var before = Inventory.Of(Sealane.Cli.Rehearsal.New(link.Design, null));
        using (var up = new Rig(link))
        {
            Assert.Equal(RunResult.Done, (await up.Apply())?.Result);
            Assert.Equal(0, up.ClearSeconds);
        }
        await link.IsUnchanged();
        Assert.Equal("encrypted", (string?)(await link.VerifyStrictly()).Exits(0).Json["verdict"]);
        foreach (var (from, to) in pairs)
        {
            Assert.Contains("encrypted", (await link.Run("trace", from, to)).Exits(0).Output);
        }
        Assert.Equal(FailureLists.OfModel(link.Design).Order(StringComparer.Ordinal),
            (await FailureLists.OfWorld(link)).Order(StringComparer.Ordinal));
        await link.Destroy();
        Assert.Equal(before, Inventory.Of(link.World()));
    }
}
