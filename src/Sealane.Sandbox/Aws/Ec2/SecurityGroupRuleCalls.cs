using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Ingress rules: what the guide leaves out, without which pings end at the instances.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html</remarks>
internal static class SecurityGroupRuleCalls
{
    private static readonly string Permissions =
        "GroupId GroupName IpProtocol FromPort:integer ToPort:integer CidrIp SourceSecurityGroupName "
            + "SourceSecurityGroupOwnerId "
        + string.Join(' ', new[]
    {
        "IpProtocol", "FromPort:integer", "ToPort:integer", "Groups.M.Description", "Groups.M.UserId",
        "Groups.M.GroupName",
        "Groups.M.GroupId", "Groups.M.VpcId", "Groups.M.VpcPeeringConnectionId", "Groups.M.PeeringStatus",
        "IpRanges.M.Description",
        "IpRanges.M.CidrIp", "Ipv6Ranges.M.Description", "Ipv6Ranges.M.CidrIpv6", "PrefixListIds.M.Description",
        "PrefixListIds.M.PrefixListId",
    }.Select(member => "IpPermissions.N." + member));

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("AuthorizeSecurityGroupIngress", Permissions + Ec2Operation.TagSpecification, Authorize),
        new("RevokeSecurityGroupIngress", Permissions + " SecurityGroupRuleId.N", Revoke),
        SecurityGroupRuleChange.Operation,
        new("DescribeSecurityGroupRules",
            "SecurityGroupRuleId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
    ];

    private static readonly Ec2Filters<(SecurityGroup Group, SecurityGroupRule Rule)> RuleFilters =
        new(one => one.Rule.Tags)
        {
            ["group-id"] = (_, one) => [one.Group.Id],
            ["security-group-rule-id"] = (_, one) => [one.Rule.Id],
        };

