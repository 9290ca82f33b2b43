using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>What a VNet's gateways speak for.</summary>
internal sealed class VnetSpace
{
    public VnetSpace(Vnet vnet)
    {
        Spokes = [.. vnet.Peerings.Where(peering => peering is { Connected: true, RemoteUsesGateways: true })
            .SelectMany(peering => peering.RemotePrefixes).Distinct().Order()];
        Announced = vnet.SummarizedPrefixes is { } summary
            ? [.. summary.Concat(Spokes.Where(spoke => !summary.Any(one => one.Contains(spoke)))).Distinct()]
            : [.. vnet.Prefixes.Concat(Spokes).Distinct()];
    }

    /// <summary>Address spaces of the VNets that use this one's gateways.</summary>
    public ImmutableArray<Prefix> Spokes { get; }

    /// <summary>
    /// What both gateways announce: every prefix of the VNet and of its spokes. summarizedGatewayPrefixes replace the
    /// VNet's own prefixes and the spokes that they cover; every other spoke is still announced by itself.
    /// </summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways; that an
    /// uncovered spoke stays: public lab, github.com/erjosito/net-lab-builder.</remarks>
    public ImmutableArray<Prefix> Announced { get; }
}
