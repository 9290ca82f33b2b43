namespace Sealane.Tests.EndToEnd;

/// <summary>Keys that somebody brings are judged before a cloud is asked anything.</summary>
public sealed class OwnKeysTests
{
    /// <remarks>Azure takes no hyphen in a pre-shared key:
    /// https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq; Direct Connect takes 6 to 80 characters,
    /// Azure
    /// at most 25: https://docs.aws.amazon.com/directconnect/latest/APIReference/API_BGPPeer.html,
    /// https://docs.megaport.com/cloud/megaport/microsoft/</remarks>
    [Theory]
    [InlineData("tunnelKeys: [\"file:KEY\", \"file:KEY\"]", "abcd+efgh-ijkl", "pre-shared key")]
    [InlineData("azureBgpKey: \"file:KEY\"", "abcdefghijklmnopqrstuvwxyz", "BGP")]
    [InlineData("awsBgpKey: \"file:KEY\"", "abcde", "BGP")]
    public async Task A_key_that_a_cloud_would_refuse(string line, string key, string says)
    {
        using var link = Link.Example("minimal");
        var file = Path.Combine(link.Root, "key");
        await File.WriteAllTextAsync(file, key, TestContext.Current.CancellationToken);
        link.Write(File.ReadAllText(link.Spec)
            + $"\nsecrets:\n  linkKey: \"file:{file}\"\n  {line.Replace("KEY", file, StringComparison.Ordinal)}\n");

        var plan = (await Shell.Run("plan", link.Spec)).Exits(2);

        Assert.Contains(says, plan.Error);
        Assert.DoesNotContain(key, plan.All);
        // A rehearsal has keys of its own, and says so.
        Assert.Contains("note: a rehearsal makes keys of its own", (await link.Run("plan")).Exits(0).Error);
    }
}
