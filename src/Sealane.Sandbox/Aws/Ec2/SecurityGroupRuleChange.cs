using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Rules changed in place, by id: as Terraform does, which changes a rule by no other way.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifySecurityGroupRules.html</remarks>
internal static class SecurityGroupRuleChange
{
    private const string Rule = "SecurityGroupRule.N.SecurityGroupRule.";

    public static Ec2Operation Operation { get; } = new("ModifySecurityGroupRules",
        "*GroupId SecurityGroupRule.N.SecurityGroupRuleId "
        + $"{Rule}IpProtocol {Rule}FromPort:integer {Rule}ToPort:integer {Rule}CidrIpv4 {Rule}CidrIpv6 "
        + $"{Rule}PrefixListId {Rule}ReferencedGroupId {Rule}Description", Modify);

    private static IEnumerable<XElement?> Modify(Ec2Call call)
    {
        var group = call.Find(call.State.SecurityGroups, call.Parameters.Required("GroupId"), Ec2Id.SecurityGroup);
        var asked = call.Parameters.Items("SecurityGroupRule");
        if (asked.Count == 0)
        {
            throw AwsRefusal.Missing("securityGroupRules");
        }
        // All or nothing: each is judged before the first one changes.
        var rules = group.Rules.ToList();
        foreach (var one in asked)
        {
            var id = one.Required("SecurityGroupRuleId");
            var at = rules.FindIndex(rule => rule.Id == id);
            if (at < 0)
            {
                throw AwsRefusal.Ec2("InvalidSecurityGroupRuleId.NotFound",
                    $"The security group rule ID '{id}' does not exist");
            }
            var changed = Read(call, one.At("SecurityGroupRule"), rules[at]);
            if (rules.Exists(rule => rule.Id != id && rule.SameAs(changed)))
            {
                throw AwsRefusal.Ec2("InvalidPermission.Duplicate",
                    $"the specified rule \"{SecurityGroupRuleCalls.Describe(changed)}\" already exists");
            }
            rules[at] = changed;
        }
        group.Rules = rules;
        return [Flag("return", true)];
    }

    private static SecurityGroupRule Read(Ec2Call call, Ec2Parameters said, SecurityGroupRule before)
    {
        var protocol = SecurityGroupRuleCalls.Protocol(said.Required("IpProtocol"));
        var (from, to) = SecurityGroupRuleCalls.Ports(protocol, said);
        string?[] sources = [said.Text("CidrIpv4"), said.Text("CidrIpv6"), said.Text("PrefixListId"),
            said.Text("ReferencedGroupId")];
        if (sources.Count(source => source is not null) != 1)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination", "A rule has exactly one source.");
        }
        return new()
        {
            Id = before.Id,
            Protocol = protocol,
            FromPort = from,
            ToPort = to,
            CidrIpv4 = sources[0] is { } ipv4 ? SecurityGroupRuleCalls.Block(ipv4, ipv6: false) : null,
            CidrIpv6 = sources[1] is { } ipv6 ? SecurityGroupRuleCalls.Block(ipv6, ipv6: true) : null,
            PrefixListId = sources[2],
            GroupId = sources[3] is { } id
                ? call.Find(call.State.SecurityGroups, id, Ec2Id.SecurityGroup).Id : null,
            Description = said.Text("Description"),
            Tags = before.Tags,
        };
    }
}
