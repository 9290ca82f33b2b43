namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A run that ends right after an order, while the clouds' lists do not show the new object yet: destroy leaves nothing
/// behind, with the journal of that run or without. That it is not ordered again: <see cref="EveryWriteOfApplyTests"/>.
/// </summary>
public sealed class LaggingListTests
{
    [Theory]
    [InlineData(90, Cut.Stop, 3)]
    [InlineData(90, Cut.DeathAfter, 3)]
    [InlineData(170, Cut.DeathAfter, 4)]
    [InlineData(170, Cut.DeathBefore, 2)]
    [InlineData(170, Cut.Stop, 7)]
    [InlineData(170, Cut.DeathAfter, 9)]
    public async Task What_is_not_listed_yet_is_destroyed_all_the_same(int lag, Cut cut, int write)
    {
        foreach (var journal in new[] { true, false })
        {
            using var link = Link.Sydney;
            var before = await Cutting(link, lag, cut, write, journal);
            var destroyed = await link.Destroy();
            Assert.Equal("destroyed", (string?)destroyed.Done["result"]);
            Assert.Contains("an earlier run may have ordered", destroyed.Output, StringComparison.Ordinal);
            // Long after every lag.
            link.Tamper(_ => { });
            Assert.Equal(before, Inventory.Of(link.World()));
            Assert.Empty(link.World().Megaport.Billed);
            Assert.False(LeftClaim.Stands(link));
        }
    }

    private static async Task<IReadOnlyList<string>> Cutting(Link link, int lag, Cut cut, int write, bool journal)
    {
        var before = await EveryWriteTests.Begin(link, lag);
        using (var rig = new Rig(link, cut: cut, at: write, writes: true))
        {
            await rig.Apply();
        }
        EveryWriteTests.Lose(link, journal);
        return before;
    }
}
