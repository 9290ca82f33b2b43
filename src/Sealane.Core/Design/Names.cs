using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// The name of every object, worked out from the link's name. Names are deterministic, so that an order whose reply was
/// lost is found again by name instead of being placed twice.
/// </summary>
public sealed record Names
{
    public required string DxGateway { get; init; }
    public required string TransitGateway { get; init; }
    public required string WorkloadRouteTable { get; init; }
    public required string TransportRouteTable { get; init; }
    public required string VpcAttachment { get; init; }
    public required string HostedConnection { get; init; }
    public required string TransitVif { get; init; }
    public required string CustomerGateway { get; init; }
    public required string VpnConnection { get; init; }
    public required string Mcr { get; init; }
    public required string AwsVxc { get; init; }
    public required string AzureVxc { get; init; }

    /// <summary>Prefix list: what the MCR may learn from AWS.</summary>
    public required string AwsImport { get; init; }

    /// <summary>Prefix list: what the MCR announces to AWS (the guide's AWS-Export).</summary>
    public required string AwsExport { get; init; }
    public required string AzureImport { get; init; }

    /// <summary>Prefix list: what the MCR announces to Azure (the guide's Azure-Export).</summary>
    public required string AzureExport { get; init; }
    public required string Circuit { get; init; }
    public required string ExpressRouteGateway { get; init; }
    public required string ExpressRouteConnection { get; init; }
    public required string PublicIp { get; init; }
    public required string VpnGateway { get; init; }

    public static Names Of(NetworkSpec spec)
    {
        var link = spec.Name;
        return new()
        {
            DxGateway = spec.Aws.DirectConnectGateway.Name ?? $"{link}-dxgw",
            TransitGateway = spec.Aws.TransitGateway.Name ?? $"{link}-tgw",
            WorkloadRouteTable = $"{link}-workload",
            TransportRouteTable = $"{link}-transport",
            VpcAttachment = $"{link}-vpc",
            HostedConnection = spec.Megaport.AwsVxcName ?? $"{link}-aws",
            TransitVif = spec.Aws.TransitVif.Name ?? $"{link}-vif",
            CustomerGateway = spec.Aws.CustomerGatewayName ?? $"{link}-cgw",
            VpnConnection = spec.Aws.VpnConnectionName ?? $"{link}-vpn",
            Mcr = spec.Megaport.Mcr.Name ?? $"{link}-mcr",
            AwsVxc = spec.Megaport.AwsVxcName ?? $"{link}-aws",
            AzureVxc = spec.Megaport.AzureVxcName ?? $"{link}-azure",
            AwsImport = $"{link} AWS-Import",
            AwsExport = $"{link} AWS-Export",
            AzureImport = $"{link} Azure-Import",
            AzureExport = $"{link} Azure-Export",
            Circuit = spec.Azure.Circuit.Name ?? $"{link}-er",
            ExpressRouteGateway = spec.Azure.ExpressRouteGateway.Name ?? $"{link}-ergw",
            ExpressRouteConnection = spec.Azure.ExpressRouteGateway.ConnectionName ?? $"{link}-er-connection",
            PublicIp = spec.Azure.VpnGateway.PublicIpName ?? $"{link}-vpngw-ip",
            VpnGateway = spec.Azure.VpnGateway.Name ?? $"{link}-vpngw",
        };
    }
}
