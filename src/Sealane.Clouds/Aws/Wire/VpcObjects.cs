using System.Xml.Linq;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

/// <summary>A VPC as EC2 shows it.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html</remarks>
/// <param name="Prefixes">All IPv4 blocks in use, the first one included.</param>
public sealed record Ec2Vpc(string Id, string State, IReadOnlyList<Prefix> Prefixes)
{
    /// <summary>It has an IPv6 block in use.</summary>
    public bool HasIpv6 { get; init; }

    internal static Ec2Vpc Read(XElement item)
    {
        // A block that is on its way out (disassociating, disassociated, failed) carries nothing any more.
        var blocks = item.Items("cidrBlockAssociationSet")
            .Where(block => block.Child("cidrBlockState").Text("state") is null or "associated" or "associating")
            .Select(block => block.Text("cidrBlock")).Append(item.Text("cidrBlock")).OfType<string>();
        return new(item.Id("vpcId"), item.Text("state") ?? "unknown",
            [.. blocks.Select(block => PrefixText.Read(block, "cidrBlock")).Distinct().Order()])
        {
            HasIpv6 = item.Items("ipv6CidrBlockAssociationSet")
                .Any(block => block.Child("ipv6CidrBlockState").Text("state") is null or "associated" or "associating"),
        };
    }
}

/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html</remarks>
public sealed record Ec2Subnet(string Id, string VpcId, string AvailabilityZone, string Cidr, string State)
{
    internal static Ec2Subnet Read(XElement item) => new(
        item.Id("subnetId"), item.Text("vpcId") ?? "", item.Text("availabilityZone") ?? "",
        // A subnet of IPv6 alone has none.
        item.Text("cidrBlock") is { } block ? PrefixText.Read(block, "cidrBlock").ToString() : "",
        item.Text("state") ?? "unknown");
}

/// <summary>A route table of a VPC. The main one serves every subnet that names no other.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html</remarks>
public sealed record VpcRouteTable(
    string Id, string VpcId, bool IsMain, IReadOnlyList<string> SubnetIds, IReadOnlyList<VpcRoute> Routes)
{
    /// <summary>Virtual private gateways whose routes stand in it.</summary>
    public IReadOnlyList<string> PropagatingGateways { get; init; } = [];

    /// <summary>Routes whose destination is a prefix list: <c>pl-…</c>.</summary>
    public IReadOnlyList<VpcRoute> PrefixListRoutes { get; init; } = [];

    /// <summary>Targets of IPv6 routes.</summary>
    public IReadOnlyList<string> Ipv6Targets { get; init; } = [];

    internal static VpcRouteTable Read(XElement item) => new(
        item.Id("routeTableId"), item.Text("vpcId") ?? "",
        item.Must("associationSet").Rows().Any(association => association.Flag("main")),
        [.. item.Items("associationSet").Select(association => association.Text("subnetId")).OfType<string>()],
        [.. item.Must("routeSet").Rows().Where(IsIpv4).Select(VpcRoute.Read)])
    {
        PropagatingGateways = [.. item.Items("propagatingVgwSet")
            .Select(gateway => gateway.Text("gatewayId")).OfType<string>()],
        PrefixListRoutes = [.. item.Items("routeSet").Where(route => route.Text("destinationPrefixListId") is not null)
            .Select(VpcRoute.Read)],
        Ipv6Targets = [.. item.Items("routeSet").Where(route => route.Text("destinationIpv6CidrBlock") is not null)
            .Select(route => VpcRoute.Read(route).Target)],
    };

    // IPv6 and prefix lists stand apart; a route to nowhere at all is one that cannot be read.
    private static bool IsIpv4(XElement route) =>
        (route.Text("destinationIpv6CidrBlock") ?? route.Text("destinationPrefixListId")) is null
        && route.Id("destinationCidrBlock").Length > 0;
}

/// <param name="Target">Id of where it leads: <c>local</c>, <c>tgw-…</c>, <c>igw-…</c>, <c>eni-…</c>.</param>
/// <param name="State"><c>active</c> or <c>blackhole</c>: the target is gone.</param>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Route.html</remarks>
public sealed record VpcRoute(string Destination, string Target, string State, string? Origin)
{
    private static readonly string[] Targets =
    [
        "transitGatewayId", "gatewayId", "natGatewayId", "vpcPeeringConnectionId", "networkInterfaceId", "instanceId",
        "egressOnlyInternetGatewayId", "localGatewayId", "carrierGatewayId", "coreNetworkArn", "odbNetworkArn",
    ];

    internal static VpcRoute Read(XElement item) => new(
        item.Text("destinationCidrBlock") is { } block ? PrefixText.Read(block, "destinationCidrBlock").ToString()
            : item.Text("destinationPrefixListId") ?? "",
        Targets.Select(item.Text).OfType<string>().FirstOrDefault()
            ?? throw new UnreadableReply("it has a route without its target"),
        item.Text("state") ?? "unknown", item.Text("origin"));
}