    private static IEnumerable<XElement?> Authorize(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "security-group-rule");
        var group = Group(call);
        var asked = Asked(call).ToList();
        if (asked.Count == 0)
        {
            throw AwsRefusal.Missing("ipPermissions");
        }
        if (asked.FirstOrDefault(rule => group.Rules.Any(rule.SameAs)) is { } duplicate)
        {
            throw AwsRefusal.Ec2("InvalidPermission.Duplicate",
                $"the specified rule \"{Describe(duplicate)}\" already exists");
        }
        foreach (var rule in asked)
        {
            rule.Tags = new(tags);
        }
        group.Rules.AddRange(asked);
        return
        [
            Flag("return", true),
            Set("securityGroupRuleSet", asked.Select(rule => Element(call, group, rule))),
        ];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var ids = call.Parameters.List("SecurityGroupRuleId");
        var all = call.Here(call.State.SecurityGroups)
            .SelectMany(group => group.Rules.Select(rule => (Group: group, Rule: rule))).ToList();
        if (ids.FirstOrDefault(id => all.TrueForAll(one => one.Rule.Id != id)) is { } unknown)
        {
            throw AwsRefusal.Ec2("InvalidSecurityGroupRuleId.NotFound",
                $"The security group rule ID '{unknown}' does not exist");
        }
        var (items, next) = call.Page(
            RuleFilters.Apply(call, all.Where(one => ids.Count == 0 || ids.Contains(one.Rule.Id))));
        return
        [
            Set("securityGroupRuleSet", items.Select(one => Element(call, one.Group, one.Rule))),
            Text("nextToken", next),
        ];
    }

    private static XElement Element(Ec2Call call, SecurityGroup group, SecurityGroupRule rule) => Item(
        Text("securityGroupRuleId", rule.Id),
        Text("groupId", group.Id),
        Text("groupOwnerId", call.State.CallerAccount),
        Flag("isEgress", false),
        Text("ipProtocol", rule.Protocol),
        Number("fromPort", rule.FromPort ?? -1),
        Number("toPort", rule.ToPort ?? -1),
        Text("cidrIpv4", rule.CidrIpv4),
        Text("cidrIpv6", rule.CidrIpv6),
        Text("prefixListId", rule.PrefixListId),
        rule.GroupId is null
        ? null
        : Ec2Xml.Group("referencedGroupInfo", Text("groupId", rule.GroupId),
            Text("userId", call.State.CallerAccount)),
        Text("description", rule.Description),
        Text("securityGroupRuleArn",
        $"arn:aws:ec2:{group.Region}:{call.State.CallerAccount}:security-group-rule/{rule.Id}"),
        Ec2Xml.Tags(rule.Tags));

    private static IEnumerable<XElement?> Revoke(Ec2Call call)
    {
        var group = Group(call);
        var revoked = new List<SecurityGroupRule>();
        foreach (var id in call.Parameters.List("SecurityGroupRuleId"))
        {
            revoked.Add(group.Rules.FirstOrDefault(r => r.Id == id)
                ?? throw AwsRefusal.Ec2("InvalidSecurityGroupRuleId.NotFound",
                    $"The security group rule ID '{id}' does not exist"));
        }
        foreach (var rule in Asked(call))
        {
            revoked.Add(group.Rules.FirstOrDefault(rule.SameAs)
                ?? throw AwsRefusal.Ec2("InvalidPermission.NotFound",
                    "The specified rule does not exist in this security group."));
        }
        if (revoked.Count == 0)
        {
            throw AwsRefusal.Missing("ipPermissions");
        }
        group.Rules.RemoveAll(revoked.Contains);
        return
        [
            Flag("return", true),
            Set("unknownIpPermissionSet", []),
            Set("revokedSecurityGroupRuleSet", revoked.Select(rule => Item(
                Text("securityGroupRuleId", rule.Id),
                Text("groupId", group.Id),
                Flag("isEgress", false),
                Text("ipProtocol", rule.Protocol),
                Number("fromPort", rule.FromPort ?? -1),
                Number("toPort", rule.ToPort ?? -1),
                Text("cidrIpv4", rule.CidrIpv4),
                Text("cidrIpv6", rule.CidrIpv6),
                Text("prefixListId", rule.PrefixListId),
                Text("referencedGroupId", rule.GroupId),
                Text("description", rule.Description)))),
        ];
    }

    private static SecurityGroup Group(Ec2Call call)
    {
        if (call.Parameters.Text("GroupId") is { } id)
        {
            return call.Find(call.State.SecurityGroups, id, Ec2Id.SecurityGroup);
        }
        return ByName(call, call.Parameters.Text("GroupName") ?? throw AwsRefusal.Missing("groupId"));
    }

    private static SecurityGroup ByName(Ec2Call call, string name) =>
        call.Here(call.State.SecurityGroups).FirstOrDefault(g => g.GroupName == name)
            ?? throw AwsRefusal.Ec2("InvalidGroup.NotFound", $"The security group '{name}' does not exist");

    private static IEnumerable<SecurityGroupRule> Asked(Ec2Call call)
    {
        IEnumerable<Ec2Parameters> alone = call.Parameters.Text("IpProtocol") is null ? [] : [call.Parameters];
        foreach (var permission in alone.Concat(call.Parameters.Items("IpPermissions")))
        {
            var protocol = Protocol(permission.Required("IpProtocol"));
            var (from, to) = Ports(protocol, permission);
            SecurityGroupRule Rule(Ec2Parameters source, string? ipv4 = null, string? ipv6 = null, string? list = null,
                string? group = null) => new()
                {
                    Id = call.State.NewId(call.World, "sgr-", $"{protocol}/{from}/{to}/{ipv4}{ipv6}{list}{group}"),
                    Protocol = protocol,
                    FromPort = from,
                    ToPort = to,
                    CidrIpv4 = ipv4,
                    CidrIpv6 = ipv6,
                    PrefixListId = list,
                    GroupId = group,
                    Description = source.Text("Description"),
                };
            // The short form says one range beside the ports.
            if (permission.Text("CidrIp") is { } only)
            {
                yield return Rule(permission, ipv4: Block(only, ipv6: false));
            }
            if (permission.Text("SourceSecurityGroupName") is { } named)
            {
                yield return Rule(permission, group: ByName(call, named).Id);
            }
            foreach (var range in permission.Items("IpRanges"))
            {
                yield return Rule(range, ipv4: Block(range.Required("CidrIp"), ipv6: false));
            }
            foreach (var range in permission.Items("Ipv6Ranges"))
            {
                yield return Rule(range, ipv6: Block(range.Required("CidrIpv6"), ipv6: true));
            }
            foreach (var list in permission.Items("PrefixListIds"))
            {
                yield return Rule(list, list: list.Required("PrefixListId"));
            }
            foreach (var group in permission.Items("Groups"))
            {
                yield return Rule(group,
                    group: call.Find(call.State.SecurityGroups, group.Required("GroupId"), Ec2Id.SecurityGroup).Id);
            }
        }
    }

    internal static (int? From, int? To) Ports(string protocol, Ec2Parameters said)
    {
        var (from, to) = protocol == "-1" ? (null, null) : (said.Integer("FromPort"), said.Integer("ToPort"));
        if (protocol is "tcp" or "udp" && (from is null || to is null || from > to || from < 0 || to > 65535))
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                "Invalid value for portRange. Must specify both from and to ports with TCP/UDP.");
        }
        return (from, to);
    }

    internal static string Protocol(string written) => written switch
    {
        "all" or "-1" => "-1",
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        _ => written.ToLowerInvariant(),
    };

    internal static string Block(string written, bool ipv6) =>
        Cidr.Canonical(written) is { } block && Cidr.IsIpv6(block) == ipv6
            ? block
            : throw AwsRefusal.Ec2("InvalidParameterValue", $"CIDR block {written} is malformed");

    internal static string Describe(SecurityGroupRule rule) =>
        $"peer: {rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.GroupId}, "
            + $"{(rule.Protocol == "-1" ? "ALL" : rule.Protocol.ToUpperInvariant())}, ALLOW";
}
