using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>NAT gateways of one zone.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNatGateways.html</remarks>
internal static class NatGatewayCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateNatGateway",
            "*SubnetId AllocationId ClientToken ConnectivityType:public|private PrivateIpAddress"
            + Ec2Operation.TagSpecification, Create),
        // The one Describe of EC2 whose filters stand under "Filter" and whose ids under "NatGatewayId" without more.
        new("DescribeNatGateways", "NatGatewayId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("DeleteNatGateway", "*NatGatewayId", Delete),
        new("DescribeAddresses", "PublicIp.N AllocationId.N" + Ec2Operation.Filters, Addresses),
    ];

    private static readonly Ec2Filters<NatGateway> Filters = new(g => g.Tags)
    {
        ["nat-gateway-id"] = (_, g) => [g.Id],
        ["state"] = (_, g) => [g.State],
        ["subnet-id"] = (_, g) => [g.SubnetId],
        ["vpc-id"] = (_, g) => [g.VpcId],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "natgateway");
        var subnet = call.Find(call.State.Subnets, call.Parameters.Required("SubnetId"), Ec2Id.Subnet);
        var type = call.Parameters.Text("ConnectivityType") ?? "public";
        var allocation = call.Parameters.Text("AllocationId");
        if (type == "public" == allocation is null)
        {
            throw allocation is null
                ? AwsRefusal.Missing("AllocationId")
                : AwsRefusal.Ec2("InvalidParameterCombination", "A private NAT gateway has no AllocationId.");
        }
        var id = call.State.NewId(call.World, "nat-", $"{subnet.Id}/{tags.GetValueOrDefault("Name")}");
        var address = NetworkInterfaceCalls.Make(
            call, subnet, call.Parameters.Text("PrivateIpAddress"), $"Interface for NAT Gateway {id}", "natGateway");
        var gateway = new NatGateway
        {
            Id = id,
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            VpcId = subnet.VpcId,
            SubnetId = subnet.Id,
            ConnectivityType = type,
            AllocationId = allocation,
            PrivateIp = address.PrivateIp,
            PublicIp = allocation is null ? null : $"13.236.{(int)(call.World.Chance(id) * 250)}.17",
            NetworkInterfaceId = address.Id,
        };
        call.State.NatGateways.Add(gateway);
        call.World.Then(gateway, call.World.Take(Durations.VpcAttachmentCreate, id), "available");
        return [Text("clientToken", call.Parameters.Text("ClientToken")), Element(gateway, "natGateway")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(
            Filters.Apply(call, call.Listed(call.State.NatGateways, "NatGatewayId", Ec2Id.NatGateway)));
        return [Set("natGatewaySet", items.Select(g => Element(g, "item"))), Text("nextToken", next)];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var gateway = call.Find(
            call.State.NatGateways, call.Parameters.Required("NatGatewayId"), Ec2Id.NatGateway);
        if (gateway.IsLive)
        {
            AwsState.Delete(call.World, gateway, Durations.VpcAttachmentDelete);
            call.State.NetworkInterfaces.RemoveAll(one => one.Id == gateway.NetworkInterfaceId);
        }
        return [Text("natGatewayId", gateway.Id)];
    }

    private static IEnumerable<XElement?> Addresses(Ec2Call call) =>
    [
        Set("addressesSet", call.Here(call.State.NatGateways).Where(g => g.IsLive && g.PublicIp is not null)
            .Select(g => Item(
            Text("publicIp", g.PublicIp), Text("allocationId", g.AllocationId), Text("domain", "vpc"),
            Text("networkInterfaceId", g.NetworkInterfaceId), Text("privateIpAddress", g.PrivateIp)))),
    ];

    private static XElement Element(NatGateway gateway, string name) => Group(name,
        Text("natGatewayId", gateway.Id),
        Text("vpcId", gateway.VpcId),
        Text("subnetId", gateway.SubnetId),
        Text("state", gateway.State),
        Text("connectivityType", gateway.ConnectivityType),
        Set("natGatewayAddressSet", [Item(
            Text("allocationId", gateway.AllocationId),
            Text("networkInterfaceId", gateway.NetworkInterfaceId),
            Text("privateIp", gateway.PrivateIp),
            Text("publicIp", gateway.PublicIp),
            Flag("isPrimary", true),
            Text("status", "succeeded"))]),
        Time("createTime", gateway.CreatedAt),
        Time("deleteTime", gateway.IsLive ? null : gateway.ChangedAt),
        Tags(gateway.Tags));
}
