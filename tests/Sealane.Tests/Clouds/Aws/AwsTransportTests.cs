using Sealane.Clouds;
using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>The hosted connection, the transit VIF on it, the customer gateway, and the list of all.</summary>
public class AwsTransportTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string> NoTags = [];

    private sealed record Vxc(string? ConnectionId) : IHostedConnectionOrder;

    private sealed record VpnGateway(IReadOnlyList<Ipv4> PrivateAddresses) : IPrivateEndpoint;

    private static string Connection(string state, string id = "dxcon-1", string name = "sydney-aws") =>
        $$"""{"connectionId":"{{id}}","connectionName":"{{name}}","connectionState":"{{state}}","region":"ap-southeast-2","location":"EqSY3","bandwidth":"50Mbps","vlan":331,"partnerName":"Megaport","tags":[]}""";

    private static FakeAws Connections(params string[] connections) => new FakeAws()
        .Dx("DescribeConnections", $$"""{"connections":[{{string.Join(",", connections)}}]}""")
        .Dx("ConfirmConnection", """{"connectionState":"pending"}""");

    [Theory]
    [InlineData("ordering", null)]
    [InlineData("pending", "pending")]
    [InlineData("available", "available")]
    [InlineData("deleting", "deleting")]
    [InlineData("deleted", null)]
    public async Task A_connection_exists_from_its_acceptance_to_its_deletion(string state, string? seen)
    {
        var resource = Connections(Connection(state)).The<HostedConnection>();
        Assert.Equal(seen,
            (await resource.Observe(new Seen().With("megaport/aws-vxc", new Vxc("dxcon-1")), Now))
            ?.ConnectionState);
    }

    [Fact]
    public async Task An_ordered_connection_is_accepted_and_an_accepted_one_left_alone()
    {
        var ordered = Connections(Connection("ordering"));
        await ordered.The<HostedConnection>().Create(new("dxcon-1", "sydney-aws"), Now);
        Assert.Equal(["directconnect:ConfirmConnection"], ordered.Writes);

        var pending = Connections(Connection("pending"));
        await pending.The<HostedConnection>().Create(new("dxcon-1", "sydney-aws"), Now);
        Assert.Empty(pending.Writes);
    }

    [Fact]
    public async Task A_connection_that_megaport_does_not_name_yet_is_found_by_its_name_or_waited_for()
    {
        var aws = Connections(Connection("ordering", "dxcon-9"), Connection("available", "dxcon-8", "else"));
        await aws.The<HostedConnection>().Create(new(null, "sydney-aws"), Now);
        Assert.Equal("""{"connectionId":"dxcon-9"}""", aws.Sent[^1].Body);

        var absent = Connections(Connection("ordering", "dxcon-9", "else"));
        Assert.Equal(CloudErrorKind.Busy, (await Assert.ThrowsAsync<CloudError>(
            () => absent.The<HostedConnection>().Create(new(null, "sydney-aws"), Now))).Kind);

        var two = Connections(Connection("ordering", "dxcon-8"), Connection("ordering", "dxcon-9"));
        Assert.Equal(CloudErrorKind.Invalid, (await Assert.ThrowsAsync<CloudError>(
            () => two.The<HostedConnection>().Create(new(null, "sydney-aws"), Now))).Kind);
    }

    [Fact]
    public async Task A_connection_whose_id_aws_no_longer_knows_is_gone()
    {
        var aws = new FakeAws().Dx("DescribeConnections",
            """{"__type":"DirectConnectClientException","message":"Could not find Connection with ID dxcon-1"}""", 400);
        Assert.Null(await aws.The<HostedConnection>()
            .Observe(new Seen().With("megaport/aws-vxc", new Vxc("dxcon-1")), Now));
        Assert.True(aws.The<HostedConnection>().GoesWithItsNeeds);
    }

    // --- transit VIF

    private static readonly Seen Known = new Seen()
        .With("aws/hosted-connection",
            new DirectConnectConnection("dxcon-1", "sydney-aws", "available", "EqSY3", "50Mbps", 331, "Megaport", null))
        .With("aws/dx-gateway", new DirectConnectGateway("5f29", "sydney-dxgw", 64550, "1", "available", null, null));

    private static FakeAws Vifs(string state = "available", string bgp = "up", string attachment = "attached",
        string member = "\"mtu\":1500",
        string? key = null, string customer = "192.168.100.1/30") => new FakeAws()
        .Dx("DescribeVirtualInterfaces", $$"""
            {"virtualInterfaces":[{"virtualInterfaceId":"dxvif-0","virtualInterfaceName":"sydney-vif","virtualInterfaceState":"deleted"},
             {"virtualInterfaceId":"dxvif-1","virtualInterfaceType":"transit","virtualInterfaceName":"sydney-vif","vlan":331,"asn":133937,"asnLong":133937,
             "amazonSideAsn":64550,"authKey":"{{key ?? Guide.Keys.AwsBgp(PartKey.None).Reveal()}}","amazonAddress":"192.168.100.2/30","customerAddress":"{{customer}}",
             "virtualInterfaceState":"{{state}}",{{member}},"directConnectGatewayId":"5f29","bgpPeers":[{"bgpPeerState":"available","bgpStatus":"{{bgp}}"}],"tags":[]}]}
            """)
        .Dx("DescribeDirectConnectGatewayAttachments",
            $$"""{"directConnectGatewayAttachments":[{"virtualInterfaceId":"dxvif-1","attachmentState":"{{attachment}}"}]}""")
        .Dx("UpdateVirtualInterfaceAttributes");

    [Theory]
    [InlineData("available", "up", "attached", true)]
    [InlineData("down", "down", "attached", false)]
    [InlineData("available", "down", "attached", false)]
    [InlineData("available", "up", "attaching", false)]
    [InlineData("pending", "down", "attaching", false)]
    public async Task A_vif_is_ready_when_bgp_is_up_and_the_gateway_attached_and_down_is_no_failure(string state,
        string bgp, string attachment, bool ready)
    {
        var resource = Vifs(state, bgp, attachment).The<TransitVif>();
        var seen = (await resource.Observe(Known, Now))!;
        Assert.Equal((ready, null), (resource.IsReady(seen), resource.Failed(seen)));
    }

    [Theory]
    [InlineData("\"mtu\":1500", null, "192.168.100.1/30", ChangeKind.None)]
    [InlineData("\"jumboFrameCapable\":true", null, "192.168.100.1/30", ChangeKind.None)]
    [InlineData("\"mtu\":8500", null, "192.168.100.1/30", ChangeKind.InPlace)]
    [InlineData("\"mtu\":1500", "visible-key", "192.168.100.1/30", ChangeKind.Replace)]
    [InlineData("\"mtu\":1500", "", "192.168.100.1/30", ChangeKind.None)]
    [InlineData("\"mtu\":8500", null, "192.168.99.1/30", ChangeKind.Replace)]
    public async Task Only_the_mtu_changes_in_place(string member, string? key, string customer, ChangeKind kind)
    {
        var aws = Vifs(member: member, key: key, customer: customer);
        var resource = aws.The<TransitVif>();
        var seen = (await resource.Observe(Known, Now))!;
        var desired = resource.Derive(Known);
        var change = resource.Compare(desired, seen);
        Assert.Equal(kind, change.Kind);
        Assert.DoesNotContain("visible-key", string.Join(" ", change.Differences) + seen + desired,
            StringComparison.Ordinal);
        if (kind == ChangeKind.InPlace)
        {
            await resource.Update(desired, seen, Now);
            Assert.Equal("""{"virtualInterfaceId":"dxvif-1","mtu":1500}""", aws.Sent[^1].Body);
        }
    }

    [Fact]
    public void The_vif_takes_the_vlan_that_the_partner_chose() =>
        Assert.Equal(331, new FakeAws().The<TransitVif>().Derive(Known).Vlan);

    /// <summary>Megaport's maintenance has chosen another VLAN before: the interface does not follow by
    /// itself.</summary>
    [Fact]
    public async Task A_vif_whose_connection_has_another_vlan_by_now_is_replaced()
    {
        var resource = Vifs().The<TransitVif>();
        var seen = (await resource.Observe(Known, Now))!;
        var change = resource.Compare(resource.Derive(Known) with { Vlan = 332 }, seen);
        Assert.Equal((ChangeKind.Replace, "VLAN 331 → 332"), (change.Kind, Assert.Single(change.Differences)));
    }

    // --- customer gateway

    [Theory]
    [InlineData("10.2.0.6", "65515", ChangeKind.None)]
    [InlineData("10.2.0.4", "65515", ChangeKind.Replace)]
    [InlineData("10.2.0.6", "65000", ChangeKind.Replace)]
    public async Task A_customer_gateway_is_replaced_when_azures_address_or_asn_changed(string address, string asn,
        ChangeKind kind)
    {
        var aws = new FakeAws().Ec2("DescribeCustomerGateways", $"""
            <customerGatewaySet><item><customerGatewayId>cgw-0</customerGatewayId><state>deleted</state>{Guide.TagSet("sydney-cgw")}</item>
            <item><customerGatewayId>cgw-1</customerGatewayId><state>available</state><type>ipsec.1</type><ipAddress>{address}</ipAddress><bgpAsn>{asn}</bgpAsn>{Guide.TagSet("sydney-cgw")}</item></customerGatewaySet>
            """);
        var known = new Seen()
            .With("azure/vpn-gateway", new VpnGateway([Ipv4.Parse("10.2.0.6"), Ipv4.Parse("10.2.0.7")]));
        var resource = aws.The<CustomerGateway>();
        // Found without the VPN gateway, so that a destroy that was cut can be continued.
        var seen = (await resource.Observe(new Seen(), Now))!;
        Assert.Equal("cgw-1", seen.Id);
        Assert.Equal(kind, resource.Compare(resource.Derive(known), seen).Kind);
        // A gateway that is still being made has no address to compare with.
        Assert.DoesNotContain("address", string.Concat(resource
            .Compare(resource.Derive(new Seen().With("azure/vpn-gateway", new VpnGateway([]))), seen).Differences),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_customer_gateway_waits_for_its_address() =>
        Assert.Equal(CloudErrorKind.Busy, Assert.Throws<CloudError>(
        () => { _ = new FakeAws().The<CustomerGateway>().Create(new(new("n", "l"), null, 65515), Now); }).Kind);

    // --- VPC attachment

    [Fact]
    public async Task Subnets_of_the_vpc_attachment_change_in_place()
    {
        var aws = new FakeAws().Ec2("DescribeTransitGatewayVpcAttachments", $"""
            <transitGatewayVpcAttachments><item><transitGatewayAttachmentId>tgw-attach-1</transitGatewayAttachmentId><transitGatewayId>tgw-1</transitGatewayId>
            <vpcId>vpc-1</vpcId><state>available</state><subnetIds><item>subnet-b</item><item>subnet-c</item></subnetIds>{Guide.TagSet("sydney-vpc")}</item></transitGatewayVpcAttachments>
            """).Ec2("ModifyTransitGatewayVpcAttachment");
        var known = new Seen().With("aws/vpc", new VpcNetwork(new("vpc-1", "available", []), [], []))
            .With("aws/transit-gateway",
                new Ec2TransitGateway("tgw-1", "available", 65534, [], false, false, true, NoTags));
        var resource = aws.The<VpcAttachment>();
        var seen = (await resource.Observe(known, Now))!;
        var desired = resource.Derive(known);
        Assert.Equal(ChangeKind.InPlace, resource.Compare(desired, seen).Kind);
        await resource.Update(desired, seen, Now);
        Assert.Equal(("subnet-a", "subnet-c"),
            (aws.Sent[^1].Form["AddSubnetIds.1"], aws.Sent[^1].Form["RemoveSubnetIds.1"]));
    }

    [Fact]
    public void Without_named_subnets_one_of_each_zone_is_attached()
    {
        var known = new Seen()
            .With("aws/vpc", new VpcNetwork(new("vpc-1", "available", []),
                [new("subnet-z", "vpc-1", "a", "", "available"), new("subnet-y", "vpc-1", "a", "", "available"),
                    new("subnet-x", "vpc-1", "b", "", "available")], []))
            .With("aws/transit-gateway",
                new Ec2TransitGateway("tgw-1", "available", 65534, [], false, false, true, NoTags));
        Assert.Equal(["subnet-y", "subnet-x"], new FakeAws()
            .The<VpcAttachment>(Guide.With(aws => aws with { Subnets = [] })).Derive(known).SubnetIds);
    }

    // --- all of them

    [Fact]
    public void Every_resource_needs_only_what_the_link_has_and_the_locks_put_the_routes_last()
    {
        string[] elsewhere =
        [
            "megaport/aws-vxc", "megaport/aws-filters", "megaport/azure-filters", "megaport/aws-import-entries",
            "megaport/aws-export-entries",
            "megaport/azure-import-entries", "megaport/azure-export-entries", "megaport/aws-routes",
            "megaport/azure-routes",
            "azure/vnet", "azure/vpn-gateway", "azure/er-connection", "azure/vpn-connection-1",
            "azure/vpn-connection-2",
        ];
        var all = AwsResources.All(Guide.Design, new FakeAws().Clients(), Guide.Keys);
        var graph = new ResourceGraph([.. elsewhere.Select(id => new Elsewhere(id)), .. all]);
        Assert.Equal("aws/vpc-routes", graph.Resources[^1].Id);
        Assert.Contains("aws/dx-attachment-routing", graph.Before("aws/vpc-attachment-routing"));
        Assert.Equal(all.Count, all.Select(resource => resource.Id).Distinct().Count());
        Assert.All(all, resource => Assert.NotEmpty(resource.Operations));
        Assert.Equal(["aws/vpc"],
            all.Where(resource => !resource.IsMade).Select(resource => resource.Id));
    }

    private sealed class Elsewhere(string id)
        : Resource<Elsewhere.None, Elsewhere.None>(new ObjectRef<Elsewhere.None>(id))
    {
        public sealed record None;

        public override Cloud Cloud => Cloud.Megaport;
        public override string Title => id;
        public override IReadOnlyList<int> GuideSteps => [];
        public override IReadOnlyList<string> Operations => [];
        public override TimeSpan Expected => TimeSpan.Zero;
        public override None Derive(IKnown known) => new();
        public override Task<None?> Observe(IKnown known, CancellationToken ct) =>
            Task.FromResult<None?>(null);
        public override Change Compare(None desired, None observed) => Change.None;
        public override Task Create(None desired, CancellationToken ct) => Task.CompletedTask;
        public override Task Delete(None observed, CancellationToken ct) => Task.CompletedTask;
        public override bool IsReady(None observed) => true;
        public override ResourceView View(None observed) => new("", null);
    }
}
