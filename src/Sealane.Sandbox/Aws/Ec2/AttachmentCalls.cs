using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Attachments of every type. The one of the Direct Connect gateway is the transport of the VPN in guide step
/// 17.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeTransitGatewayAttachments.html</remarks>
internal static class AttachmentCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeTransitGatewayAttachments",
            "TransitGatewayAttachmentIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
    ];

    private static readonly Ec2Filters<TransitGatewayAttachment> Filters = new(a => a.Tags)
    {
        ["association.state"] = (call, a) => [call.State.AssociationOf(a.Id)?.State],
        ["association.transit-gateway-route-table-id"] = (call, a) => [call.State.AssociationOf(a.Id)?.RouteTableId],
        ["resource-id"] = (_, a) => [a.ResourceId],
        ["resource-owner-id"] = (call, a) => [a.ResourceOwner ?? call.State.Account],
        ["resource-type"] = (_, a) => [a.ResourceType],
        ["state"] = (_, a) => [a.State],
        ["transit-gateway-attachment-id"] = (_, a) => [a.Id],
        ["transit-gateway-id"] = (_, a) => [a.TransitGatewayId],
        ["transit-gateway-owner-id"] = (call, a) => [call.State.OwnerOf(a.TransitGatewayId)],
    };

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(
            Filters.Apply(call, call.Listed(call.State.Attachments, "TransitGatewayAttachmentIds", Ec2Id.Attachment)));
        return [Set("transitGatewayAttachments", items.Select(a => Element(call, a))), Text("nextToken", next)];
    }

    private static XElement Element(Ec2Call call, TransitGatewayAttachment attachment) => Item(
        Text("transitGatewayAttachmentId", attachment.Id),
        Text("transitGatewayId", attachment.TransitGatewayId),
        Text("transitGatewayOwnerId", call.State.OwnerOf(attachment.TransitGatewayId)),
        Text("resourceOwnerId", attachment.ResourceOwner ?? call.State.Account),
        Text("resourceType", attachment.ResourceType),
        Text("resourceId", attachment.ResourceId),
        Text("state", attachment.State),
        call.State.AssociationOf(attachment.Id) is { } association
                && call.State.OwnerOf(attachment.TransitGatewayId) == call.State.CallerAccount
            ? Group("association", Text("transitGatewayRouteTableId", association.RouteTableId),
                Text("state", association.State))
            : null,
        Time("creationTime", attachment.CreatedAt),
        Tags(attachment.Tags));
}
