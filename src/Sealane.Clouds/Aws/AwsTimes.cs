namespace Sealane.Clouds.Aws;

/// <summary>
/// How long AWS usually takes. Amazon publishes none of these: they are middles of what acceptance-test logs, timeouts
/// and
/// tickets of hashicorp/terraform-provider-aws report (docs of aws_ec2_transit_gateway, aws_dx_gateway_association,
/// aws_dx_transit_virtual_interface, aws_vpn_connection; awslabs/landing-zone-accelerator-on-aws #1052). Progress and
/// polling follow them; nothing depends on their being right.
/// </summary>
internal static class AwsTimes
{
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan DxGateway = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan TransitGateway = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan TransitGatewayDelete = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan RouteTable = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan TableAssociation = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DxAssociation = TimeSpan.FromMinutes(8);
    public static readonly TimeSpan DxAssociationDelete = TimeSpan.FromMinutes(8);

    /// <summary>The provider's own limit for creating, updating and deleting an association.</summary>
    public static readonly TimeSpan DxAssociationBudget = TimeSpan.FromMinutes(30);
    public static readonly TimeSpan VpcAttachment = TimeSpan.FromSeconds(90);
    public static readonly TimeSpan HostedConnection = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan TransitVif = TimeSpan.FromMinutes(4);
    public static readonly TimeSpan TransitVifDelete = TimeSpan.FromMinutes(4);
    public static readonly TimeSpan CustomerGateway = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan VpnConnection = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan VpnConnectionDelete = TimeSpan.FromMinutes(3);
    public static readonly TimeSpan VpnConnectionBudget = TimeSpan.FromMinutes(40);

    /// <summary>From both ends configured to <c>UP</c> in the telemetry, which lags.</summary>
    public static readonly TimeSpan TunnelsUp = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan VpcRoutes = TimeSpan.FromSeconds(5);

    /// <summary>EC2 may answer "not found" for a fresh id for minutes.</summary>
    public static readonly TimeSpan Ec2Lag = TimeSpan.FromMinutes(2);
}
