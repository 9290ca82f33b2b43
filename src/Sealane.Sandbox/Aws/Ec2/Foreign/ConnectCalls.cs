using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Connect attachments: GRE and BGP to an appliance, on top of another attachment.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayConnect.html</remarks>
internal static class ConnectCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayConnect",
            "*TransportTransitGatewayAttachmentId *Options.Protocol:gre" + Ec2Operation.TagSpecification, Create),
        new("DescribeTransitGatewayConnects",
            "TransitGatewayAttachmentIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("DeleteTransitGatewayConnect", "*TransitGatewayAttachmentId", Delete),
        // Peers of a Connect attachment are the inside of a foreign thing: none is simulated.
        new("DescribeTransitGatewayConnectPeers",
            "TransitGatewayConnectPeerIds.N" + Ec2Operation.Filters + Ec2Operation.Page,
            _ => [Set("transitGatewayConnectPeerSet", [])]),
    ];

    private static readonly Ec2Filters<TransitGatewayAttachment> Filters = new(a => a.Tags)
    {
        ["options.protocol"] = (_, _) => ["gre"],
        ["state"] = (_, a) => [a.State],
        ["transit-gateway-attachment-id"] = (_, a) => [a.Id],
        ["transit-gateway-id"] = (_, a) => [a.TransitGatewayId],
        ["transport-transit-gateway-attachment-id"] = (_, a) => [a.ResourceId],
    };

    private static IEnumerable<TransitGatewayAttachment> Connects(Ec2Call call) =>
        call.State.Attachments.Where(a => a.ResourceType == TransitGatewayAttachment.ConnectType);

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "transit-gateway-attachment");
        var transport = call.Find(call.State.Attachments,
            call.Parameters.Required("TransportTransitGatewayAttachmentId"), Ec2Id.Attachment);
        if (!transport.IsUsable)
        {
            throw AwsRefusal.State($"{transport.Id} is in invalid state.");
        }
        if (transport.ResourceType is not (TransitGatewayAttachment.VpcType or TransitGatewayAttachment.DxGatewayType))
        {
            throw AwsRefusal.Value(transport.Id, "TransportTransitGatewayAttachmentId");
        }
        var connect = new TransitGatewayAttachment
        {
            Id = call.State.NewId(call.World, "tgw-attach-", $"{transport.Id}/{tags.GetValueOrDefault("Name")}"),
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            TransitGatewayId = transport.TransitGatewayId,
            ResourceType = TransitGatewayAttachment.ConnectType,
            ResourceId = transport.Id,
        };
        call.State.Attachments.Add(connect);
        call.World.Then(connect, call.World.Take(Durations.VpcAttachmentCreate, connect.Id), "available");
        return [Element(connect, "transitGatewayConnect")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(Connects(call), "TransitGatewayAttachmentIds", Ec2Id.Attachment)));
        return [Set("transitGatewayConnectSet", items.Select(a => Element(a, "item"))), Text("nextToken", next)];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var connect = call.Find(
            Connects(call), call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.Attachment);
        if (connect.State == "deleting")
        {
            throw AwsRefusal.State($"{connect.Id} is in invalid state.");
        }
        AwsState.Delete(call.World, connect, Durations.VpcAttachmentDelete);
        return [Element(connect, "transitGatewayConnect")];
    }

    private static XElement Element(TransitGatewayAttachment connect, string name) => Group(name,
        Text("transitGatewayAttachmentId", connect.Id),
        Text("transportTransitGatewayAttachmentId", connect.ResourceId),
        Text("transitGatewayId", connect.TransitGatewayId),
        Text("state", connect.State),
        Time("creationTime", connect.CreatedAt),
        Group("options", Text("protocol", "gre")),
        Tags(connect.Tags));
}
