using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// From spec to design: every default of the product is in this file. Pure, so that <c>check</c>, <c>plan</c> and
/// <c>apply</c> cannot disagree. Values of the wrong form were refused by the spec reader before.
/// </summary>
public static class Designer
{
    /// <summary>ASN 64512 is the default of both Amazon gateways, and equal ASNs cannot be associated; so neither uses
    /// it.</summary>
    private const long DefaultDxGatewayAsn = 64550;

    public static NetworkDesign Design(NetworkSpec spec)
    {
        var transitGatewayCidr = Read(spec.Aws.TransitGateway.Cidr, "10.254.1.0/24");
        return new()
        {
            Spec = spec,
            Names = Names.Of(spec),
            Aws = new()
            {
                Account = spec.Aws.Account,
                Region = spec.Aws.Region,
                ConnectionRegion = spec.Aws.ConnectionRegion ?? spec.Aws.Region,
                VpcId = spec.Aws.Vpc,
                SubnetIds = spec.Aws.Subnets,
                RouteTableIds = spec.Aws.RouteTables,
                VpcPrefixes = [.. spec.Aws.Cidrs.Select(Prefix.Parse)],
                DxGatewayId = spec.Aws.DirectConnectGateway.Id,
                DxGatewayAsn = spec.Aws.DirectConnectGateway.Asn ?? DefaultDxGatewayAsn,
                TransitGatewayId = spec.Aws.TransitGateway.Id,
                TransitGatewayAsn = spec.Aws.TransitGateway.Asn ?? 65534,
                TransitGatewayCidr = transitGatewayCidr,
                AllowedPrefixes = spec.Aws.AllowedPrefixes is { Count: > 0 } allowed
                    ? [.. allowed.Select(Prefix.Parse)]
                    : [transitGatewayCidr],
                Isolation = spec.Aws.TransitGateway.Isolation switch
                {
                    "isolated" => TransitGatewayIsolation.Isolated,
                    "propagated" => TransitGatewayIsolation.Propagated,
                    _ => TransitGatewayIsolation.Auto,
                },
                TransitVifMtu = spec.Aws.TransitVif.Mtu ?? 1500,
            },
            Azure = new()
            {
                Tenant = spec.Azure.Tenant,
                Subscription = spec.Azure.Subscription,
                ResourceGroup = spec.Azure.ResourceGroup,
                Region = spec.Azure.Region,
                VnetName = spec.Azure.Vnet,
                VnetPrefixes = [.. spec.Azure.Cidrs.Select(Prefix.Parse)],
                GatewaySubnet = spec.Azure.GatewaySubnet is { } subnet ? Prefix.Parse(subnet) : null,
                PeeringLocation = spec.Azure.Circuit.PeeringLocation ?? "Sydney",
                CircuitBandwidthMbps = spec.Azure.Circuit.BandwidthMbps
                    ?? CircuitSizes.AtLeast(spec.Megaport.Bandwidth),
                CircuitTier = spec.Azure.Circuit.Tier ?? "Standard",
                CircuitFamily = spec.Azure.Circuit.Family ?? "MeteredData",
                ExpressRouteGatewaySku = spec.Azure.ExpressRouteGateway.Sku ?? "ErGw1AZ",
                VpnGatewaySku = spec.Azure.VpnGateway.Sku ?? "VpnGw1AZ",
                VpnGatewayGeneration = spec.Azure.VpnGateway.Generation ?? "Generation1",
                VpnGatewayAsn = spec.Azure.VpnGateway.Asn ?? 65515,
                PublicIpZones = spec.Azure.VpnGateway.Zones ?? ["1", "2", "3"],
            },
            Megaport = new()
            {
                Staging = spec.Megaport.Environment == "staging",
                Location = spec.Megaport.Location,
                AwsLocation = spec.Megaport.AwsLocation ?? spec.Megaport.Location,
                DiversityZone = spec.Megaport.DiversityZone,
                TermMonths = spec.Megaport.Term ?? 1,
                CostCentre = spec.Megaport.CostCentre ?? "",
                McrUid = spec.Megaport.Mcr.Id,
                McrSpeedMbps = spec.Megaport.Mcr.SpeedMbps ?? McrSpeeds.AtLeast(spec.Megaport.Bandwidth),
                McrAsn = spec.Megaport.Mcr.Asn ?? 133937,
                AwsRateMbps = spec.Megaport.Bandwidth,
                AzureRateMbps = spec.Megaport.Bandwidth,
                McrToAws = InterfaceAddress.Parse(spec.Transport.McrToAws ?? "192.168.100.1/30"),
                AmazonAddress = InterfaceAddress.Parse(spec.Transport.AmazonAddress ?? "192.168.100.2/30"),
                AzurePrimary = Read(spec.Transport.AzurePrimary, "192.168.101.0/30"),
                AzureSecondary = Read(spec.Transport.AzureSecondary, "192.168.101.4/30"),
                AzureVlan = spec.Transport.AzureVlan ?? 100,
            },
            Tunnels = [.. Enumerable.Range(1, 2).Select(number => Tunnel(spec, number))],
            Ipsec = new()
            {
                Phase1Encryption = spec.Ipsec.Phase1Encryption ?? "AES256",
                Phase1Integrity = spec.Ipsec.Phase1Integrity ?? "SHA2-256",
                Phase1DhGroup = spec.Ipsec.Phase1DhGroup ?? 14,
                Phase1LifetimeSeconds = spec.Ipsec.Phase1LifetimeSeconds ?? 28800,
                Phase2Encryption = spec.Ipsec.Phase2Encryption ?? "AES256-GCM-16",
                Phase2Integrity = spec.Ipsec.Phase2Integrity ?? "SHA2-256",
                Phase2DhGroup = spec.Ipsec.Phase2DhGroup ?? 14,
                Phase2LifetimeSeconds = spec.Ipsec.Phase2LifetimeSeconds ?? 3600,
                DpdTimeoutSeconds = spec.Ipsec.DpdTimeoutSeconds ?? 30,
                TcpMss = spec.Ipsec.TcpMss ?? 1350,
            },
        };
    }

