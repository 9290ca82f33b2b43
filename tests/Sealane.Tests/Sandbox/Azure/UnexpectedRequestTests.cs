using System.Text.Json;
using Sealane.Sandbox.Azure;
using static Sealane.Tests.Sandbox.Azure.AzureSandbox;

namespace Sealane.Tests.Sandbox.Azure;

/// <summary>Nothing that a client may send makes the sandbox fall over, and its state can be put away at any
/// time.</summary>
public sealed class UnexpectedRequestTests
{
    private static readonly string[] Paths =
    [
        "/", "//", "/subscriptions", $"/subscriptions/{Subscription}/providers",
        $"/subscriptions/{Subscription}/providers/x/y/z",
        $"/subscriptions/{Subscription}/providers/Microsoft.Network/locations",
        $"/subscriptions/{Subscription}/resourceGroups/%zz",
        $"{Group}/providers", $"{Group}/providers/Microsoft.Network", $"{Network}/virtualNetworks/../x",
        $"{Network}/%00/%FF",
        GatewaySubnet, VpnGateway, $"{Network}/virtualNetworks/vnet-app", $"{Network}/expressRouteCircuits/er1",
        $"{Network}/connections/tunnel-1", $"{Network}/connections/tunnel-1/sharedkey",
        $"{Network}/localNetworkGateways/lng-1",
        $"{Network}/publicIPAddresses/pip", $"{Network}/routeTables/udr", $"{Network}/networkInterfaces/nic",
        $"{Network}/virtualNetworks/vnet-app/virtualNetworkPeerings/p",
        $"{Network}/expressRouteCircuits/er1/peerings/AzurePrivatePeering",
        $"{Network}/connections/er1-conn/sharedkey/reset", $"{Group}",
    ];

    private static readonly string[] Junk =
    [
        "", "null", "[]", "{", "{\"properties\":null}", "{\"properties\":{}}", "{\"location\":5,\"properties\":\"x\"}",
        "{\"location\":\"australiaeast\",\"properties\":{\"subnets\":[null,5,{\"name\":3}],\"ipConfigurations\":[null],\"peerings\":{},"
            + "\"routes\":[{\"name\":\"a\"},{\"name\":\"a\"}]}}",
        "{\"location\":\"australiaeast\",\"properties\":{\"ipConfigurations\":[{\"name\":\"a\",\"properties\":[]}],\"bgpSettings\":{\"asn\":-1},"
            + "\"gatewayType\":\"Vpn\"}}",
        "{\"location\":\"australiaeast\",\"properties\":{\"connectionType\":\"IPsec\",\"ipsecPolicies\":[7],\"gatewayCustomBgpIpAddresses\":[{}]}}",
        "{\"location\":\"australiaeast\",\"sku\":[],\"zones\":\"1\",\"tags\":[],\"properties\":{\"serviceProviderProperties\":{}}}",
        "{\"value\":7,\"keyLength\":99999999999999999999}",
    ];

    [Fact]
    public async Task Any_request_gets_an_answer_below_500()
    {
        var azure = new AzureSandbox();
        await azure.Build(23);
        foreach (var method in new[] { "GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "TRACE" })
        {
            foreach (var path in Paths.Where(_ => method != "DELETE"))
            {
                foreach (var body in Junk)
                {
                    var reply = azure.Send(method, path, body);
                    Assert.True(reply.Status is >= 200 and < 500, $"{method} {path} {body}: {reply.Status}");
                }
            }
        }
    }

    [Theory]
    [InlineData(JsonSerializerDefaults.General)]
    [InlineData(JsonSerializerDefaults.Web)]
    public async Task The_state_can_be_stored_in_the_middle_of_everything(JsonSerializerDefaults defaults)
    {
        var options = new JsonSerializerOptions(defaults);
        var azure = new AzureSandbox();
        await azure.Build(22);
        azure.Send("PUT", $"{Network}/connections/tunnel-2", Bodies.Tunnel(2));

        var text = JsonSerializer.Serialize(azure.World.Azure, options);
        var read = JsonSerializer.Deserialize<AzureState>(text, options)!;

        Assert.Equal(text, JsonSerializer.Serialize(read, options));
        Assert.Equal(
            JsonSerializer.Serialize(azure.World.Azure.ReadConnections()),
            JsonSerializer.Serialize(read.ReadConnections()));
        Assert.Contains(read.Entities, entity => entity.Coming.Count == 1);
    }
}
