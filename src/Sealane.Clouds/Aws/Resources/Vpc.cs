using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The VPC with its subnets and route tables as found: used, never changed except for the routes that the spec
/// asks for.</summary>
public sealed record VpcNetwork(
    Ec2Vpc Vpc, IReadOnlyList<Ec2Subnet> Subnets, IReadOnlyList<VpcRouteTable> RouteTables) : IAddressSpace
{
    public IReadOnlyList<Prefix> Prefixes => Vpc.Prefixes;

    /// <summary>Of another account, with which the transit gateway is not shared, and not attached to it.</summary>
    public bool SeesNoGateway { get; init; }

    /// <summary>The tables that serve the subnets: a subnet without one of its own is served by the main
    /// table.</summary>
    public IReadOnlyList<string> TablesServing(IEnumerable<string> subnetIds) =>
    [
        .. subnetIds.Select(subnet => (RouteTables.FirstOrDefault(table => table.SubnetIds.Contains(subnet))
                ?? RouteTables.FirstOrDefault(table => table.IsMain))?.Id)
            .OfType<string>().Distinct().Order(StringComparer.Ordinal),
    ];
}

/// <summary>The existing VPC. What the guide presupposes.</summary>
/// <remarks>API: ec2 DescribeVpcs, DescribeSubnets, DescribeRouteTables.</remarks>
/// <param name="clients">Of the account in which it lies.</param>
public sealed class Vpc(AwsClients clients, NetworkDesign design, VpcDesign vpc)
    : Existing<Vpc.Desired, VpcNetwork>(Ref(vpc))
{
    /// <param name="Prefixes">What the spec says; empty: whatever is found.</param>
    public sealed record Desired(
        IReadOnlyList<Prefix> Prefixes, IReadOnlyList<string> SubnetIds, IReadOnlyList<string> RouteTableIds);

    public static ObjectRef<VpcNetwork> Ref(VpcDesign vpc) => new(vpc.Key.On("aws/vpc"));

    public override Cloud Cloud => Cloud.Aws;
    public override string? Account => vpc.Account;
    public override string Title => vpc.Key.After("VPC");
    public override IReadOnlyList<int> GuideSteps => [];
    public override IReadOnlyList<string> Operations =>
        ["ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeRouteTables"];
    public override TimeSpan Expected => AwsTimes.Look;

    public override Desired Derive(IKnown known) =>
        new(vpc.Prefixes, vpc.SubnetIds, vpc.RouteTableIds);

    /// <exception cref="CloudError">NotFound: the VPC is not in this account and region.</exception>
    public override async Task<VpcNetwork?> Observe(IKnown known, CancellationToken ct)
    {
        var found = await clients.Ec2.FindVpc(vpc.Id, ct).ConfigureAwait(false);
        if (found is null)
        {
            // Of an earlier spec it may be gone.
            return design.Link.IsFormer ? null : throw new CloudError(
                Cloud.Aws, "ec2:DescribeVpcs", CloudErrorKind.NotFound, 200, "InvalidVpcID.NotFound",
                $"there is no VPC {vpc.Id} in region {clients.Region} of the account of these credentials",
                advice: $"check {vpc.Path}.vpc and aws.region in the spec, the account, and the profile");
        }
        var tables = await clients.Ec2.DescribeRouteTables(found.Id, ct).ConfigureAwait(false);
        if (tables.All(table => !table.IsMain))
        {
            // Every VPC has one. Without it, subnets that name no table would seem to have no routes.
            throw new CloudError(Cloud.Aws, "ec2:DescribeRouteTables", CloudErrorKind.Unavailable, 200, null,
                $"the answer shows no main route table of {found.Id}", advice: UnreadableReply.Advice);
        }
        return new(found, await clients.Ec2.DescribeSubnets(found.Id, ct).ConfigureAwait(false), tables)
        {
            SeesNoGateway = vpc.Account is not null && design.TransitGateway.ExistingId is { } gateway
                && await clients.Ec2.FindTransitGateway(gateway, ct).ConfigureAwait(false) is null
                // What hangs there already works on without the share.
                && (await clients.Ec2.VpcAttachments(gateway, vpc.Id, ct).ConfigureAwait(false))
                    .All(attachment => attachment.State is "deleted" or "failed" or "rejected"),
        };
    }

    /// <summary>To share is its owner's to do, once: these are the lines for it.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-share.html,
    /// https://docs.aws.amazon.com/cli/latest/reference/ram/</remarks>
    private string Unshared()
    {
        var (gateway, region) = (design.TransitGateway.ExistingId, clients.Region);
        var partition = region.StartsWith("cn-", StringComparison.Ordinal) ? "aws-cn"
            : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "aws-us-gov" : "aws";
        var owners = design.Spec.Aws.Profile is { } profile ? $" --profile {profile}" : "";
        return $"{gateway} is not shared with account {vpc.Account}, or the account has not accepted the share. Its "
            + $"owner: aws ram create-resource-share --region {region} --name {design.Name} --resource-arns "
            + $"arn:{partition}:ec2:{region}:{design.Aws.Account}:transit-gateway/{gateway} --principals {vpc.Account}"
            + $" --allow-external-principals{owners}. Where the two are not in one organization that shares: "
            + $"aws ram get-resource-share-invitations --region {region} --profile {vpc.Profile}, and aws ram "
            + $"accept-resource-share-invitation --region {region} --profile {vpc.Profile} "
            + "--resource-share-invitation-arn ARN";
    }

    public override Change Compare(Desired desired, VpcNetwork observed)
    {
        var lines = new List<string>();
        if (desired.Prefixes.Count > 0)
        {
            lines.AddRange(new Differences()
                .Set($"prefixes of the spec ({vpc.Path}.cidrs)", desired.Prefixes, observed.Prefixes).Lines);
        }
        lines.AddRange(desired.SubnetIds.Where(id => observed.Subnets.All(subnet => subnet.Id != id))
            .Select(id => $"subnet {id} is not in {observed.Vpc.Id}"));
        lines.AddRange(desired.RouteTableIds.Where(id => observed.RouteTables.All(table => table.Id != id))
            .Select(id => $"route table {id} is not in {observed.Vpc.Id}"));
        // DuplicateSubnetsInSameZone otherwise, minutes later.
        lines.AddRange(observed.Subnets.Where(subnet => desired.SubnetIds.Contains(subnet.Id)
            && subnet.AvailabilityZone.Length > 0)
            .GroupBy(subnet => subnet.AvailabilityZone)
            .Where(zone => zone.Count() > 1)
            .Select(zone => $"{string.Join(" and ", zone.Select(subnet => subnet.Id))} are both in zone {zone.Key}: "
                + $"one subnet a zone"));
        lines.AddRange(observed.SeesNoGateway ? [Unshared()] : []);
        return Change.Refused(lines);
    }

    public override bool IsReady(VpcNetwork observed) => observed.Vpc.State == "available";

    public override ResourceView View(VpcNetwork observed) => new(observed.Vpc.State, observed.Vpc.Id,
        AwsConsole.Vpc(clients.Region, observed.Vpc.Id), [("prefixes", string.Join(", ", observed.Prefixes))]);
}
