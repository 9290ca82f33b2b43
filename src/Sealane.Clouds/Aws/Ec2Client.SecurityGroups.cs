using System.Xml.Linq;

namespace Sealane.Clouds.Aws;

/// <summary>A security group, as far as it serves as a mark.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html</remarks>
public sealed record Ec2SecurityGroup(string Id, string Name, string VpcId, IReadOnlyDictionary<string, string> Tags)
{
    internal static Ec2SecurityGroup Read(XElement item) => new(
        item.Text("groupId") ?? "", item.Text("groupName") ?? "", item.Text("vpcId") ?? "", item.Tags());
}

public sealed partial class Ec2Client
{
    /// <summary>No two groups of a VPC have the same name: a second one is refused (InvalidGroup.Duplicate).</summary>
    public Task CreateSecurityGroup(
        string vpcId, string name, string description, IReadOnlyList<(string Key, string Value)> tags,
            CancellationToken ct)
    {
        var form = new QueryForm().Add("GroupName", name).Add("GroupDescription", description).Add("VpcId", vpcId)
            .Add("TagSpecification.1.ResourceType", "security-group").Tags("TagSpecification.1.", tags);
        return Write("CreateSecurityGroup", form, ct);
    }

    public async Task<Ec2SecurityGroup?> FindSecurityGroup(string vpcId, string name, CancellationToken ct) =>
        (await Pages("DescribeSecurityGroups", new QueryForm().Filter("group-name", name).Filter("vpc-id", vpcId),
            "securityGroupInfo", Ec2SecurityGroup.Read, ct).ConfigureAwait(false)).FirstOrNull();

    public Task DeleteSecurityGroup(string id, CancellationToken ct) =>
        Write("DeleteSecurityGroup", new QueryForm().Add("GroupId", id), ct);
}
