using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// An object of which nobody can say whether it is ours, because it bears the tag of another link: it is named with the
/// way out and left alone, with what it is built on. All others go on. One that lost a mark only: see
/// <see cref="MarksTests"/>.
/// </summary>
public sealed class DoubtTests
{
    /// <summary>What a hand did, and whose object it became.</summary>
    private static readonly Dictionary<string, Action<SandboxWorld>> Hands = new()
    {
        ["aws/transit-gateway"] = world => world.Aws.TransitGateways.Single().Tags["sealane"] = "other",
        ["aws/customer-gateway"] = world => world.Aws.CustomerGateways.Single().Tags["sealane"] = "other",
        ["aws/dx-gateway"] = world => world.Aws.DxGateways.Single().Tags["sealane"] = "other",
        ["megaport/mcr"] = world => world.Megaport.Mcrs.Single().Tags = [new("sealane", "other")],
        ["azure/circuit"] = world => Give(world, "expressRouteCircuits"),
        ["azure/vpn-gateway"] = world => Give(world, "virtualNetworkGateways", "sydney-vpngw"),
        ["azure/public-ip"] = world => Give(world, "publicIPAddresses"),
        ["azure/local-gateway-1"] = world => Give(world, "localNetworkGateways", "sydney-lng-1"),
    };

    public static TheoryData<string> Objects => [.. Hands.Keys];

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task All_others_are_destroyed_and_the_doubtful_one_is_named(string id)
    {
        using var link = await Link.Built("sydney");
        link.Tamper(Hands[id]);
        var plan = (await link.Run("plan")).Exits(1);
        Assert.Contains($"doubtful: {id}: ", plan.Error);
        Assert.Contains($" ! {id} ", plan.Output);
        (await link.Run("status")).Exits(0);
        var destroy = (await link.Run("destroy", "--yes", "--format", "jsonl")).Exits(3);
        Assert.Contains($"error: {id}: ", destroy.Error);
        Assert.Contains("fix: ", destroy.Error);
        Assert.True((int)destroy.Done["deleted"]! >= 12, $"{destroy.Done["deleted"]} were deleted");
        Assert.Equal(0, (int)destroy.Done["clearSeconds"]!);
        Assert.DoesNotContain(link.World().Aws.VpcRouteTables.SelectMany(table => table.Routes),
            route => route.Destination == "10.2.0.0/16");
    }

    private static void Give(SandboxWorld world, string type, string? name = null) => world.Azure.Resources
        .Single(it => it.Type.EndsWith(type, StringComparison.Ordinal) && (name is null || it.Name == name))
        .Body["tags"]!["sealane"] = "other";
}
