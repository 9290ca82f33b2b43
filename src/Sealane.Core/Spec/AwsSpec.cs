namespace Sealane.Core.Spec;

/// <summary>Account, region and VPC exist already; the gateways are made unless an id names an existing one.</summary>
public sealed record AwsSpec
{
    /// <summary>Twelve digits, as text: leading zeros count.</summary>
    public required string Account { get; init; }
    public required string Region { get; init; }

    /// <summary>Region of the Direct Connect location, when it differs from <see cref="Region"/>.</summary>
    public string? ConnectionRegion { get; init; }
    public string? Profile { get; init; }
    public required string Vpc { get; init; }

    /// <summary>Where it is not <see cref="Account"/>.</summary>
    public string? VpcAccount { get; init; }
    public string? VpcProfile { get; init; }

    /// <summary>One subnet in each availability zone that has workloads: the transit gateway attaches there.</summary>
    public IReadOnlyList<string> Subnets { get; init; } = [];

    /// <summary>VPC route tables that get a route to the VNet. None named: the tables that serve the subnets.</summary>
    public IReadOnlyList<string> RouteTables { get; init; } = [];

    /// <summary>The VPC's prefixes. None named: as found in the account.</summary>
    public IReadOnlyList<string> Cidrs { get; init; } = [];

    /// <summary>Further VPCs on the transit gateway.</summary>
    public IReadOnlyList<VpcPartSpec> Vpcs { get; init; } = [];
    public DirectConnectGatewaySpec DirectConnectGateway { get; init; } = new();
    public TransitGatewaySpec TransitGateway { get; init; } = new();
    public IReadOnlyList<string> AllowedPrefixes { get; init; } = [];
    public TransitVifSpec TransitVif { get; init; } = new();
    public string? CustomerGatewayName { get; init; }
    public string? VpnConnectionName { get; init; }
}

/// <summary>A gateway by name and ASN; <see cref="Id"/> names an existing one, which is used and never
/// deleted.</summary>
public record GatewaySpec
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public long? Asn { get; init; }
}

public sealed record DirectConnectGatewaySpec : GatewaySpec
{
    /// <summary>Where it is not <see cref="AwsSpec.Account"/>.</summary>
    public string? Account { get; init; }
    public string? Profile { get; init; }
}

public sealed record TransitGatewaySpec : GatewaySpec
{
    public string? Cidr { get; init; }

    /// <summary><c>isolated</c>, <c>propagated</c> or <c>auto</c>: see <see
    /// cref="Design.TransitGatewayIsolation"/>.</summary>
    public string? Isolation { get; init; }
}

public sealed record TransitVifSpec
{
    public string? Name { get; init; }
    public int? Mtu { get; init; }
}
