using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>
/// Network interfaces: of appliances that routes name as targets, and those that AWS makes for itself.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeNetworkInterfaces.html</remarks>
internal static class NetworkInterfaceCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateNetworkInterface",
            "*SubnetId Description PrivateIpAddress SecurityGroupId.N ClientToken" + Ec2Operation.TagSpecification,
            Create),
        new("DescribeNetworkInterfaces",
            "NetworkInterfaceId.N IncludeManagedResources:boolean" + Ec2Operation.Filters + Ec2Operation.Page,
                Describe),
        new("ModifyNetworkInterfaceAttribute", "*NetworkInterfaceId SourceDestCheck.Value:boolean", Modify),
        new("DeleteNetworkInterface", "*NetworkInterfaceId", Delete),
    ];

    private static readonly Ec2Filters<NetworkInterface> Filters = new(i => i.Tags)
    {
        ["addresses.private-ip-address"] = (_, i) => [i.PrivateIp],
        ["availability-zone"] = (_, i) => [i.AvailabilityZone],
        ["description"] = (_, i) => [i.Description],
        ["interface-type"] = (_, i) => [i.Type],
        ["network-interface-id"] = (_, i) => [i.Id],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["private-ip-address"] = (_, i) => [i.PrivateIp],
        ["requester-managed"] = (_, i) => [i.RequesterManaged ? "true" : "false"],
        ["source-dest-check"] = (_, i) => [i.SourceDestCheck ? "true" : "false"],
        ["status"] = (_, i) => [i.State],
        ["subnet-id"] = (_, i) => [i.SubnetId],
        ["vpc-id"] = (_, i) => [i.VpcId],
    };

    /// <summary>An interface in a subnet, at the address asked for or at a free one.</summary>
    public static NetworkInterface Make(
        Ec2Call call, Subnet subnet, string? address, string description, string type,
        Dictionary<string, string>? tags = null)
    {
        var used = call.State.NetworkInterfaces.Where(i => i.SubnetId == subnet.Id)
            .Select(i => i.PrivateIp).ToHashSet();
        // The first four addresses and the last of every subnet are AWS's own.
        address ??= Enumerable.Range(4, (int)Math.Min(subnet.Prefix.Size - 5, 1000))
            .Select(host => subnet.Prefix.Host(host).ToString()).First(free => !used.Contains(free));
        if (!Core.Ipv4.TryParse(address, out var read) || !subnet.Prefix.Contains(read) || used.Contains(address))
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", $"Address {address} is not free in {subnet.Id}");
        }
        var made = new NetworkInterface
        {
            Id = call.State.NewId(call.World, "eni-", $"{subnet.Id}/{address}"),
            Region = call.Region,
            State = type == "interface" ? "available" : "in-use",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags ?? [],
            VpcId = subnet.VpcId,
            SubnetId = subnet.Id,
            AvailabilityZone = subnet.AvailabilityZone,
            PrivateIp = address,
            Description = description,
            Type = type,
            RequesterManaged = type != "interface",
            SourceDestCheck = type == "interface",
        };
        call.State.NetworkInterfaces.Add(made);
        return made;
    }

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "network-interface");
        var subnet = call.Find(call.State.Subnets, call.Parameters.Required("SubnetId"), Ec2Id.Subnet);
        var made = Make(call, subnet, call.Parameters.Text("PrivateIpAddress"),
            call.Parameters.Text("Description") ?? "", "interface", tags);
        return [Element(call, made, "networkInterface"), Text("clientToken", call.Parameters.Text("ClientToken"))];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(call.State.NetworkInterfaces, "NetworkInterfaceId", Ec2Id.NetworkInterface)));
        return [Set("networkInterfaceSet", items.Select(i => Element(call, i, "item"))), Text("nextToken", next)];
    }

    private static IEnumerable<XElement?> Modify(Ec2Call call)
    {
        var named = Named(call);
        named.SourceDestCheck = call.Parameters.At("SourceDestCheck").Flag("Value") ?? named.SourceDestCheck;
        return Done;
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var named = Named(call);
        if (named.State == "in-use")
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", $"Network interface '{named.Id}' is currently in use.");
        }
        call.State.NetworkInterfaces.Remove(named);
        return Done;
    }

    private static NetworkInterface Named(Ec2Call call) => call.Find(
        call.State.NetworkInterfaces, call.Parameters.Required("NetworkInterfaceId"), Ec2Id.NetworkInterface);

    private static XElement Element(Ec2Call call, NetworkInterface one, string name) => Group(name,
        Text("networkInterfaceId", one.Id),
        Text("subnetId", one.SubnetId),
        Text("vpcId", one.VpcId),
        Text("availabilityZone", one.AvailabilityZone),
        Text("description", one.Description),
        Text("ownerId", call.State.CallerAccount),
        Flag("requesterManaged", one.RequesterManaged),
        Text("status", one.State),
        Text("privateIpAddress", one.PrivateIp),
        Flag("sourceDestCheck", one.SourceDestCheck),
        Set("groupSet", []),
        Tags(one.Tags),
        Set("privateIpAddressesSet", [Item(Text("privateIpAddress", one.PrivateIp), Flag("primary", true))]),
        Set("ipv6AddressesSet", []),
        Text("interfaceType", one.Type));
}
