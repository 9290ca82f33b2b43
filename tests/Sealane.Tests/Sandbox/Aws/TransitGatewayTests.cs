namespace Sealane.Tests.Sandbox.Aws;

public class TransitGatewayTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_new_gateway_is_pending_and_then_available()
    {
        var reply = _aws.Ec2("CreateTransitGateway",
            "Description=demo&Options.AmazonSideAsn=65534&Options.TransitGatewayCidrBlocks.1=10.254.1.0/24"
            + "&TagSpecification.1.ResourceType=transit-gateway&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=tgw-demo");
        var id = reply.Need("transitGateway/transitGatewayId");
        Assert.Matches("^tgw-[0-9a-f]{17}$", id);
        Assert.Equal($"arn:aws:ec2:ap-southeast-2:111122223333:transit-gateway/{id}",
            reply.Text("transitGateway/transitGatewayArn"));
        Assert.Equal("pending", reply.Text("transitGateway/state"));
        Assert.Equal("2026-11-22T12:00:00.000Z", reply.Text("transitGateway/creationTime"));
        Assert.Equal("10.254.1.0/24", reply.Text("transitGateway/options/transitGatewayCidrBlocks/item"));
        Assert.Equal("tgw-demo", reply.Text("transitGateway/tagSet/item[key='Name']/value"));
        await _aws.Wait(2);
        Assert.Equal("available", State(id));
    }

    [Fact]
    public void A_gateway_without_options_has_the_documented_defaults()
    {
        var reply = _aws.Ec2("CreateTransitGateway");
        var options = reply.Root.Element("transitGateway")!.Element("options")!;
        Assert.Equal("64512", options.Element("amazonSideAsn")!.Value);
        Assert.Equal("disable", options.Element("autoAcceptSharedAttachments")!.Value);
        Assert.Equal("enable", options.Element("defaultRouteTableAssociation")!.Value);
        Assert.Equal("enable", options.Element("defaultRouteTablePropagation")!.Value);
        Assert.Equal("enable", options.Element("vpnEcmpSupport")!.Value);
        Assert.Equal("enable", options.Element("dnsSupport")!.Value);
        Assert.Equal("disable", options.Element("securityGroupReferencingSupport")!.Value);
        Assert.Equal("disable", options.Element("multicastSupport")!.Value);
        var table = options.Element("associationDefaultRouteTableId")!.Value;
        Assert.Equal(table, options.Element("propagationDefaultRouteTableId")!.Value);
        Assert.Equal(table, _aws.Ec2("DescribeTransitGatewayRouteTables")
            .Need("transitGatewayRouteTables/item/transitGatewayRouteTableId"));
        Assert.Null(options.Element("transitGatewayCidrBlocks"));
    }

    [Fact]
    public async Task With_both_defaults_disabled_there_is_no_table_and_no_id_of_one()
    {
        var id = await AwsLink.TransitGateway(_aws);
        var reply = _aws.Ec2("DescribeTransitGateways", $"TransitGatewayIds.1={id}");
        Assert.Equal("disable", reply.Text("transitGatewaySet/item/options/defaultRouteTableAssociation"));
        Assert.Null(reply.Text("transitGatewaySet/item/options/associationDefaultRouteTableId"));
        Assert.Empty(_aws.State.RouteTables);
    }

    [Theory]
    [InlineData("Options.AmazonSideAsn=64511", "below the private range")]
    [InlineData("Options.AmazonSideAsn=65535", "reserved")]
    [InlineData("Options.AmazonSideAsn=4294967295", "the last one is reserved")]
    [InlineData("Options.TransitGatewayCidrBlocks.1=10.0.0.0/25", "smaller than a /24")]
    [InlineData("Options.TransitGatewayCidrBlocks.1=169.254.0.0/16", "link-local")]
    [InlineData("Options.TransitGatewayCidrBlocks.1=ten", "no block")]
    [InlineData("Options.TransitGatewayCidrBlocks.1=10.0.0.0/16&Options.TransitGatewayCidrBlocks.2=10.0.1.0/24",
        "overlap")]
    [InlineData("TagSpecification.1.ResourceType=vpc&TagSpecification.1.Tag.1.Key=a", "a tag for something else")]
    [InlineData("TagSpecification.1.ResourceType=transit-gateway&TagSpecification.1.Tag.1.Key=aws:a", "a reserved key")]
    public void What_cannot_be_is_refused(string parameters, string reason) =>
        Assert.True(_aws.Ec2("CreateTransitGateway", parameters).Code == "InvalidParameterValue", reason);

    [Fact]
    public void The_sixth_gateway_is_one_too_many()
    {
        for (var count = 0; count < 5; count++)
        {
            Assert.Equal(200, _aws.Ec2("CreateTransitGateway").Status);
        }
        Assert.Equal("TransitGatewayLimitExceeded", _aws.Ec2("CreateTransitGateway").Code);
    }

    [Theory]
    [InlineData("tgw-0123456789abcdef0", "InvalidTransitGatewayID.NotFound",
        "Transit Gateway tgw-0123456789abcdef0 was deleted or does not exist.")]
    [InlineData("tgw-xyz", "InvalidTransitGatewayID.Malformed", "Invalid Transit Gateway id tgw-xyz.")]
    public void An_unknown_id_is_an_error_and_a_filter_without_match_is_not(string id, string code, string message)
    {
        var reply = _aws.Ec2("DescribeTransitGateways", $"TransitGatewayIds.1={id}");
        Assert.Equal((code, message), (reply.Code, reply.Message));
        var filtered = _aws.Ec2("DescribeTransitGateways", $"Filter.1.Name=transit-gateway-id&Filter.1.Value.1={id}");
        Assert.Equal(200, filtered.Status);
        Assert.NotNull(filtered.Root.Element("transitGatewaySet"));
        Assert.Empty(filtered.All("transitGatewaySet/item"));
    }

    [Theory]
    [InlineData("options.amazon-side-asn", "65534")]
    [InlineData("options.auto-accept-shared-attachments", "disable")]
    [InlineData("options.default-route-table-association", "disable")]
    [InlineData("options.default-route-table-propagation", "disable")]
    [InlineData("options.dns-support", "enable")]
    [InlineData("options.vpn-ecmp-support", "enable")]
    [InlineData("owner-id", "111122223333")]
    [InlineData("state", "available")]
    [InlineData("tag:Name", "tgw")]
    [InlineData("tag-key", "Name")]
    public async Task Every_documented_filter_finds_it_and_misses_another_value(string filter, string value)
    {
        await AwsLink.TransitGateway(_aws);
        Assert.Single(Describe(value));
        Assert.Empty(Describe("other"));
        IReadOnlyList<string> Describe(string v) =>
            _aws.Ec2("DescribeTransitGateways", $"Filter.1.Name={filter}&Filter.1.Value.1={v}")
                .All("transitGatewaySet/item/transitGatewayId");
    }

    [Fact]
    public async Task A_change_passes_through_modifying_and_its_reply_has_no_tags()
    {
        var id = await AwsLink.TransitGateway(_aws);
        var reply = _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={id}&Description=new&Options.AddTransitGatewayCidrBlocks.1=10.254.2.0/24&Options.VpnEcmpSupport=disable");
        Assert.Equal("modifying", reply.Text("transitGateway/state"));
        Assert.Null(reply.Root.Element("transitGateway")!.Element("tagSet"));
        Assert.Equal("IncorrectState",
            _aws.Ec2("ModifyTransitGateway", $"TransitGatewayId={id}&Description=again").Code);
        await _aws.Wait(2);
        var after = _aws.Ec2("DescribeTransitGateways", $"TransitGatewayIds.1={id}");
        Assert.Equal("available", after.Text("transitGatewaySet/item/state"));
        Assert.Equal("disable", after.Text("transitGatewaySet/item/options/vpnEcmpSupport"));
        Assert.Equal(["10.254.1.0/24", "10.254.2.0/24"],
            after.All("transitGatewaySet/item/options/transitGatewayCidrBlocks/item"));
        Assert.Single(after.All("transitGatewaySet/item/tagSet/item"));
    }

    [Fact]
    public async Task Default_tables_can_be_switched_by_their_id_only()
    {
        var id = await AwsLink.TransitGateway(_aws);
        var table = await AwsLink.RouteTable(_aws, id, "t");
        Assert.Equal("MissingParameter",
            _aws.Ec2("ModifyTransitGateway", $"TransitGatewayId={id}&Options.DefaultRouteTableAssociation=enable")
            .Code);
        Assert.Equal("InvalidParameterCombination", _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={id}&Options.DefaultRouteTableAssociation=disable&Options.AssociationDefaultRouteTableId={table}").Code);
        _ = _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={id}&Options.DefaultRouteTableAssociation=enable&Options.AssociationDefaultRouteTableId={table}").Need("transitGateway");
        await _aws.Wait(2);
        var busy = _aws.Ec2("DeleteTransitGatewayRouteTable", $"TransitGatewayRouteTableId={table}");
        Assert.Equal(("IncorrectState", $"{table} is set as default association route table for {id}"),
            (busy.Code, busy.Message));
        var off = _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={id}&Options.DefaultRouteTableAssociation=disable");
        Assert.Null(off.Text("transitGateway/options/associationDefaultRouteTableId"));
    }

    [Fact]
    public async Task A_block_in_use_and_the_asn_of_a_gateway_in_use_stay()
    {
        var link = await AwsLink.Vpn(_aws);
        Assert.Equal("IncorrectState", _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={link.TransitGateway}&Options.RemoveTransitGatewayCidrBlocks.1=10.254.1.0/24").Code);
        Assert.Equal("IncorrectState", _aws.Ec2("ModifyTransitGateway",
            $"TransitGatewayId={link.TransitGateway}&Options.AmazonSideAsn=65000").Code);
    }

    [Fact]
    public async Task A_deleted_gateway_stays_listed_for_an_hour()
    {
        var id = await AwsLink.TransitGateway(_aws);
        Assert.Equal("deleting",
            _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={id}").Text("transitGateway/state"));
        await _aws.Wait(3);
        Assert.Equal("deleted", State(id));
        Assert.Equal("InvalidTransitGatewayID.NotFound",
            _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={id}").Code);
        await _aws.Wait(61);
        Assert.Empty(_aws.State.TransitGateways);
    }

    [Fact]
    public async Task A_gateway_with_attachments_names_them_when_it_is_to_be_deleted()
    {
        var id = await AwsLink.TransitGateway(_aws);
        var attachment = await AwsLink.VpcAttachment(_aws, id);
        var reply = _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={id}");
        Assert.Equal(("IncorrectState", $"{id} has non-deleted VPC Attachments: {attachment}."),
            (reply.Code, reply.Message));
    }

    private string? State(string id) => _aws.Ec2("DescribeTransitGateways", $"TransitGatewayIds.1={id}")
        .Text("transitGatewaySet/item/state");
}
