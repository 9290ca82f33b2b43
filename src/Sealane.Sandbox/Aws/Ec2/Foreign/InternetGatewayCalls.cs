using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Internet gateways. Of egress-only ones and of VPC endpoints this account has none.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInternetGateways.html</remarks>
internal static class InternetGatewayCalls
{
    private const string Both = "*InternetGatewayId *VpcId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateInternetGateway", Ec2Operation.TagSpecification, Create),
        new("DescribeInternetGateways", "InternetGatewayId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("AttachInternetGateway", Both, Attach),
        new("DetachInternetGateway", Both, Detach),
        new("DeleteInternetGateway", "*InternetGatewayId", Delete),
        new("DescribeEgressOnlyInternetGateways",
            "EgressOnlyInternetGatewayId.N" + Ec2Operation.Filters + Ec2Operation.Page,
            _ => [Set("egressOnlyInternetGatewaySet", [])]),
        new("DescribeVpcEndpoints", "VpcEndpointId.N" + Ec2Operation.Filters + Ec2Operation.Page,
            _ => [Set("vpcEndpointSet", [])]),
    ];

    private static readonly Ec2Filters<InternetGateway> Filters = new(g => g.Tags)
    {
        ["attachment.state"] = (_, g) => [g.VpcId is null ? null : "available"],
        ["attachment.vpc-id"] = (_, g) => [g.VpcId],
        ["internet-gateway-id"] = (_, g) => [g.Id],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "internet-gateway");
        var gateway = new InternetGateway
        {
            Id = call.State.NewId(call.World, "igw-", tags.GetValueOrDefault("Name") ?? ""),
            Region = call.Region,
            State = "available",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
        };
        call.State.InternetGateways.Add(gateway);
        return [Element(call, gateway, "internetGateway")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(call.State.InternetGateways, "InternetGatewayId", Ec2Id.InternetGateway)));
        return [Set("internetGatewaySet", items.Select(g => Element(call, g, "item"))), Text("nextToken", next)];
    }

    private static IEnumerable<XElement?> Attach(Ec2Call call)
    {
        var gateway = Named(call);
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        if (gateway.VpcId is { } attached)
        {
            throw AwsRefusal.Ec2("Resource.AlreadyAssociated",
                $"resource {gateway.Id} is already attached to network {attached}");
        }
        gateway.VpcId = vpc.Id;
        return Done;
    }

    private static IEnumerable<XElement?> Detach(Ec2Call call)
    {
        var gateway = Named(call);
        if (gateway.VpcId != call.Parameters.Required("VpcId"))
        {
            throw AwsRefusal.Ec2("Gateway.NotAttached", $"resource {gateway.Id} is not attached to that network");
        }
        gateway.VpcId = null;
        return Done;
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var gateway = Named(call);
        if (gateway.VpcId is not null)
        {
            throw AwsRefusal.Ec2("DependencyViolation",
                $"The internetGateway '{gateway.Id}' has dependencies and cannot be deleted.");
        }
        call.State.InternetGateways.Remove(gateway);
        return Done;
    }

    private static InternetGateway Named(Ec2Call call) => call.Find(
        call.State.InternetGateways, call.Parameters.Required("InternetGatewayId"), Ec2Id.InternetGateway);

    /// <summary>The state of an attachment is <c>available</c>, which the model of the API does not list.</summary>
    private static XElement Element(Ec2Call call, InternetGateway gateway, string name) => Group(name,
        Text("internetGatewayId", gateway.Id),
        Text("ownerId", call.State.CallerAccount),
        Set("attachmentSet", gateway.VpcId is { } vpc ? [Item(Text("vpcId", vpc), Text("state", "available"))] : []),
        Tags(gateway.Tags));
}
