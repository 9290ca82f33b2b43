using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Which transit gateway route table an attachment uses: one at most.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateTransitGatewayRouteTable.html</remarks>
internal static class AssociationCalls
{
    private const string Both = "*TransitGatewayRouteTableId *TransitGatewayAttachmentId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("AssociateTransitGatewayRouteTable", Both, Associate),
        new("DisassociateTransitGatewayRouteTable", Both, Disassociate),
        new("GetTransitGatewayRouteTableAssociations",
            "*TransitGatewayRouteTableId" + Ec2Operation.Filters + Ec2Operation.Page, Get),
    ];

    private static readonly Ec2Filters<TransitGatewayRouteTableAssociation> Filters = new()
    {
        ["resource-id"] = (call, a) => [AttachmentOf(call, a)?.ResourceId],
        ["resource-type"] = (call, a) => [AttachmentOf(call, a)?.ResourceType],
        ["transit-gateway-attachment-id"] = (_, a) => [a.AttachmentId],
    };

    private static IEnumerable<XElement?> Associate(Ec2Call call)
    {
        var table = RouteTableCalls.Available(call);
        var attachment = RouteTableCalls.Attachment(call, table);
        if (call.State.AssociationOf(attachment.Id) is not null)
        {
            throw AwsRefusal.Ec2("Resource.AlreadyAssociated",
                $"Transit Gateway Attachment {attachment.Id} is already associated to a route table.");
        }
        var association = new TransitGatewayRouteTableAssociation
        {
            Id = $"{table.Id}/{attachment.Id}",
            State = "associating",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            RouteTableId = table.Id,
            AttachmentId = attachment.Id,
        };
        call.State.RouteTableAssociations.Add(association);
        call.World.Then(association, call.World.Take(Durations.RouteTableAssociate, association.Id), "associated");
        return [Reply(association, attachment)];
    }

    private static IEnumerable<XElement?> Disassociate(Ec2Call call)
    {
        var table = RouteTableCalls.Named(call);
        var id = call.Parameters.Required("TransitGatewayAttachmentId");
        var attachment = call.Find(call.State.Attachments, id, Ec2Id.Attachment);
        // The lower-case p is the service's own (terraform-provider-aws matches on it).
        var association = call.State.AssociationOf(id) is { } found && found.RouteTableId == table.Id
            ? found
            : throw AwsRefusal.Ec2("InvalidparameterValue",
                $"Transit Gateway Attachment {id} is not associated to {table.Id}.");
        if (association.State != "associated")
        {
            throw AwsRefusal.State($"The association of {id} is in invalid state.");
        }
        call.World.Enter(association, "disassociating");
        call.World.Then(association, call.World.Take(Durations.RouteTableDisassociate, association.Id),
            Transition.Gone);
        return [Reply(association, attachment)];
    }

    private static IEnumerable<XElement?> Get(Ec2Call call)
    {
        var table = RouteTableCalls.Named(call);
        var (items, next) = call.Page(
            Filters.Apply(call, call.State.RouteTableAssociations.Where(a => a.RouteTableId == table.Id)));
        return
        [
            Set("associations", items.Select(a => Item(
                Text("transitGatewayAttachmentId", a.AttachmentId),
                Text("resourceId", AttachmentOf(call, a)?.ResourceId),
                Text("resourceType", AttachmentOf(call, a)?.ResourceType),
                Text("state", a.State)))),
            Text("nextToken", next),
        ];
    }

    private static TransitGatewayAttachment? AttachmentOf(Ec2Call call,
        TransitGatewayRouteTableAssociation association) =>
        call.State.Attachments.FirstOrDefault(a => a.Id == association.AttachmentId);

    private static XElement Reply(TransitGatewayRouteTableAssociation association,
        TransitGatewayAttachment attachment) =>
        Group("association",
            Text("transitGatewayRouteTableId", association.RouteTableId),
            Text("transitGatewayAttachmentId", association.AttachmentId),
            Text("resourceId", attachment.ResourceId),
            Text("resourceType", attachment.ResourceType),
            Text("state", association.State));
}
