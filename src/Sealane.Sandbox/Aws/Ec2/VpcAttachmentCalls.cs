using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Attachments of VPCs: the only ones that calls make and delete. Guide step 4.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html</remarks>
internal static class VpcAttachmentCalls
{
    private const string Options =
        " Options.DnsSupport:enable|disable Options.SecurityGroupReferencingSupport:enable|disable"
        + " Options.Ipv6Support:enable|disable Options.ApplianceModeSupport:enable|disable";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateTransitGatewayVpcAttachment",
            "*TransitGatewayId *VpcId *SubnetIds.N" + Options + Ec2Operation.TagSpecifications, Create),
        new("DescribeTransitGatewayVpcAttachments",
            "TransitGatewayAttachmentIds.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("ModifyTransitGatewayVpcAttachment",
            "*TransitGatewayAttachmentId AddSubnetIds.N RemoveSubnetIds.N" + Options, Modify),
        new("DeleteTransitGatewayVpcAttachment", "*TransitGatewayAttachmentId", Delete),
    ];

    private static readonly Ec2Filters<TransitGatewayAttachment> Filters = new(a => a.Tags)
    {
        ["state"] = (_, a) => [a.State],
        ["transit-gateway-attachment-id"] = (_, a) => [a.Id],
        ["transit-gateway-id"] = (_, a) => [a.TransitGatewayId],
        ["vpc-id"] = (_, a) => [a.ResourceId],
    };

    private static IEnumerable<TransitGatewayAttachment> OfVpcs(Ec2Call call) =>
        call.State.Attachments.Where(a => a.ResourceType == TransitGatewayAttachment.VpcType);

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecifications", "transit-gateway-attachment");
        var gateway = call.Find(call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"),
            Ec2Id.TransitGateway);
        if (gateway.State != "available")
        {
            throw AwsRefusal.State($"{gateway.Id} is in invalid state.");
        }
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        var subnets = Subnets(call, vpc.Id, call.Parameters.List("SubnetIds"));
        var others = OfVpcs(call).Where(a => a.ResourceId == vpc.Id && a.State != "deleted").ToList();
        if (others.Any(a => a.TransitGatewayId == gateway.Id))
        {
            throw AwsRefusal.Ec2("DuplicateTransitGatewayAttachment",
                $"{gateway.Id} has non-deleted Transit Gateway Attachments with same VPC ID.");
        }
        if (others.Count >= AwsLimits.TransitGatewaysPerVpc)
        {
            throw AwsRefusal.Ec2("TransitGatewayAttachmentLimitExceeded",
                $"{vpc.Id} has the maximum number of attachments.");
        }
        var isOthers = call.State.OwnerOf(gateway.Id) != call.State.CallerAccount;
        var attachment = new TransitGatewayAttachment
        {
            Id = call.State.NewId(call.World, "tgw-attach-", $"{gateway.Id}/{vpc.Id}"),
            Region = call.Region,
            State = isOthers ? "pendingAcceptance" : "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            TransitGatewayId = gateway.Id,
            ResourceType = TransitGatewayAttachment.VpcType,
            ResourceId = vpc.Id,
            ResourceOwner = call.State.Caller?.Account,
            SubnetIds = subnets,
        };
        call.State.Tag(attachment, tags);
        SetOptions(attachment, call.Parameters.At("Options"));
        call.State.Attachments.Add(attachment);
        if (isOthers && gateway.AutoAcceptSharedAttachments == "enable")
        {
            AwsState.Accept(call.World, attachment);
        }
        else if (!isOthers)
        {
            call.World.Then(attachment, call.World.Take(Durations.VpcAttachmentCreate, attachment.Id), "available");
        }
        return [Element(call, attachment, Parts.All)];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(
            Filters.Apply(call, call.Listed(OfVpcs(call), "TransitGatewayAttachmentIds", Ec2Id.VpcAttachment)));
        return
        [
            Set("transitGatewayVpcAttachments", items.Select(a => Element(call, a, Parts.All, "item"))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Modify(Ec2Call call)
    {
        var attachment = Named(call);
        if (attachment.State != "available")
        {
            throw AwsRefusal.State($"{attachment.Id} is in invalid state.");
        }
        var removed = call.Parameters.List("RemoveSubnetIds");
        if (removed.FirstOrDefault(id => !attachment.SubnetIds.Contains(id)) is { } foreign)
        {
            throw Ec2Id.Subnet.Refuse(foreign);
        }
        attachment.SubnetIds = Subnets(call, attachment.ResourceId,
            [.. attachment.SubnetIds.Except(removed), .. call.Parameters.List("AddSubnetIds")]);
        SetOptions(attachment, call.Parameters.At("Options"));
        call.World.Enter(attachment, "modifying");
        call.World.Then(attachment, call.World.Take(Durations.VpcAttachmentCreate, attachment.Id), "available");
        return [Element(call, attachment, Parts.Subnets)];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var attachment = Named(call);
        if (!attachment.IsLive)
        {
            throw AwsRefusal.State($"{attachment.Id} is in invalid state.");
        }
        AwsState.Delete(call.World, attachment, Durations.VpcAttachmentDelete);
        return [Element(call, attachment, Parts.None)];
    }

    private static TransitGatewayAttachment Named(Ec2Call call) =>
        call.Find(OfVpcs(call), call.Parameters.Required("TransitGatewayAttachmentId"), Ec2Id.VpcAttachment);

    /// <summary>One subnet in each availability zone at most, one at least.</summary>
    private static List<string> Subnets(Ec2Call call, string vpcId, IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            throw AwsRefusal.Missing("SubnetIds");
        }
        var subnets = ids.Distinct().Select(id => call.Find(call.State.Subnets, id, Ec2Id.Subnet)).ToList();
        if (subnets.FirstOrDefault(s => s.VpcId != vpcId) is { } foreign)
        {
            throw Ec2Id.Subnet.Refuse(foreign.Id);
        }
        return subnets.DistinctBy(s => s.AvailabilityZone).Count() == subnets.Count
            ? [.. subnets.Select(s => s.Id)]
            : throw AwsRefusal.Ec2("DuplicateSubnetsInSameZone", "Duplicate Subnets for same AZ");
    }

    private static void SetOptions(TransitGatewayAttachment attachment, Ec2Parameters options)
    {
        attachment.DnsSupport = options.Text("DnsSupport") ?? attachment.DnsSupport;
        attachment.SecurityGroupReferencingSupport =
            options.Text("SecurityGroupReferencingSupport") ?? attachment.SecurityGroupReferencingSupport;
        attachment.Ipv6Support = options.Text("Ipv6Support") ?? attachment.Ipv6Support;
        attachment.ApplianceModeSupport = options.Text("ApplianceModeSupport") ?? attachment.ApplianceModeSupport;
    }

    public static XElement Element(Ec2Call call, TransitGatewayAttachment attachment, string name) =>
        Element(call, attachment, Parts.All, name);

    /// <summary>Modify replies without tags, Delete without subnets too.</summary>
    private enum Parts
    {
        None,
        Subnets,
        All,
    }

    private static XElement Element(
        Ec2Call call, TransitGatewayAttachment attachment, Parts parts, string name = "transitGatewayVpcAttachment") =>
            Group(name,
        Text("transitGatewayAttachmentId", attachment.Id),
        Text("transitGatewayId", attachment.TransitGatewayId),
        Text("vpcId", attachment.ResourceId),
        Text("vpcOwnerId", attachment.ResourceOwner ?? call.State.Account),
        Text("state", attachment.State),
        parts >= Parts.Subnets ? Texts("subnetIds", attachment.SubnetIds) : null,
        Time("creationTime", attachment.CreatedAt),
        Group("options",
            Text("dnsSupport", attachment.DnsSupport),
            Text("securityGroupReferencingSupport", attachment.SecurityGroupReferencingSupport),
            Text("ipv6Support", attachment.Ipv6Support),
            Text("applianceModeSupport", attachment.ApplianceModeSupport)),
        parts == Parts.All ? Tags(call.State.TagsOf(attachment)) : null);
}
