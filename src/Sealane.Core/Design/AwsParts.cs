namespace Sealane.Core.Design;

/// <summary>The account and its regions.</summary>
public sealed record AwsDesign
{
    /// <summary>Owns the transit gateway, and all that is made but what lies in a VPC of another account, or in the
    /// one of the Direct Connect gateway.</summary>
    public required string Account { get; init; }

    /// <summary>Region of VPC, transit gateway and VPN.</summary>
    public required string Region { get; init; }

    /// <summary>Region of the Direct Connect location: connections and VIFs live there.</summary>
    public required string ConnectionRegion { get; init; }
}

/// <summary>An existing VPC and how it is attached.</summary>
public sealed record VpcDesign
{
    public required PartKey Key { get; init; }

    /// <summary>The section of the spec that it comes from.</summary>
    public required string Path { get; init; }
    public required string Id { get; init; }

    /// <summary>Where it is not the link's, which then shares its transit gateway with this one.</summary>
    public string? Account { get; init; }

    /// <summary>Whose credentials that account is reached with.</summary>
    public string? Profile { get; init; }
    public required string AttachmentName { get; init; }
    public required IReadOnlyList<string> SubnetIds { get; init; }

    /// <summary>Empty: the tables that serve <see cref="SubnetIds"/>.</summary>
    public required IReadOnlyList<string> RouteTableIds { get; init; }

    /// <summary>Empty: as found in the account.</summary>
    public required IReadOnlyList<Prefix> Prefixes { get; init; }
}

/// <summary>The Direct Connect gateway and what it announces.</summary>
public sealed record DxGatewayDesign
{
    public required string Path { get; init; }
    public required string Name { get; init; }

    /// <summary>An existing gateway to use, or null: make one.</summary>
    public required string? ExistingId { get; init; }

    /// <summary>Where it is not the link's: it has the gateway, the hosted connections and the VIFs, for a VIF
    /// belongs to the account of its gateway.</summary>
    public string? Account { get; init; }

    /// <summary>Whose credentials that account is reached with.</summary>
    public string? Profile { get; init; }

    /// <summary>Amazon side ASN towards the MCR. Cannot be changed later.</summary>
    public required long Asn { get; init; }

    /// <summary>What it announces to the MCR, verbatim. Lock c: the transit gateway CIDR only.</summary>
    public required IReadOnlyList<Prefix> AllowedPrefixes { get; init; }
}

/// <summary>The transit gateway and its two tables.</summary>
public sealed record TransitGatewayDesign
{
    public required string Path { get; init; }
    public required string Name { get; init; }
    public required string WorkloadTableName { get; init; }
    public required string TransportTableName { get; init; }
    public required string? ExistingId { get; init; }

    /// <summary>Amazon side ASN inside the tunnels; differs from the Direct Connect gateway's.</summary>
    public required long Asn { get; init; }

    /// <summary>AWS picks the tunnels' outside addresses from this block.</summary>
    public required Prefix Cidr { get; init; }
    public required TransitGatewayIsolation Isolation { get; init; }
}

/// <summary>
/// Lock d. The Direct Connect gateway's attachment has a route table of its own without VPC routes. Whether the
/// tunnels' outer packets also need the MCR's routes propagated into the workload table is not documented.
/// </summary>
public enum TransitGatewayIsolation
{
    /// <summary>
    /// Try <see cref="Isolated"/>; where the tunnels stay down, fall back to <see cref="Propagated"/> and say so.
    /// </summary>
    Auto,

    /// <summary>No route of the Direct Connect gateway in the workload table.</summary>
    Isolated,

    /// <summary>The Direct Connect gateway propagates into the workload table, as in the guide's step 24.</summary>
    Propagated,

    /// <summary>
    /// No isolation: all attachments share the workload table. No spec can say so; the guide's order does.
    /// </summary>
    Shared,
}
