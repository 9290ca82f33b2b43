using System.Globalization;
using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Virtual private gateways, and their propagation into the route tables of their VPC.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnGateways.html</remarks>
internal static class VpnGatewayCalls
{
    private const string Both = "*VpcId *VpnGatewayId";
    private const string Propagation = "*GatewayId *RouteTableId";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateVpnGateway",
            "AvailabilityZone *Type:ipsec.1 AmazonSideAsn:long" + Ec2Operation.TagSpecification, Create),
        new("DescribeVpnGateways", "VpnGatewayId.N" + Ec2Operation.Filters, Describe),
        new("AttachVpnGateway", Both, Attach),
        new("DetachVpnGateway", Both, Detach),
        new("DeleteVpnGateway", "*VpnGatewayId", Delete),
        new("EnableVgwRoutePropagation", Propagation, call => Propagate(call, on: true)),
        new("DisableVgwRoutePropagation", Propagation, call => Propagate(call, on: false)),
    ];

    private static readonly Ec2Filters<VpnGateway> Filters = new(g => g.Tags)
    {
        ["amazon-side-asn"] = (_, g) => [g.AmazonSideAsn.ToString(CultureInfo.InvariantCulture)],
        ["attachment.state"] = (_, g) => [g.VpcId is null ? null : "attached"],
        ["attachment.vpc-id"] = (_, g) => [g.VpcId],
        ["state"] = (_, g) => [g.State],
        ["type"] = (_, _) => ["ipsec.1"],
        ["vpn-gateway-id"] = (_, g) => [g.Id],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "vpn-gateway");
        var gateway = new VpnGateway
        {
            Id = call.State.NewId(call.World, "vgw-", tags.GetValueOrDefault("Name") ?? ""),
            Region = call.Region,
            State = "available",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            AmazonSideAsn = call.Parameters.Long("AmazonSideAsn") ?? 64512,
        };
        call.State.VpnGateways.Add(gateway);
        return [Element(gateway, "vpnGateway")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call) =>
    [
        Set("vpnGatewaySet", Filters.Apply(call, call.Listed(call.State.VpnGateways, "VpnGatewayId", Ec2Id.VpnGateway))
            .Select(g => Element(g, "item"))),
    ];

    private static IEnumerable<XElement?> Attach(Ec2Call call)
    {
        var gateway = Named(call);
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        if (gateway.VpcId is not null)
        {
            throw AwsRefusal.Ec2("VpnGatewayAttachmentLimitExceeded", $"{gateway.Id} is attached already.");
        }
        if (call.State.VpnGateways.Any(other => other.IsAttached && other.VpcId == vpc.Id))
        {
            throw AwsRefusal.Ec2("InvalidVpcState",
                $"The VPC {vpc.Id} already has an attached virtual private gateway");
        }
        gateway.VpcId = vpc.Id;
        return [Group("attachment", Text("vpcId", vpc.Id), Text("state", "attached"))];
    }

    private static IEnumerable<XElement?> Detach(Ec2Call call)
    {
        var gateway = Named(call);
        if (gateway.VpcId != call.Parameters.Required("VpcId"))
        {
            throw AwsRefusal.Ec2("InvalidVpnGatewayAttachment.NotFound", $"{gateway.Id} is not attached to that VPC.");
        }
        gateway.VpcId = null;
        call.State.VpcRouteTables.ForEach(table => table.PropagatingVgws.Remove(gateway.Id));
        return Done;
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var gateway = Named(call);
        if (gateway.VpcId is not null || call.State.VpnConnections.Any(v => v.IsLive && v.VpnGatewayId == gateway.Id))
        {
            throw AwsRefusal.State("The VPN gateway is in use.");
        }
        AwsState.Delete(call.World, gateway, World.Durations.CustomerGatewayDelete);
        return Done;
    }

    private static IEnumerable<XElement?> Propagate(Ec2Call call, bool on)
    {
        var gateway = call.Find(call.State.VpnGateways, call.Parameters.Required("GatewayId"), Ec2Id.VpnGateway);
        var table = call.Find(call.State.VpcRouteTables, call.Parameters.Required("RouteTableId"), Ec2Id.RouteTable);
        if (on && gateway.VpcId != table.VpcId)
        {
            throw AwsRefusal.Ec2("Gateway.NotAttached", $"{gateway.Id} is not attached to {table.VpcId}");
        }
        table.PropagatingVgws.Remove(gateway.Id);
        if (on)
        {
            table.PropagatingVgws.Add(gateway.Id);
        }
        return Done;
    }

    private static VpnGateway Named(Ec2Call call) =>
        call.Find(call.State.VpnGateways, call.Parameters.Required("VpnGatewayId"), Ec2Id.VpnGateway);

    private static XElement Element(VpnGateway gateway, string name) => Group(name,
        Text("vpnGatewayId", gateway.Id),
        Text("state", gateway.State),
        Text("type", "ipsec.1"),
        Set("attachments", gateway.VpcId is { } vpc ? [Item(Text("vpcId", vpc), Text("state", "attached"))] : []),
        Number("amazonSideAsn", gateway.AmazonSideAsn),
        Tags(gateway.Tags));
}
