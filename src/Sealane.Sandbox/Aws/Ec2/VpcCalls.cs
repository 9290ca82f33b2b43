using System.Globalization;
using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>The VPC and its subnets, which exist before the link and are only read.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcs.html</remarks>
internal static class VpcCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeVpcs", "VpcId.N" + Ec2Operation.Filters + Ec2Operation.Page, Vpcs),
        new("DescribeSubnets", "SubnetId.N" + Ec2Operation.Filters + Ec2Operation.Page, Subnets),
    ];

    private static readonly Ec2Filters<Vpc> VpcFilters = new(v => v.Tags)
    {
        ["cidr"] = (_, v) => [v.Cidrs[0]],
        ["cidr-block-association.cidr-block"] = (_, v) => v.Cidrs,
        ["cidr-block-association.association-id"] = (_, v) => v.Cidrs.Select((_, index) => CidrAssociation(v, index)),
        ["cidr-block-association.state"] = (_, _) => ["associated"],
        ["dhcp-options-id"] = (_, v) => [v.DhcpOptionsId],
        ["is-default"] = (_, _) => ["false"],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["state"] = (_, v) => [v.State],
        ["vpc-id"] = (_, v) => [v.Id],
    };

    private static readonly Ec2Filters<Subnet> SubnetFilters = new(s => s.Tags)
    {
        ["availability-zone"] = (_, s) => [s.AvailabilityZone],
        ["availability-zone-id"] = (_, s) => [s.AvailabilityZoneId],
        ["available-ip-address-count"] = (call, s) => [FreeAddresses(call, s).ToString(CultureInfo.InvariantCulture)],
        ["cidr-block"] = (_, s) => [s.Cidr],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["state"] = (_, s) => [s.State],
        ["subnet-arn"] = (call, s) => [Arn(call, s)],
        ["subnet-id"] = (_, s) => [s.Id],
        ["vpc-id"] = (_, s) => [s.VpcId],
    };

    private static IEnumerable<XElement?> Vpcs(Ec2Call call)
    {
        var (items, next) = call.Page(VpcFilters.Apply(call, call.Listed(call.State.Vpcs, "VpcId", Ec2Id.Vpc)),
            idList: "VpcId");
        return [Text("nextToken", next), Set("vpcSet", items.Select(v => Element(call, v)))];
    }

    private static IEnumerable<XElement?> Subnets(Ec2Call call)
    {
        var (items, next) = call.Page(
            SubnetFilters.Apply(call, call.Listed(call.State.Subnets, "SubnetId", Ec2Id.Subnet)), idList: "SubnetId");
        return [Text("nextToken", next), Set("subnetSet", items.Select(s => Element(call, s)))];
    }

    public static XElement Element(Ec2Call call, Vpc vpc, string name = "item") => Group(name,
        Text("vpcId", vpc.Id),
        Text("ownerId", call.State.CallerAccount),
        Text("state", vpc.State),
        Text("cidrBlock", vpc.Cidrs[0]),
        Set("cidrBlockAssociationSet", vpc.Cidrs.Select((cidr, index) => Item(
            Text("cidrBlock", cidr),
            Text("associationId", CidrAssociation(vpc, index)),
            Group("cidrBlockState", Text("state", "associated"))))),
        vpc.Ipv6Cidrs.Count == 0 ? null : Set("ipv6CidrBlockAssociationSet", vpc.Ipv6Cidrs.Select((_, index) =>
            Ipv6Association(call, vpc, index, "item", "associated"))),
        Text("dhcpOptionsId", vpc.DhcpOptionsId),
        Tags(vpc.Tags),
        Text("instanceTenancy", "default"),
        Flag("isDefault", false));

    public static XElement Element(Ec2Call call, Subnet subnet, string name = "item") => Group(name,
        Text("subnetId", subnet.Id),
        Text("subnetArn", Arn(call, subnet)),
        Text("state", subnet.State),
        Text("ownerId", call.State.CallerAccount),
        Text("vpcId", subnet.VpcId),
        Text("cidrBlock", subnet.Cidr),
        Number("availableIpAddressCount", FreeAddresses(call, subnet)),
        Text("availabilityZone", subnet.AvailabilityZone),
        Text("availabilityZoneId", subnet.AvailabilityZoneId),
        Flag("defaultForAz", false),
        Flag("mapPublicIpOnLaunch", false),
        Flag("assignIpv6AddressOnCreation", false),
        Tags(subnet.Tags));

    /// <summary>AWS keeps five addresses of every subnet, and a transit gateway attachment takes one.</summary>
    private static long FreeAddresses(Ec2Call call, Subnet subnet) =>
        subnet.Prefix.Size - 5
            - call.State.Attachments.Count(a => a.State != "deleted" && a.SubnetIds.Contains(subnet.Id));

    private static string Arn(Ec2Call call, Subnet subnet) =>
        $"arn:aws:ec2:{subnet.Region}:{call.State.CallerAccount}:subnet/{subnet.Id}";

    public static XElement Ipv6Association(Ec2Call call, Vpc vpc, int index, string name, string state) => Group(name,
        Text("associationId", CidrAssociation(vpc, index) + "v6"),
        Text("ipv6CidrBlock", vpc.Ipv6Cidrs[index]),
        Group("ipv6CidrBlockState", Text("state", state)),
        Text("ipv6Pool", "Amazon"),
        Text("networkBorderGroup", call.Region));

    public static string CidrAssociation(Vpc vpc, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"vpc-cidr-assoc-{vpc.Id.Split('-')[^1]}{index}");
}
