using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Aws;

/// <summary>A protected VPC: every prefix, every route table, and every gateway that it is attached to.</summary>
internal sealed class VpcReader : Reader
{
    private static readonly Question Describe = new()
    {
        Call = "ec2:DescribeVpcs",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpcs",
        Shows = "IPv4 and IPv6 prefixes of a VPC",
        Hides = "prefixes of the VPC that nobody guards",
    };

    private static readonly Question Subnets = new()
    {
        Call = "ec2:DescribeSubnets",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeSubnets",
        Shows = "the subnets and their prefixes",
        Hides = "a subnet with a route table of its own",
    };

    private static readonly Question RouteTables = new()
    {
        Call = "ec2:DescribeRouteTables",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeRouteTables",
        Shows = "every route table of the VPC: main, of subnets, of gateways",
        LeadsTo = "transit gateways, virtual private gateways, peerings, prefix lists",
        Hides = "a route from the VPC past the tunnels",
    };

    private static readonly Question Attachments = new()
    {
        Call = "ec2:DescribeTransitGatewayAttachments (of a VPC)",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeTransitGatewayAttachments",
        Shows = "the transit gateways that the VPC is attached to",
        // No hole: what leads there stands in the route tables, and what comes from there in the Direct Connect
        // gateways.
        LeadsTo = "transit gateways",
    };

    private static readonly Question VpnGateways = new()
    {
        Call = "ec2:DescribeVpnGateways",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpnGateways",
        Shows = "the virtual private gateway of the VPC",
        LeadsTo = "VPN connections, private virtual interfaces, Direct Connect gateways",
        Hides = "a private virtual interface or VPN past the transit gateway",
    };

    private static readonly Question Peerings = new()
    {
        Call = "ec2:DescribeVpcPeeringConnections",
        Cloud = Cloud.Aws,
        Permission = "ec2:DescribeVpcPeeringConnections",
        Shows = "the prefixes behind a peering that a route names",
    };

    private static readonly Question PrefixList = new()
    {
        Call = "ec2:GetManagedPrefixListEntries",
        Cloud = Cloud.Aws,
        Permission = "ec2:GetManagedPrefixListEntries",
        Shows = "the prefixes of a prefix list that a route names",
        Hides = "the destinations of a route",
    };

    public override string Kind => "VPC";

    public override IReadOnlyList<Question> Questions =>
        [Describe, Subnets, RouteTables, Attachments, VpnGateways, Peerings, PrefixList];

    public override async Task Read(Walk walk, string id)
    {
        var aws = walk.AwsOf(id);
        var ec2 = aws.Ec2;
        var vpc = walk.Ask(Describe, id, ct => ec2.FindVpc(id, ct));
        var subnets = walk.Ask(Subnets, id, ct => ec2.DescribeSubnets(id, ct)!);
        var tables = walk.Ask(RouteTables, id, ct => ec2.DescribeRouteTables(id, ct)!);
        var attachments = walk.Ask(Attachments, id, ct => ec2.AttachmentsOfVpc(id, ct)!);
        var gateways = walk.Ask(VpnGateways, id, ct => ec2.VpnGatewaysOf(id, ct)!);
        foreach (var attachment in await attachments.ConfigureAwait(false) ?? [])
        {
            // A route table is seen by the transit gateway's owner alone.
            walk.Reach(AllReaders.TransitGateway, attachment.TransitGatewayId,
                attachment.GatewayOwnerId == aws.Account ? aws : null);
        }
        foreach (var gateway in await gateways.ConfigureAwait(false) ?? [])
        {
            walk.Reach(AllReaders.VpnGateway, gateway.Id, aws);
        }
        var routes = (await tables.ConfigureAwait(false) ?? [])
            .SelectMany(table => table.Routes.Concat(table.PrefixListRoutes)).ToList();
        foreach (var route in routes.Where(route => route.Target.StartsWith("tgw-", StringComparison.Ordinal)))
        {
            walk.Reach(AllReaders.TransitGateway, route.Target);
        }
        foreach (var list in routes.Select(route => route.Destination)
            .Where(destination => destination.StartsWith("pl-", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal))
        {
            await ReadPrefixList(walk, aws, list).ConfigureAwait(false);
        }
        // Only where a route leads into one: a peering without a route carries nothing.
        var peerings = routes.Exists(route => route.Target.StartsWith("pcx-", StringComparison.Ordinal))
            ? await walk.Ask(Peerings, id, ct => ec2.VpcPeerings(id, ct)!).ConfigureAwait(false) : null;
        if (await vpc.ConfigureAwait(false) is { } found)
        {
            walk.Seen.Vpcs[id] = new(found, await subnets.ConfigureAwait(false), await tables.ConfigureAwait(false),
                await attachments.ConfigureAwait(false), await gateways.ConfigureAwait(false), peerings ?? []);
        }
    }

    /// <summary>Once each, whoever names it.</summary>
    internal static Task ReadPrefixList(Walk walk, AwsClients aws, string id) =>
        walk.Once(aws.Account + id, () => walk.Keep(
            PrefixList, id, ct => aws.Ec2.PrefixListEntries(id, ct)!, walk.Seen.PrefixLists, id));
}
