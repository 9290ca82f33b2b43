using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Route tables of VPCs.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRouteTables.html</remarks>
internal static class VpcRouteTableCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeRouteTables", "RouteTableId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
    ];

    private static readonly Ec2Filters<VpcRouteTable> Filters = new(t => t.Tags)
    {
        ["association.gateway-id"] = (_, _) => [],
        ["association.route-table-association-id"] = (_, t) => Associations(t).Select(a => a.Id),
        ["association.route-table-id"] = (_, t) => Associations(t).Select(_ => t.Id),
        ["association.subnet-id"] = (_, t) => t.SubnetIds,
        ["association.main"] = (_, t) => Associations(t).Select(a => a.SubnetId is null ? "true" : "false"),
        ["owner-id"] = (call, _) => [call.State.Account],
        ["route-table-id"] = (_, t) => [t.Id],
        ["route.destination-cidr-block"] = (call, t) =>
            [.. LocalBlocks(call, t), .. t.Routes.Select(r => r.Destination)],
        ["route.destination-ipv6-cidr-block"] = (_, t) => t.Routes.Select(r => r.Destination).Where(Cidr.IsIpv6),
        ["route.destination-prefix-list-id"] = (_, _) => [],
        ["route.gateway-id"] = (_, _) => ["local"],
        ["route.nat-gateway-id"] = (_, _) => [],
        ["route.transit-gateway-id"] = (_, t) => t.Routes.Select(r => r.TransitGatewayId),
        ["route.origin"] = (_, t) => ["CreateRouteTable", .. t.Routes.Select(_ => "CreateRoute")],
        ["route.state"] = (call, t) => ["active", .. t.Routes.Select(r => call.State.StateOf(t, r))],
        ["route.vpc-peering-connection-id"] = (_, _) => [],
        ["vpc-id"] = (_, t) => [t.VpcId],
    };

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(
            Filters.Apply(call, call.Listed(call.State.VpcRouteTables, "RouteTableId", Ec2Id.RouteTable)), most: 100,
            idList: "RouteTableId");
        return [Set("routeTableSet", items.Select(t => Element(call, t))), Text("nextToken", next)];
    }

    /// <summary>The VPC's own blocks: every table delivers them locally.</summary>
    public static IEnumerable<string> LocalBlocks(Ec2Call call, VpcRouteTable table) =>
        call.State.Vpcs.FirstOrDefault(v => v.Id == table.VpcId)?.Cidrs ?? [];

    private static IEnumerable<(string Id, string? SubnetId)> Associations(VpcRouteTable table)
    {
        if (table.Main)
        {
            yield return ($"rtbassoc-{table.Id.Split('-')[^1]}", null);
        }
        foreach (var subnet in table.SubnetIds)
        {
            yield return ($"rtbassoc-{subnet.Split('-')[^1]}", subnet);
        }
    }

    private static XElement Element(Ec2Call call, VpcRouteTable table) => Item(
        Text("routeTableId", table.Id),
        Text("vpcId", table.VpcId),
        Text("ownerId", call.State.Account),
        Set("routeSet",
        [
            .. LocalBlocks(call, table).Select(block => Item(
                Text("destinationCidrBlock", block), Text("gatewayId", "local"), Text("state", "active"),
                Text("origin", "CreateRouteTable"))),
            .. table.Routes.Select(route => Item(
                Text(Cidr.IsIpv6(route.Destination) ? "destinationIpv6CidrBlock" : "destinationCidrBlock",
                    route.Destination),
                Text("transitGatewayId", route.TransitGatewayId), Text("state", call.State.StateOf(table, route)),
                Text("origin", "CreateRoute"))),
        ]),
        Set("associationSet", Associations(table).Select(association => Item(
            Text("routeTableAssociationId", association.Id),
            Text("routeTableId", table.Id),
            Text("subnetId", association.SubnetId),
            Flag("main", association.SubnetId is null),
            Group("associationState", Text("state", "associated"))))),
        Set("propagatingVgwSet", []),
        Tags(table.Tags));
}
