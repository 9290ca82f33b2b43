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
        ["association.gateway-id"] = (_, t) => t.GatewayIds,
        ["association.route-table-association-id"] = (_, t) => Associations(t).Select(a => a.Id),
        ["association.route-table-id"] = (_, t) => Associations(t).Select(_ => t.Id),
        ["association.subnet-id"] = (_, t) => t.SubnetIds,
        ["association.main"] = (_, t) => Associations(t).Select(a => a.Main ? "true" : "false"),
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["route-table-id"] = (_, t) => [t.Id],
        ["route.destination-cidr-block"] = (call, t) =>
            [.. LocalBlocks(call, t), .. t.Routes.Select(r => r.Destination)],
        ["route.destination-ipv6-cidr-block"] = (_, t) => t.Routes.Select(r => r.Destination).Where(Cidr.IsIpv6),
        ["route.destination-prefix-list-id"] = (_, t) =>
            t.Routes.Where(r => r.ByPrefixList).Select(r => r.Destination),
        ["route.gateway-id"] = (_, t) => ["local", .. Targets(t, "gatewayId")],
        ["route.nat-gateway-id"] = (_, t) => Targets(t, "natGatewayId"),
        ["route.transit-gateway-id"] = (_, t) => Targets(t, "transitGatewayId"),
        ["route.origin"] = (_, t) => ["CreateRouteTable", .. t.Routes.Select(_ => "CreateRoute")],
        ["route.state"] = (call, t) => ["active", .. t.Routes.Select(r => call.State.StateOf(t, r))],
        ["route.vpc-peering-connection-id"] = (_, t) => Targets(t, "vpcPeeringConnectionId"),
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

    /// <summary>Associations have no object of their own here: their ids follow from whom they serve.</summary>
    public static string AssociationId(string owner) => $"rtbassoc-{owner.Split('-')[^1]}";

    /// <summary>The member that names a target, by the kind in its id.</summary>
    private static string MemberOf(string target) => target[..(target.IndexOf('-') + 1)] switch
    {
        "tgw-" => "transitGatewayId",
        "nat-" => "natGatewayId",
        "pcx-" => "vpcPeeringConnectionId",
        "eni-" => "networkInterfaceId",
        _ => "gatewayId",
    };

    private static IEnumerable<string> Targets(VpcRouteTable table, string member) =>
        table.Routes.Select(route => route.TargetId).Where(target => MemberOf(target) == member);

    private static IEnumerable<(string Id, string? SubnetId, string? GatewayId, bool Main)> Associations(
        VpcRouteTable table) =>
    [
        .. table.Main ? [(AssociationId(table.Id), null, null, true)] : Array.Empty<(string, string?, string?, bool)>(),
        .. table.SubnetIds.Select(id => (AssociationId(id), (string?)id, (string?)null, false)),
        .. table.GatewayIds.Select(id => (AssociationId(id), (string?)null, (string?)id, false)),
    ];

    public static XElement Element(Ec2Call call, VpcRouteTable table, string name = "item") => Group(name,
        Text("routeTableId", table.Id),
        Text("vpcId", table.VpcId),
        Text("ownerId", call.State.CallerAccount),
        Set("routeSet",
        [
            .. LocalBlocks(call, table).Select(block => Item(
                Text("destinationCidrBlock", block), Text("gatewayId", "local"), Text("state", "active"),
                Text("origin", "CreateRouteTable"))),
            .. table.Routes.Select(route => Item(
                Text(Destination(route), route.Destination),
                Text(MemberOf(route.TargetId), route.TargetId),
                Text("state", call.State.StateOf(table, route)),
                Text("origin", "CreateRoute"))),
            .. call.State.PropagatedInto(table).Select(route => Item(
                Text("destinationCidrBlock", route.Cidr), Text("gatewayId", route.GatewayId), Text("state", "active"),
                Text("origin", "EnableVgwRoutePropagation"))),
        ]),
        Set("associationSet", Associations(table).Select(association => Item(
            Text("routeTableAssociationId", association.Id),
            Text("routeTableId", table.Id),
            Text("subnetId", association.SubnetId),
            Text("gatewayId", association.GatewayId),
            Flag("main", association.Main),
            Group("associationState", Text("state", "associated"))))),
        Set("propagatingVgwSet", table.PropagatingVgws.Select(id => Item(Text("gatewayId", id)))),
        Tags(table.Tags));

    private static string Destination(VpcRoute route) => route.ByPrefixList ? "destinationPrefixListId"
        : Cidr.IsIpv6(route.Destination) ? "destinationIpv6CidrBlock"
        : "destinationCidrBlock";
}
