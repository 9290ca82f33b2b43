using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Transit gateway route tables.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayRouteTable.html</remarks>
internal static class RouteTableCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayRouteTable", "*TransitGatewayId" + Ec2Operation.TagSpecifications, Create),
        new("DescribeTransitGatewayRouteTables",
            "TransitGatewayRouteTableIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("DeleteTransitGatewayRouteTable", "*TransitGatewayRouteTableId", Delete),
    ];

    private static readonly Ec2Filters<TransitGatewayRouteTable> Filters = new(t => t.Tags)
    {
        ["default-association-route-table"] = (call, t) => [Word(IsDefaultAssociation(call, t))],
        ["default-propagation-route-table"] = (call, t) => [Word(IsDefaultPropagation(call, t))],
        ["state"] = (_, t) => [t.State],
        ["transit-gateway-id"] = (_, t) => [t.TransitGatewayId],
        ["transit-gateway-route-table-id"] = (_, t) => [t.Id],
    };

    /// <summary>A new table. One that comes with its transit gateway is there at once.</summary>
    public static TransitGatewayRouteTable Make(Ec2Call call, TransitGateway gateway, Dictionary<string, string> tags)
    {
        var table = new TransitGatewayRouteTable
        {
            Id = call.State.NewId(call.World, "tgw-rtb-", $"{gateway.Id}/{tags.GetValueOrDefault("Name")}"),
            Region = call.Region,
            State = "available",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            TransitGatewayId = gateway.Id,
            Tags = tags,
        };
        call.State.RouteTables.Add(table);
        return table;
    }

    public static TransitGatewayRouteTable Named(Ec2Call call) =>
        call.Find(call.State.RouteTables, call.Parameters.Required("TransitGatewayRouteTableId"),
            Ec2Id.TransitGatewayRouteTable);

    /// <summary>A table that can be changed.</summary>
    public static TransitGatewayRouteTable Available(Ec2Call call) =>
        Named(call) is var table && table.State == "available"
            ? table
            : throw AwsRefusal.State($"{table.Id} is in invalid state.");

    /// <summary>An attachment of the table's own transit gateway, able to carry routes.</summary>
    public static TransitGatewayAttachment Attachment(Ec2Call call, TransitGatewayRouteTable table)
    {
        var attachment = call.Find(
            call.State.Attachments, call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.Attachment);
        if (attachment.TransitGatewayId != table.TransitGatewayId)
        {
            throw AwsRefusal.Value(attachment.Id, "TransitGatewayAttachmentId");
        }
        return attachment.IsUsable ? attachment : throw AwsRefusal.State($"{attachment.Id} is in invalid state.");
    }

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecifications", "transit-gateway-route-table");
        var gateway = call.Find(call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"),
            Ec2Id.TransitGateway);
        if (gateway.State != "available")
        {
            throw AwsRefusal.State($"{gateway.Id} is in invalid state.");
        }
        if (call.State.RouteTables.Count(t => t.TransitGatewayId == gateway.Id)
            >= AwsLimits.RouteTablesPerTransitGateway)
        {
            throw AwsRefusal.Ec2("TransitGatewayRouteTableLimitExceeded",
                $"{gateway.Id} has the maximum number of route tables.");
        }
        var table = Make(call, gateway, tags);
        table.State = "pending";
        call.World.Then(table, call.World.Take(Durations.RouteTableCreate, table.Id), "available");
        return [Element(call, table, withTags: true)];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(call.State.RouteTables, "TransitGatewayRouteTableIds", Ec2Id.TransitGatewayRouteTable)));
        return
        [
            Set("transitGatewayRouteTables", items.Select(t => Element(call, t, withTags: true, "item"))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var table = Named(call);
        if (IsDefaultAssociation(call, table))
        {
            throw AwsRefusal.State(
                $"{table.Id} is set as default association route table for {table.TransitGatewayId}");
        }
        if (IsDefaultPropagation(call, table))
        {
            throw AwsRefusal.State(
                $"{table.Id} is set as default propagation route table for {table.TransitGatewayId}");
        }
        if (call.State.RouteTableAssociations.Any(a => a.RouteTableId == table.Id))
        {
            throw AwsRefusal.State($"Transit Gateway Route Table {table.Id} has associated attachments");
        }
        if (table.State == "deleting")
        {
            throw AwsRefusal.State($"{table.Id} is in invalid state.");
        }
        table.Propagations.Clear();
        table.StaticRoutes.Clear();
        call.World.Enter(table, "deleting");
        call.World.Then(table, call.World.Take(Durations.RouteTableDelete, table.Id), Transition.Gone);
        return [Element(call, table, withTags: false)];
    }

    private static bool IsDefaultAssociation(Ec2Call call, TransitGatewayRouteTable table) =>
        call.State.TransitGateways.Any(g => g.AssociationDefaultRouteTableId == table.Id);

    private static bool IsDefaultPropagation(Ec2Call call, TransitGatewayRouteTable table) =>
        call.State.TransitGateways.Any(g => g.PropagationDefaultRouteTableId == table.Id);

    private static string Word(bool flag) => flag ? "true" : "false";

    private static XElement Element(
        Ec2Call call, TransitGatewayRouteTable table, bool withTags, string name = "transitGatewayRouteTable") =>
            Group(name,
        Text("transitGatewayRouteTableId", table.Id),
        Text("transitGatewayId", table.TransitGatewayId),
        Text("state", table.State),
        Flag("defaultAssociationRouteTable", IsDefaultAssociation(call, table)),
        Flag("defaultPropagationRouteTable", IsDefaultPropagation(call, table)),
        Time("creationTime", table.CreatedAt),
        withTags ? Tags(table.Tags) : null);
}
