using System.Xml.Linq;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>What the owner of a shared transit gateway says to the attachments of other accounts.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AcceptTransitGatewayVpcAttachment.html</remarks>
internal static class SharedAttachmentCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("AcceptTransitGatewayVpcAttachment", "*TransitGatewayAttachmentId", Accept),
        new("RejectTransitGatewayVpcAttachment", "*TransitGatewayAttachmentId", Reject),
    ];

    private static IEnumerable<XElement?> Accept(Ec2Call call)
    {
        var attachment = Waiting(call);
        AwsState.Accept(call.World, attachment);
        return [VpcAttachmentCalls.Element(call, attachment, "transitGatewayVpcAttachment")];
    }

    private static IEnumerable<XElement?> Reject(Ec2Call call)
    {
        var attachment = Waiting(call);
        call.World.Enter(attachment, "rejected");
        AwsState.Forget(call.World, attachment, World.Durations.DeletedStaysListed);
        return [VpcAttachmentCalls.Element(call, attachment, "transitGatewayVpcAttachment")];
    }

    private static TransitGatewayAttachment Waiting(Ec2Call call)
    {
        var attachment = call.Find(call.State.Attachments,
            call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.VpcAttachment);
        if (call.State.OwnerOf(attachment.TransitGatewayId) != call.State.CallerAccount)
        {
            throw Ec2Id.VpcAttachment.Refuse(attachment.Id);
        }
        return attachment.State == "pendingAcceptance"
            ? attachment
            : throw AwsRefusal.State($"{attachment.Id} is in invalid state.");
    }
}
