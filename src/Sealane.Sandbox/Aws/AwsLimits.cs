namespace Sealane.Sandbox.Aws;

/// <summary>Quotas of an account as shipped.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-quotas.html,
/// https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html,
/// https://docs.aws.amazon.com/directconnect/latest/UserGuide/limits.html
/// </remarks>
public static class AwsLimits
{
    public const int TransitGatewaysPerRegion = 5;
    public const int CidrsPerTransitGateway = 5;
    public const int RouteTablesPerTransitGateway = 20;
    public const int TransitGatewaysPerVpc = 5;
    public const int CustomerGatewaysPerRegion = 50;
    public const int VpnConnectionsPerRegion = 50;
    public const int DxGateways = 200;
    public const int TransitGatewaysPerDxGateway = 6;
    public const int DxGatewaysPerTransitGateway = 20;
    public const int VifsPerDxGateway = 30;
    public const int AllowedPrefixesPerAssociation = 200;
    public const int Tags = 50;

    /// <summary>More prefixes than this over a transit VIF and AWS closes the BGP session.</summary>
    public const int PrefixesPerVifSession = 100;
}
