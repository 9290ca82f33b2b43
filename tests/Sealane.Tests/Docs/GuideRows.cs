namespace Sealane.Tests.Docs;

/// <summary>The list "the following resources are deployed" of the guide, each row with the objects that stand for
/// it.</summary>
internal static class GuideRows
{
    public static IReadOnlyList<(string Row, string[] Objects)> All { get; } =
    [
        ("Megaport Cloud Router (MCR)", ["megaport/mcr"]),
        ("Megaport Virtual Cross Connect (VXC) to AWS Direct Connect Hosted Connection",
            ["megaport/aws-vxc", "aws/hosted-connection"]),
        ("Megaport Virtual Cross Connect (VXC) to Azure ExpressRoute", ["megaport/azure-vxc", "azure/private-peering"]),
        ("AWS Direct Connect Gateway", ["aws/dx-gateway"]),
        ("AWS Direct Connect Transit VIF", ["aws/transit-vif"]),
        ("AWS Transit Gateway", ["aws/transit-gateway", "aws/workload-route-table", "aws/transport-route-table"]),
        ("AWS VPN - Customer Gateway", ["aws/customer-gateway"]),
        ("AWS Site-to-Site VPN", ["aws/vpn-connection"]),
        ("AWS Direct Connect Gateway to Transit Gateway association", ["aws/dx-association"]),
        ("AWS Transit Gateway attachment to VPC",
            ["aws/vpc-attachment", "aws/vpc-attachment-routing", "aws/vpc-routes"]),
        ("AWS Transit Gateway attachment to Direct Connect Gateway",
            ["aws/dx-association", "aws/dx-attachment-routing"]),
        ("AWS Transit Gateway attachment to VPN", ["aws/vpn-connection", "aws/vpn-attachment-routing"]),
        ("Azure ExpressRoute Circuit", ["azure/circuit"]),
        ("Azure ExpressRoute Virtual Network Gateway", ["azure/er-gateway"]),
        ("Azure ExpressRoute to ExpressRoute Virtual Gateway Connection", ["azure/er-connection"]),
        ("Azure VPN Virtual Network Gateway", ["azure/vpn-gateway", "azure/public-ip"]),
        ("Azure VNet Gateway Subnet", ["azure/gateway-subnet"]),
        ("Azure Local Gateway", ["azure/local-gateway-1", "azure/local-gateway-2"]),
        ("Azure VPN Virtual Network Gateway Connections", ["azure/vpn-connection-1", "azure/vpn-connection-2"]),
    ];
}
