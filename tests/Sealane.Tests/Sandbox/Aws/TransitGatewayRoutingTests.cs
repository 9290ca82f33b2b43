using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Transit gateway route tables: associations, propagations, static routes and the search.</summary>
public class TransitGatewayRoutingTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_table_is_made_and_deleted()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var reply = _aws.Ec2("CreateTransitGatewayRouteTable", $"TransitGatewayId={gateway}");
        var table = reply.Need("transitGatewayRouteTable/transitGatewayRouteTableId");
        Assert.Equal("pending", reply.Text("transitGatewayRouteTable/state"));
        Assert.Equal("false", reply.Text("transitGatewayRouteTable/defaultAssociationRouteTable"));
        await _aws.Wait(1);
        Assert.Single(_aws.Ec2("DescribeTransitGatewayRouteTables",
            $"Filter.1.Name=default-association-route-table&Filter.1.Value.1=false&Filter.2.Name=state&Filter.2.Value.1=available&Filter.3.Name=transit-gateway-id&Filter.3.Value.1={gateway}")
            .All("transitGatewayRouteTables/item"));
        Assert.Equal("deleting", _aws.Ec2("DeleteTransitGatewayRouteTable", $"TransitGatewayRouteTableId={table}")
            .Text("transitGatewayRouteTable/state"));
        await _aws.Wait(1);
        Assert.Equal("InvalidRouteTableID.NotFound",
            _aws.Ec2("DescribeTransitGatewayRouteTables", $"TransitGatewayRouteTableIds.1={table}").Code);
        Assert.Equal("InvalidRouteTableId.Malformed",
            _aws.Ec2("DescribeTransitGatewayRouteTables", "TransitGatewayRouteTableIds.1=tgw-rtb-x").Code);
    }

    [Fact]
    public async Task An_attachment_is_associated_with_one_table_at_most()
    {
        var (table, attachment) = await TableAndAttachment();
        var both = $"TransitGatewayRouteTableId={table}&TransitGatewayAttachmentId={attachment}";
        var reply = _aws.Ec2("AssociateTransitGatewayRouteTable", both);
        Assert.Equal(("associating", AwsBench.Vpc),
            (reply.Text("association/state"), reply.Text("association/resourceId")));
        Assert.Equal("Resource.AlreadyAssociated", _aws.Ec2("AssociateTransitGatewayRouteTable", both).Code);
        Assert.Equal("IncorrectState", _aws.Ec2("DisassociateTransitGatewayRouteTable", both).Code);
        await _aws.Wait(2);
        var listed = _aws.Ec2("GetTransitGatewayRouteTableAssociations",
            $"TransitGatewayRouteTableId={table}&Filter.1.Name=resource-type&Filter.1.Value.1=vpc");
        Assert.Equal("associated", listed.Need("associations/item/state"));
        Assert.Null(listed.Text("associations/item/transitGatewayRouteTableId"));
        Assert.Equal(table, _aws.State.AssociatedTable(attachment)!.Id);

        Assert.Equal("IncorrectState",
            _aws.Ec2("DeleteTransitGatewayRouteTable", $"TransitGatewayRouteTableId={table}").Code);
        Assert.Equal("disassociating",
            _aws.Ec2("DisassociateTransitGatewayRouteTable", both).Text("association/state"));
        await _aws.Wait(2);
        Assert.Empty(_aws.Ec2("GetTransitGatewayRouteTableAssociations", $"TransitGatewayRouteTableId={table}")
            .All("associations/item"));
        Assert.Equal("InvalidparameterValue", _aws.Ec2("DisassociateTransitGatewayRouteTable", both).Code);
        Assert.Equal(200, _aws.Ec2("DeleteTransitGatewayRouteTable", $"TransitGatewayRouteTableId={table}").Status);
    }

    [Fact]
    public async Task A_propagation_is_enabled_once_and_disabled_once()
    {
        var (table, attachment) = await TableAndAttachment();
        var both = $"TransitGatewayRouteTableId={table}&TransitGatewayAttachmentId={attachment}";
        Assert.Equal("enabled", _aws.Ec2("EnableTransitGatewayRouteTablePropagation", both).Text("propagation/state"));
        var again = _aws.Ec2("EnableTransitGatewayRouteTablePropagation", both);
        Assert.Equal(("TransitGatewayRouteTablePropagation.Duplicate",
            $"Propagation {attachment} already exists in Transit Gateway Route Table {table}."),
            (again.Code, again.Message));
        Assert.Equal("enabled", _aws.Ec2("GetTransitGatewayRouteTablePropagations",
            $"TransitGatewayRouteTableId={table}&Filter.1.Name=resource-id&Filter.1.Value.1={AwsBench.Vpc}")
                .Need("transitGatewayRouteTablePropagations/item/state"));
        Assert.Equal(table, _aws.Ec2("GetTransitGatewayAttachmentPropagations",
            $"TransitGatewayAttachmentId={attachment}")
                .Need("transitGatewayAttachmentPropagations/item/transitGatewayRouteTableId"));
        Assert.Equal("disabled",
            _aws.Ec2("DisableTransitGatewayRouteTablePropagation", both).Text("propagation/state"));
        Assert.Equal("TransitGatewayRouteTablePropagation.NotFound",
            _aws.Ec2("DisableTransitGatewayRouteTablePropagation", both).Code);
        Assert.Empty(_aws.State.RouteTables.Single().Propagations);
    }

    [Fact]
    public async Task Attachments_join_the_default_table_when_they_become_available()
    {
        var gateway = _aws.Ec2("CreateTransitGateway").Need("transitGateway/transitGatewayId");
        await _aws.Wait(2);
        var attachment = await AwsLink.VpcAttachment(_aws, gateway);
        var table = _aws.State.RouteTables.Single();
        Assert.Equal([attachment], table.Propagations);
        Assert.Equal(table.Id, _aws.State.AssociatedTable(attachment)!.Id);
        Assert.Equal("Resource.AlreadyAssociated", _aws.Ec2("AssociateTransitGatewayRouteTable",
            $"TransitGatewayRouteTableId={table.Id}&TransitGatewayAttachmentId={attachment}").Code);
    }

    [Fact]
    public async Task Static_routes_are_made_replaced_and_left_behind_as_blackholes()
    {
        var (table, attachment) = await TableAndAttachment();
        string Route(string cidr, string more) =>
            $"TransitGatewayRouteTableId={table}&DestinationCidrBlock={cidr}{more}";
        var to = $"&TransitGatewayAttachmentId={attachment}";
        var made = _aws.Ec2("CreateTransitGatewayRoute", Route("10.9.0.0/16", to));
        Assert.Equal(("static", "active", attachment), (made.Text("route/type"), made.Text("route/state"),
            made.Text("route/transitGatewayAttachments/item/transitGatewayAttachmentId")));
        Assert.Equal("RouteAlreadyExists", _aws.Ec2("CreateTransitGatewayRoute", Route("10.9.0.0/16", to)).Code);
        Assert.Equal("blackhole",
            _aws.Ec2("ReplaceTransitGatewayRoute", Route("10.8.0.0/16", "&Blackhole=true")).Text("route/state"));
        Assert.Equal("InvalidParameterCombination",
            _aws.Ec2("CreateTransitGatewayRoute", Route("10.7.0.0/16", to + "&Blackhole=true")).Code);
        Assert.Equal("MissingParameter", _aws.Ec2("CreateTransitGatewayRoute", Route("10.7.0.0/16", "")).Code);
        Assert.Equal("InvalidRoute.NotFound", _aws.Ec2("DeleteTransitGatewayRoute", Route("10.7.0.0/16", "")).Code);
        Assert.Equal("deleted", _aws.Ec2("DeleteTransitGatewayRoute", Route("10.8.0.0/16", "")).Text("route/state"));
        _ = _aws.Ec2("EnableTransitGatewayRouteTablePropagation", $"TransitGatewayRouteTableId={table}{to}")
            .Need("propagation");

        _ = _aws.Ec2("DeleteTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={attachment}")
            .Need("transitGatewayVpcAttachment");
        await _aws.Wait(3);
        var left = _aws.State.RouteTables.Single();
        Assert.True(Assert.Single(left.StaticRoutes).Blackhole);
        Assert.Empty(left.Propagations);
    }

    [Theory]
    [InlineData("type", "propagated", "10.2.0.0/16 10.2.0.6/32 0.0.0.0/0")]
    [InlineData("type", "static", "10.9.0.0/16")]
    [InlineData("state", "blackhole", "10.9.0.0/16")]
    [InlineData("route-search.exact-match", "10.2.0.0/16", "10.2.0.0/16")]
    [InlineData("route-search.exact-match", "10.2.0.0", "")]
    [InlineData("route-search.subnet-of-match", "10.0.0.0/8", "10.2.0.0/16 10.2.0.6/32 10.9.0.0/16")]
    [InlineData("route-search.supernet-of-match", "10.2.0.0/24", "0.0.0.0/0 10.2.0.0/16")]
    [InlineData("route-search.longest-prefix-match", "10.2.0.6", "10.2.0.6/32")]
    [InlineData("route-search.longest-prefix-match", "10.2.0.7", "10.2.0.0/16")]
    [InlineData("route-search.longest-prefix-match", "10.2.0.7/32", "")]
    [InlineData("attachment.resource-type", "direct-connect-gateway", "0.0.0.0/0 10.2.0.6/32")]
    [InlineData("attachment.resource-type", "vpn", "10.2.0.0/16")]
    [InlineData("prefix-list-id", "pl-1", "")]
    public async Task The_search_finds_by_every_filter(string filter, string value, string expected)
    {
        var link = await AwsLink.Vpn(_aws);
        var table = await AwsLink.RouteTable(_aws, link.TransitGateway, "workload");
        Stage(table, link.Transport, _aws.State.VpnConnections.Single().AttachmentId);
        var reply = _aws.Ec2("SearchTransitGatewayRoutes",
            $"TransitGatewayRouteTableId={table}&Filter.1.Name={filter}&Filter.1.Value.1={value}");
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            reply.All("routeSet/item/destinationCidrBlock").Order());
        Assert.Equal("false", reply.Need("additionalRoutesAvailable"));
    }

    [Fact]
    public async Task The_search_shows_who_a_route_leads_to_and_a_blackhole_leads_nowhere()
    {
        var link = await AwsLink.Vpn(_aws);
        var table = await AwsLink.RouteTable(_aws, link.TransitGateway, "workload");
        Stage(table, link.Transport, _aws.State.VpnConnections.Single().AttachmentId);
        string Search(string parameters) => $"TransitGatewayRouteTableId={table}&{parameters}";
        var vpn = _aws.Ec2("SearchTransitGatewayRoutes",
            Search($"Filter.1.Name=attachment.resource-id&Filter.1.Value.1={link.Vpn}"));
        Assert.Equal(link.Vpn, vpn.Need("routeSet/item/transitGatewayAttachments/item/resourceId"));
        Assert.Equal("vpn", vpn.Need("routeSet/item/transitGatewayAttachments/item/resourceType"));
        var hole = _aws.Ec2("SearchTransitGatewayRoutes", Search("Filter.1.Name=state&Filter.1.Value.1=blackhole"));
        Assert.Null(hole.Root.Element("routeSet")!.Element("item")!.Element("transitGatewayAttachments"));
        var unknown = _aws.Ec2("SearchTransitGatewayRoutes", Search("Filter.1.Name=colour&Filter.1.Value.1=red"));
        Assert.Equal(("InvalidParameterValue", "Value (colour) for parameter Filter is invalid."),
            (unknown.Code, unknown.Message));
    }

    private void Stage(string table, string transport, string vpn) => _aws.Net.Routes[table] =
    [
        new(Prefix.Parse("10.2.0.0/16"), "propagated", "active", [vpn]),
        new(Prefix.Parse("10.2.0.6/32"), "propagated", "active", [transport]),
        new(Prefix.Parse("0.0.0.0/0"), "propagated", "active", [transport]),
        new TransitGatewayRouteRow(Prefix.Parse("10.9.0.0/16"), "static", "blackhole", []),
    ];

    private async Task<(string Table, string Attachment)> TableAndAttachment()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        return (await AwsLink.RouteTable(_aws, gateway, "workload"), await AwsLink.VpcAttachment(_aws, gateway));
    }
}
