namespace Sealane.Core.Design;

/// <summary>Where the Azure objects live.</summary>
public sealed record AzureDesign
{
    /// <summary>Null: the tenant of the credentials.</summary>
    public required string? Tenant { get; init; }
    public required string Subscription { get; init; }
    public required string ResourceGroup { get; init; }
    public required string Region { get; init; }
}

/// <summary>An existing VNet: the one without a key has the gateways, the others are its spokes.</summary>
public sealed record VnetDesign
{
    public required PartKey Key { get; init; }

    /// <summary>The section of the spec that it comes from.</summary>
    public required string Path { get; init; }

    public required string Name { get; init; }

    /// <summary>Where it is in another resource group than the link, of its subscription or of another.</summary>
    public string? FullId { get; init; }

    /// <summary>Its name, or what tells it from one of that name elsewhere.</summary>
    public string Label() => FullId?.Split('/') is [_, _, var subscription, _, var group, ..]
        ? $"{subscription}/{group}/{Name}" : Name;

    /// <summary>For a person: with its resource group.</summary>
    public string Shown(string group) => $"{FullId?.Split('/')[4] ?? group}/{Name}";

    /// <summary>Empty: as found in the subscription.</summary>
    public required IReadOnlyList<Prefix> Prefixes { get; init; }

    /// <summary>Null: the existing GatewaySubnet, or the first free /27 of the VNet.</summary>
    public required Prefix? GatewaySubnet { get; init; }
}

/// <summary>Which of a circuit's two links: each ends at a router of its own on both sides.</summary>
public enum CircuitPort
{
    Primary,
    Secondary,
}

/// <summary>An ExpressRoute circuit, its private peering and its connection to the gateway.</summary>
public sealed record CircuitDesign
{
    public required PartKey Key { get; init; }
    public required string Path { get; init; }

    /// <summary>The section with the peering's networks.</summary>
    public required string PeeringPath { get; init; }
    public required string Name { get; init; }

    /// <summary>Name of its connection to the ExpressRoute gateway.</summary>
    public required string ConnectionName { get; init; }
    public required string PeeringLocation { get; init; }

    /// <summary>Mbps: 50, 100, 200, 500, 1000, 2000, 5000 or 10000.</summary>
    public required int BandwidthMbps { get; init; }

    /// <summary><c>Standard</c>, <c>Premium</c> or <c>Local</c>.</summary>
    public required string Tier { get; init; }

    /// <summary><c>MeteredData</c> or <c>UnlimitedData</c>.</summary>
    public required string Family { get; init; }

    /// <summary>The peering has one ASN, one key and one VLAN for both paths.</summary>
    public required long PeerAsn { get; init; }

    /// <summary>/30 of the primary path: the MCR takes the first host, Microsoft the second.</summary>
    public required Prefix Primary { get; init; }

    /// <summary>/30 of the secondary path. Azure wants it named even where only the primary VXC exists.</summary>
    public required Prefix Secondary { get; init; }

    /// <summary>C-tag of the private peering.</summary>
    public required int Vlan { get; init; }

    public Prefix Subnet(CircuitPort port) => port == CircuitPort.Primary ? Primary : Secondary;
}

/// <summary>Microsoft's edge routers; not configurable.</summary>
public static class Msee
{
    public const long Asn = 12076;
}

public sealed record ExpressRouteGatewayDesign
{
    public required string Path { get; init; }

    /// <summary>The full ARM id of a gateway that is used; null: the link has its own.</summary>
    public required string? ExistingId { get; init; }
    public required string Name { get; init; }
    public required string Sku { get; init; }
}

/// <summary>The gateway that ends the tunnels, and its instances.</summary>
public sealed record VpnGatewayDesign
{
    public required string Path { get; init; }

    /// <summary>The full ARM id of a gateway that is used; null: the link has its own.</summary>
    public required string? ExistingId { get; init; }
    public required string Name { get; init; }
    public required string Sku { get; init; }

    /// <summary><c>Generation1</c> or <c>Generation2</c>.</summary>
    public required string Generation { get; init; }
    public required long Asn { get; init; }

    /// <summary>Availability zones of the public IPs; empty in a region without zones.</summary>
    public required IReadOnlyList<string> Zones { get; init; }

    /// <summary>One: active-standby. Two: active-active.</summary>
    public required IReadOnlyList<GatewayInstanceDesign> Instances { get; init; }
}

/// <summary>An instance of the VPN gateway, with an IP configuration and a public IP of its own.</summary>
public sealed record GatewayInstanceDesign
{
    public required PartKey Key { get; init; }
    public required string PublicIpName { get; init; }
}
