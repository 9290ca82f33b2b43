namespace Sealane.Tests.EndToEnd;

/// <summary>Two instances of the VPN gateway with a private address and two tunnels each.</summary>
public sealed class ActiveActiveTests
{
    private const string Mode = "  vpnGateway:\n    mode: active-active\n";

    [Fact]
    public async Task A_gateway_with_a_standby_becomes_active_active_in_place_with_nothing_in_the_clear()
    {
        using var link = await Link.Built("two-paths");
        link.Edit("megaport:\n", Mode + "megaport:\n");
        var done = (await link.Apply()).Done;
        Assert.Equal(0, (int)done["deleted"]!);
        Assert.Equal(0, (int)done["clearSeconds"]!);
        await link.IsEncrypted();
        await link.IsUnchanged();
    }
}
