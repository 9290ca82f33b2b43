namespace Sealane.Tests.EndToEnd;

/// <summary>
/// A run that ends at any of its writing calls, in each of the three ways, with its journal or without, while the
/// clouds' lists lag by 0 to 170 s: nothing is ordered twice, nothing stays behind, and nothing was clear. A sample;
/// every one of them: SEALANE_EVERY_CUT=1.
/// </summary>
public abstract class EveryWriteTests
{
    private static readonly bool Every = Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1";

    /// <param name="writes">A few more than a run has.</param>
    /// <param name="step">Of so many one is tried, when not all are.</param>
    private protected async Task At(int lag, int writes, int step,
        Func<Link, int, Cut, int, bool, Task> one)
    {
        var (seen, cases) = (0, new List<string>());
        foreach (var (number, (cut, write, journal)) in (
            from cut in Enum.GetValues<Cut>()
            from write in Enumerable.Range(1, writes)
            from journal in (bool[])[true, false]
            select (cut, write, journal)).Index())
        {
            if (!Every && (number + lag) % step != 0)
            {
                continue;
            }
            seen++;
            using var link = Link.Sydney;
            try
            {
                await one(link, lag, cut, write, journal);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                cases.Add($"{cut} at write {write}, journal {journal}: {error.Message}");
            }
        }
        Counts.Say($"{GetType().Name}, lists {lag} s late: {seen - cases.Count} of {seen} cuts");
        Assert.Equal([], cases);
        Assert.NotEqual(0, seen);
    }

    /// <summary>The clouds' lists are late from the first call on.</summary>
    internal static async Task<IReadOnlyList<string>> Begin(Link link, int lag)
    {
        (await link.Run("plan", lag == 0 ? [] : ["--chaos", $"lag={lag}"])).Exits(0);
        return Inventory.Of(link.World());
    }

    internal static void Lose(Link link, bool journal)
    {
        if (!journal)
        {
            File.Delete(Path.Combine(link.WorldDirectory, "sydney.journal.jsonl"));
        }
    }
}

/// <summary>Cut while it builds; the same command goes on.</summary>
public sealed class EveryWriteOfApplyTests : EveryWriteTests
{
    /// <summary>A few more than an apply has.</summary>
    private const int Writes = 46;

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(90)]
    [InlineData(170)]
    public Task Apply_goes_on_from_any_write(int lag) => At(lag, Writes, step: 46, One);

    private static async Task One(Link link, int lag, Cut cut, int write, bool journal)
    {
        await Begin(link, lag);
        using (var rig = new Rig(link, cut: cut, at: write, writes: true))
        {
            await rig.Apply();
            Assert.Equal(0, rig.ClearSeconds);
        }
        Lose(link, journal);
        Assert.Equal(0, (double)(await link.Apply()).Done["clearSeconds"]!);
        Whole.Is(link);
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
    }

    [Fact]
    public async Task The_numbers_reach_to_the_end()
    {
        using var link = Link.Sydney;
        using (var rig = new Rig(link, writes: true))
        {
            await rig.Apply();
            Assert.InRange(rig.Calls, Writes - 3, Writes);
        }
        using (var rig = new Rig(link, writes: true))
        {
            await rig.Destroy();
            Assert.InRange(rig.Calls, EveryWriteOfDestroyTests.Writes - 3, EveryWriteOfDestroyTests.Writes);
        }
    }
}

/// <summary>Cut while it deletes; the same command goes on.</summary>
public sealed class EveryWriteOfDestroyTests : EveryWriteTests
{
    /// <summary>A few more than a destroy has.</summary>
    internal const int Writes = 37;

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(90)]
    [InlineData(170)]
    public Task Destroy_goes_on_from_any_write(int lag) => At(lag, Writes, step: 97, One);

    private static async Task One(Link link, int lag, Cut cut, int write, bool journal)
    {
        var before = await Begin(link, lag);
        await link.Apply();
        using (var rig = new Rig(link, cut: cut, at: write, writes: true))
        {
            await rig.Destroy();
            Assert.Equal(0, rig.ClearSeconds);
        }
        Lose(link, journal);
        var done = (await link.Destroy()).Done;
        Assert.Equal(("destroyed", 0), ((string?)done["result"], (int)done["clearSeconds"]!));
        // Long after every lag.
        link.Tamper(_ => { });
        Assert.Equal(before, Inventory.Of(link.World()));
        Assert.Empty(link.World().Megaport.Billed);
    }
}
