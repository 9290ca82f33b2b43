namespace Sealane.Tests.Sandbox.Aws;

/// <summary>What every tool asks before it does anything.</summary>
public sealed class FirstReadsTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public void Regions_and_zones_have_names_ids_and_endpoints()
    {
        var regions = _aws.Ec2("DescribeRegions");
        Assert.Contains(AwsBench.Region, regions.All("regionInfo/item/regionName"));
        Assert.Equal("ec2.us-east-1.amazonaws.com",
            _aws.Ec2("DescribeRegions", "RegionName.1=us-east-1").Need("regionInfo/item/regionEndpoint"));
        Assert.Equal("InvalidParameterValue", _aws.Ec2("DescribeRegions", "RegionName.1=mars-1").Code);
        var zones = _aws.Ec2("DescribeAvailabilityZones", "Filter.1.Name=zone-type&Filter.1.Value.1=availability-zone");
        Assert.Equal(("ap-southeast-2a", "apse2-az1"), (zones.Need("availabilityZoneInfo/item/zoneName"),
            zones.Need("availabilityZoneInfo/item/zoneId")));
        Assert.Equal(_aws.State.Subnets.Select(s => (s.AvailabilityZone, s.AvailabilityZoneId)).Order(),
            zones.All("availabilityZoneInfo/item/zoneName").Zip(zones.All("availabilityZoneInfo/item/zoneId"))
                .Where(zone => _aws.State.Subnets.Any(s => s.AvailabilityZone == zone.First)).Order());
    }

    [Theory]
    [InlineData("enableDnsSupport", "true")]
    [InlineData("enableDnsHostnames", "false")]
    public void A_vpc_has_attributes(string attribute, string value) =>
        Assert.Equal(value, _aws.Ec2("DescribeVpcAttribute", $"VpcId={AwsBench.Vpc}&Attribute={attribute}")
            .Need($"{attribute}/value"));

    [Fact]
    public void A_vpc_has_dhcp_options_and_a_default_acl()
    {
        var options = _aws.State.Vpcs.Single().DhcpOptionsId;
        Assert.Equal(["domain-name", "domain-name-servers"],
            _aws.Ec2("DescribeDhcpOptions", $"DhcpOptionsId.1={options}")
                .All("dhcpOptionsSet/item/dhcpConfigurationSet/item/key"));
        var acl = _aws.Ec2("DescribeNetworkAcls",
            $"Filter.1.Name=vpc-id&Filter.1.Value.1={AwsBench.Vpc}&Filter.2.Name=default&Filter.2.Value.1=true");
        Assert.Equal(4, acl.All("networkAclSet/item/entrySet/item").Count);
        Assert.Equal(_aws.State.Subnets.Select(s => s.Id).Order(),
            acl.All("networkAclSet/item/associationSet/item/subnetId").Order());
    }

    [Fact]
    public void Rules_that_were_made_can_be_read_by_id_and_group()
    {
        var group = _aws.State.SecurityGroups.Single().Id;
        var rule = _aws.Ec2("AuthorizeSecurityGroupIngress",
            $"GroupId={group}&IpProtocol=-1&CidrIp=10.2.0.0/16").Need("securityGroupRuleSet/item/securityGroupRuleId");
        var read = _aws.Ec2("DescribeSecurityGroupRules", $"Filter.1.Name=group-id&Filter.1.Value.1={group}");
        Assert.Equal((rule, "10.2.0.0/16", "false"), (read.Need("securityGroupRuleSet/item/securityGroupRuleId"),
            read.Need("securityGroupRuleSet/item/cidrIpv4"), read.Need("securityGroupRuleSet/item/isEgress")));
        Assert.Equal("InvalidSecurityGroupRuleId.NotFound",
            _aws.Ec2("DescribeSecurityGroupRules", "SecurityGroupRuleId.1=sgr-0123456789abcdef0").Code);
    }

    [Fact]
    public void A_rule_is_changed_in_place_whole_or_not_at_all()
    {
        var group = _aws.State.SecurityGroups.Single().Id;
        string Made(string cidr) => _aws.Ec2("AuthorizeSecurityGroupIngress",
            $"GroupId={group}&IpProtocol=tcp&FromPort=443&ToPort=443&CidrIp={cidr}")
            .Need("securityGroupRuleSet/item/securityGroupRuleId");
        var (rule, other) = (Made("10.2.0.0/16"), Made("10.3.0.0/16"));
        string Change(string id, string members) => $"GroupId={group}&SecurityGroupRule.1.SecurityGroupRuleId={id}&"
            + string.Join('&', members.Split('&').Select(member => $"SecurityGroupRule.1.SecurityGroupRule.{member}"));
        const string port = "IpProtocol=tcp&FromPort=8443&ToPort=8443";

        Assert.Equal("true", _aws.Ec2("ModifySecurityGroupRules",
            Change(rule, $"{port}&CidrIpv4=10.2.0.0/16&Description=web")).Need("return"));
        var read = _aws.Ec2("DescribeSecurityGroupRules", $"SecurityGroupRuleId.1={rule}");
        Assert.Equal(("8443", "web", "10.2.0.0/16"), (read.Need("securityGroupRuleSet/item/toPort"),
            read.Need("securityGroupRuleSet/item/description"), read.Need("securityGroupRuleSet/item/cidrIpv4")));

        (string Code, string Asked)[] refused =
        [
            ("InvalidPermission.Duplicate", Change(other, $"{port}&CidrIpv4=10.2.0.0/16")),
            ("InvalidSecurityGroupRuleId.NotFound", Change("sgr-0123456789abcdef0", $"{port}&CidrIpv4=10.9.0.0/16")),
            ("InvalidParameterCombination", Change(other, port)),
            ("InvalidParameterCombination", Change(other, $"{port}&CidrIpv4=10.9.0.0/16&CidrIpv6=fd00::/64")),
            ("InvalidParameterValue", Change(other, "IpProtocol=tcp&FromPort=8443&CidrIpv4=10.9.0.0/16")),
            ("MissingParameter", Change(other, "FromPort=8443&CidrIpv4=10.9.0.0/16")),
            ("MissingParameter", $"GroupId={group}"),
        ];
        Assert.All(refused, one => Assert.Equal(one.Code, _aws.Ec2("ModifySecurityGroupRules", one.Asked).Code));
        Assert.Equal("443", _aws.Ec2("DescribeSecurityGroupRules", $"SecurityGroupRuleId.1={other}")
            .Need("securityGroupRuleSet/item/toPort"));
    }

    [Theory]
    [InlineData("DescribeVpcEndpoints", "vpcEndpointSet")]
    [InlineData("DescribeEgressOnlyInternetGateways", "egressOnlyInternetGatewaySet")]
    [InlineData("DescribeManagedPrefixLists", "prefixListSet")]
    [InlineData("DescribeVpnGateways", "vpnGatewaySet")]
    [InlineData("DescribeAddresses", "addressesSet")]
    public void What_the_account_has_none_of_is_an_empty_list(string action, string set)
    {
        var reply = _aws.Ec2(action);
        Assert.Equal((200, ""), (reply.Status, reply.Text(set)));
    }
}
