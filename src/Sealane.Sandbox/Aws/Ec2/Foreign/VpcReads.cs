using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>What comes with every VPC and is only read: attributes, DHCP options, the default network ACL.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpcAttribute.html</remarks>
internal static class VpcReads
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeVpcAttribute",
            "*VpcId *Attribute:enableDnsSupport|enableDnsHostnames|enableNetworkAddressUsageMetrics", Attribute),
        new("DescribeDhcpOptions", "DhcpOptionsId.N" + Ec2Operation.Filters + Ec2Operation.Page, DhcpOptions),
        new("DescribeNetworkAcls", "NetworkAclId.N" + Ec2Operation.Filters + Ec2Operation.Page, Acls),
    ];

    private static readonly Ec2Filters<string> DhcpFilters = new()
    {
        ["dhcp-options-id"] = (_, id) => [id],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
    };

    private static readonly Ec2Filters<Vpc> AclFilters = new()
    {
        ["association.network-acl-id"] = (_, v) => [AclId(v)],
        ["association.subnet-id"] = (call, v) => Subnets(call, v).Select(s => s.Id),
        ["default"] = (_, _) => ["true"],
        ["network-acl-id"] = (_, v) => [AclId(v)],
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["vpc-id"] = (_, v) => [v.Id],
    };

    private static IEnumerable<XElement?> Attribute(Ec2Call call)
    {
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        var attribute = call.Parameters.Required("Attribute");
        return
        [
            Text("vpcId", vpc.Id),
            Group(attribute, Flag("value", attribute == "enableDnsSupport")),
        ];
    }

    private static IEnumerable<XElement?> DhcpOptions(Ec2Call call)
    {
        var all = call.Here(call.State.Vpcs).Select(vpc => vpc.DhcpOptionsId).Distinct().ToList();
        var ids = call.Parameters.List("DhcpOptionsId");
        if (ids.FirstOrDefault(id => !all.Contains(id)) is { } unknown)
        {
            throw AwsRefusal.Ec2("InvalidDhcpOptionID.NotFound", $"The dhcpOption ID '{unknown}' does not exist");
        }
        var (items, next) = call.Page(
            DhcpFilters.Apply(call, all.Where(id => ids.Count == 0 || ids.Contains(id))));
        return
        [
            Set("dhcpOptionsSet", items.Select(id => Item(
                Text("dhcpOptionsId", id),
                Text("ownerId", call.State.CallerAccount),
                Set("dhcpConfigurationSet",
                [
                    Configuration("domain-name", $"{call.Region}.compute.internal"),
                    Configuration("domain-name-servers", "AmazonProvidedDNS"),
                ]),
                Set("tagSet", [])))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Acls(Ec2Call call)
    {
        var ids = call.Parameters.List("NetworkAclId");
        var all = call.Here(call.State.Vpcs).ToList();
        if (ids.FirstOrDefault(id => all.TrueForAll(vpc => AclId(vpc) != id)) is { } unknown)
        {
            throw AwsRefusal.Ec2("InvalidNetworkAclID.NotFound", $"The networkAcl ID '{unknown}' does not exist");
        }
        var (items, next) = call.Page(
            AclFilters.Apply(call, all.Where(vpc => ids.Count == 0 || ids.Contains(AclId(vpc)))));
        return [Set("networkAclSet", items.Select(vpc => Acl(call, vpc))), Text("nextToken", next)];
    }

    /// <summary>The default one lets everything pass, both ways.</summary>
    private static XElement Acl(Ec2Call call, Vpc vpc) => Item(
        Text("networkAclId", AclId(vpc)),
        Text("vpcId", vpc.Id),
        Text("ownerId", call.State.CallerAccount),
        Flag("default", true),
        Set("entrySet",
        [
            .. from egress in new[] { true, false }
               from rule in new[] { (Number: 100, Action: "allow"), (Number: 32767, Action: "deny") }
               select Item(
                   Number("ruleNumber", rule.Number), Text("protocol", "-1"), Text("ruleAction", rule.Action),
                   Flag("egress", egress), Text("cidrBlock", "0.0.0.0/0")),
        ]),
        Set("associationSet", Subnets(call, vpc).Select(subnet => Item(
            Text("networkAclAssociationId", $"aclassoc-{subnet.Id.Split('-')[^1]}"),
            Text("networkAclId", AclId(vpc)),
            Text("subnetId", subnet.Id)))),
        Set("tagSet", []));

    private static XElement Configuration(string key, string value) =>
        Item(Text("key", key), Set("valueSet", [Item(Text("value", value))]));

    private static IEnumerable<Subnet> Subnets(Ec2Call call, Vpc vpc) =>
        call.State.Subnets.Where(subnet => subnet.VpcId == vpc.Id);

    private static string AclId(Vpc vpc) => $"acl-{vpc.Id.Split('-')[^1]}";
}
