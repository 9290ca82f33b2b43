using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Core;

namespace Sealane.Tests.Clouds.Aws;

public class DirectConnectRequestTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private static async Task Sends(string operation, string json, Func<DirectConnectClient, Task> call)
    {
        var aws = new FakeAws().Dx(operation);
        await call(aws.Clients().DirectConnect);
        var sent = Assert.Single(aws.Sent);
        Assert.True(sent.Writes);
        Assert.Equal($"OvertureService.{operation}", sent.Headers["x-amz-target"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(sent.Body)), sent.Body);
    }

    [Fact]
    public Task A_gateway_is_created_with_asn_and_tags() => Sends("CreateDirectConnectGateway",
        """
        {"directConnectGatewayName":"sydney-dxgw","amazonSideAsn":64550,
         "tags":[{"key":"Name","value":"sydney-dxgw"},{"key":"sealane","value":"sydney"}]}
        """, dx => dx.CreateGateway(new("sydney-dxgw", "sydney"), 64550, Now));

    [Fact]
    public Task An_association_names_its_allowed_prefixes() => Sends("CreateDirectConnectGatewayAssociation",
        """{"directConnectGatewayId":"5f29","gatewayId":"tgw-1","addAllowedPrefixesToDirectConnectGateway":[{"cidr":"10.254.1.0/24"}]}""",
        dx => dx.CreateAssociation("5f29", "tgw-1", ["10.254.1.0/24"], Now));

    [Fact]
    public Task An_association_is_updated_by_differences() => Sends("UpdateDirectConnectGatewayAssociation",
        """{"associationId":"be85","removeAllowedPrefixesToDirectConnectGateway":[{"cidr":"10.1.0.0/16"}]}""",
        dx => dx.UpdateAssociation("be85", [], ["10.1.0.0/16"], Now));

    [Theory]
    [InlineData(133937, "asn")]
    [InlineData(4200000000, "asnLong")]
    public Task A_transit_vif_carries_both_addresses_with_their_masks(long asn, string member) =>
        Sends("CreateTransitVirtualInterface",
        $$"""
        {"connectionId":"dxcon-1","newTransitVirtualInterface":{"virtualInterfaceName":"sydney-vif","vlan":331,"{{member}}":{{asn}},"mtu":1500,
         "authKey":"secret-key","amazonAddress":"192.168.100.2/30","customerAddress":"192.168.100.1/30","addressFamily":"ipv4",
         "directConnectGatewayId":"5f29","tags":[{"key":"Name","value":"sydney-vif"},{"key":"sealane","value":"sydney"}]} }
        """,
        dx => dx.CreateTransitVirtualInterface(new(new("sydney-vif", "sydney"), "dxcon-1", "5f29", 331, asn,
            new("secret-key"),
            InterfaceAddress.Parse("192.168.100.1/30"), InterfaceAddress.Parse("192.168.100.2/30"), 1500), Now));

    [Fact]
    public Task A_connection_is_confirmed_by_its_id() =>
        Sends("ConfirmConnection", """{"connectionId":"dxcon-1"}""", dx => dx.ConfirmConnection("dxcon-1", Now));

    [Fact]
    public async Task Pages_are_followed_and_an_empty_token_ends_them()
    {
        var aws = new FakeAws()
            .Dx("DescribeConnections", """{"connections":[{"connectionId":"dxcon-1"}],"nextToken":"n1"}""")
            .Dx("DescribeConnections", """{"connections":[{"connectionId":"dxcon-2"}],"nextToken":""}""");
        var all = await aws.Clients().Connections.AllConnections(Now);
        Assert.Equal(["dxcon-1", "dxcon-2"], all.Select(connection => connection.ConnectionId));
        Assert.Equal("""{"nextToken":"n1"}""", aws.Sent[1].Body);
    }

    [Fact]
    public async Task Connections_live_in_the_region_of_their_location_and_gateways_in_that_of_the_transit_gateway()
    {
        var aws = new FakeAws().Dx("DescribeConnections", """{"connections":[]}""")
            .Dx("DescribeDirectConnectGateways", """{"directConnectGateways":[]}""");
        var clients = aws.Clients(new() { Region = "ap-southeast-2", ConnectionRegion = "ap-southeast-4" });
        await clients.Connections.AllConnections(Now);
        await clients.DirectConnect.Gateways(null, Now);
        Assert.Equal(["directconnect.ap-southeast-4.amazonaws.com", "directconnect.ap-southeast-2.amazonaws.com"],
            aws.Sent.Select(each => each.Host));
        Assert.Contains("/ap-southeast-4/directconnect/", aws.Sent[0].Headers["authorization"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_endpoint_keeps_the_region_of_the_signature()
    {
        var aws = new FakeAws().Dx("DescribeConnections", """{"connections":[]}""");
        var clients =
            aws.Clients(new()
            {
                Region = "ap-southeast-2",
                ConnectionRegion = "ap-southeast-2",
                DirectConnect = new("http://127.0.0.1:8021")
            });
        await clients.Connections.AllConnections(Now);
        Assert.Equal("127.0.0.1:8021", aws.Sent[0].Host);
        Assert.Contains("/ap-southeast-2/directconnect/", aws.Sent[0].Headers["authorization"],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keys_of_a_virtual_interface_are_secrets_when_read()
    {
        var aws = new FakeAws().Dx("DescribeVirtualInterfaces", """
            {"virtualInterfaces":[{"virtualInterfaceId":"dxvif-1","virtualInterfaceName":"v","vlan":331,"asn":0,"asnLong":4200000000,
             "authKey":"hush-hush","customerRouterConfig":"<bgp_auth_key>hush-hush</bgp_auth_key>","somethingNew":{"a":1},
             "virtualInterfaceState":"brandNewState","bgpPeers":[{"bgpPeerId":"p","authKey":"hush-hush","bgpStatus":"up"}]}]}
            """);
        var vif = Assert.Single(await aws.Clients().Connections.VirtualInterfaces("dxcon-1", Now));
        Assert.Equal("hush-hush", vif.AuthKey!.Reveal());
        Assert.Equal((4200000000, true, "brandNewState"), (vif.CustomerAsn, vif.BgpIsUp, vif.VirtualInterfaceState));
        Assert.DoesNotContain("hush", vif.ToString(), StringComparison.Ordinal);
    }
}
