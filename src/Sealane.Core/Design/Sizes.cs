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
