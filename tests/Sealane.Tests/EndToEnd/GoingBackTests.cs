using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>From the guide's link to a preset and back, one apply each: what the spec no longer has goes when what
/// remains is up.</summary>
public sealed class GoingBackTests
{
    private const string Name = "name: sydney\n";

    [Theory]
    [InlineData("paths", "single", false)]
    [InlineData("routers", "single", false)]
    [InlineData("locations", "single", true)]
    [InlineData("paths", "routers", false)]
    [InlineData("routers", "paths", false)]
    [InlineData("locations", "routers", true)]
    [InlineData("locations", "paths", true)]
    public async Task Parts_go_in_one_apply(string from, string to, bool stays)
    {
        using var link = Link.Sydney.Edit(Name, $"{Name}resilience: {from}\n");
        await link.Apply();
        await link.Later(TimeSpan.FromMinutes(5));
        link.Edit($"resilience: {from}\n", $"resilience: {to}\n");
        var done = (await link.ApplyAgain()).Done;
        Assert.Equal(0, (double)done["clearSeconds"]!);
        if (stays)
        {
            Assert.Equal(0, (double)done["outageSeconds"]!);
        }
        await link.Later(TimeSpan.FromMinutes(5));
        await link.IsEncrypted();
        await link.IsUnchanged();
        Assert.Equal(0, (int)(await link.Apply()).Done["writes"]!);
        // What is billed is what the spec has, and no more.
        using var fresh = Link.Sydney.Edit(Name, $"{Name}resilience: {to}\n");
        await fresh.Apply();
        Assert.Equal(Inventory.Of(fresh.World()), Inventory.Of(link.World()));
        Assert.Empty((JsonArray)(await link.Destroy()).Done["stillBilled"]!);
    }
}
