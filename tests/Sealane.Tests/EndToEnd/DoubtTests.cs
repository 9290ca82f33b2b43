using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// An object of which nobody can say whether it is ours: it is named with the way out and left alone, with what it is
/// built
/// on. All others go on.
/// </summary>
public sealed class DoubtTests
{
    /// <summary>What a hand did, and whose object it became.</summary>
    private static readonly Dictionary<string, Action<SandboxWorld>> Hands = new()
    {
        ["aws/transit-gateway"] = world => world.Aws.TransitGateways.Single().Tags.Remove("sealane"),
        ["aws/customer-gateway"] = world => world.Aws.CustomerGateways.Single().Tags.Remove("sealane"),
        ["aws/vpn-connection"] = world => world.Aws.VpnConnections.Single().Tags.Remove("sealane"),
        ["megaport/mcr"] = world => world.Megaport.Mcrs.Single().Tags.Clear(),
        ["megaport/aws-vxc"] = world => world.Megaport.Vxcs.Single(vxc => vxc.Name == "sydney-aws").Tags.Clear(),
        ["azure/circuit"] = world => Untag(world, "expressRouteCircuits"),
        ["azure/vpn-gateway"] = world => Untag(world, "virtualNetworkGateways", "sydney-vpngw"),
        ["azure/public-ip"] = world => Untag(world, "publicIPAddresses"),
        ["azure/local-gateway-1"] = world => Untag(world, "localNetworkGateways", "sydney-lng-1"),
    };

    public static TheoryData<string> Objects => [.. Hands.Keys];

    [Theory]
    [MemberData(nameof(Objects))]
    public async Task All_others_are_destroyed_and_the_doubtful_one_is_named(string id)
    {
        using var link = Link.Sydney;
        await link.Apply();
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
        // Routes bear no tags: to a transit gateway of which nobody knows whose it is, they are not known to be ours.
        Assert.Equal(id == "aws/transit-gateway", link.World().Aws.VpcRouteTables.SelectMany(table => table.Routes)
            .Any(route => route.Destination == "10.2.0.0/16"));
    }

    private static void Untag(SandboxWorld world, string type, string? name = null) => world.Azure.Resources
        .Single(it => it.Type.EndsWith(type, StringComparison.Ordinal) && (name is null || it.Name == name))
        .Body["tags"]!.AsObject().Remove("sealane");
}
