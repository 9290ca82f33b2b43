using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Which attachments tell a transit gateway route table their routes. It is what lock d keeps apart.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableTransitGatewayRouteTablePropagation.html</remarks>
internal static class PropagationCalls
{
    private const string Both =
        "*TransitGatewayRouteTableId TransitGatewayAttachmentId TransitGatewayRouteTableAnnouncementId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("EnableTransitGatewayRouteTablePropagation", Both, Enable),
        new("DisableTransitGatewayRouteTablePropagation", Both, Disable),
        new("GetTransitGatewayRouteTablePropagations",
            "*TransitGatewayRouteTableId" + Ec2Operation.Filters + Ec2Operation.Page, OfTable),
        new("GetTransitGatewayAttachmentPropagations",
            "*TransitGatewayAttachmentId" + Ec2Operation.Filters + Ec2Operation.Page, OfAttachment),
    ];

    private static readonly Ec2Filters<TransitGatewayAttachment> TableFilters = new()
    {
        ["resource-id"] = (_, a) => [a.ResourceId],
        ["resource-type"] = (_, a) => [a.ResourceType],
        ["transit-gateway-attachment-id"] = (_, a) => [a.Id],
    };

    private static readonly Ec2Filters<TransitGatewayRouteTable> AttachmentFilters = new()
    {
        ["transit-gateway-route-table-id"] = (_, t) => [t.Id],
    };

    private static IEnumerable<XElement?> Enable(Ec2Call call)
    {
        RefuseAnnouncements(call);
        var table = RouteTableCalls.Available(call);
        var attachment = RouteTableCalls.Attachment(call, table);
        if (table.Propagations.Contains(attachment.Id))
        {
            throw AwsRefusal.Ec2("TransitGatewayRouteTablePropagation.Duplicate",
                $"Propagation {attachment.Id} already exists in Transit Gateway Route Table {table.Id}.");
        }
        table.Propagations.Add(attachment.Id);
        return [Reply(table, attachment, "enabled")];
    }

    private static IEnumerable<XElement?> Disable(Ec2Call call)
    {
        RefuseAnnouncements(call);
        var table = RouteTableCalls.Available(call);
        var attachment = call.Find(
            call.State.Attachments, call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.Attachment);
        return table.Propagations.Remove(attachment.Id)
            ? [Reply(table, attachment, "disabled")]
            : throw AwsRefusal.Ec2("TransitGatewayRouteTablePropagation.NotFound",
                $"Propagation {attachment.Id} does not exist in Transit Gateway Route Table {table.Id}.");
    }

    private static IEnumerable<XElement?> OfTable(Ec2Call call)
    {
        var table = RouteTableCalls.Named(call);
        var (items, next) = call.Page(
            TableFilters.Apply(call, call.State.Attachments.Where(a => table.Propagations.Contains(a.Id))));
        return
        [
            Set("transitGatewayRouteTablePropagations", items.Select(a => Item(
                Text("transitGatewayAttachmentId", a.Id), Text("resourceId", a.ResourceId),
                Text("resourceType", a.ResourceType), Text("state", "enabled")))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> OfAttachment(Ec2Call call)
    {
        var attachment = call.Find(
            call.State.Attachments, call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.Attachment);
        var (items, next) = call.Page(
            AttachmentFilters.Apply(call, call.Here(call.State.RouteTables)
                .Where(t => t.Propagations.Contains(attachment.Id))));
        return
        [
            Set("transitGatewayAttachmentPropagations", items.Select(t => Item(
                Text("transitGatewayRouteTableId", t.Id), Text("state", "enabled")))),
            Text("nextToken", next),
        ];
    }

    /// <summary>Announcements belong to peering between transit gateways, of which this account has none.</summary>
    private static void RefuseAnnouncements(Ec2Call call)
    {
        if (call.Parameters.Text("TransitGatewayRouteTableAnnouncementId") is { } id)
        {
            throw AwsRefusal.Ec2("InvalidTransitGatewayRouteTableAnnouncementId.NotFound",
                $"Transit Gateway Route Table Announcement {id} was deleted or does not exist.");
        }
    }

    private static XElement Reply(TransitGatewayRouteTable table, TransitGatewayAttachment attachment, string state) =>
        Group("propagation",
            Text("transitGatewayAttachmentId", attachment.Id),
            Text("resourceId", attachment.ResourceId),
            Text("resourceType", attachment.ResourceType),
            Text("transitGatewayRouteTableId", table.Id),
            Text("state", state));
}
