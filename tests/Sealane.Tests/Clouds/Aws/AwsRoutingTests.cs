using Sealane.Clouds;
using Sealane.Clouds.Aws;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

/// <summary>Lock d and everything about tables: who belongs where, who announces into what, and the VPC's own
/// routes.</summary>
public class AwsRoutingTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;
    private static readonly Dictionary<string, string> NoTags = [];

    private sealed record Vnet(IReadOnlyList<Prefix> Prefixes) : IAddressSpace;

    private static Seen Known => new Seen()
        .With("aws/workload-route-table", new TransitGatewayRouteTable("rtb-workload", "tgw-1", "available", NoTags))
        .With("aws/transport-route-table", new TransitGatewayRouteTable("rtb-transport", "tgw-1", "available", NoTags))
        .With("aws/transit-gateway", new Ec2TransitGateway("tgw-1", "available", 65534, [], false, false, true, NoTags))
        .With("aws/dx-association",
            new DxAssociationPair(null,
                new("tgw-attach-1", "tgw-1", "direct-connect-gateway", "5f29", "available", null, null, NoTags)))
        .With("aws/vpc-attachment",
            new TransitGatewayVpcAttachment("tgw-attach-1", "tgw-1", "vpc-1", "available", ["subnet-a"], NoTags))
        .With("azure/vnet", new Vnet([Prefix.Parse("10.2.0.0/16")]))
        .With("aws/vpc", new VpcNetwork(new("vpc-1", "available", [Prefix.Parse("10.1.0.0/16")]), [],
            [new("rtb-1", "vpc-1", true, [], [])]));

    private static FakeAws Tables(string? table, string state = "associated", params string[] propagations) =>
        Tables(table, state, "", propagations);

    private static FakeAws Tables(string? table, string state, string fallback, string[] propagations) => new FakeAws()
        .Ec2("DescribeTransitGatewayAttachments", $"""
            <transitGatewayAttachments><item><transitGatewayAttachmentId>tgw-attach-1</transitGatewayAttachmentId><transitGatewayId>tgw-1</transitGatewayId><state>available</state>
            {(fallback.Length == 0 ? "" : $"<tagSet><item><key>sealane-isolation</key><value>{fallback}</value></item></tagSet>")}
            {(table is null ? "" : $"<association><transitGatewayRouteTableId>{table}</transitGatewayRouteTableId><state>{state}</state></association>")}
            </item></transitGatewayAttachments>
            """)
        .Ec2("GetTransitGatewayAttachmentPropagations", $"""
            <transitGatewayAttachmentPropagations>{string.Concat(propagations.Select(each =>
                $"<item><transitGatewayRouteTableId>{each}</transitGatewayRouteTableId><state>enabled</state></item>"))}</transitGatewayAttachmentPropagations>
            """)
        .Ec2("AssociateTransitGatewayRouteTable").Ec2("DisassociateTransitGatewayRouteTable").Ec2("CreateTags")
        .Ec2("EnableTransitGatewayRouteTablePropagation").Ec2("DisableTransitGatewayRouteTablePropagation");

    [Theory]
    [InlineData("isolated", "rtb-transport", "", "", ChangeKind.None)]
    [InlineData("isolated", "rtb-transport", "rtb-workload", "", ChangeKind.InPlace)]
    [InlineData("isolated", "rtb-transport", "rtb-workload", "propagated", ChangeKind.InPlace)]
    [InlineData("auto", "rtb-transport", "", "", ChangeKind.None)]
    [InlineData("auto", "rtb-transport", "rtb-workload", "propagated", ChangeKind.None)]
    [InlineData("auto", "rtb-transport", "rtb-workload", "", ChangeKind.InPlace)]
    [InlineData("propagated", "rtb-transport", "rtb-workload", "", ChangeKind.None)]
    [InlineData("propagated", "rtb-transport", "", "", ChangeKind.InPlace)]
    [InlineData("auto", "rtb-workload", "", "", ChangeKind.InPlace)]
    public async Task The_direct_connect_attachment_is_kept_apart(string mode, string table, string propagation,
        string fallback, ChangeKind kind)
    {
        var design = Guide.With(aws => aws with { TransitGateway = new() { Isolation = mode } });
        var resource =
            Tables(table, "associated", fallback,
                propagation.Split(',', StringSplitOptions.RemoveEmptyEntries)).The<DxAttachmentRouting>(design);
        var seen = (await resource.Observe(Known, Now))!;
        Assert.Equal(kind, resource.Compare(resource.Derive(Known), seen).Kind);
        Assert.True(resource.IsReady(seen));
    }

    [Fact]
    public async Task Isolation_is_restored_by_taking_the_propagation_away()
    {
        var design = Guide.With(aws => aws with { TransitGateway = new() { Isolation = "isolated" } });
        var aws = Tables("rtb-transport", "associated", "rtb-workload");
        var resource = aws.The<DxAttachmentRouting>(design);
        await resource.Update(resource.Derive(Known), (await resource.Observe(Known, Now))!, Now);
        Assert.Equal(["ec2:DisableTransitGatewayRouteTablePropagation"], aws.Writes);
        Assert.Equal("rtb-workload", aws.Sent[^1].Form["TransitGatewayRouteTableId"]);
    }

    [Fact]
    public async Task The_vpc_belongs_to_the_workload_table_and_never_announces_into_the_transport_table()
    {
        var aws = Tables("rtb-workload", "associated", "rtb-workload", "rtb-transport");
        var resource = aws.The<VpcAttachmentRouting>();
        var change = resource.Compare(resource.Derive(Known),
            (await resource.Observe(Known, Now))!);
        Assert.Equal(["announces into rtb-transport: yes → no"], change.Differences);
        Assert.Equal(Locks.TransitGatewayIsolation, resource.GuardedBy);
        Assert.Equal(Locks.TransitGatewayIsolation, aws.The<DxAttachmentRouting>().Closes);
    }

    [Fact]
    public async Task An_attachment_in_another_table_moves_to_the_one_that_is_yet_to_be_made_and_the_plan_says_so()
    {
        var inDefault = Tables("rtb-default", "associated", "rtb-default").The<DxAttachmentRouting>();
        var seen = (await inDefault.Observe(Known, Now))!;

        Assert.Equal(["route table rtb-default → a new one"],
            inDefault.Foresee(seen, need => need == TransportRouteTable.Ref).Differences);
        Assert.Equal(ChangeKind.InPlace, inDefault.Foresee(seen, need => need == TransportRouteTable.Ref).Kind);
        Assert.Equal(ChangeKind.None, inDefault.Foresee(seen, need => need == WorkloadRouteTable.Ref).Kind);

        var nowhere = (await Tables(null, "", "rtb-default").The<DxAttachmentRouting>()
            .Observe(Known, Now))!;
        Assert.Equal(ChangeKind.None, inDefault.Foresee(nowhere, _ => true).Kind);
    }

    [Fact]
    public async Task An_attachment_without_any_table_is_absent_and_its_creation_may_be_repeated()
    {
        var aws = Tables(null);
        var resource = aws.The<VpcAttachmentRouting>();
        Assert.Null(await resource.Observe(Known, Now));
        await resource.Create(resource.Derive(Known), Now);
        Assert.Equal(["ec2:AssociateTransitGatewayRouteTable", "ec2:EnableTransitGatewayRouteTablePropagation"],
            aws.Writes);

        var again = new FakeAws().Ec2Error("AssociateTransitGatewayRouteTable", "Resource.AlreadyAssociated")
            .Ec2Error("EnableTransitGatewayRouteTablePropagation", "TransitGatewayRouteTablePropagation.Duplicate");
        await again.The<VpcAttachmentRouting>().Create(resource.Derive(Known), Now);
    }

    [Fact]
    public async Task Deleting_the_place_of_an_attachment_takes_it_out_of_all_tables()
    {
        var aws = Tables("rtb-workload", "associated", "rtb-workload");
        var resource = aws.The<VpcAttachmentRouting>();
        await resource.Delete((await resource.Observe(Known, Now))!, Now);
        Assert.Equal(["ec2:DisableTransitGatewayRouteTablePropagation", "ec2:DisassociateTransitGatewayRouteTable"],
            aws.Writes);

        var leaving = Tables("rtb-workload", "disassociating").The<VpcAttachmentRouting>();
        Assert.True((await leaving.Look(Known, Now))!.IsLeaving);
    }

    [Fact]
    public async Task An_attachment_moves_to_its_table_in_two_calls_that_are_asked_until_it_has_left()
    {
        var before = Tables("rtb-workload", "associated", "rtb-workload");
        var resource = before.The<DxAttachmentRouting>();
        var (desired, seen) =
            (resource.Derive(Known), (await resource.Observe(Known, Now))!);
        var busy = await Assert.ThrowsAsync<CloudError>(() => resource.Update(desired, seen, Now));
        Assert.Equal(CloudErrorKind.Busy, busy.Kind);
        // What closes comes first.
        Assert.Equal(["ec2:DisableTransitGatewayRouteTablePropagation", "ec2:DisassociateTransitGatewayRouteTable"],
            before.Writes);

        var leaving = Tables("rtb-workload", "disassociating");
        await Assert.ThrowsAsync<CloudError>(() => leaving.The<DxAttachmentRouting>()
            .Update(desired, seen, Now));
        Assert.Equal(["ec2:DisableTransitGatewayRouteTablePropagation"], leaving.Writes);

        var left = Tables(null);
        await left.The<DxAttachmentRouting>().Update(desired, seen, Now);
        Assert.Equal(["ec2:DisableTransitGatewayRouteTablePropagation", "ec2:AssociateTransitGatewayRouteTable"],
            left.Writes);
        Assert.Equal("rtb-transport", left.Sent[^1].Form["TransitGatewayRouteTableId"]);
    }

    // --- the fallback of mode auto

    private static FakeAws TunnelWorld(string first, string second, params string[] propagations) =>
        Tables("rtb-transport", "associated", propagations)
        .Ec2("DescribeVpnConnections", $"""
            <vpnConnectionSet><item><vpnConnectionId>vpn-1</vpnConnectionId><state>available</state><options><tunnelOptionSet>
            <item><outsideIpAddress>10.254.1.18</outsideIpAddress><tunnelInsideCidr>169.254.21.0/30</tunnelInsideCidr></item>
            <item><outsideIpAddress>10.254.1.80</outsideIpAddress><tunnelInsideCidr>169.254.22.0/30</tunnelInsideCidr></item></tunnelOptionSet></options>
            <vgwTelemetry><item><outsideIpAddress>10.254.1.80</outsideIpAddress><status>{second}</status><acceptedRouteCount>1</acceptedRouteCount></item>
            <item><outsideIpAddress>10.254.1.18</outsideIpAddress><status>{first}</status><acceptedRouteCount>1</acceptedRouteCount></item></vgwTelemetry></item></vpnConnectionSet>
            """);

    [Theory]
    [InlineData("auto", 10, "DOWN", "DOWN", "", true, "both stayed down for ten minutes")]
    [InlineData("auto", 9, "DOWN", "DOWN", "", false, "too early")]
    [InlineData("auto", 10, "UP", "DOWN", "", false, "isolation cannot be what keeps only one down")]
    [InlineData("auto", 10, "DOWN", "DOWN", "rtb-workload", false, "it fell back already")]
    [InlineData("isolated", 30, "DOWN", "DOWN", "", false, "the user wants it isolated, come what may")]
    public async Task Mode_auto_falls_back_once(string mode, int minutes, string first, string second,
        string propagation, bool falls, string reason)
    {
        var design = Guide.With(aws => aws with { TransitGateway = new() { Isolation = mode } });
        var aws = TunnelWorld(first, second, propagation.Split(',', StringSplitOptions.RemoveEmptyEntries));
        var known = Known.With("aws/vpn-connection",
            new Ec2VpnConnection { Id = "vpn-1", State = "available", Tunnels = [], Telemetry = [], Tags = NoTags });
        var note = await aws.The<Tunnels>(design).WhileWaiting(known, TimeSpan.FromMinutes(minutes), Now);
        Assert.True(falls == (note is not null), reason);
        // The tag tells the propagation from somebody's mistake, and is there first.
        Assert.Equal(falls ? ["ec2:CreateTags", "ec2:EnableTransitGatewayRouteTablePropagation"] : [], aws.Writes);
        if (falls)
        {
            Assert.Equal(("rtb-workload", "tgw-attach-1"),
                (aws.Sent[^1].Form["TransitGatewayRouteTableId"], aws.Sent[^1].Form["TransitGatewayAttachmentId"]));
        }
    }

    [Fact]
    public async Task The_tunnels_are_ready_when_both_are_up_with_routes()
    {
        var known = Known.With("aws/vpn-connection",
            new Ec2VpnConnection { Id = "vpn-1", State = "available", Tunnels = [], Telemetry = [], Tags = NoTags });
        async Task<bool> Ready(string first, string second)
        {
            var resource = TunnelWorld(first, second).The<Tunnels>();
            return resource.IsReady((await resource.Observe(known, Now))!);
        }
        Assert.True(await Ready("UP", "UP"));
        Assert.False(await Ready("UP", "DOWN"));
    }

    // --- VPC routes

    private static string Route(string destination, string target, string state = "active") =>
        $"<item><destinationCidrBlock>{destination}</destinationCidrBlock>{target}<state>{state}</state></item>";

    private const string Tgw = "<transitGatewayId>tgw-1</transitGatewayId>";

    private static FakeAws VpcTables(string routes) => new FakeAws().Ec2("DescribeRouteTables", $"""
        <routeTableSet><item><routeTableId>rtb-1</routeTableId><vpcId>vpc-1</vpcId><associationSet><item><main>true</main></item></associationSet>
        <routeSet>{Route("10.1.0.0/16", "<gatewayId>local</gatewayId>")}{routes}</routeSet></item></routeTableSet>
        """).Ec2("CreateRoute").Ec2("DeleteRoute");

    private static async Task<Change?> CompareRoutes(FakeAws aws, NetworkDesign? design = null)
    {
        var resource = aws.The<VpcRoutes>(design);
        return await resource.Observe(Known, Now) is { } seen
            ? resource.Compare(resource.Derive(Known), seen) : null;
    }

    [Fact]
    public async Task The_vpc_reaches_every_vnet_prefix_by_the_transit_gateway()
    {
        var aws = VpcTables("");
        Assert.Null(await CompareRoutes(aws));
        var resource = aws.The<VpcRoutes>();
        await resource.Create(resource.Derive(Known), Now);
        var sent = aws.Sent[^1].Form;
        Assert.Equal(("CreateRoute", "rtb-1", "10.2.0.0/16", "tgw-1"),
            (sent["Action"], sent["RouteTableId"], sent["DestinationCidrBlock"], sent["TransitGatewayId"]));
        Assert.Equal(ChangeKind.None, (await CompareRoutes(VpcTables(Route("10.2.0.0/16", Tgw))))!.Kind);
    }

    [Fact]
    public async Task A_route_of_somebody_else_is_in_the_way_and_stays()
    {
        var aws = VpcTables(Route("10.2.0.0/16", "<vpcPeeringConnectionId>pcx-1</vpcPeeringConnectionId>"));
        var resource = aws.The<VpcRoutes>();
        Assert.Null(await resource.Observe(Known, Now));
        var error = await Assert.ThrowsAsync<CloudError>(() =>
            resource.Create(resource.Derive(Known), Now));
        Assert.Equal(CloudErrorKind.Invalid, error.Kind);
        Assert.Contains("pcx-1", error.Message, StringComparison.Ordinal);
        Assert.Empty(aws.Writes);
    }

    [Fact]
    public async Task A_route_that_is_no_longer_wanted_is_removed_unless_the_transit_gateway_serves_others_too()
    {
        var aws = VpcTables(Route("10.2.0.0/16", Tgw) + Route("10.77.0.0/16", Tgw));
        var resource = aws.The<VpcRoutes>();
        var seen = (await resource.Observe(Known, Now))!;
        Assert.Equal(ChangeKind.InPlace, resource.Compare(resource.Derive(Known), seen).Kind);
        await resource.Update(resource.Derive(Known), seen, Now);
        Assert.Equal(["ec2:DeleteRoute"], aws.Writes);
        Assert.Equal("10.77.0.0/16", aws.Sent[^1].Form["DestinationCidrBlock"]);

        var existing = Guide.With(spec => spec with { TransitGateway = new() { Id = "tgw-1" } });
        Assert.Equal(ChangeKind.None, (await CompareRoutes(aws, existing))!.Kind);
    }

    [Fact]
    public void The_routes_come_last_behind_all_locks_and_the_tunnels()
    {
        var resource = new FakeAws().The<VpcRoutes>();
        Assert.Equal(Locks.All, resource.GuardedBy);
        Assert.Contains(Tunnels.Ref, resource.After);
        Assert.Contains("megaport/azure-filters", resource.After.Select(other => other.Id));
    }
}
