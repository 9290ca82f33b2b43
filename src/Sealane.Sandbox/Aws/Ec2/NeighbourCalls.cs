using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Listings of what can stand beside a link and that this account has none of.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeVpnGateways.html,
/// .../API_DescribeVpcPeeringConnections.html, .../API_GetTransitGatewayPrefixListReferences.html
/// </remarks>
internal static class NeighbourCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("DescribeVpnGateways", "VpnGatewayId.N" + Ec2Operation.Filters, _ => [Set("vpnGatewaySet", [])]),
        new("DescribeVpcPeeringConnections", "VpcPeeringConnectionId.N" + Ec2Operation.Filters + Ec2Operation.Page,
            _ => [Set("vpcPeeringConnectionSet", [])]),
        new("GetTransitGatewayPrefixListReferences",
            "*TransitGatewayRouteTableId" + Ec2Operation.Filters + Ec2Operation.Page,
            _ => [Set("transitGatewayPrefixListReferenceSet", [])]),
        new("GetManagedPrefixListEntries", "*PrefixListId TargetVersion:long" + Ec2Operation.Page, Entries),
    ];

    private static IEnumerable<XElement?> Entries(Ec2Call call) => throw AwsRefusal.Ec2(
        "InvalidPrefixListID.NotFound", "The prefix list ID does not exist.");
}
