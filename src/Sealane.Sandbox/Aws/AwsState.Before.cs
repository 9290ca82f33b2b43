using System.Security.Cryptography;
using System.Text;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Sandbox.Aws;

/// <summary>The account as it is before the link: what the guide presupposes, and what the spec says exists
/// already.</summary>
public sealed partial class AwsState
{
    private static readonly DateTimeOffset LongAgo = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static AwsState Of(NetworkDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        var state = new AwsState { Account = design.Aws.Account };
        state.AddVpc(design.Vpcs[0], design.Aws.Region);
        state.Presuppose(design);
        state.AddExistingGateways(design);
        return state;
    }

    /// <summary>Further VPCs that a spec names exist as well, also where it names them later.</summary>
    public void Presuppose(NetworkDesign design)
    {
        ArgumentNullException.ThrowIfNull(design);
        foreach (var vpc in design.Vpcs.Skip(1).Where(vpc => !Vpcs.Exists(own => own.Id == vpc.Id)))
        {
            AddVpc(vpc, design.Aws.Region, Vpcs.Count);
        }
        foreach (var account in design.OtherAccounts
            .Where(account => !Others.Exists(other => other.Account == account)))
        {
            Others.Add(new() { Account = account });
        }
    }

    private void AddVpc(VpcDesign vpc, string region, int others = 0)
    {
        IReadOnlyList<Prefix> prefixes = vpc.Prefixes is { Count: > 0 } named ? named : [StandIn.OfVpc(others)];
        Vpcs.Add(new()
        {
            Id = vpc.Id,
            Region = region,
            State = "available",
            CreatedAt = LongAgo,
            Cidrs = [.. prefixes.Select(p => p.ToString())],
            DhcpOptionsId = IdOf("dopt-", vpc.Id),
            Tags = new() { ["Name"] = "app" },
        });
        AddSubnets(vpc, region, prefixes);
        AddRouteTables(vpc, region);
        if (vpc.Account is { } account)
        {
            foreach (var id in Subnets.Where(subnet => subnet.VpcId == vpc.Id).Select(subnet => subnet.Id)
                .Concat(VpcRouteTables.Where(table => table.VpcId == vpc.Id).Select(table => table.Id))
                .Append(vpc.Id).Append(IdOf("sg-", vpc.Id)))
            {
                Owners[id] = account;
            }
        }
        SecurityGroups.Add(new()
        {
            Id = IdOf("sg-", vpc.Id),
            Region = region,
            CreatedAt = LongAgo,
            VpcId = vpc.Id,
            GroupName = "default",
            Description = "default VPC security group",
        });
    }

    private void AddSubnets(VpcDesign vpc, string region, IReadOnlyList<Prefix> prefixes)
    {
        IReadOnlyList<string> ids = vpc.SubnetIds is { Count: > 0 } named
            ? [.. named.Distinct()]
            : [IdOf("subnet-", $"{vpc.Id}/1"), IdOf("subnet-", $"{vpc.Id}/2")];
        // A subnet is a /28 at least; a small VPC is cut into sixteenths.
        var blocks = prefixes.SelectMany(p => Cut(p, Math.Max(p.Length, Math.Clamp(p.Length + 4, 24, 28)))).ToList();
        foreach (var (index, id) in ids.Take(blocks.Count).Index())
        {
            Subnets.Add(new()
            {
                Id = id,
                Region = region,
                State = "available",
                CreatedAt = LongAgo,
                VpcId = vpc.Id,
                // Block 0 is left to others where there is room, so that a subnet is not mistaken for the VPC's start.
                Cidr = blocks[blocks.Count > ids.Count ? index + 1 : index].ToString(),
                AvailabilityZone = $"{region}{(char)('a' + (index % 26))}",
                AvailabilityZoneId = $"{Short(region)}-az{index + 1}",
                Tags = new() { ["Name"] = $"app-{(char)('a' + (index % 26))}" },
            });
        }
    }

    private void AddRouteTables(VpcDesign vpc, string region)
    {
        VpcRouteTables.Add(new()
        {
            Id = IdOf("rtb-", vpc.Id),
            Region = region,
            CreatedAt = LongAgo,
            VpcId = vpc.Id,
            Main = true,
        });
        var subnets = Subnets.Where(subnet => subnet.VpcId == vpc.Id).ToList();
        var named = vpc.RouteTableIds.Distinct().ToList();
        foreach (var (index, id) in named.Index())
        {
            VpcRouteTables.Add(new()
            {
                Id = id,
                Region = region,
                CreatedAt = LongAgo,
                VpcId = vpc.Id,
                SubnetIds = [.. subnets.Where((_, subnet) => subnet % named.Count == index).Select(s => s.Id)],
            });
        }
    }

    /// <summary>Blocks of this length inside a prefix, at most 32 of them.</summary>
    private static IEnumerable<Prefix> Cut(Prefix prefix, int length)
    {
        length = Math.Max(length, prefix.Length);
        var size = 1L << (32 - length);
        return Enumerable.Range(0, (int)Math.Min(prefix.Size / size, 32))
            .Select(n => new Prefix(prefix.Host(n * size), length));
    }

    /// <summary><c>ap-southeast-2</c> becomes <c>apse2</c>, as in zone ids.</summary>
    internal static string Short(string region) =>
        string.Concat(region.Split('-').Select((part, index) => index switch
        {
            0 => part,
            _ when part is "northeast" or "northwest" or "southeast" or "southwest" => $"{part[0]}{part[5]}",
            _ => part[..Math.Min(1, part.Length)],
        }));

    /// <summary>Ids of what exists before any world: they depend on the spec alone.</summary>
    private static string IdOf(string prefix, string key) =>
        $"{prefix}0{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(prefix + key)))[..16]}";
}
