namespace Sealane.Sandbox.Aws;

public sealed class SecurityGroup : AwsObject
{
    public required string VpcId { get; init; }
    public required string GroupName { get; init; }
    public string Description { get; set; } = "";

    /// <summary>Ingress rules, one source each. Egress is open, as in a group just made.</summary>
    public List<SecurityGroupRule> Rules { get; set; } = [];
}

/// <summary>One ingress rule: exactly one of the four sources is set.</summary>
public sealed class SecurityGroupRule
{
    public required string Id { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, a protocol number, or <c>-1</c> for all.</summary>
    public required string Protocol { get; init; }
    public int? FromPort { get; init; }
    public int? ToPort { get; init; }
    public string? CidrIpv4 { get; init; }
    public string? CidrIpv6 { get; init; }
    public string? PrefixListId { get; init; }
    public string? GroupId { get; init; }
    public string? Description { get; init; }
    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>AWS knows a rule again by protocol, ports and source; the description does not count.</summary>
    public bool SameAs(SecurityGroupRule other) =>
        (Protocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, GroupId)
        == (other.Protocol, other.FromPort, other.ToPort, other.CidrIpv4, other.CidrIpv6, other.PrefixListId,
            other.GroupId);
}
