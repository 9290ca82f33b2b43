namespace Sealane.Sandbox.Azure.Kinds;

/// <summary>SKUs of both gateway types as they can be created today.</summary>
/// <remarks>
/// https://learn.microsoft.com/azure/vpn-gateway/about-gateway-skus,
/// https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways
/// </remarks>
internal static class GatewaySkus
{
    /// <summary>VPN SKUs with availability zones, and the generations of each.</summary>
    private static readonly Dictionary<string, string[]> VpnGenerations = new()
    {
        ["Basic"] = ["Generation1"],
        ["VpnGw1AZ"] = ["Generation1"],
        ["VpnGw2AZ"] = ["Generation1", "Generation2"],
        ["VpnGw3AZ"] = ["Generation1", "Generation2"],
        ["VpnGw4AZ"] = ["Generation2"],
        ["VpnGw5AZ"] = ["Generation2"],
    };

    /// <summary>ExpressRoute SKUs and how many circuits each may connect.</summary>
    private static readonly Dictionary<string, int> ExpressRouteCircuits = new()
    {
        ["Standard"] = 4,
        ["ErGw1AZ"] = 4,
        ["HighPerformance"] = 8,
        ["ErGw2AZ"] = 8,
        ["UltraPerformance"] = 16,
        ["ErGw3AZ"] = 16,
        ["ErGwScale"] = 16,
    };

    public static bool IsRetiredVpn(string? sku) => sku is "VpnGw1" or "VpnGw2" or "VpnGw3" or "VpnGw4" or "VpnGw5";

    public static bool IsVpn(string? sku) => sku is not null && VpnGenerations.ContainsKey(sku);

    public static bool HasGeneration(string sku, string? generation) =>
        generation is null or "None" || VpnGenerations[sku].Contains(generation);

    public static string DefaultGeneration(string? sku) =>
        sku is not null && VpnGenerations.TryGetValue(sku, out var generations) ? generations[0] : "Generation1";

    public static bool IsExpressRoute(string? sku) => sku is not null && ExpressRouteCircuits.ContainsKey(sku);

    public static int CircuitLimit(string? sku) => sku is null ? 0 : ExpressRouteCircuits.GetValueOrDefault(sku);
}
