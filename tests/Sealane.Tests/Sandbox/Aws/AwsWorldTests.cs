using System.Text.Json;
using System.Xml.Linq;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Aws.DirectConnect;
using Sealane.Sandbox.Aws.Ec2;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>The account as a whole: stored in the middle of everything, taken down again, asked nonsense.</summary>
public class AwsWorldTests
{
    [Fact]
    public void Sts_says_who_is_asking()
    {
        var aws = new AwsBench();
        var reply = aws.Send(AwsSigner.Form("Action=GetCallerIdentity&Version=2011-06-15"), "sts", "us-east-1");
        XNamespace space = "https://sts.amazonaws.com/doc/2011-06-15/";
        var result = XElement.Parse(reply.Body).Element(space + "GetCallerIdentityResult")!;
        Assert.Equal(AwsBench.Account, result.Element(space + "Account")!.Value);
        Assert.Equal("arn:aws:iam::111122223333:user/sealane", result.Element(space + "Arn")!.Value);
        Assert.Contains("InvalidAction", aws.Send(AwsSigner.Form("Action=Dance&Version=2011-06-15"), "sts", "us-east-1")
            .Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_world_stored_in_the_middle_of_everything_goes_on_where_it_was()
    {
        var aws = new AwsBench();
        var link = await AwsLink.Vpn(aws);
        _ = aws.Ec2("DeleteVpnConnection", $"VpnConnectionId={link.Vpn}").Need("return");
        var text = JsonSerializer.Serialize(aws.State);
        var again = JsonSerializer.Deserialize<AwsState>(text)!;
        Assert.Equal(text, JsonSerializer.Serialize(again));
        var clock = new VirtualClock(aws.World.Now);
        var world = new SandboxWorld(clock, 1, aws.World.Now, again, new AzureState(), new MegaportState());
        using (clock.Enter())
        {
            await Task.Delay(TimeSpan.FromMinutes(6), clock, TestContext.Current.CancellationToken);
        }
        world.Advance();
        Assert.Equal("deleted", again.VpnConnections.Single().State);
    }

    [Fact]
    public async Task The_link_is_taken_down_in_the_documented_order_and_nothing_is_left()
    {
        var aws = new AwsBench();
        var before = JsonSerializer.Serialize(aws.State);
        var link = await AwsLink.Vpn(aws);
        var vpc = await AwsLink.VpcAttachment(aws, link.TransitGateway);
        var connection = await AwsLink.Connection(aws);
        var vif = await AwsLink.Vif(aws, connection, link.DxGateway);

        _ = aws.Ec2("DeleteVpnConnection", $"VpnConnectionId={link.Vpn}").Need("return");
        _ = aws.Ec2("DeleteTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={vpc}")
            .Need("transitGatewayVpcAttachment");
        await aws.Wait(6);
        _ = aws.Ec2("DeleteCustomerGateway", $"CustomerGatewayId={link.CustomerGateway}").Need("return");
        _ = aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{link.Association}'}}")
            .Need("directConnectGatewayAssociation");
        _ = aws.Dx("DeleteVirtualInterface", $"{{'virtualInterfaceId':'{vif}'}}").Need("virtualInterfaceState");
        await aws.Wait(14);
        _ = aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={link.TransitGateway}").Need("transitGateway");
        _ = aws.Dx("DeleteDirectConnectGateway", $"{{'directConnectGatewayId':'{link.DxGateway}'}}")
            .Need("directConnectGateway");
        aws.State.WithdrawHostedConnection(aws.World, connection);
        await aws.Wait(90);
        aws.State.Ordinals.Clear();
        Assert.Equal(before, JsonSerializer.Serialize(aws.State));
    }

    [Fact]
    public async Task The_same_seed_makes_the_same_world_and_another_seed_another()
    {
        async Task<string> World(long seed)
        {
            var aws = new AwsBench(seed: seed);
            await AwsLink.Vpn(aws);
            return JsonSerializer.Serialize(aws.State);
        }
        Assert.Equal(await World(7), await World(7));
        Assert.NotEqual(await World(7), await World(8));
    }

    public static TheoryData<string> Ec2Actions => [.. Ec2Api.Operations.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> DxOperations =>
        [.. DirectConnectApi.Operations.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Ec2Actions))]
    public async Task Every_ec2_operation_is_known_and_nonsense_never_breaks_it(string action)
    {
        var aws = new AwsBench();
        await AwsLink.Vpn(aws);
        foreach (var parameters in Nonsense)
        {
            var reply = aws.Ec2(action, parameters);
            Assert.InRange(reply.Status, 200, 412);
            Assert.NotEqual("InvalidAction", reply.Code);
        }
    }

    [Theory]
    [MemberData(nameof(DxOperations))]
    public async Task Every_direct_connect_operation_is_known_and_nonsense_never_breaks_it(string operation)
    {
        var aws = new AwsBench();
        await AwsLink.Vpn(aws);
        foreach (var json in new[]
        {
            "{}", "null", "[]", "", "{'tags':[1]}", "{'tagKeys':[1],'resourceArn':'a:b'}", "{'resourceArns':[null]}",
            "{'connectionId':'','newTransitVirtualInterface':{}}", "{'virtualInterfaceId':'x','newBGPPeer':{}}",
            "{'directConnectGatewayId':'x','gatewayId':'y','addAllowedPrefixesToDirectConnectGateway':['z']}",
            "{'maxResults':99999999999,'nextToken':'AAAA'}", "{'associationId':'\\u0000'}", "{'asn':1.5}",
            "{'mtu':-1,'virtualInterfaceId':''}",
            "{'tags':[],'tags':[]}", "{'directConnectGatewayName':'\\ud800'}", "{'\\ud800':1}", "{'testId':\0}",
        })
        {
            var reply = aws.Dx(operation, json);
            Assert.InRange(reply.Status, 200, 400);
            Assert.NotEqual("UnknownOperationException", reply.Type);
        }
    }

    private static IReadOnlyList<string> Nonsense { get; } =
    [
        "", "x=y", "Filter.1.Name=&Filter.1.Value.1=", "Filter.1.Value.1=x",
        "Filter.9.Name=state&Filter.9.Value.7=a*b?\\", "NextToken=AAAA&MaxResults=5",
        "TransitGatewayId=tgw-1&VpcId=x&SubnetIds.1=", "ResourceId.1=&Tag.1.Key=", "ResourceId.1=x-",
        "RouteTableId=rtb-&DestinationCidrBlock=1.2.3.4",
        "TransitGatewayRouteTableId=x&Filter.1.Name=type",
        "TransitGatewayRouteTableId=x&DestinationCidrBlock=::/0&TransitGatewayAttachmentId=y",
        "VpnConnectionId=vpn-1&VpnTunnelOutsideIpAddress=x", "CustomerGatewayId=&Type=", "Type=ipsec.1&IpAddress=::1",
        "GroupId=sg-&IpPermissions.1.IpProtocol=",
        "Options.AmazonSideAsn=99999999999999999999", "MaxResults=-5", "TagSpecification.1.Tag.1.Key=",
        "Options.TransitGatewayCidrBlocks.1=1.2.3.4/99",
        "Description=\0", "\u0001=x", "Description=\ud83d\ude00", "ResourceId.1=\uffff&Tag.1.Key=a",
    ];
}
