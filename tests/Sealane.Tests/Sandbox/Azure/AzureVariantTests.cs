using Sealane.Sandbox.Azure;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>Azure's answers in the other forms that labs and vendors' examples show, each by its variant.</summary>
public sealed class AzureVariantTests
{
    private const string ErGateway = $"{AzureSandbox.Network}/virtualNetworkGateways/ergw";
    private const string ErConnection = $"{AzureSandbox.Network}/connections/er1-conn";
    private readonly AzureSandbox _azure = new();

    private AzureVariants Variants => _azure.World.Azure.Variants;

    [Fact]
    public async Task An_express_route_gateway_and_its_connection_can_say_less()
    {
        await _azure.Build(15);
        Assert.NotNull(_azure.Send("GET", ErGateway).Properties!["bgpSettings"]);
        Assert.NotNull(_azure.Send("GET", ErConnection).Properties!["connectionStatus"]);
        (Variants.NoBgpSettings, Variants.NoConnectionStatus) = (true, true);
        Assert.Null(_azure.Send("GET", ErGateway).Properties!["bgpSettings"]);
        Assert.Null(_azure.Send("GET", ErConnection).Properties!["connectionStatus"]);
        Assert.NotNull(_azure.Send("GET", AzureSandbox.VpnGateway).Properties!["bgpSettings"]);
    }

    [Fact]
    public async Task The_gateway_subnet_can_list_interfaces_of_a_hidden_group()
    {
        await _azure.Build(11);
        Assert.Single(Occupants());
        Variants.HiddenInterfacesAreListed = true;
        Assert.Equal(2, Occupants().Count(id => id.Contains("/resourceGroups/ARMRG-", StringComparison.Ordinal)
            && id.EndsWith("/NETWORKINTERFACES/CUSTNIC/ipConfigurations/IPCONFIG", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Names_can_come_back_in_upper_case()
    {
        await _azure.Build(11);
        Variants.NamesAreInUpperCase = true;
        Assert.Contains("/resourceGroups/RG-SYDNEY/providers/Microsoft.Network/virtualNetworkGateways/ERGW/",
            Assert.Single(Occupants()), StringComparison.Ordinal);
        // Its own id, and what is within it, as it was given.
        Assert.Equal(ErGateway, _azure.Send("GET", ErGateway).Body["id"]!.GetValue<string>());
        var listed = _azure.Send("GET", $"{AzureSandbox.Network}/virtualNetworkGateways").Body["value"]![0]!["id"]!;
        Assert.Contains("/resourceGroups/RG-SYDNEY/", listed.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DeletionHeaders.Both, true, true)]
    [InlineData(DeletionHeaders.LocationOnly, true, false)]
    [InlineData(DeletionHeaders.OperationOnly, false, true)]
    public async Task A_deletion_is_followed_by_either_header_or_both(
        DeletionHeaders headers, bool location, bool operation)
    {
        await _azure.Must("PUT", $"{AzureSandbox.Network}/publicIPAddresses/pip", Bodies.PublicIp);
        Variants.Deletion = headers;
        var reply = _azure.Send("DELETE", $"{AzureSandbox.Network}/publicIPAddresses/pip");
        Assert.Equal((202, location, operation),
            (reply.Status, reply.Header("Location") is not null, reply.Header("Azure-AsyncOperation") is not null));
        if (reply.Header("Location") is { } url)
        {
            await _azure.Pass(TimeSpan.FromMinutes(5));
            Assert.InRange(_azure.Send("GET", url["https://management.azure.com".Length..]).Status, 200, 204);
        }
    }

    private List<string> Occupants() =>
    [
        .. _azure.Send("GET", AzureSandbox.GatewaySubnet).Properties!["ipConfigurations"]!.AsArray()
            .Select(one => one!["id"]!.GetValue<string>()),
    ];
}
