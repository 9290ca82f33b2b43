namespace Sealane.Sandbox.World;

/// <summary>How long something takes in reality; a world picks a value in between by its seed.</summary>
public sealed record Duration(string Name, TimeSpan Least, TimeSpan Most)
{
    public static Duration Seconds(string name, double least, double most) =>
        new(name, TimeSpan.FromSeconds(least), TimeSpan.FromSeconds(most));

    public static Duration Minutes(string name, double least, double most) =>
        new(name, TimeSpan.FromMinutes(least), TimeSpan.FromMinutes(most));
}

/// <summary>
/// Every wait of the three clouds. Sources: test logs and budgets of the Terraform providers for AWS, Azure and
/// Megaport, Microsoft Learn's tutorials ("a gateway can take 45 minutes or more"), Megaport's SDK tests. None is a
/// promise of a vendor, so nothing may depend on them being right.
/// </summary>
public static class Durations
{
    // AWS
    public static readonly Duration DxGatewayCreate = Duration.Seconds("aws/dx-gateway/create", 2, 10);
    public static readonly Duration DxGatewayDelete = Duration.Seconds("aws/dx-gateway/delete", 5, 20);
    public static readonly Duration DxGatewayRevert = Duration.Minutes("aws/dx-gateway/revert", 2, 4);
    public static readonly Duration TransitGatewayCreate = Duration.Seconds("aws/transit-gateway/create", 30, 90);
    public static readonly Duration TransitGatewayModify = Duration.Seconds("aws/transit-gateway/modify", 10, 40);
    public static readonly Duration TransitGatewayDelete = Duration.Seconds("aws/transit-gateway/delete", 40, 80);
    public static readonly Duration AssociationCreate = Duration.Minutes("aws/dx-association/create", 5, 15);
    public static readonly Duration AssociationUpdate = Duration.Minutes("aws/dx-association/update", 1, 10);
    public static readonly Duration AssociationDelete = Duration.Minutes("aws/dx-association/delete", 6, 10);
    public static readonly Duration ConnectionAccept = Duration.Minutes("aws/connection/accept", 1, 5);
    public static readonly Duration ConnectionDelete = Duration.Seconds("aws/connection/delete", 20, 90);
    public static readonly Duration VifCreate = Duration.Minutes("aws/vif/create", 1, 6);
    public static readonly Duration VifUpdate = Duration.Minutes("aws/vif/update", 1, 5);
    public static readonly Duration VifDelete = Duration.Minutes("aws/vif/delete", 1, 6);
    public static readonly Duration VpcAttachmentCreate = Duration.Minutes("aws/vpc-attachment/create", 1, 2);
    public static readonly Duration VpcAttachmentDelete = Duration.Minutes("aws/vpc-attachment/delete", 1, 2);
    public static readonly Duration RouteTableCreate = Duration.Seconds("aws/tgw-route-table/create", 3, 12);
    public static readonly Duration RouteTableDelete = Duration.Seconds("aws/tgw-route-table/delete", 3, 12);
    public static readonly Duration RouteTableAssociate = Duration.Seconds("aws/tgw-route-table/associate", 5, 60);
    public static readonly Duration RouteTableDisassociate = Duration.Seconds("aws/tgw-route-table/disassociate", 5,
        60);
    public static readonly Duration CustomerGatewayCreate = Duration.Seconds("aws/customer-gateway/create", 2, 12);
    public static readonly Duration CustomerGatewayDelete = Duration.Seconds("aws/customer-gateway/delete", 2, 8);
    public static readonly Duration VpnCreate = Duration.Minutes("aws/vpn/create", 3, 7);
    public static readonly Duration VpnModify = Duration.Minutes("aws/vpn/modify", 3, 10);
    public static readonly Duration VpnDelete = Duration.Minutes("aws/vpn/delete", 1, 5);
    public static readonly Duration DeletedStaysListed = Duration.Minutes("aws/deleted-listed", 60, 60);
    public static readonly Duration DeletedVifStaysListed = Duration.Minutes("aws/deleted-vif-listed", 15, 15);

    // Megaport
    public static readonly Duration McrConfigure = Duration.Seconds("megaport/mcr/configure", 15, 60);
    public static readonly Duration McrLive = Duration.Seconds("megaport/mcr/live", 15, 60);
    public static readonly Duration AwsVxcConfigure = Duration.Seconds("megaport/aws-vxc/configure", 30, 90);
    public static readonly Duration AwsVxcLive = Duration.Seconds("megaport/aws-vxc/live", 30, 90);
    public static readonly Duration ConnectionIdLag = Duration.Seconds("megaport/aws-vxc/connection-id", 0, 30);
    public static readonly Duration AzureVxcConfigure = Duration.Seconds("megaport/azure-vxc/configure", 30, 150);
    public static readonly Duration AzureVxcLive = Duration.Seconds("megaport/azure-vxc/live", 30, 150);
    public static readonly Duration VxcEdit = Duration.Seconds("megaport/vxc/edit", 5, 60);
    public static readonly Duration PrefixListBlocked = Duration.Seconds("megaport/prefix-list/blocked", 10, 120);
    public static readonly Duration LookingGlass = Duration.Seconds("megaport/looking-glass", 2, 8);
    public static readonly Duration PeeringNoticed = Duration.Seconds("megaport/azure-peering-noticed", 20, 180);
    public static readonly Duration CircuitRelease = Duration.Seconds("megaport/azure-circuit/release", 10, 120);
    public static readonly Duration ServiceKeyKnown = Duration.Seconds("megaport/azure-key-known", 5, 90);

    // Azure
    public static readonly Duration ArmQuick = Duration.Seconds("azure/quick", 3, 15);
    public static readonly Duration SubnetWrite = Duration.Seconds("azure/subnet/write", 5, 20);
    public static readonly Duration CircuitCreate = Duration.Minutes("azure/circuit/create", 1, 3);
    public static readonly Duration CircuitDelete = Duration.Minutes("azure/circuit/delete", 0.5, 2);
    public static readonly Duration PeeringDelete = Duration.Seconds("azure/peering/delete", 20, 90);
    public static readonly Duration ExpressRouteGatewayCreate = Duration.Minutes("azure/er-gateway/create", 20, 30);
    public static readonly Duration ExpressRouteGatewayUpdate = Duration.Minutes("azure/er-gateway/update", 10, 20);
    public static readonly Duration VpnGatewayCreate = Duration.Minutes("azure/vpn-gateway/create", 22, 35);
    public static readonly Duration VpnGatewayUpdate = Duration.Minutes("azure/vpn-gateway/update", 15, 22);
    public static readonly Duration GatewayReset = Duration.Minutes("azure/vpn-gateway/reset", 2, 6);
    public static readonly Duration GatewayTakeOver = Duration.Seconds("azure/vpn-gateway/take-over", 10, 60);
    public static readonly Duration GatewayDelete = Duration.Minutes("azure/gateway/delete", 9, 20);
    public static readonly Duration ExpressRouteConnectionCreate = Duration.Minutes("azure/er-connection/create", 1, 5);
    public static readonly Duration VpnConnectionCreate = Duration.Minutes("azure/vpn-connection/create", 1, 3);
    public static readonly Duration ConnectionWrite = Duration.Seconds("azure/connection/write", 30, 120);
    public static readonly Duration ArmAction = Duration.Seconds("azure/action", 5, 20);

    // Between the clouds
    public static readonly Duration BgpUp = Duration.Minutes("net/bgp-up", 0.5, 2);
    public static readonly Duration TunnelUp = Duration.Minutes("net/tunnel-up", 0.5, 2);
}
