namespace Sealane.Tests.Sandbox.Aws;

public class VpcAttachmentTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_vpc_attachment_lives_and_dies_in_the_documented_states()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var (first, second) = (_aws.State.Subnets[0].Id, _aws.State.Subnets[1].Id);
        var reply = _aws.Ec2("CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={first}"
            + "&TagSpecifications.1.ResourceType=transit-gateway-attachment&TagSpecifications.1.Tag.1.Key=Name&TagSpecifications.1.Tag.1.Value=vpc");
        var id = reply.Need("transitGatewayVpcAttachment/transitGatewayAttachmentId");
        Assert.Equal("pending", reply.Text("transitGatewayVpcAttachment/state"));
        Assert.Equal("enable", reply.Text("transitGatewayVpcAttachment/options/securityGroupReferencingSupport"));
        await _aws.Wait(3);
        Assert.Equal("available", State(id));

        var modified =
            _aws.Ec2("ModifyTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={id}&AddSubnetIds.1={second}");
        Assert.Equal("modifying", modified.Text("transitGatewayVpcAttachment/state"));
        await _aws.Wait(3);
        Assert.Equal([first, second],
            _aws.Ec2("DescribeTransitGatewayVpcAttachments").All("transitGatewayVpcAttachments/item/subnetIds/item"));

        var deleted = _aws.Ec2("DeleteTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={id}")
            .Root.Element("transitGatewayVpcAttachment")!;
        Assert.Equal("deleting", deleted.Element("state")!.Value);
        Assert.Null(deleted.Element("subnetIds"));
        Assert.Null(deleted.Element("tagSet"));
        await _aws.Wait(3);
        Assert.Equal("deleted", State(id));
        await _aws.Wait(61);
        Assert.Empty(_aws.State.Attachments);
    }

    [Fact]
    public async Task What_cannot_be_attached_is_refused_with_its_code()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var subnet = _aws.State.Subnets[0].Id;
        _aws.State.Subnets.Add(new()
        {
            Id = "subnet-0123456789abcdef0",
            Region = AwsBench.Region,
            VpcId = AwsBench.Vpc,
            Cidr = "10.1.200.0/24",
            AvailabilityZone = "ap-southeast-2a",
            AvailabilityZoneId = "apse2-az1",
        });
        string? Code(string parameters) => _aws.Ec2("CreateTransitGatewayVpcAttachment", parameters).Code;
        Assert.Equal("DuplicateSubnetsInSameZone",
            Code($"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={subnet}&SubnetIds.2=subnet-0123456789abcdef0"));
        Assert.Equal("InvalidVpcID.NotFound",
            Code($"TransitGatewayId={gateway}&VpcId=vpc-0123456789abcdef0&SubnetIds.1={subnet}"));
        Assert.Equal("InvalidSubnetID.NotFound",
            Code($"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1=subnet-0123456789abcdef1"));
        Assert.Equal("InvalidTransitGatewayID.NotFound",
            Code($"TransitGatewayId=tgw-0123456789abcdef0&VpcId={AwsBench.Vpc}&SubnetIds.1={subnet}"));
        _aws.State.Subnets.RemoveAt(2);
        await AwsLink.VpcAttachment(_aws, gateway);
        Assert.Equal("DuplicateTransitGatewayAttachment",
            Code($"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={subnet}"));
    }

    [Fact]
    public async Task A_gateway_that_is_still_pending_takes_no_attachment()
    {
        var gateway = _aws.Ec2("CreateTransitGateway").Need("transitGateway/transitGatewayId");
        Assert.Equal("IncorrectState", _aws.Ec2("CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={_aws.State.Subnets[0].Id}").Code);
        await _aws.Wait(2);
        Assert.Equal(200, _aws.Ec2("CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={_aws.State.Subnets[0].Id}").Status);
    }

    [Fact]
    public async Task The_attachment_of_a_direct_connect_gateway_cannot_be_deleted_as_one_of_a_vpc()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var (_, attachment) = await AwsLink.Associate(_aws, await AwsLink.DxGateway(_aws), gateway);
        var reply = _aws.Ec2("DeleteTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={attachment}");
        Assert.Equal(("InvalidTransitGatewayAttachmentID.NotFound",
            $"Transit Gateway VPC Attachment {attachment} was deleted or does not exist."),
            (reply.Code, reply.Message));
    }

    [Fact]
    public async Task The_generic_list_shows_attachments_of_all_types_with_their_association()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var (_, transport) = await AwsLink.Associate(_aws, dxGateway, gateway);
        await AwsLink.VpcAttachment(_aws, gateway);
        var table = await AwsLink.RouteTable(_aws, gateway, "transport");
        Assert.Equal("associating", _aws.Ec2("AssociateTransitGatewayRouteTable",
            $"TransitGatewayRouteTableId={table}&TransitGatewayAttachmentId={transport}").Text("association/state"));
        await _aws.Wait(2);
        Assert.Equal(2, _aws.Ec2("DescribeTransitGatewayAttachments").All("transitGatewayAttachments/item").Count);
        var reply = _aws.Ec2("DescribeTransitGatewayAttachments",
            $"Filter.1.Name=resource-type&Filter.1.Value.1=direct-connect-gateway&Filter.2.Name=resource-id&Filter.2.Value.1={dxGateway}"
            + $"&Filter.3.Name=transit-gateway-id&Filter.3.Value.1={gateway}&Filter.4.Name=state&Filter.4.Value.1=available"
            + $"&Filter.5.Name=association.transit-gateway-route-table-id&Filter.5.Value.1={table}"
            + "&Filter.6.Name=association.state&Filter.6.Value.1=associated&Filter.7.Name=resource-owner-id&Filter.7.Value.1=111122223333"
            + $"&Filter.8.Name=transit-gateway-owner-id&Filter.8.Value.1=111122223333&Filter.9.Name=transit-gateway-attachment-id&Filter.9.Value.1={transport}");
        Assert.Equal(transport, Assert.Single(reply.All("transitGatewayAttachments/item/transitGatewayAttachmentId")));
        Assert.Equal(table, reply.Text("transitGatewayAttachments/item/association/transitGatewayRouteTableId"));
        Assert.NotNull(reply.Root.Element("transitGatewayAttachments")!.Element("item")!.Element("tagSet"));
    }

    private string? State(string id) =>
        _aws.Ec2("DescribeTransitGatewayVpcAttachments", $"TransitGatewayAttachmentIds.1={id}")
        .Text("transitGatewayVpcAttachments/item/state");
}
