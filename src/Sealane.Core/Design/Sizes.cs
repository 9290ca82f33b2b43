namespace Sealane.Core.Design;

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

/// <summary>What gateways and tunnels carry, Mbps.</summary>
public static class GatewaySpeeds
{
    /// <summary>A standard tunnel of AWS, and so the largest single flow.</summary>
    /// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-limits.html</remarks>
    public const int AwsTunnelMbps = 1250;

    /// <summary>Aggregate throughput by SKU and generation; one instance or two.</summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus</remarks>
    private static readonly Dictionary<(string Sku, string Generation), int> Vpn = new()
    {
        [("VpnGw1AZ", "Generation1")] = 650,
        [("VpnGw2AZ", "Generation1")] = 1000,
        [("VpnGw2AZ", "Generation2")] = 1250,
        [("VpnGw3AZ", "Generation1")] = 1250,
        [("VpnGw3AZ", "Generation2")] = 2500,
        [("VpnGw4AZ", "Generation2")] = 5000,
        [("VpnGw5AZ", "Generation2")] = 10000,
    };

    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways</remarks>
    private static readonly Dictionary<string, int> ExpressRoute = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Standard"] = 1000,
        ["ErGw1AZ"] = 1000,
        ["HighPerformance"] = 2000,
        ["ErGw2AZ"] = 2000,
        ["UltraPerformance"] = 10000,
        ["ErGw3AZ"] = 10000,
    };

    /// <summary>Null for a SKU that has no figure.</summary>
    public static int? Of(VpnGatewayDesign gateway) =>
        Vpn.TryGetValue((gateway.Sku, gateway.Generation), out var mbps) ? mbps : null;

    public static int? Of(ExpressRouteGatewayDesign gateway) =>
        ExpressRoute.TryGetValue(gateway.Sku, out var mbps) ? mbps : null;
}
