namespace Sealane.Tests.Sandbox.Aws;

/// <summary>What exists before the link, its routes, security groups and tags.</summary>
public class VpcTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public void The_world_before_has_what_the_guide_presupposes()
    {
        var vpc = _aws.Ec2("DescribeVpcs", $"VpcId.1={AwsBench.Vpc}");
        Assert.Equal(("10.1.0.0/16", "available"), (vpc.Need("vpcSet/item/cidrBlock"), vpc.Need("vpcSet/item/state")));
        Assert.Equal("associated", vpc.Need("vpcSet/item/cidrBlockAssociationSet/item/cidrBlockState/state"));
        var subnets = _aws.Ec2("DescribeSubnets", $"Filter.1.Name=vpc-id&Filter.1.Value.1={AwsBench.Vpc}");
        Assert.Equal(["10.1.1.0/24", "10.1.2.0/24"], Blocks(subnets));
        Assert.Equal(["ap-southeast-2a", "ap-southeast-2b"], subnets.All("subnetSet/item/availabilityZone"));
        Assert.Equal("apse2-az1", subnets.Need("subnetSet/item/availabilityZoneId"));
        Assert.Equal("251", subnets.Need("subnetSet/item/availableIpAddressCount"));
        Assert.Equal("true", _aws.Ec2("DescribeRouteTables").Need("routeTableSet/item/associationSet/item/main"));
        Assert.Equal("default",
            _aws.Ec2("DescribeSecurityGroups", $"Filter.1.Name=vpc-id&Filter.1.Value.1={AwsBench.Vpc}")
            .Need("securityGroupInfo/item/groupName"));
    }

    [Fact]
    public void The_world_before_follows_the_spec()
    {
        var aws = new AwsBench(spec => spec with
        {
            Subnets = ["subnet-0aaaaaaaaaaaaaaaa", "subnet-0bbbbbbbbbbbbbbbb", "subnet-0cccccccccccccccc"],
            RouteTables = ["rtb-0aaaaaaaaaaaaaaaa", "rtb-0bbbbbbbbbbbbbbbb"],
            Cidrs = ["10.9.0.0/26", "10.8.0.0/24"],
            DirectConnectGateway = new() { Id = "5f294f92-bafb-4011-916d-9b0bec873a01", Asn = 64999 },
            TransitGateway = new() { Id = "tgw-0aaaaaaaaaaaaaaaa", Asn = 65001 },
        });
        Assert.Equal(["10.9.0.16/28", "10.9.0.32/28", "10.9.0.48/28"], Blocks(aws.Ec2("DescribeSubnets")));
        Assert.Equal(3, aws.Ec2("DescribeRouteTables").All("routeTableSet/item/routeTableId").Count);
        Assert.Equal(2, aws.Ec2("DescribeRouteTables", "RouteTableId.1=rtb-0aaaaaaaaaaaaaaaa")
            .All("routeTableSet/item/associationSet/item/subnetId").Count);
        Assert.Equal("65001", aws.Ec2("DescribeTransitGateways").Need("transitGatewaySet/item/options/amazonSideAsn"));
        Assert.Equal("64999", aws.Dx("DescribeDirectConnectGateways").Need("directConnectGateways/0/amazonSideAsn"));
    }

    [Theory]
    [InlineData("10.1.0.0/28")]
    [InlineData("10.1.0.0/30")]
    [InlineData("10.0.0.0/8")]
    public void A_vpc_of_any_size_can_be_staged(string cidr) =>
        Assert.NotEmpty(
            Blocks(new AwsBench(spec => spec with { Cidrs = [cidr], RouteTables = ["rtb-"] }).Ec2("DescribeSubnets")));

    [Fact]
    public async Task A_route_to_a_transit_gateway_needs_a_usable_attachment()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var table = _aws.State.VpcRouteTables.Single().Id;
        var route = $"RouteTableId={table}&DestinationCidrBlock=10.2.0.0/16&TransitGatewayId={gateway}";
        Assert.Equal("InvalidTransitGatewayID.NotFound", _aws.Ec2("CreateRoute", route).Code);
        var attachment = await AwsLink.VpcAttachment(_aws, gateway);
        Assert.Equal("true", _aws.Ec2("CreateRoute", route).Need("return"));
        var again = _aws.Ec2("CreateRoute", route);
        Assert.Equal(("RouteAlreadyExists", "The route identified by 10.2.0.0/16 already exists."),
            (again.Code, again.Message));
        var found = _aws.Ec2("DescribeRouteTables",
            $"Filter.1.Name=route.transit-gateway-id&Filter.1.Value.1={gateway}&Filter.2.Name=route.state&Filter.2.Value.1=active");
        Assert.Equal("CreateRoute", found.Need("routeTableSet/item/routeSet/item[transitGatewayId]/origin"));

        _ = _aws.Ec2("DeleteTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={attachment}")
            .Need("transitGatewayVpcAttachment");
        await _aws.Wait(3);
        Assert.Equal("blackhole",
            _aws.Ec2("DescribeRouteTables").Need("routeTableSet/item/routeSet/item[transitGatewayId]/state"));
        Assert.Equal("true",
            _aws.Ec2("DeleteRoute", $"RouteTableId={table}&DestinationCidrBlock=10.2.0.0/16").Need("return"));
        var absent = _aws.Ec2("DeleteRoute", $"RouteTableId={table}&DestinationCidrBlock=10.2.0.0/16");
        Assert.Equal(("InvalidRoute.NotFound",
            $"no route with destination-cidr-block 10.2.0.0/16 in route table {table}"), (absent.Code, absent.Message));
    }

    [Fact]
    public async Task Routes_are_replaced_and_local_ones_stay()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        await AwsLink.VpcAttachment(_aws, gateway);
        var table = _aws.State.VpcRouteTables.Single().Id;
        string? Replace(string more) => _aws.Ec2("ReplaceRoute", $"RouteTableId={table}&{more}").Code;
        // AWS says so, and not InvalidRoute.NotFound (getmoto/moto #6425).
        Assert.Equal("InvalidParameterValue", Replace($"DestinationCidrBlock=10.2.0.0/16&TransitGatewayId={gateway}"));
        Assert.Equal("InvalidParameterValue", Replace($"DestinationCidrBlock=10.1.0.0/16&TransitGatewayId={gateway}"));
        Assert.Null(Replace("DestinationCidrBlock=10.1.0.0/16&LocalTarget=true"));
        Assert.Equal("InvalidParameterValue", Replace($"DestinationCidrBlock=ten&TransitGatewayId={gateway}"));
        Assert.Equal("InvalidGatewayID.NotFound",
            Replace("DestinationCidrBlock=10.2.0.0/16&GatewayId=igw-0123456789abcdef0"));
        Assert.Equal("MissingParameter", Replace("DestinationCidrBlock=10.2.0.0/16"));
        Assert.Equal("MissingParameter", Replace($"TransitGatewayId={gateway}"));
        _ = _aws.Ec2("CreateRoute", $"RouteTableId={table}&DestinationCidrBlock=10.2.9.9/16&TransitGatewayId={gateway}")
            .Need("return");
        Assert.Equal("10.2.0.0/16", _aws.State.VpcRouteTables.Single().Routes.Single().Destination);
        Assert.Null(Replace($"DestinationCidrBlock=10.2.0.0/16&TransitGatewayId={gateway}"));
        var unknown = _aws.Ec2("CreateRoute",
            $"RouteTableId=rtb-0123456789abcdef0&DestinationCidrBlock=10.2.0.0/16&TransitGatewayId={gateway}");
        Assert.Equal(("InvalidRouteTableID.NotFound", "The routeTable ID 'rtb-0123456789abcdef0' does not exist"),
            (unknown.Code, unknown.Message));
    }

    [Fact]
    public void Ingress_rules_come_and_go()
    {
        var group = _aws.State.SecurityGroups.Single().Id;
        var rule = $"GroupId={group}&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=10.2.0.0/16&IpPermissions.1.IpRanges.1.Description=azure";
        var made = _aws.Ec2("AuthorizeSecurityGroupIngress", rule);
        Assert.Matches("^sgr-[0-9a-f]{17}$", made.Need("securityGroupRuleSet/item/securityGroupRuleId"));
        Assert.Equal("InvalidPermission.Duplicate", _aws.Ec2("AuthorizeSecurityGroupIngress", rule).Code);
        var found = _aws.Ec2("DescribeSecurityGroups", "Filter.1.Name=ip-permission.cidr&Filter.1.Value.1=10.2.0.0/16");
        Assert.Equal("azure", found.Need("securityGroupInfo/item/ipPermissions/item/ipRanges/item/description"));
        Assert.Equal("10.2.0.0/16",
            _aws.Ec2("RevokeSecurityGroupIngress", rule).Need("revokedSecurityGroupRuleSet/item/cidrIpv4"));
        Assert.Equal("InvalidPermission.NotFound", _aws.Ec2("RevokeSecurityGroupIngress", rule).Code);
        Assert.Equal("InvalidParameterValue", _aws.Ec2("AuthorizeSecurityGroupIngress",
            $"GroupId={group}&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.IpRanges.1.CidrIp=10.2.0.0/16").Code);
        Assert.Equal("InvalidGroup.NotFound",
            _aws.Ec2("DescribeSecurityGroups", "GroupId.1=sg-0123456789abcdef0").Code);
    }

    [Fact]
    public void An_ingress_rule_has_a_short_form_and_can_name_another_group()
    {
        var group = _aws.State.SecurityGroups.Single().Id;
        _ = _aws.Ec2("AuthorizeSecurityGroupIngress",
            "GroupName=default&IpProtocol=tcp&FromPort=443&ToPort=443&CidrIp=10.2.0.0/16").Need("return");
        _ = _aws.Ec2("AuthorizeSecurityGroupIngress",
            $"GroupId={group}&IpPermissions.1.IpProtocol=icmp&IpPermissions.1.Groups.1.GroupId={group}&IpPermissions.1.Ipv6Ranges.1.CidrIpv6=2001:db8::/32").Need("return");
        var found = _aws.Ec2("DescribeSecurityGroups", $"GroupId.1={group}");
        Assert.Equal("10.2.0.0/16",
            found.Need("securityGroupInfo/item/ipPermissions/item[fromPort='443']/ipRanges/item/cidrIp"));
        Assert.Equal(group,
            found.Need("securityGroupInfo/item/ipPermissions/item[ipProtocol='icmp']/groups/item/groupId"));
        var rule = _aws.State.SecurityGroups.Single().Rules[0].Id;
        Assert.Equal(rule, _aws.Ec2("RevokeSecurityGroupIngress", $"GroupId={group}&SecurityGroupRuleId.1={rule}")
            .Need("revokedSecurityGroupRuleSet/item/securityGroupRuleId"));
    }

    [Fact]
    public void Tags_are_written_read_and_removed()
    {
        Assert.Equal("true",
            _aws.Ec2("CreateTags", $"ResourceId.1={AwsBench.Vpc}&Tag.1.Key=a&Tag.1.Value=1&Tag.2.Key=b&Tag.2.Value=2")
            .Need("return"));
        Assert.Equal(["a", "b"],
            _aws.Ec2("DescribeTags",
                "Filter.1.Name=resource-type&Filter.1.Value.1=vpc&Filter.2.Name=value&Filter.2.Value.1=1&Filter.2.Value.2=2").All("tagSet/item/key"));
        _ = _aws.Ec2("DeleteTags", $"ResourceId.1={AwsBench.Vpc}&Tag.1.Key=a&Tag.1.Value=other&Tag.2.Key=b")
            .Need("return");
        Assert.Equal(["a"],
            _aws.Ec2("DescribeTags", "Filter.1.Name=key&Filter.1.Value.1=a&Filter.1.Value.2=b").All("tagSet/item/key"));
        Assert.Equal("InvalidParameterValue",
            _aws.Ec2("CreateTags", $"ResourceId.1={AwsBench.Vpc}&Tag.1.Key=aws:x&Tag.1.Value=1").Code);
        Assert.Equal("InvalidVpcID.NotFound",
            _aws.Ec2("CreateTags", "ResourceId.1=vpc-0123456789abcdef0&Tag.1.Key=x").Code);
        Assert.Equal("InvalidID", _aws.Ec2("CreateTags", "ResourceId.1=teapot&Tag.1.Key=x").Code);
    }

    [Fact]
    public void More_than_fifty_tags_are_too_many()
    {
        var tags = string.Concat(Enumerable.Range(1, 51)
            .Select(n => $"&Tag.{AwsBench.Number(n)}.Key=k{AwsBench.Number(n)}"));
        Assert.Equal("TagLimitExceeded", _aws.Ec2("CreateTags", $"ResourceId.1={AwsBench.Vpc}{tags}").Code);
    }

    private static IReadOnlyList<string> Blocks(Ec2Reply reply) => reply.All("subnetSet/item/cidrBlock");
}
