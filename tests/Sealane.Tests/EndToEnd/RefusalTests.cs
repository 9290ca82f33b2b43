namespace Sealane.Tests.EndToEnd;

/// <summary>A refusal that no repetition changes ends the paying, and not the care.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task After_a_final_refusal_nothing_more_is_paid_for()
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        // A quota of five that the owner of the spec believes to be raised: the sixth transit gateway is refused.
        link.Write(File.ReadAllText(link.Spec) + "\nsilence:\n  - { check: SL622, reason: raised last week }\n");
        link.Tamper(world => world.Aws.TransitGateways.AddRange(Enumerable.Range(0, 5).Select(Others)));
        var run = (await link.Run("apply", "--yes")).Exits(3);
        Assert.Contains("error: aws/transit-gateway: ", run.Error);
        Assert.Contains("not ordered, because aws/transit-gateway was refused", run.Output);
        var world = link.World();
        Assert.Empty(world.Megaport.Vxcs);
        Assert.DoesNotContain(world.Azure.Resources, it => it.Type.EndsWith("connections", StringComparison.Ordinal));
        // What guards what stands already is finished.
        Assert.Equal(4, world.Megaport.PrefixLists.Count);
    }

    /// <summary>No question tells before what Azure's limits of addresses are: the refusal says what to do.</summary>
    [Fact]
    public async Task A_subscription_without_an_address_left_is_a_quota_and_says_whom_to_ask()
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        link.Tamper(world => world.Azure.StaticPublicAddressesMax = 0);
        var run = (await link.Run("apply", "--yes")).Exits(3);
        Assert.Contains("error: azure/public-ip: ", run.Error);
        Assert.Contains("StaticPublicIPCountLimitReached", run.Error);
        Assert.Contains("ask for more static public IP addresses in that region", run.Error);
        link.Tamper(world => world.Azure.StaticPublicAddressesMax = 1);
        await link.Apply();
        await link.IsEncrypted();
    }

    private static Sealane.Sandbox.Aws.TransitGateway Others(int number) =>
        new() { Id = $"tgw-0{number}", Region = "ap-southeast-2", State = "available" };
}
