namespace Sealane.Core.Spec;

// Parts that are written out, beside those without a key. Each has a key of its own kind; where it stands in the list
// means nothing.

/// <summary>What every part that is written out has.</summary>
public abstract record PartSpec
{
    public required string Key { get; init; }

    /// <summary>It was there by an earlier spec: it is looked for, and taken away.</summary>
    public bool Gone { get; init; }
}

/// <summary>A further MCR; what it does not say is the first's.</summary>
public sealed record RouterPartSpec : PartSpec
{
    public string? Name { get; init; }
    public string? Location { get; init; }
    public string? DiversityZone { get; init; }
    public bool Standby { get; init; }
    public long? Asn { get; init; }
}

/// <summary>A further cross connect to AWS with its transit VIF.</summary>
public sealed record AwsVxcPartSpec : PartSpec
{
    /// <summary>Key of its router; none: the one without a key.</summary>
    public string? Router { get; init; }
    public string? AwsLocation { get; init; }
    public string? Mcr { get; init; }
    public string? Amazon { get; init; }
}

/// <summary>A further VPC on the transit gateway.</summary>
public sealed record VpcPartSpec : PartSpec
{
    public required string Vpc { get; init; }
    public string? Account { get; init; }
    public string? Profile { get; init; }
    public IReadOnlyList<string> Subnets { get; init; } = [];
    public IReadOnlyList<string> RouteTables { get; init; } = [];
    public IReadOnlyList<string> Cidrs { get; init; } = [];
}

/// <summary>A further VNet, which uses the first one's gateways.</summary>
public sealed record SpokePartSpec : PartSpec
{
    public required string Vnet { get; init; }
    public IReadOnlyList<string> Cidrs { get; init; } = [];
}

/// <summary>A further circuit; what it does not say is the first's.</summary>
public sealed record CircuitPartSpec : PartSpec
{
    public string? Name { get; init; }
    public string? PeeringLocation { get; init; }
    public string? ConnectionName { get; init; }
    public string? Primary { get; init; }
    public string? Secondary { get; init; }
}

/// <summary>A further cross connect to a path of a circuit.</summary>
public sealed record AzureVxcPartSpec : PartSpec
{
    public string? Name { get; init; }
    public string? Router { get; init; }
    public string? Circuit { get; init; }

    /// <summary><c>primary</c> or <c>secondary</c>.</summary>
    public string? Path { get; init; }
}
