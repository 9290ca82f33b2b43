using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>Clouds that throttle, fail and lose replies: the link comes up all the same, and nothing twice. Twice as
/// many chances with SEALANE_LONG=1; whole lives under the same faults are the soak's.</summary>
public sealed class FaultyWireTests
{
    private static readonly string[] Salts = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1"
        ? ["a", "b", "c", "d", "e", "f", "g", "h"] : ["a", "b", "c", "d"];

    public static TheoryData<string> Chances => [.. Salts];

    [Theory]
    [MemberData(nameof(Chances))]
    public Task Lost_replies(string salt) => ComesUp(new() { LostReplies = 0.05, Salt = salt });

    [Theory]
    [MemberData(nameof(Chances))]
    public Task Throttling(string salt) => ComesUp(new() { Throttled = 0.05, Salt = salt });

    [Theory]
    [MemberData(nameof(Chances))]
    public Task Server_errors(string salt) => ComesUp(new() { ServerErrors = 0.05, Salt = salt });

    [Theory]
    [MemberData(nameof(Chances))]
    public Task All_of_them(string salt) =>
        ComesUp(new() { Throttled = 0.03, ServerErrors = 0.03, LostReplies = 0.03, Salt = salt });

    [Theory]
    [MemberData(nameof(Chances))]
    public async Task Destroy_gets_through_too(string salt)
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        var before = Inventory.Of(link.World());
        await link.Apply();
        await GetsThrough(link, new() { Throttled = 0.03, ServerErrors = 0.03, LostReplies = 0.03, Salt = salt },
            rig => rig.Destroy());
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    private static async Task ComesUp(FaultPlan faults)
    {
        using var link = Link.Sydney;
        await GetsThrough(link, faults, rig => rig.Apply());
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        Whole.Is(link);
        await link.IsEncrypted();
    }

    private static async Task GetsThrough(Link link, FaultPlan faults, Func<Rig, Task<RunReport?>> run)
    {
        using var rig = new Rig(link, faults);
        var report = await run(rig);
        Assert.True(report?.Result == RunResult.Done, string.Join("\n", rig.Told));
        Assert.Equal(0, rig.ClearSeconds);
    }
}
