namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A run that ends right after an order, while the clouds' lists do not show the new object yet: it is not ordered
/// again,
/// with the journal of that run or without. A sample; every writing call: SEALANE_EVERY_CUT=1.
/// </summary>
public sealed class LaggingListTests
{
    /// <summary>A few more than an apply has.</summary>
    private const int Writes = 46;

    public static TheoryData<int, Cut, int, bool> Cuts
    {
        get
        {
            var every = Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1";
            var data = new TheoryData<int, Cut, int, bool>();
            var number = 0;
            foreach (var lag in new[] { 30, 90, 170 })
            {
                foreach (var cut in Enum.GetValues<Cut>())
                {
                    for (var write = 1; write <= Writes; write++)
                    {
                        if (every || number++ % 17 == 0)
                        {
                            data.Add(lag, cut, write, write % 2 == 0);
                        }
                    }
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task What_is_not_listed_yet_is_not_ordered_again(int lag, Cut cut, int write, bool journal)
    {
        using var link = Link.Sydney;
        await Cutting(link, lag, cut, write, journal);
        await link.Apply();
        Whole.Is(link);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
    }

    [Theory]
    [InlineData(90, Cut.Stop, 3)]
    [InlineData(90, Cut.DeathAfter, 3)]
    [InlineData(170, Cut.DeathAfter, 4)]
    [InlineData(170, Cut.Stop, 7)]
    [InlineData(170, Cut.DeathAfter, 9)]
    public async Task What_is_not_listed_yet_is_destroyed_all_the_same(int lag, Cut cut, int write)
    {
        foreach (var journal in new[] { true, false })
        {
            using var link = Link.Sydney;
            (await link.Run("plan")).Exits(0);
            var before = Inventory.Of(link.World());
            await Cutting(link, lag, cut, write, journal);
            var destroyed = await link.Destroy();
            Assert.Equal("destroyed", (string?)destroyed.Done["result"]);
            Assert.Contains("an earlier run may have ordered", destroyed.Output, StringComparison.Ordinal);
            // Long after every lag.
            link.Tamper(_ => { });
            Assert.Equal(before, Inventory.Of(link.World()));
            Assert.Empty(link.World().Megaport.Billed);
        }
    }

    private static async Task Cutting(Link link, int lag, Cut cut, int write, bool journal)
    {
        (await link.Run("plan", "--chaos", $"lag={lag}")).Exits(0);
        using (var rig = new Rig(link, cut: cut, at: write, writes: true))
        {
            await rig.Apply();
        }
        if (!journal)
        {
            File.Delete(Path.Combine(link.WorldDirectory, "sydney.journal.jsonl"));
        }
    }
}
