using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>
/// Peering attachments between transit gateways; they carry static routes only. The far end is in another region or
/// account, out of sight, and accepts by itself.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayPeeringAttachment.html</remarks>
internal static class TransitPeeringCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayPeeringAttachment",
            "*TransitGatewayId *PeerTransitGatewayId *PeerAccountId *PeerRegion Options.DynamicRouting:enable|disable"
            + Ec2Operation.TagSpecification, Create),
        new("DescribeTransitGatewayPeeringAttachments",
            "TransitGatewayAttachmentIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("DeleteTransitGatewayPeeringAttachment", "*TransitGatewayAttachmentId", Delete),
    ];

    private static readonly Ec2Filters<TransitGatewayAttachment> Filters = new(a => a.Tags)
    {
        ["local-owner-id"] = (call, _) => [call.State.CallerAccount],
        ["remote-owner-id"] = (_, a) => [a.Peer?.Account],
        ["state"] = (_, a) => [a.State],
        ["transit-gateway-attachment-id"] = (_, a) => [a.Id],
        ["transit-gateway-id"] = (_, a) => [a.TransitGatewayId],
    };

    private static IEnumerable<TransitGatewayAttachment> Peerings(Ec2Call call) =>
        call.State.Attachments.Where(a => a.ResourceType == TransitGatewayAttachment.PeeringType);

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "transit-gateway-attachment");
        var gateway = call.Find(
            call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"), Ec2Id.TransitGateway);
        var peer = new TransitGatewayPeer(call.Parameters.Required("PeerTransitGatewayId"),
            call.Parameters.Required("PeerAccountId"), call.Parameters.Required("PeerRegion"));
        var peering = new TransitGatewayAttachment
        {
            Id = call.State.NewId(call.World, "tgw-attach-", $"{gateway.Id}/{peer.TransitGatewayId}"),
            Region = call.Region,
            State = "initiatingRequest",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            TransitGatewayId = gateway.Id,
            ResourceType = TransitGatewayAttachment.PeeringType,
            ResourceId = peer.TransitGatewayId,
            ResourceOwner = peer.Account,
            Peer = peer,
        };
        call.State.Attachments.Add(peering);
        var step = call.World.Take(Durations.VpcAttachmentCreate, peering.Id);
        call.World.Then(peering, step, "pendingAcceptance");
        call.World.Then(peering, step, "pending");
        call.World.Then(peering, step, "available");
        return [Element(call, peering, "transitGatewayPeeringAttachment")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(Peerings(call), "TransitGatewayAttachmentIds", Ec2Id.Attachment)));
        return
        [
            Set("transitGatewayPeeringAttachments", items.Select(a => Element(call, a, "item"))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var peering = call.Find(
            Peerings(call), call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.Attachment);
        if (peering.State == "deleting")
        {
            throw AwsRefusal.State($"{peering.Id} is in invalid state.");
        }
        AwsState.Delete(call.World, peering, Durations.VpcAttachmentDelete);
        return [Element(call, peering, "transitGatewayPeeringAttachment")];
    }

    private static XElement Element(Ec2Call call, TransitGatewayAttachment peering, string name) => Group(name,
        Text("transitGatewayAttachmentId", peering.Id),
        Group("requesterTgwInfo", Text("transitGatewayId", peering.TransitGatewayId),
            Text("ownerId", call.State.CallerAccount), Text("region", peering.Region)),
        Group("accepterTgwInfo", Text("transitGatewayId", peering.Peer?.TransitGatewayId),
            Text("ownerId", peering.Peer?.Account), Text("region", peering.Peer?.Region)),
        Text("state", peering.State),
        Time("creationTime", peering.CreatedAt),
        Tags(peering.Tags));
}
