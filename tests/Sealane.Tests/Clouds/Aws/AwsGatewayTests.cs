using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>VPC, Direct Connect gateway, transit gateway, their association: found, compared, changed,
/// deleted.</summary>
public class AwsGatewayTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;
    private static readonly Seen Nothing = new();

    // --- VPC

    private static FakeAws VpcWorld() => new FakeAws()
        .Ec2("DescribeVpcs", """
            <vpcSet><item><vpcId>vpc-1</vpcId><state>available</state><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockAssociationSet>
            <item><cidrBlock>10.1.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item>
            <item><cidrBlock>10.9.0.0/16</cidrBlock><cidrBlockState><state>disassociated</state></cidrBlockState></item>
            <item><cidrBlock>10.3.0.0/16</cidrBlock><cidrBlockState><state>associated</state></cidrBlockState></item></cidrBlockAssociationSet></item></vpcSet>
            """)
        .Ec2("DescribeSubnets", """
            <subnetSet><item><subnetId>subnet-a</subnetId><vpcId>vpc-1</vpcId><availabilityZone>ap-southeast-2a</availabilityZone></item>
            <item><subnetId>subnet-b</subnetId><vpcId>vpc-1</vpcId><availabilityZone>ap-southeast-2b</availabilityZone></item>
            <item><subnetId>subnet-b2</subnetId><vpcId>vpc-1</vpcId><availabilityZone>ap-southeast-2b</availabilityZone></item></subnetSet>
            """)
        .Ec2("DescribeRouteTables", """
            <routeTableSet><item><routeTableId>rtb-main</routeTableId><vpcId>vpc-1</vpcId><associationSet><item><main>true</main></item></associationSet><routeSet/></item>
            <item><routeTableId>rtb-b</routeTableId><vpcId>vpc-1</vpcId><associationSet><item><main>false</main><subnetId>subnet-b</subnetId></item></associationSet><routeSet/></item></routeTableSet>
            """);

    [Fact]
    public async Task The_vpc_is_seen_with_its_living_blocks_and_the_tables_of_its_subnets()
    {
        var vpc = await VpcWorld().The<Vpc>().Observe(Nothing, Now);
        Assert.Equal(["10.1.0.0/16", "10.3.0.0/16"], vpc!.Prefixes.Select(prefix => prefix.ToString()));
        Assert.Equal(["rtb-b", "rtb-main"], vpc.TablesServing(["subnet-a", "subnet-b"]));
    }

    [Fact]
    public async Task A_missing_vpc_is_a_clear_error()
    {
        var aws = new FakeAws().Ec2("DescribeVpcs", "<vpcSet/>");
        var error = await Assert.ThrowsAsync<CloudError>(() => aws.The<Vpc>()
            .Observe(Nothing, Now));
        Assert.Equal(CloudErrorKind.NotFound, error.Kind);
        Assert.Contains("aws.vpc", error.Advice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "subnet-a,subnet-b", "", 0)]
    [InlineData("10.3.0.0/16,10.1.0.0/16", "subnet-a", "rtb-b", 0)]
    [InlineData("10.1.0.0/16", "subnet-a", "", 1)]
    [InlineData("", "subnet-elsewhere", "rtb-elsewhere", 2)]
    [InlineData("", "subnet-b,subnet-b2", "", 1)]
    public async Task A_spec_that_does_not_fit_the_vpc_is_refused(string cidrs, string subnets, string tables,
        int findings)
    {
        static string[] Split(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);
        var design =
            Guide.With(aws => aws with { Cidrs = Split(cidrs), Subnets = Split(subnets), RouteTables = Split(tables) });
        var resource = VpcWorld().The<Vpc>(design);
        var change = resource.Compare(resource.Derive(Nothing),
            (await resource.Observe(Nothing, Now))!);
        Assert.Equal(findings, change.Differences.Count);
        Assert.Equal(findings == 0 ? ChangeKind.None : ChangeKind.Refused, change.Kind);
    }

    // --- Direct Connect gateway

    private static string Dxgw(string id = "5f29", string state = "available", long asn = 64550,
        string tags = """,{"key":"sealane","value":"sydney"}""") =>
        $$"""{"directConnectGatewayId":"{{id}}","directConnectGatewayName":"sydney-dxgw","amazonSideAsn":{{asn}},"ownerAccount":"111122223333","directConnectGatewayState":"{{state}}","tags":[{"key":"Name","value":"sydney-dxgw"}{{tags}}]}""";

    private static FakeAws DxWorld(params string[] gateways) => new FakeAws().Dx("DescribeDirectConnectGateways",
        $$"""{"directConnectGateways":[{"directConnectGatewayId":"other","directConnectGatewayName":"x"}{{string.Concat(gateways.Select(g => "," + g))}}]}""");

    [Fact]
    public async Task A_gateway_is_ours_by_name_and_tag_and_deleted_ones_do_not_count()
    {
        var found = await DxWorld(Dxgw("old", "deleted"), Dxgw()).The<DxGateway>()
            .Observe(Nothing, Now);
        Assert.Equal("5f29", found!.DirectConnectGatewayId);
        Assert.Null(await DxWorld().The<DxGateway>().Observe(Nothing, Now));
        Assert.Equal("deleting",
            (await DxWorld(Dxgw(state: "deleting")).The<DxGateway>().Observe(Nothing, Now))!
            .DirectConnectGatewayState);
    }

    [Fact]
    public async Task Tags_that_the_list_does_not_show_are_asked_for()
    {
        var aws = DxWorld(Dxgw(tags: "")).Dx("DescribeTags",
            """{"resourceTags":[{"resourceArn":"a","tags":[{"key":"sealane","value":"sydney"}]}]}""");
        Assert.NotNull(await aws.The<DxGateway>().Observe(Nothing, Now));
        Assert.Equal("""{"resourceArns":["arn:aws:directconnect::111122223333:dx-gateway/5f29"]}""", aws.Sent[^1].Body);

        var foreign = DxWorld(Dxgw(tags: "")).Dx("DescribeTags", """{"resourceTags":[]}""");
        var error = await Assert.ThrowsAsync<CloudError>(() => foreign.The<DxGateway>()
            .Observe(Nothing, Now));
        Assert.Contains("aws.directConnectGateway.id: 5f29", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_gateways_of_the_link_stop_the_run()
    {
        var error = await Assert.ThrowsAsync<CloudError>(
            () => DxWorld(Dxgw(), Dxgw("77")).The<DxGateway>().Observe(Nothing, Now));
        Assert.Contains("5f29, 77", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64550, null, ChangeKind.None)]
    [InlineData(64512, null, ChangeKind.Replace)]
    [InlineData(64512, "5f29", ChangeKind.Refused)]
    public async Task Another_asn_is_another_gateway_and_refused_for_an_existing_one(long asn, string? existing,
        ChangeKind kind)
    {
        var design = Guide.With(aws => aws with { DirectConnectGateway = new() { Id = existing } });
        var resource = DxWorld(Dxgw(asn: asn)).The<DxGateway>(design);
        Assert.Equal(existing is null, resource.IsMade);
        var seen = (await new FakeAws()
            .Dx("DescribeDirectConnectGateways", $$"""{"directConnectGateways":[{{Dxgw(asn: asn)}}]}""")
            .The<DxGateway>(design).Observe(Nothing, Now))!;
        Assert.Equal(kind, resource.Compare(resource.Derive(Nothing), seen).Kind);
    }

    [Fact]
    public async Task A_gateway_that_is_in_use_is_not_deleted()
    {
        var seen = (await DxWorld(Dxgw()).The<DxGateway>().Observe(Nothing, Now))!;
        var used = new FakeAws().Dx("DescribeDirectConnectGatewayAssociations",
                """{"directConnectGatewayAssociations":[{"associationState":"disassociating","associatedGateway":{"id":"tgw-1"}}]}""")
            .Dx("DescribeDirectConnectGatewayAttachments", """{"directConnectGatewayAttachments":[]}""");
        Assert.Equal(CloudErrorKind.Busy,
            (await Assert.ThrowsAsync<CloudError>(() => used.The<DxGateway>().Delete(seen, Now))).Kind);
        Assert.Empty(used.Writes);

        var free = new FakeAws()
            .Dx("DescribeDirectConnectGatewayAssociations", """{"directConnectGatewayAssociations":[]}""")
            .Dx("DescribeDirectConnectGatewayAttachments", """{"directConnectGatewayAttachments":[]}""")
            .Dx("DeleteDirectConnectGateway");
        await free.The<DxGateway>().Delete(seen, Now);
        Assert.Equal(["directconnect:DeleteDirectConnectGateway"], free.Writes);
    }

    // --- transit gateway

    private static string Tgw(string state = "available", string options = "", string? link = "sydney",
        string id = "tgw-1", string cidr = "10.254.1.0/24") => $"""
        <item><transitGatewayId>{id}</transitGatewayId><state>{state}</state><options><amazonSideAsn>65534</amazonSideAsn>
        <transitGatewayCidrBlocks><item>{cidr}</item></transitGatewayCidrBlocks>{options}</options>{Guide.TagSet("sydney-tgw", link)}</item>
        """;

    private static Task<Ec2TransitGateway?> ObserveTgw(string items) =>
        new FakeAws().Ec2("DescribeTransitGateways", $"<transitGatewaySet>{items}</transitGatewaySet>")
            .The<TransitGateway>()
            .Observe(Nothing, Now);

    private const string Off =
        "<defaultRouteTableAssociation>disable</defaultRouteTableAssociation><vpnEcmpSupport>enable</vpnEcmpSupport>";
    private const string On =
        "<defaultRouteTableAssociation>enable</defaultRouteTableAssociation><vpnEcmpSupport>enable</vpnEcmpSupport>";

    [Theory]
    [InlineData("as ordered", Off, "10.254.1.0/24", 65534, null, ChangeKind.None)]
    [InlineData("options that AWS does not show are right", "", "10.254.1.0/24", 65534, null, ChangeKind.None)]
    [InlineData("somebody turned the default table on", On, "10.254.1.0/24", 65534, null, ChangeKind.InPlace)]
    [InlineData("tunnel addresses come from another block", Off, "10.7.0.0/24", 65534, null, ChangeKind.Replace)]
    [InlineData("the ASN is fixed once anything is attached", Off, "10.254.1.0/24", 64999, null, ChangeKind.Replace)]
    [InlineData("an existing one must have the ASN of the spec", Off, "10.254.1.0/24", 64999, "tgw-1",
        ChangeKind.Refused)]
    [InlineData("an existing one must not have a shared default table", On, "10.254.1.0/24", 65534, "tgw-1",
        ChangeKind.Refused)]
    [InlineData("an existing one that fits", Off, "10.254.1.0/24", 65534, "tgw-1", ChangeKind.None)]
    public async Task A_transit_gateway_is_compared(string reason, string options, string cidr, long asn,
        string? existing, ChangeKind kind)
    {
        var design = Guide.With(aws => aws with { TransitGateway = new() { Id = existing, Asn = asn } });
        var resource = new FakeAws().The<TransitGateway>(design);
        var change = resource.Compare(resource.Derive(Nothing),
            (await ObserveTgw(Tgw(options: options, cidr: cidr)))!);
        Assert.True(kind == change.Kind, $"{reason}: {change.Kind} {string.Join("; ", change.Differences)}");
    }

    [Fact]
    public async Task A_transit_gateway_of_another_link_is_not_ours_and_does_not_hinder()
    {
        Assert.Null(await ObserveTgw(Tgw(link: "melbourne")));
        Assert.Null(await ObserveTgw(Tgw("deleted")));
        await Assert.ThrowsAsync<CloudError>(() => ObserveTgw(Tgw(link: null)));
        Assert.Equal("tgw-2", (await ObserveTgw(Tgw("deleting") + Tgw(id: "tgw-2")))!.Id);
    }

    [Fact]
    public async Task What_is_being_deleted_is_not_deleted_again()
    {
        var aws = new FakeAws();
        await aws.The<TransitGateway>().Delete((await ObserveTgw(Tgw("deleting")))!, Now);
        Assert.Empty(aws.Sent);
    }

    // --- association

    private static readonly Seen Gateways = new Seen()
        .With("aws/dx-gateway", new DirectConnectGateway("5f29", "sydney-dxgw", 64550, "1", "available", null, null))
        .With("aws/transit-gateway",
            new Ec2TransitGateway("tgw-1", "available", 65534, [], false, false, true,
                new Dictionary<string, string>()));

    private static FakeAws AssociationWorld(string? state, string? attachment,
        string prefixes = """{"cidr":"10.254.1.0/24"}""") => new FakeAws()
        .Dx("DescribeDirectConnectGatewayAssociations", state is null ? """{"directConnectGatewayAssociations":[]}"""
            : $$"""{"directConnectGatewayAssociations":[{"associationId":"be85","associationState":"{{state}}","associatedGateway":{"id":"tgw-1"},"allowedPrefixesToDirectConnectGateway":[{{prefixes}}]}]}""")
        .Ec2("DescribeTransitGatewayAttachments", attachment is null ? "<transitGatewayAttachments/>" : $"""
            <transitGatewayAttachments><item><transitGatewayAttachmentId>tgw-attach-dx</transitGatewayAttachmentId><transitGatewayId>tgw-1</transitGatewayId>
            <resourceType>direct-connect-gateway</resourceType><resourceId>5f29</resourceId><state>{attachment}</state></item></transitGatewayAttachments>
            """)
        .Dx("UpdateDirectConnectGatewayAssociation");

    [Theory]
    [InlineData("associating", "pending", false, false)]
    [InlineData("associated", "pending", false, false)]
    [InlineData("associated", null, false, false)]
    [InlineData("associating", "available", false, false)]
    [InlineData("associated", "available", true, false)]
    [InlineData("updating", "available", false, false)]
    [InlineData("disassociating", "available", false, true)]
    [InlineData(null, "deleting", false, true)]
    [InlineData("disassociated", "deleting", false, true)]
    public async Task An_association_is_ready_and_gone_only_together_with_its_attachment(string? state,
        string? attachment, bool ready, bool leaving)
    {
        var resource = AssociationWorld(state, attachment).The<DxAssociation>();
        var seen = (await resource.Observe(Gateways, Now))!;
        Assert.Equal((ready, leaving), (resource.IsReady(seen), resource.Seen(seen).IsLeaving));
    }

    [Fact]
    public async Task An_association_is_gone_when_both_are_gone()
    {
        Assert.Null(await AssociationWorld(null, null).The<DxAssociation>()
            .Observe(Gateways, Now));
        Assert.Null(await AssociationWorld("disassociated", "deleted").The<DxAssociation>()
            .Observe(Gateways, Now));
    }

    [Fact]
    public async Task The_vpc_prefix_is_taken_out_of_the_allowed_prefixes_in_place()
    {
        var aws = AssociationWorld("associated", "available", """{"cidr":"10.254.1.0/24"},{"cidr":"10.1.0.0/16"}""");
        var resource = aws.The<DxAssociation>();
        var seen = (await resource.Observe(Gateways, Now))!;
        var desired = resource.Derive(Gateways);
        var change = resource.Compare(desired, seen);
        Assert.Equal(ChangeKind.InPlace, change.Kind);
        Assert.Equal(["allowed prefixes {10.1.0.0/16, 10.254.1.0/24} → {10.254.1.0/24}"], change.Differences);
        await resource.Update(desired, seen, Now);
        Assert.Equal(
            """{"associationId":"be85","removeAllowedPrefixesToDirectConnectGateway":[{"cidr":"10.1.0.0/16"}]}""",
            aws.Sent[^1].Body);
    }

    [Fact]
    public void An_association_of_two_existing_gateways_is_not_ours()
    {
        var aws = new FakeAws();
        Assert.True(aws.The<DxAssociation>(
            Guide.With(spec => spec with { TransitGateway = new() { Id = "tgw-1" } })).IsMade);
        Assert.False(aws.The<DxAssociation>(Guide.With(spec => spec with
        {
            TransitGateway = new() { Id = "tgw-1" },
            DirectConnectGateway = new() { Id = "5f29" },
        })).IsMade);
    }
}
