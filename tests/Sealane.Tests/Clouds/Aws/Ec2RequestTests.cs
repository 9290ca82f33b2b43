using Sealane.Clouds.Aws;
using Sealane.Core;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>What goes over the wire, parameter by parameter: EC2's names follow no single rule.</summary>
public class Ec2RequestTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;
    private static readonly ObjectTags Tags = new("sydney-x", "sydney");

    private static async Task<SentRequest> Send(string action, Func<Ec2Client, Task> call)
    {
        var aws = new FakeAws().Ec2(action);
        await call(aws.Clients().Ec2);
        var sent = Assert.Single(aws.Sent);
        Assert.Equal("application/x-www-form-urlencoded; charset=utf-8", sent.Headers["content-type"]);
        return sent;
    }

    private static void Same(string expected, SentRequest sent) => Assert.Equal(
        expected.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        sent.Form.Select(field => $"{field.Key}={field.Value}"));

    [Fact]
    public async Task A_transit_gateway_is_made_without_default_tables()
    {
        var sent = await Send("CreateTransitGateway",
            ec2 => ec2.CreateTransitGateway(Tags, 65534, "10.254.1.0/24", Now));
        Assert.True(sent.Writes);
        Same("""
            Action=CreateTransitGateway
            Version=2016-11-15
            Description=Sealane link sydney
            Options.AmazonSideAsn=65534
            Options.AutoAcceptSharedAttachments=disable
            Options.DefaultRouteTableAssociation=disable
            Options.DefaultRouteTablePropagation=disable
            Options.VpnEcmpSupport=enable
            Options.DnsSupport=enable
            Options.TransitGatewayCidrBlocks.1=10.254.1.0/24
            TagSpecification.1.ResourceType=transit-gateway
            TagSpecification.1.Tag.1.Key=Name
            TagSpecification.1.Tag.1.Value=sydney-x
            TagSpecification.1.Tag.2.Key=sealane
            TagSpecification.1.Tag.2.Value=sydney
            """, sent);
        Assert.Contains("Options.TransitGatewayCidrBlocks.1=10.254.1.0%2F24", sent.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vpc_attachment_has_plural_tag_specifications() => Same("""
        Action=CreateTransitGatewayVpcAttachment
        Version=2016-11-15
        TransitGatewayId=tgw-1
        VpcId=vpc-1
        SubnetIds.1=subnet-a
        SubnetIds.2=subnet-b
        Options.DnsSupport=enable
        TagSpecifications.1.ResourceType=transit-gateway-attachment
        TagSpecifications.1.Tag.1.Key=Name
        TagSpecifications.1.Tag.1.Value=sydney-x
        TagSpecifications.1.Tag.2.Key=sealane
        TagSpecifications.1.Tag.2.Value=sydney
        """, await Send("CreateTransitGatewayVpcAttachment",
            ec2 => ec2.CreateVpcAttachment(Tags, "tgw-1", "vpc-1", ["subnet-a", "subnet-b"], Now)));

    [Fact]
    public async Task A_private_vpn_pins_both_tunnels()
    {
        var sent = await Send("CreateVpnConnection", ec2 => ec2.CreateVpnConnection(
            Tags, "cgw-1", "tgw-1", "tgw-attach-1",
            [.. Guide.Design.Tunnels.Select(t => new PinnedTunnel(t.Number, t.InsideCidr,
                new($"key{t.Number}key{t.Number}"), Guide.Design.Ipsec))], Now));
        Same("""
            Action=CreateVpnConnection
            Version=2016-11-15
            Type=ipsec.1
            CustomerGatewayId=cgw-1
            TransitGatewayId=tgw-1
            Options.OutsideIpAddressType=PrivateIpv4
            Options.TransportTransitGatewayAttachmentId=tgw-attach-1
            Options.EnableAcceleration=false
            Options.StaticRoutesOnly=false
            Options.TunnelInsideIpVersion=ipv4
            Options.TunnelOptions.1.TunnelInsideCidr=169.254.21.0/30
            Options.TunnelOptions.1.PreSharedKey=key1key1
            Options.TunnelOptions.1.IKEVersion.1.Value=ikev2
            Options.TunnelOptions.1.Phase1EncryptionAlgorithm.1.Value=AES256
            Options.TunnelOptions.1.Phase1IntegrityAlgorithm.1.Value=SHA2-256
            Options.TunnelOptions.1.Phase1DHGroupNumber.1.Value=14
            Options.TunnelOptions.1.Phase2EncryptionAlgorithm.1.Value=AES256-GCM-16
            Options.TunnelOptions.1.Phase2IntegrityAlgorithm.1.Value=SHA2-256
            Options.TunnelOptions.1.Phase2DHGroupNumber.1.Value=14
            Options.TunnelOptions.1.Phase1LifetimeSeconds=28800
            Options.TunnelOptions.1.Phase2LifetimeSeconds=3600
            Options.TunnelOptions.1.DPDTimeoutSeconds=30
            Options.TunnelOptions.1.DPDTimeoutAction=restart
            Options.TunnelOptions.1.StartupAction=start
            Options.TunnelOptions.2.TunnelInsideCidr=169.254.22.0/30
            Options.TunnelOptions.2.PreSharedKey=key2key2
            Options.TunnelOptions.2.IKEVersion.1.Value=ikev2
            Options.TunnelOptions.2.Phase1EncryptionAlgorithm.1.Value=AES256
            Options.TunnelOptions.2.Phase1IntegrityAlgorithm.1.Value=SHA2-256
            Options.TunnelOptions.2.Phase1DHGroupNumber.1.Value=14
            Options.TunnelOptions.2.Phase2EncryptionAlgorithm.1.Value=AES256-GCM-16
            Options.TunnelOptions.2.Phase2IntegrityAlgorithm.1.Value=SHA2-256
            Options.TunnelOptions.2.Phase2DHGroupNumber.1.Value=14
            Options.TunnelOptions.2.Phase1LifetimeSeconds=28800
            Options.TunnelOptions.2.Phase2LifetimeSeconds=3600
            Options.TunnelOptions.2.DPDTimeoutSeconds=30
            Options.TunnelOptions.2.DPDTimeoutAction=restart
            Options.TunnelOptions.2.StartupAction=start
            TagSpecification.1.ResourceType=vpn-connection
            TagSpecification.1.Tag.1.Key=Name
            TagSpecification.1.Tag.1.Value=sydney-x
            TagSpecification.1.Tag.2.Key=sealane
            TagSpecification.1.Tag.2.Value=sydney
            """, sent);
    }

    [Fact]
    public async Task A_tunnel_is_modified_by_its_outside_address_without_index_and_without_inside_cidr()
    {
        var sent = await Send("ModifyVpnTunnelOptions",
            ec2 => ec2.ModifyVpnTunnelOptions("vpn-1", Ipv4.Parse("10.254.1.18"),
            new(1, Guide.Design.Tunnels[0].InsideCidr, new("key1key1"), Guide.Design.Ipsec), Now));
        Assert.Equal("10.254.1.18", sent.Form["VpnTunnelOutsideIpAddress"]);
        Assert.Equal("key1key1", sent.Form["TunnelOptions.PreSharedKey"]);
        Assert.Equal("ikev2", sent.Form["TunnelOptions.IKEVersion.1.Value"]);
        Assert.DoesNotContain("TunnelOptions.TunnelInsideCidr", sent.Form.Keys);
    }

    [Theory]
    [InlineData(65515, "BgpAsn")]
    [InlineData(4200000000, "BgpAsnExtended")]
    public async Task A_long_asn_has_a_parameter_of_its_own(long asn, string parameter)
    {
        var sent = await Send("CreateCustomerGateway",
            ec2 => ec2.CreateCustomerGateway(Tags, Ipv4.Parse("10.2.0.6"), asn, Now));
        Assert.Equal(asn.ToString(System.Globalization.CultureInfo.InvariantCulture), sent.Form[parameter]);
        Assert.Equal(("ipsec.1", "10.2.0.6", "sydney-x"),
            (sent.Form["Type"], sent.Form["IpAddress"], sent.Form["DeviceName"]));
        Assert.Single(sent.Form.Keys, key => key.StartsWith("BgpAsn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_route_search_groups_the_values_of_a_filter_and_follows_pages()
    {
        const string route = """
            <routeSet><item><destinationCidrBlock>10.2.0.0/16</destinationCidrBlock><transitGatewayAttachments>
            <item><resourceId>vpn-0fff(10.254.1.18)</resourceId><transitGatewayAttachmentId>tgw-attach-v</transitGatewayAttachmentId><resourceType>vpn</resourceType></item>
            </transitGatewayAttachments><type>propagated</type><state>active</state></item></routeSet>
            """;
        var aws = new FakeAws()
            .Ec2("SearchTransitGatewayRoutes",
                route + "<additionalRoutesAvailable>true</additionalRoutesAvailable><nextToken>n1</nextToken>")
            .Ec2("SearchTransitGatewayRoutes", "<routeSet><item><destinationCidrBlock>10.0.0.0/8</destinationCidrBlock>"
                + "<type>static</type><state>blackhole</state></item></routeSet><additionalRoutesAvailable>false</additionalRoutesAvailable>");
        var found = await aws.Clients().Ec2.AllRoutes("tgw-rtb-1", Now);
        Same("""
            Action=SearchTransitGatewayRoutes
            Version=2016-11-15
            TransitGatewayRouteTableId=tgw-rtb-1
            Filter.1.Name=state
            Filter.1.Value.1=active
            Filter.1.Value.2=blackhole
            """, aws.Sent[0]);
        Assert.Equal("n1", aws.Sent[1].Form["NextToken"]);
        Assert.False(aws.Sent[0].Writes);
        Assert.False(found.Truncated);
        Assert.Equal(["10.2.0.0/16 vpn", "10.0.0.0/8 "],
            found.Routes.Select(each =>
                $"{each.Destination} {string.Join(",", each.Attachments.Select(member => member.ResourceType))}"));
    }
}