    private static TunnelDesign Tunnel(NetworkSpec spec, int number)
    {
        var written = spec.Tunnels.ElementAtOrDefault(number - 1) ?? new TunnelSpec();
        return new()
        {
            Number = number,
            InsideCidr = Read(written.InsideCidr, number == 1 ? "169.254.21.0/30" : "169.254.22.0/30"),
            LocalGatewayName = written.LocalGatewayName ?? $"{spec.Name}-lng-{number}",
            ConnectionName = written.ConnectionName ?? $"{spec.Name}-tunnel-{number}",
        };
    }

    private static Prefix Read(string? written, string fallback) => Prefix.Parse(written ?? fallback);
}

/// <summary>ExpressRoute circuit bandwidths, Mbps.</summary>
/// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-faqs</remarks>
public static class CircuitSizes
{
    public static IReadOnlyList<int> Mbps { get; } = [50, 100, 200, 500, 1000, 2000, 5000, 10000];

    /// <summary>The smallest circuit that carries a rate; the rate itself when no circuit does (a check reports
    /// it).</summary>
    public static int AtLeast(int mbps) => Mbps.Append(mbps).First(size => size >= mbps);
}

/// <summary>MCR speeds, Mbps. Fixed for the life of an MCR.</summary>
/// <remarks>https://docs.megaport.com/mcr/creating-mcr/</remarks>
public static class McrSpeeds
{
    public static IReadOnlyList<int> Mbps { get; } = [1000, 2500, 5000, 10000, 25000, 50000, 100000];

    public static int AtLeast(int mbps) => Mbps.Append(mbps).First(speed => speed >= mbps);
}
