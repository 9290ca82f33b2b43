using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Lab.Model;

/// <summary>
/// What the lab builds: the design's addresses, ASNs, filters and keys with the cloud's own choices (outside addresses,
/// gateway addresses) filled in, as lists of everything. One router or two, one path or four, one tunnel or eight are
/// all the same to the compiler.
/// </summary>
public sealed record LabNetwork
{
    public required string Name { get; init; }
    public required LabTransitGateway TransitGateway { get; init; }
    public required LabDxGateway DxGateway { get; init; }
    public required IReadOnlyList<LabVpc> Vpcs { get; init; }
    public required IReadOnlyList<LabRouter> Routers { get; init; }

    /// <summary>The hub first, then peered VNets that use its gateways.</summary>
    public required IReadOnlyList<LabVnet> Vnets { get; init; }
    public required Prefix GatewaySubnet { get; init; }
    public required IReadOnlyList<LabInstance> Instances { get; init; }
    public required long VpnGatewayAsn { get; init; }
    public required IReadOnlyList<LabTunnel> Tunnels { get; init; }
    public required IpsecSuite Ipsec { get; init; }

    /// <summary>summarizedGatewayPrefixes; null: none.</summary>
    public IReadOnlyList<Prefix>? SummarizedPrefixes { get; init; }

    /// <summary>What both gateways announce: a summary replaces the VNet's own prefixes and the peered ones that it
    /// covers.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways; that a
    /// peered VNet outside the summary stays: github.com/erjosito/net-lab-builder</remarks>
    public IEnumerable<Prefix> Announced => SummarizedPrefixes is { } summary
        ? summary.Concat(Vnets.Skip(1).SelectMany(vnet => vnet.Prefixes)
            .Where(prefix => !summary.Any(one => one.Contains(prefix))))
        : VnetPrefixes;

    /// <summary>Keepalive and hold time inside the tunnels: AWS proposes 10 and 30, and the lower is used.</summary>
    public (int Keepalive, int Hold) TunnelTimers { get; init; } = (10, 30);

    /// <summary>The same between MCR and clouds, where all ends are told so; null: what each proposes by
    /// default.</summary>
    public (int Keepalive, int Hold)? TransportTimers { get; init; }

    /// <summary>The least that Microsoft's edge takes; AWS takes the lower proposal. An MCR has no such knob.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/designing-for-high-availability-with-expressroute</remarks>
    public static (int Keepalive, int Hold) TightTimers => (3, 10);

    public IEnumerable<Prefix> VpcPrefixes => Vpcs.SelectMany(vpc => vpc.Prefixes);
    public IEnumerable<Prefix> VnetPrefixes => Vnets.SelectMany(vnet => vnet.Prefixes);
    public IEnumerable<Ipv4> AwsOutside => Tunnels.Select(tunnel => tunnel.AwsOutside).Distinct();
    public IEnumerable<Ipv4> AzureOutside => Instances.Select(instance => instance.Address).Distinct();

    public IEnumerable<(LabRouter Router, LabLeg Leg)> Legs =>
        Routers.SelectMany(router => router.Legs.Select(leg => (router, leg)));
}

/// <summary>How the transit gateway's two route tables are used.</summary>
public enum TableLayout
{
    /// <summary>No route of the Direct Connect gateway in the workload table; no VPC route in the transport
    /// table.</summary>
    Isolated,

    /// <summary>The Direct Connect gateway propagates into the workload table. A packet of a workload to a tunnel
    /// endpoint then crosses the MCR in the clear, by design.</summary>
    Propagated,

    /// <summary>One table for all attachments, as the manual guide has it.</summary>
    Shared,
}

/// <param name="Ecmp">VpnEcmpSupport.</param>
/// <param name="Propagates">The Direct Connect attachment propagates into the workload table.</param>
/// <param name="Associates">The Direct Connect attachment is associated with the workload table.</param>
public sealed record LabTransitGateway(
    long Asn, Prefix Cidr, bool Propagates, bool Associates, bool Ecmp = true)
{
    /// <summary>Static routes of the workload table.</summary>
    public IReadOnlyList<LabStaticRoute> Statics { get; init; } = [];

    /// <summary>Prefix list references of the workload table, a prefix each.</summary>
    public IReadOnlyList<LabStaticRoute> Listed { get; init; } = [];

    /// <summary>VPC attachments propagate into the transport table.</summary>
    public bool VpcsInTransport { get; init; }

    public TableLayout Layout => Associates ? TableLayout.Shared
        : Propagates ? TableLayout.Propagated : TableLayout.Isolated;
}

/// <summary>A static route of a transit gateway table.</summary>
/// <param name="To"><c>vpc</c>, <c>dx</c> or null for a blackhole.</param>
public sealed record LabStaticRoute(Prefix Prefix, string? To);

/// <param name="DropsUnannounced">Whether packets from the MCR to prefixes that are not allowed are dropped. AWS does
/// not say; the lab assumes the worse, as the proof does.</param>
public sealed record LabDxGateway(long Asn, IReadOnlyList<Prefix> AllowedPrefixes, bool DropsUnannounced = false);

/// <param name="Key">Empty for the only one.</param>
/// <param name="Routed">Prefixes whose VPC routes lead to the transit gateway.</param>
public sealed record LabVpc(string Key, IReadOnlyList<Prefix> Prefixes, IReadOnlyList<Prefix> Routed)
{
    /// <summary>Prefixes whose VPC routes lead nowhere.</summary>
    public IReadOnlyList<Prefix> Blackholes { get; init; } = [];
}

public sealed record LabVnet(string Key, IReadOnlyList<Prefix> Prefixes);

/// <param name="Number">0 or 1.</param>
/// <param name="Address">Private address: the ESP endpoint.</param>
public sealed record LabInstance(int Number, Ipv4 Address);

/// <summary>One tunnel between an AWS endpoint and a VPN gateway instance.</summary>
public sealed record LabTunnel(
    int Number, int Instance, Ipv4 AwsOutside, Ipv4 AwsInside, Ipv4 AzureInside, Secret AwsKey, Secret AzureKey)
{
    /// <summary>False: deleted at the Azure side.</summary>
    public bool Configured { get; init; } = true;

    /// <summary>Encryption of the first phase that AWS alone offers, where it differs from the suite.</summary>
    public string? AwsPhase1Encryption { get; init; }

    /// <summary>The ASN that Azure was told the transit gateway has; null: the right one.</summary>
    public long? AzurePeerAsn { get; init; }
}
