using Sealane.Bench;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.Service.Accounts;

/// <summary>Many links of one account in one sandbox, as bench/fleet serves them.</summary>
public sealed class ManyWorldsTests
{
    /// <summary>What a look asks does not grow with the links beside the one that is looked at: one call more for each
    /// would be eleven. Azure's calls and those of Megaport's looking glass hold polls, which differ by a
    /// few.</summary>
    [Fact]
    public async Task Each_link_is_encrypted_and_asks_no_more_beside_others_than_alone()
    {
        using var first = await Sight.Sydney();
        var worlds = new ManyWorlds(await File.ReadAllTextAsync(first.Spec, TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(first.WorldDirectory, "world.json"),
                TestContext.Current.CancellationToken));
        var (aws, azure, megaport) = await Calls(worlds, links: 1, link: 0);
        foreach (var link in new[] { 0, 11 })
        {
            var beside = await Calls(worlds, links: 12, link);
            Assert.Equal(aws, beside.Aws);
            Assert.InRange(beside.Megaport, megaport - 8, megaport + 8);
            Assert.InRange(beside.Azure, azure - 8, azure + 8);
        }
    }

    private static async Task<(int Aws, int Azure, int Megaport)> Calls(ManyWorlds worlds, int links, int link)
    {
        using var one = new Link(worlds.Spec(3, link));
        Directory.CreateDirectory(one.WorldDirectory);
        await File.WriteAllTextAsync(Path.Combine(one.WorldDirectory, "world.json"), worlds.World(3, links),
            TestContext.Current.CancellationToken);
        var seen = (await one.Verify()).Exits(0).Json;
        Assert.Equal("encrypted", (string?)seen["verdict"]);
        var calls = seen["calls"]!;
        return ((int)calls["aws"]!, (int)calls["azure"]!, (int)calls["megaport"]!);
    }
}
