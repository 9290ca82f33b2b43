using Amazon.EC2;
using Amazon.EC2.Model;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Sandbox.Aws;
using Assert = Sealane.Tests.Foreign.Judged;

namespace Sealane.Tests.Foreign;

/// <summary>
/// AWS's own client for .NET reads what Sealane built, asks what every tool asks, pages, and is refused.
/// </summary>
public sealed class Ec2SdkReadsTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task What_Sealane_built_is_read_whole()
    {
        using var link = await Link.Built("sydney");
        var stored = link.World();
        var key = new AwsCredentials(SandboxIdentity.AwsAccessKeyId, new Secret(SandboxIdentity.AwsSecretAccessKey));
        using var sdk = new Ec2Sdk(stored.Wake(new VirtualClock(stored.Now)), key, link.Design.Aws.Region);
        var (ec2, ct) = (sdk.Client, TestContext.Current.CancellationToken);
        Filter own = new() { Name = "tag:sealane", Values = ["sydney"] };

        var gateway = Assert.Single((await ec2.DescribeTransitGatewaysAsync(new() { Filters = [own] }, ct))
            .TransitGateways);
        Assert.Equal((65534, "sydney-tgw"), (gateway.Options.AmazonSideAsn, NameOf(gateway.Tags)));
        var attachments = (await ec2.DescribeTransitGatewayAttachmentsAsync(new(), ct)).TransitGatewayAttachments;
        Assert.Equal(["direct-connect-gateway", "vpc", "vpn"], attachments.Select(a => a.ResourceType.Value).Order());
        var tables = await All(ec2.Paginators.DescribeTransitGatewayRouteTables(new() { Filters = [own] })
            .TransitGatewayRouteTables);
        Assert.Equal(["sydney-transport", "sydney-workload"], tables.Select(table => NameOf(table.Tags)).Order());
        var workload = tables.Single(table => NameOf(table.Tags) == "sydney-workload").TransitGatewayRouteTableId;
        var route = Assert.Single((await ec2.SearchTransitGatewayRoutesAsync(new()
        {
            TransitGatewayRouteTableId = workload,
            Filters = [new() { Name = "route-search.exact-match", Values = ["10.2.0.0/16"] }],
        }, ct)).Routes);
        Assert.Equal("vpn", Assert.Single(route.TransitGatewayAttachments).ResourceType.Value);

        var customer = Assert.Single((await ec2.DescribeCustomerGatewaysAsync(new() { Filters = [own] }, ct))
            .CustomerGateways);
        Assert.Equal(("10.2.0.6", "65515"), (customer.IpAddress, customer.BgpAsn));
        var vpn = Assert.Single((await ec2.DescribeVpnConnectionsAsync(new() { Filters = [own] }, ct)).VpnConnections);
        Assert.Equal((VpnState.Available, "PrivateIpv4"), (vpn.State, vpn.Options.OutsideIpAddressType));
        Assert.All(vpn.VgwTelemetry, tunnel => Assert.Equal(TelemetryStatus.UP, tunnel.Status));
        foreach (var tunnel in vpn.VgwTelemetry)
        {
            var active = (await ec2.GetActiveVpnTunnelStatusAsync(new()
            {
                VpnConnectionId = vpn.VpnConnectionId,
                VpnTunnelOutsideIpAddress = tunnel.OutsideIpAddress,
            }, ct)).ActiveVpnTunnelStatus;
            Assert.Equal(("ikev2", "AES256-GCM-16", 14),
                (active.IkeVersion, active.Phase2EncryptionAlgorithm, active.Phase1DHGroup));
        }
        Assert.All((await ec2.DescribeRouteTablesAsync(
            new() { Filters = [new() { Name = "route.transit-gateway-id", Values = [gateway.TransitGatewayId] }] }, ct))
            .RouteTables, table => Assert.Contains(table.Routes, one => one.DestinationCidrBlock == "10.2.0.0/16"));
    }

    [Fact]
    public async Task The_first_reads_of_every_tool_are_answered()
    {
        using var sdk = Sdk();
        var (ec2, ct) = (sdk.Client, TestContext.Current.CancellationToken);
        Assert.Contains((await ec2.DescribeRegionsAsync(new DescribeRegionsRequest(), ct)).Regions,
            region => region.RegionName == AwsBench.Region);
        Assert.All((await ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest(), ct))
            .AvailabilityZones, zone => Assert.Equal(AvailabilityZoneState.Available, zone.State));
        Assert.True((await ec2.DescribeVpcAttributeAsync(
            new() { VpcId = AwsBench.Vpc, Attribute = VpcAttributeName.EnableDnsSupport }, ct)).EnableDnsSupport);
        var vpc = Assert.Single((await ec2.DescribeVpcsAsync(new DescribeVpcsRequest(), ct)).Vpcs);
        Assert.Equal(vpc.DhcpOptionsId, Assert.Single((await ec2.DescribeDhcpOptionsAsync(
            new DescribeDhcpOptionsRequest(), ct)).DhcpOptions).DhcpOptionsId);
        var acl = Assert.Single((await ec2.DescribeNetworkAclsAsync(new DescribeNetworkAclsRequest(), ct)).NetworkAcls);
        Assert.Equal((true, 4), (acl.IsDefault, acl.Entries.Count));
        Assert.Empty((await ec2.DescribeInternetGatewaysAsync(new DescribeInternetGatewaysRequest(), ct))
            .InternetGateways ?? []);
        Assert.Empty((await ec2.DescribeVpnGatewaysAsync(new DescribeVpnGatewaysRequest(), ct)).VpnGateways ?? []);
        Assert.Empty((await ec2.DescribeManagedPrefixListsAsync(new(), ct)).PrefixLists ?? []);
        Assert.Empty((await ec2.DescribeNatGatewaysAsync(new(), ct)).NatGateways ?? []);
        Assert.Empty((await ec2.DescribeVpcEndpointsAsync(new(), ct)).VpcEndpoints ?? []);
        Assert.Empty((await ec2.DescribeVpcPeeringConnectionsAsync(new(), ct)).VpcPeeringConnections ?? []);
        Assert.Equal("VPC", (await ec2.DescribeAccountAttributesAsync(
            new DescribeAccountAttributesRequest { AttributeNames = ["supported-platforms"] }, ct))
            .AccountAttributes.Single().AttributeValues.Single().AttributeValue);

        var group = Assert.Single((await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest(), ct))
            .SecurityGroups);
        var made = Assert.Single((await ec2.AuthorizeSecurityGroupIngressAsync(new()
        {
            GroupId = group.GroupId,
            IpPermissions = [new()
            {
                IpProtocol = "tcp", FromPort = 443, ToPort = 443, Ipv4Ranges = [new() { CidrIp = "10.2.0.0/16" }],
            }],
        }, ct)).SecurityGroupRules);
        var rule = Assert.Single((await ec2.DescribeSecurityGroupRulesAsync(
            new() { SecurityGroupRuleIds = [made.SecurityGroupRuleId] }, ct)).SecurityGroupRules);
        Assert.Equal(("10.2.0.0/16", 443, false), (rule.CidrIpv4, rule.ToPort, rule.IsEgress));
        Assert.True((await ec2.ModifySecurityGroupRulesAsync(new()
        {
            GroupId = group.GroupId,
            SecurityGroupRules = [new()
            {
                SecurityGroupRuleId = rule.SecurityGroupRuleId,
                SecurityGroupRule = new() { IpProtocol = "tcp", FromPort = 22, ToPort = 22, CidrIpv4 = "10.2.0.0/16" },
            }],
        }, ct)).Return);
        Assert.Equal(22, Assert.Single((await ec2.DescribeSecurityGroupRulesAsync(
            new() { SecurityGroupRuleIds = [rule.SecurityGroupRuleId] }, ct)).SecurityGroupRules).ToPort);
    }

    [Fact]
    public async Task Its_paginator_meets_everything_once()
    {
        using var sdk = Sdk();
        var (ec2, ct) = (sdk.Client, TestContext.Current.CancellationToken);
        var gateway = await AwsLink.TransitGateway(_aws);
        var made = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            made.Add((await ec2.CreateTransitGatewayRouteTableAsync(new() { TransitGatewayId = gateway }, ct))
                .TransitGatewayRouteTable.TransitGatewayRouteTableId);
        }
        var pages = await All(ec2.Paginators.DescribeTransitGatewayRouteTables(new() { MaxResults = 5 }).Responses);
        Assert.Equal([5, 2], pages.Select(page => page.TransitGatewayRouteTables.Count));
        Assert.Equal(made.Order(), pages.SelectMany(page => page.TransitGatewayRouteTables)
            .Select(table => table.TransitGatewayRouteTableId).Order());
        _aws.State.Variants.PageSize = 3;
        Assert.Equal(7, (await All(ec2.Paginators.DescribeTransitGatewayRouteTables(new())
            .TransitGatewayRouteTables)).Count);
    }

    [Fact]
    public async Task A_dry_run_makes_nothing_and_says_so()
    {
        using var sdk = Sdk();
        var (ec2, ct) = (sdk.Client, TestContext.Current.CancellationToken);
        var answer = await Assert.ThrowsAsync<AmazonEC2Exception>(() => ec2.CreateCustomerGatewayAsync(
            new() { DryRun = true, Type = Amazon.EC2.GatewayType.Ipsec1, IpAddress = "10.9.9.9", BgpAsn = 65001 }, ct));
        Assert.Equal(("DryRunOperation", System.Net.HttpStatusCode.PreconditionFailed),
            (answer.ErrorCode, answer.StatusCode));
        Assert.Empty(_aws.State.CustomerGateways);
    }

    public static TheoryData<string, Func<AmazonEC2Client, CancellationToken, Task>> Refusals => new()
    {
        { "InvalidTransitGatewayID.NotFound", (ec2, ct) => ec2.DescribeTransitGatewaysAsync(
            new() { TransitGatewayIds = ["tgw-0123456789abcdef0"] }, ct) },
        { "InvalidTransitGatewayID.Malformed", (ec2, ct) => ec2.DescribeTransitGatewaysAsync(
            new() { TransitGatewayIds = ["nonsense"] }, ct) },
        { "InvalidTransitGatewayAttachmentID.NotFound", (ec2, ct) => ec2.DescribeTransitGatewayAttachmentsAsync(
            new() { TransitGatewayAttachmentIds = ["tgw-attach-0123456789abcdef0"] }, ct) },
        { "InvalidRouteTableID.NotFound", (ec2, ct) => ec2.DescribeTransitGatewayRouteTablesAsync(
            new() { TransitGatewayRouteTableIds = ["tgw-rtb-0123456789abcdef0"] }, ct) },
        { "InvalidCustomerGatewayID.NotFound", (ec2, ct) => ec2.DescribeCustomerGatewaysAsync(
            new() { CustomerGatewayIds = ["cgw-0123456789abcdef0"] }, ct) },
        { "InvalidVpnConnectionID.NotFound", (ec2, ct) => ec2.DescribeVpnConnectionsAsync(
            new() { VpnConnectionIds = ["vpn-0123456789abcdef0"] }, ct) },
        { "InvalidVpcID.NotFound", (ec2, ct) => ec2.DescribeVpcsAsync(
            new DescribeVpcsRequest { VpcIds = ["vpc-0123456789abcdef0"] }, ct) },
        { "InvalidSubnetID.NotFound", (ec2, ct) => ec2.DescribeSubnetsAsync(
            new DescribeSubnetsRequest { SubnetIds = ["subnet-0123456789abcdef0"] }, ct) },
        { "InvalidParameterValue", (ec2, ct) => ec2.DescribeTransitGatewaysAsync(
            new() { Filters = [new() { Name = "no-such-filter", Values = ["x"] }] }, ct) },
        { "InvalidPaginationToken", (ec2, ct) => ec2.DescribeTransitGatewaysAsync(
            new() { NextToken = "garbage" }, ct) },
        { "MissingParameter", (ec2, ct) => ec2.CreateVpnConnectionAsync(new() { Type = "ipsec.1" }, ct) },
        { "InvalidAction", (ec2, ct) => ec2.DescribeInstancesAsync(new DescribeInstancesRequest(), ct) },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_has_the_name_that_its_client_knows(
        string code, Func<AmazonEC2Client, CancellationToken, Task> call)
    {
        using var sdk = Sdk();
        var refusal = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => call(sdk.Client, TestContext.Current.CancellationToken));
        Assert.Equal(code, refusal.ErrorCode);
        Assert.NotEmpty(refusal.RequestId);
    }

    [Fact]
    public async Task Another_secret_signs_in_vain()
    {
        using var sdk = new Ec2Sdk(_aws.World, AwsBench.Key, AwsBench.Region, _aws.Net, "another/secret");
        var refusal = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => sdk.Client.DescribeVpcsAsync(TestContext.Current.CancellationToken));
        Assert.Equal("SignatureDoesNotMatch", refusal.ErrorCode);
    }

    private Ec2Sdk Sdk() => new(_aws.World, AwsBench.Key, AwsBench.Region, _aws.Net);

    private static string? NameOf(List<Tag> tags) => tags.Find(tag => tag.Key == "Name")?.Value;

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }
        return all;
    }
}
