using Sealane.Core.Reconcile;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A run that is cut at any call and continued: it gets where it wanted, nothing is ordered twice, and at no moment was
/// there a way in the clear. The numbers of the calls are spread over the run; all of them: SEALANE_EVERY_CUT=1.
/// </summary>
public sealed class CutRunTests
{
    /// <summary>A few more than a run has: the last ones are not cut at all.</summary>
    private const int ApplyCalls = 860;
    private const int ChangeCalls = 640;
    private const int DestroyCalls = 700;

    public static TheoryData<Cut, int> OfApply => Sample(ApplyCalls, step: 289);

    public static TheoryData<Cut, int> OfChange => Sample(ChangeCalls, step: 283);

    public static TheoryData<Cut, int> OfDestroy => Sample(DestroyCalls, step: 337);

    [Theory]
    [MemberData(nameof(OfApply))]
    public async Task A_cut_apply_is_continued(Cut cut, int call)
    {
        using var link = Link.Sydney;
        using (var rig = new Rig(link, cut: cut, at: call))
        {
            await rig.Apply();
            Assert.Equal(0, rig.ClearSeconds);
        }
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        Whole.Is(link);
        await link.IsEncrypted();
        await link.IsUnchanged();
    }

    [Theory]
    [InlineData(150)]
    [InlineData(333)]
    [InlineData(480)]
    public async Task A_run_that_dies_again_and_again_gets_there(int step)
    {
        using var link = Link.Sydney;
        for (var i = 0; i < 6; i++)
        {
            using var rig = new Rig(link, cut: i % 2 == 0 ? Cut.DeathAfter : Cut.DeathBefore, at: step + (17 * i));
            await rig.Apply();
            Assert.Equal(0, rig.ClearSeconds);
        }
        await link.Apply();
        Whole.Is(link);
        await link.IsEncrypted();
    }

    /// <summary>Without its journal too: the clouds are the state.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(400)]
    public async Task A_cut_apply_is_continued_without_its_journal(int call)
    {
        using var link = Link.Sydney;
        using (var rig = new Rig(link, cut: Cut.DeathAfter, at: call))
        {
            await rig.Apply();
        }
        File.Delete(Path.Combine(link.WorldDirectory, "sydney.journal.jsonl"));
        await link.Apply();
        Whole.Is(link);
        await link.IsEncrypted();
    }

    [Theory]
    [MemberData(nameof(OfChange))]
    public async Task A_cut_change_is_continued(Cut cut, int call)
    {
        using var link = await Link.Built("sydney");
        link.Edit("  generation: 1\n", "  generation: 2\n");
        using (var rig = new Rig(link, cut: cut, at: call))
        {
            await rig.Apply();
            Assert.Equal(0, rig.ClearSeconds);
        }
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(Whole.Standing, Inventory.Of(link.World()));
    }

    [Theory]
    [MemberData(nameof(OfDestroy))]
    public async Task A_cut_destroy_is_continued(Cut cut, int call)
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        await link.Apply();
        using (var rig = new Rig(link, cut: cut, at: call))
        {
            await rig.Destroy();
            Assert.Equal(0, rig.ClearSeconds);
        }
        var done = (await link.Destroy()).Done;
        Assert.Equal(("destroyed", 0), ((string?)done["result"], (int)done["clearSeconds"]!));
        Assert.Equal(before, Inventory.Of(link.World()));
        Assert.Empty(link.World().Megaport.Billed);
    }

    /// <summary>The samples must reach to the end of the runs, or the end would never be cut.</summary>
    [Fact]
    public async Task The_samples_cover_whole_runs()
    {
        using var link = Link.Sydney;
        using (var rig = new Rig(link))
        {
            Assert.Equal(RunResult.Done, (await rig.Apply())!.Result);
            Assert.InRange(rig.Calls, ApplyCalls - 150, ApplyCalls);
        }
        link.Edit("  generation: 1\n", "  generation: 2\n");
        using (var rig = new Rig(link))
        {
            Assert.Equal(RunResult.Done, (await rig.Apply())!.Result);
            Assert.InRange(rig.Calls, ChangeCalls - 150, ChangeCalls);
        }
        using (var rig = new Rig(link))
        {
            Assert.Equal(RunResult.Done, (await rig.Destroy())!.Result);
            Assert.InRange(rig.Calls, DestroyCalls - 150, DestroyCalls);
        }
    }

    private static TheoryData<Cut, int> Sample(int calls, int step)
    {
        var every = Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1";
        var data = new TheoryData<Cut, int>();
        foreach (var cut in Enum.GetValues<Cut>())
        {
            for (var call = every ? 1 : 1 + (13 * (int)cut); call <= calls; call += every ? 1 : step)
            {
                data.Add(cut, call);
            }
        }
        return data;
    }
}
