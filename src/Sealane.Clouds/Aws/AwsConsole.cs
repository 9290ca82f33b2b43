namespace Sealane.Clouds.Aws;

/// <summary>Links to objects in the AWS console, as the console itself writes them.</summary>
internal static class AwsConsole
{
    public static string Vpc(string region, string id) => Ec2(region, "VpcDetails:VpcId", id);
    public static string TransitGateway(string region, string id) =>
        Ec2(region, "TransitGatewayDetails:transitGatewayId", id);
    public static string Attachment(string region, string id) =>
        Ec2(region, "TransitGatewayAttachmentDetails:transitGatewayAttachmentId", id);
    public static string TransitGatewayTable(string region, string id) =>
        Ec2(region, "TransitGatewayRouteTableDetails:transitGatewayRouteTableId", id);
    public static string RouteTable(string region, string id) => Ec2(region, "RouteTableDetails:RouteTableId", id);
    public static string CustomerGateway(string region, string id) =>
        Ec2(region, "CustomerGatewayDetails:CustomerGatewayId", id);
    public static string VpnConnection(string region, string id) =>
        Ec2(region, "VpnConnectionDetails:VpnConnectionId", id);

    public static string DxGateway(string region, string id) => DirectConnect(region, $"dxgateways/{id}");
    public static string Connection(string region, string id) => DirectConnect(region, $"connections/{id}");
    public static string VirtualInterface(string region, string id) =>
        DirectConnect(region, $"virtual-interfaces/{id}");

    private static string Ec2(string region, string page, string id) =>
        $"https://{region}.console.aws.amazon.com/vpcconsole/home?region={region}#{page}={id}";

    private static string DirectConnect(string region, string page) =>
        $"https://{region}.console.aws.amazon.com/directconnect/v2/home?region={region}#/{page}";
}
