using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Peerings between VPCs, of this account and of others.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcPeeringConnections.html</remarks>
internal static class VpcPeeringCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateVpcPeeringConnection",
            "*VpcId PeerVpcId PeerOwnerId PeerRegion" + Ec2Operation.TagSpecification, Create),
        new("AcceptVpcPeeringConnection", "*VpcPeeringConnectionId", Accept),
        new("RejectVpcPeeringConnection", "*VpcPeeringConnectionId", Reject),
        new("DescribeVpcPeeringConnections",
            "VpcPeeringConnectionId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("DeleteVpcPeeringConnection", "*VpcPeeringConnectionId", Delete),
    ];

    private static readonly Ec2Filters<VpcPeering> Filters = new(p => p.Tags)
    {
        ["accepter-vpc-info.owner-id"] = (_, p) => [p.AccepterAccount],
        ["accepter-vpc-info.vpc-id"] = (_, p) => [p.AccepterVpcId],
        ["requester-vpc-info.owner-id"] = (call, _) => [call.State.CallerAccount],
        ["requester-vpc-info.vpc-id"] = (_, p) => [p.RequesterVpcId],
        ["status-code"] = (_, p) => [p.State],
        ["vpc-peering-connection-id"] = (_, p) => [p.Id],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "vpc-peering-connection");
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        var peering = new VpcPeering
        {
            Id = call.State.NewId(call.World, "pcx-", $"{vpc.Id}/{call.Parameters.Required("PeerVpcId")}"),
            Region = call.Region,
            State = "initiating-request",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            RequesterVpcId = vpc.Id,
            AccepterVpcId = call.Parameters.Required("PeerVpcId"),
            AccepterAccount = call.Parameters.Text("PeerOwnerId") ?? call.State.CallerAccount,
            AccepterRegion = call.Parameters.Text("PeerRegion") ?? call.Region,
            Message = $"Initiating Request to {call.Parameters.Text("PeerOwnerId") ?? call.State.CallerAccount}",
        };
        call.State.VpcPeerings.Add(peering);
        call.World.Then(peering, call.World.Take(Durations.CustomerGatewayCreate, peering.Id), "pending-acceptance");
        return [Element(call, peering, "vpcPeeringConnection")];
    }

    private static IEnumerable<XElement?> Accept(Ec2Call call)
    {
        var peering = Named(call);
        if (peering.State != "pending-acceptance" || peering.AccepterAccount != call.State.CallerAccount)
        {
            throw AwsRefusal.Ec2("InvalidStateTransition", $"Invalid state transition for {peering.Id}");
        }
        if (Overlap(call, peering))
        {
            call.World.Enter(peering, "failed");
            peering.Message = "Failed due to incorrect VPC-ID, Account ID, or overlapping CIDR range";
            return [Element(call, peering, "vpcPeeringConnection")];
        }
        call.World.Enter(peering, "active");
        peering.Message = "Active";
        return [Element(call, peering, "vpcPeeringConnection")];
    }

    private static IEnumerable<XElement?> Reject(Ec2Call call)
    {
        var peering = Named(call);
        call.World.Enter(peering, "rejected");
        return Done;
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(call.State.VpcPeerings, "VpcPeeringConnectionId", Ec2Id.VpcPeering)));
        return
        [
            Set("vpcPeeringConnectionSet", items.Select(p => Element(call, p, "item"))), Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        AwsState.Delete(call.World, Named(call), Durations.CustomerGatewayDelete);
        return Done;
    }

    private static VpcPeering Named(Ec2Call call) => call.Find(
        call.State.VpcPeerings, call.Parameters.Required("VpcPeeringConnectionId"), Ec2Id.VpcPeering);

    private static bool Overlap(Ec2Call call, VpcPeering peering) =>
        Blocks(call, peering.RequesterVpcId, []).Any(own =>
            Blocks(call, peering.AccepterVpcId, peering.AccepterCidrs).Any(other => Cidr.Overlap(own, other)));

    private static IReadOnlyList<string> Blocks(Ec2Call call, string vpcId, IReadOnlyList<string> otherwise) =>
        call.State.Vpcs.FirstOrDefault(v => v.Id == vpcId)?.Cidrs ?? otherwise;

    private static XElement Element(Ec2Call call, VpcPeering peering, string name) => Group(name,
        Text("vpcPeeringConnectionId", peering.Id),
        Side("requesterVpcInfo", call, peering, peering.RequesterVpcId, call.State.CallerAccount, peering.Region, []),
        Side("accepterVpcInfo", call, peering, peering.AccepterVpcId, peering.AccepterAccount, peering.AccepterRegion,
            peering.AccepterCidrs),
        Group("status", Text("code", peering.State), Text("message", peering.Message)),
        Tags(peering.Tags));

    /// <summary>The other side's blocks show once it has accepted.</summary>
    private static XElement Side(
        string name, Ec2Call call, VpcPeering peering, string vpcId, string account, string region,
        IReadOnlyList<string> otherwise)
    {
        var blocks = name == "requesterVpcInfo" || peering.IsActive ? Blocks(call, vpcId, otherwise) : [];
        return Group(name,
            Text("ownerId", account),
            Text("vpcId", vpcId),
            Text("cidrBlock", blocks.Count > 0 ? blocks[0] : null),
            blocks.Count > 0 ? Set("cidrBlockSet", blocks.Select(block => Item(Text("cidrBlock", block)))) : null,
            Text("region", region));
    }
}
