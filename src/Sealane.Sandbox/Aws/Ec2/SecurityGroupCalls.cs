using System.Globalization;
using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Security groups.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html</remarks>
internal static class SecurityGroupCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateSecurityGroup", "*GroupName *GroupDescription VpcId" + Ec2Operation.TagSpecification, Create),
        new("DeleteSecurityGroup", "GroupId GroupName", Delete),
        new("DescribeSecurityGroups", "GroupId.N GroupName.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
    ];

    private static readonly Ec2Filters<SecurityGroup> Filters = new(g => g.Tags)
    {
        ["group-id"] = (_, g) => [g.Id],
        ["group-name"] = (_, g) => [g.GroupName],
        ["vpc-id"] = (_, g) => [g.VpcId],
        ["ip-permission.cidr"] = (_, g) => g.Rules.Select(r => r.CidrIpv4),
        ["ip-permission.protocol"] = (_, g) => g.Rules.Select(r => r.Protocol),
        ["ip-permission.from-port"] = (_, g) => g.Rules.Select(r => r.FromPort?.ToString(CultureInfo.InvariantCulture)),
        ["ip-permission.to-port"] = (_, g) => g.Rules.Select(r => r.ToPort?.ToString(CultureInfo.InvariantCulture)),
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
    };

    /// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html</remarks>
    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "security-group");
        var name = call.Parameters.Required("GroupName");
        var description = call.Parameters.Required("GroupDescription");
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        if (name.Length > 255 || name.StartsWith("sg-", StringComparison.Ordinal) || !name.All(IsAllowed))
        {
            throw AwsRefusal.Value(name, "GroupName");
        }
        if (description.Length > 255 || !description.All(IsAllowed))
        {
            throw AwsRefusal.Value(description, "GroupDescription");
        }
        // "You can't have two security groups for the same VPC with the same name."
        if (call.Here(call.State.SecurityGroups).Any(group => group.VpcId == vpc.Id && group.GroupName == name))
        {
            throw AwsRefusal.Ec2("InvalidGroup.Duplicate",
                $"The security group '{name}' already exists for VPC '{vpc.Id}'");
        }
        var made = new SecurityGroup
        {
            Id = call.State.NewId(call.World, "sg-", name),
            Region = call.Region,
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            VpcId = vpc.Id,
            GroupName = name,
            Description = description,
            Tags = tags,
        };
        call.State.SecurityGroups.Add(made);
        return [Text("groupId", made.Id), Flag("return", true), Tags(made.Tags)];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var id = call.Parameters.Required("GroupId");
        var group = call.Find(call.State.SecurityGroups, id, Ec2Id.SecurityGroup);
        if (group.GroupName == "default")
        {
            throw AwsRefusal.Ec2("CannotDelete", $"the specified group: \"{id}\" name: \"default\" cannot be deleted "
                + $"by a user");
        }
        call.State.SecurityGroups.Remove(group);
        return [Flag("return", true), Text("groupId", id)];
    }

    /// <summary>a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&amp;;{}!$*</summary>
    private static bool IsAllowed(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || " ._-:/()#,@[]+=&;{}!$*".Contains(letter, StringComparison.Ordinal);

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var groups = call.Listed(call.State.SecurityGroups, "GroupId", Ec2Id.SecurityGroup);
        var names = call.Parameters.List("GroupName");
        if (names.FirstOrDefault(name => !call.Here(call.State.SecurityGroups).Any(g => g.GroupName == name))
            is { } unknown)
        {
            throw Ec2Id.SecurityGroup.Refuse(unknown);
        }
        var (items, next) = call.Page(
            Filters.Apply(call, groups.Where(g => names.Count == 0 || names.Contains(g.GroupName))), idList: "GroupId");
        return [Text("nextToken", next), Set("securityGroupInfo", items.Select(g => Element(call, g)))];
    }

    private static XElement Element(Ec2Call call, SecurityGroup group) => Item(
        Text("groupId", group.Id),
        Text("securityGroupArn", $"arn:aws:ec2:{group.Region}:{call.State.CallerAccount}:security-group/{group.Id}"),
        Text("ownerId", call.State.CallerAccount),
        Text("groupName", group.GroupName),
        Text("groupDescription", group.Description),
        Text("vpcId", group.VpcId),
        Set("ipPermissions",
            group.Rules.GroupBy(r => (r.Protocol, r.FromPort, r.ToPort)).Select(rules => Permission(call, [.. rules]))),
        Set("ipPermissionsEgress", [Permission(call, [AllOut])]),
        Tags(group.Tags));

    private static SecurityGroupRule AllOut { get; } = new() { Id = "", Protocol = "-1", CidrIpv4 = "0.0.0.0/0" };

    /// <summary>Rules of one protocol and port range are one permission with several sources.</summary>
    public static XElement Permission(Ec2Call call, IReadOnlyList<SecurityGroupRule> rules) => Item(
        Text("ipProtocol", rules[0].Protocol),
        Number("fromPort", rules[0].FromPort),
        Number("toPort", rules[0].ToPort),
        Sources(rules, "groups", "groupId", r => r.GroupId, call.State.CallerAccount),
        Sources(rules, "ipRanges", "cidrIp", r => r.CidrIpv4),
        Sources(rules, "ipv6Ranges", "cidrIpv6", r => r.CidrIpv6),
        Sources(rules, "prefixListIds", "prefixListId", r => r.PrefixListId));

    private static XElement Sources(
        IReadOnlyList<SecurityGroupRule> rules, string name, string member, Func<SecurityGroupRule, string?> source,
        string? owner = null) =>
        Set(name, rules.Where(r => source(r) is not null).Select(r => Item(
            Text("userId", owner), Text(member, source(r)), Text("description", r.Description))));
}
