using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>
/// VPCs and subnets of other teams, and what comes with a VPC: a main route table and a security group.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html</remarks>
internal static class VpcMakingCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateVpc", "*CidrBlock InstanceTenancy" + Ec2Operation.TagSpecification, CreateVpc),
        new("AssociateVpcCidrBlock", "*VpcId CidrBlock AmazonProvidedIpv6CidrBlock:boolean", AddBlock),
        new("DeleteVpc", "*VpcId", DeleteVpc),
        new("CreateSubnet",
            "*VpcId *CidrBlock AvailabilityZone AvailabilityZoneId" + Ec2Operation.TagSpecification, CreateSubnet),
        new("DeleteSubnet", "*SubnetId", DeleteSubnet),
    ];

    private static IEnumerable<XElement?> CreateVpc(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "vpc");
        var cidr = Block(call, 16);
        var vpc = new Vpc
        {
            Id = call.State.NewId(call.World, "vpc-", $"{cidr}/{tags.GetValueOrDefault("Name")}"),
            Region = call.Region,
            State = "available",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            Cidrs = [cidr],
            DhcpOptionsId = call.State.Vpcs.FirstOrDefault()?.DhcpOptionsId ?? "default",
        };
        call.State.Vpcs.Add(vpc);
        call.State.VpcRouteTables.Add(new()
        {
            Id = call.State.NewId(call.World, "rtb-", vpc.Id),
            Region = call.Region,
            CreatedAt = call.World.Now,
            VpcId = vpc.Id,
            Main = true,
        });
        call.State.SecurityGroups.Add(new()
        {
            Id = call.State.NewId(call.World, "sg-", vpc.Id),
            Region = call.Region,
            CreatedAt = call.World.Now,
            VpcId = vpc.Id,
            GroupName = "default",
            Description = "default VPC security group",
        });
        return [VpcCalls.Element(call, vpc, "vpc")];
    }

    private static IEnumerable<XElement?> AddBlock(Ec2Call call)
    {
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        if (call.Parameters.Text("AmazonProvidedIpv6CidrBlock") == "true")
        {
            return AddIpv6(call, vpc);
        }
        var cidr = Block(call, 16);
        if (vpc.Cidrs.Any(other => Cidr.Overlap(other, cidr)))
        {
            throw AwsRefusal.Ec2("InvalidVpc.Range", $"The CIDR '{cidr}' overlaps with one of {vpc.Id}");
        }
        vpc.Cidrs.Add(cidr);
        return [Text("vpcId", vpc.Id), Group("cidrBlockAssociation",
            Text("associationId", VpcCalls.CidrAssociation(vpc, vpc.Cidrs.Count - 1)), Text("cidrBlock", cidr),
            Group("cidrBlockState", Text("state", "associating")))];
    }

    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateVpcCidrBlock.html; the code is ours, the
    // quota is five: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    private static IEnumerable<XElement?> AddIpv6(Ec2Call call, Vpc vpc)
    {
        if (call.Parameters.Text("CidrBlock") is not null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "The parameter CidrBlock cannot be used with the parameter AmazonProvidedIpv6CidrBlock");
        }
        if (vpc.Ipv6Cidrs.Count == 5)
        {
            throw AwsRefusal.Ec2("VpcCidrLimitExceeded", $"{vpc.Id} has five IPv6 blocks, which is the most.");
        }
        var digits = call.World.Hex($"aws/vpc-ipv6/{vpc.Id}/{vpc.Ipv6Cidrs.Count}", 6);
        vpc.Ipv6Cidrs.Add($"2406:da1c:{digits[..4]}:{digits[4..]}00::/56");
        return [Text("vpcId", vpc.Id), VpcCalls.Ipv6Association(call, vpc, vpc.Ipv6Cidrs.Count - 1,
            "ipv6CidrBlockAssociation", "associating")];
    }

    private static IEnumerable<XElement?> DeleteVpc(Ec2Call call)
    {
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        if (call.State.Subnets.Any(s => s.VpcId == vpc.Id)
            || call.State.InternetGateways.Any(g => g.VpcId == vpc.Id)
            || call.State.VpnGateways.Any(g => g.IsAttached && g.VpcId == vpc.Id))
        {
            throw AwsRefusal.Ec2("DependencyViolation", $"The vpc '{vpc.Id}' has dependencies and cannot be deleted.");
        }
        call.State.Vpcs.Remove(vpc);
        call.State.VpcRouteTables.RemoveAll(table => table.VpcId == vpc.Id);
        call.State.SecurityGroups.RemoveAll(group => group.VpcId == vpc.Id);
        return Done;
    }

    private static IEnumerable<XElement?> CreateSubnet(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "subnet");
        var vpc = call.Find(call.State.Vpcs, call.Parameters.Required("VpcId"), Ec2Id.Vpc);
        var cidr = Block(call, 16);
        if (!vpc.Prefixes.Any(block => block.Contains(Core.Prefix.Parse(cidr))))
        {
            throw AwsRefusal.Ec2("InvalidSubnet.Range", $"The CIDR '{cidr}' is invalid.");
        }
        if (call.State.Subnets.Any(other => other.VpcId == vpc.Id && Cidr.Overlap(other.Cidr, cidr)))
        {
            throw AwsRefusal.Ec2("InvalidSubnet.Conflict", $"The CIDR '{cidr}' conflicts with another subnet");
        }
        var zone = call.Parameters.Text("AvailabilityZone") ?? $"{call.Region}a";
        var subnet = new Subnet
        {
            Id = call.State.NewId(call.World, "subnet-", $"{vpc.Id}/{cidr}"),
            Region = call.Region,
            State = "available",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            VpcId = vpc.Id,
            Cidr = cidr,
            AvailabilityZone = zone,
            AvailabilityZoneId = ZoneCalls.IdOf(zone),
        };
        call.State.Subnets.Add(subnet);
        return [VpcCalls.Element(call, subnet, "subnet")];
    }

    private static IEnumerable<XElement?> DeleteSubnet(Ec2Call call)
    {
        var subnet = call.Find(call.State.Subnets, call.Parameters.Required("SubnetId"), Ec2Id.Subnet);
        if (call.State.NetworkInterfaces.Any(one => one.SubnetId == subnet.Id)
            || call.State.Attachments.Any(a => a.State != "deleted" && a.SubnetIds.Contains(subnet.Id)))
        {
            throw AwsRefusal.Ec2("DependencyViolation",
                $"The subnet '{subnet.Id}' has dependencies and cannot be deleted.");
        }
        call.State.Subnets.Remove(subnet);
        call.State.VpcRouteTables.ForEach(table => table.SubnetIds.Remove(subnet.Id));
        return Done;
    }

    /// <summary>Blocks of a VPC and of a subnet are /16 to /28.</summary>
    private static string Block(Ec2Call call, int largest)
    {
        var written = call.Parameters.Required("CidrBlock");
        return Cidr.Canonical(written) is { } block && !Cidr.IsIpv6(block)
            && Cidr.Length(block) >= largest && Cidr.Length(block) <= 28
                ? block
                : throw AwsRefusal.Ec2("InvalidParameterValue",
                    $"Value ({written}) for parameter cidrBlock is invalid. This is not a valid CIDR block.");
    }
}
