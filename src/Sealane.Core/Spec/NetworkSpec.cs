namespace Sealane.Core.Spec;

/// <summary>
/// The file as written: what the user said, and null (or an empty list) where nothing was said. Defaults are worked out
/// in <see cref="Design.NetworkDesign"/>, in one place. Addresses are kept as text here, so that a wrong one becomes a
/// finding with its line and not a crash.
/// </summary>
public sealed record NetworkSpec
{
    public required string Name { get; init; }

    /// <summary><c>single</c>, <c>paths</c>, <c>routers</c> or <c>locations</c>: see <see
    /// cref="Design.Resilience"/>.</summary>
    public string? Resilience { get; init; }

    /// <summary>On every object that is made, in all three clouds, besides Sealane's own.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Cloud ids of objects that are used, by their names in plan and status.</summary>
    public IReadOnlyDictionary<string, string> Existing { get; init; } = new Dictionary<string, string>();

    /// <summary>Used objects that may be changed in place, by their names in plan and status.</summary>
    public IReadOnlyList<string> ChangeUsed { get; init; } = [];
    public required AwsSpec Aws { get; init; }
    public required AzureSpec Azure { get; init; }
    public required MegaportSpec Megaport { get; init; }
    public TransportSpec Transport { get; init; } = new();
    public IReadOnlyList<TunnelSpec> Tunnels { get; init; } = [];
    public IpsecSpec Ipsec { get; init; } = new();
    public SecretsSpec Secrets { get; init; } = new();
    public EndpointsSpec Endpoints { get; init; } = new();

    /// <summary>Nothing of the link is deleted.</summary>
    public bool Protect { get; init; }
    public IReadOnlyList<BudgetSpec> Budget { get; init; } = [];
    public IReadOnlyList<SilenceSpec> Silence { get; init; } = [];
    public IReadOnlyList<AcceptSpec> Accept { get; init; } = [];

    /// <summary>Parts that have another key now than when they were made.</summary>
    public IReadOnlyList<MovedSpec> Moved { get; init; } = [];

    /// <summary>The same with the parts that are gone, as an earlier spec had them.</summary>
    public NetworkSpec AsItWas() => this with
    {
        Megaport = Megaport with
        {
            Routers = [.. Megaport.Routers.Select(part => part with { Gone = false })],
            AwsVxcs = [.. Megaport.AwsVxcs.Select(part => part with { Gone = false })],
            AzureVxcs = [.. Megaport.AzureVxcs.Select(part => part with { Gone = false })],
        },
        Aws = Aws with { Vpcs = [.. Aws.Vpcs.Select(part => part with { Gone = false })] },
        Azure = Azure with
        {
            Spokes = [.. Azure.Spokes.Select(part => part with { Gone = false })],
            Circuits = [.. Azure.Circuits.Select(part => part with { Gone = false })],
        },
    };

    /// <summary>Where each key stands in the file, by path such as <c>aws.transitGateway.asn</c>.</summary>
    public SourceMap Source { get; init; } = SourceMap.Empty;
}

public sealed record AzureSpec
{
    public string? Tenant { get; init; }

    /// <summary>Which of several service principals of the environment; null: the one that there is.</summary>
    public string? Profile { get; init; }
    public required string Subscription { get; init; }
    public required string ResourceGroup { get; init; }
    public required string Region { get; init; }
    public required string Vnet { get; init; }

    /// <summary>On every Azure object that is made, besides those on every object.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The VNet's address space. None named: as found in the subscription.</summary>
    public IReadOnlyList<string> Cidrs { get; init; } = [];

    /// <summary>Address prefix of the subnet named GatewaySubnet, /27 or larger. None: the existing one, or the first
    /// free /27.</summary>
    public string? GatewaySubnet { get; init; }

    /// <summary>Further VNets, which use the gateways of <see cref="Vnet"/>.</summary>
    public IReadOnlyList<SpokePartSpec> Spokes { get; init; } = [];
    public CircuitSpec Circuit { get; init; } = new();
    public SecondCircuitSpec SecondCircuit { get; init; } = new();
    public IReadOnlyList<CircuitPartSpec> Circuits { get; init; } = [];
    public ExpressRouteGatewaySpec ExpressRouteGateway { get; init; } = new();
    public VpnGatewaySpec VpnGateway { get; init; } = new();
}

public sealed record CircuitSpec
{
    public string? Name { get; init; }
    public string? PeeringLocation { get; init; }
    public int? BandwidthMbps { get; init; }
    public string? Tier { get; init; }
    public string? Family { get; init; }
}

/// <summary>What tells the second circuit from the first; the rest is the first's.</summary>
public sealed record SecondCircuitSpec
{
    public string? Name { get; init; }
    public string? PeeringLocation { get; init; }
    public string? ConnectionName { get; init; }
}

public sealed record ExpressRouteGatewaySpec
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Sku { get; init; }
    public string? ConnectionName { get; init; }
}

public sealed record VpnGatewaySpec
{
    public string? Id { get; init; }
    public string? Name { get; init; }
    public string? Sku { get; init; }
    public string? Generation { get; init; }
    public long? Asn { get; init; }
    public string? PublicIpName { get; init; }
    public string? SecondPublicIpName { get; init; }

    /// <summary><c>active-standby</c> or <c>active-active</c>.</summary>
    public string? Mode { get; init; }

    /// <summary>Availability zones of the public IP; an empty list for a region without zones.</summary>
    public IReadOnlyList<string>? Zones { get; init; }
}

public sealed record MegaportSpec
{
    /// <summary><c>production</c> or <c>staging</c>.</summary>
    public string? Environment { get; init; }

    /// <summary>Which of several API keys of the environment; null: the one that there is.</summary>
    public string? Profile { get; init; }

    /// <summary>Name or numeric id of the data centre that hosts the MCR.</summary>
    public required string Location { get; init; }

    /// <summary>Name or numeric id of the location of the AWS partner port, when it differs.</summary>
    public string? AwsLocation { get; init; }

    /// <summary>Rate of both VXCs and of the circuit, Mbps.</summary>
    public required int Bandwidth { get; init; }

    /// <summary><c>red</c> or <c>blue</c>; none: the first zone that offers the MCR's speed.</summary>
    public string? DiversityZone { get; init; }

    /// <summary>Contract term in months: 1, 12, 24, 36, 48 or 60.</summary>
    public int? Term { get; init; }
    public string? CostCentre { get; init; }
    public McrSpec Mcr { get; init; } = new();
    public SecondRouterSpec SecondRouter { get; init; } = new();
    public IReadOnlyList<RouterPartSpec> Routers { get; init; } = [];
    public IReadOnlyList<AwsVxcPartSpec> AwsVxcs { get; init; } = [];
    public IReadOnlyList<AzureVxcPartSpec> AzureVxcs { get; init; } = [];
    public string? AwsVxcName { get; init; }
    public string? AzureVxcName { get; init; }
    public string? SecondaryAzureVxcName { get; init; }
}

public sealed record McrSpec : GatewaySpec
{
    public int? SpeedMbps { get; init; }
}

/// <summary>What tells the second MCR from the first; the rest is the first's.</summary>
public sealed record SecondRouterSpec
{
    public string? Name { get; init; }
    public string? Location { get; init; }
    public string? AwsLocation { get; init; }

    /// <summary><c>red</c> or <c>blue</c>; none: at the first's site the zone that the first is not in.</summary>
    public string? DiversityZone { get; init; }
    public bool Standby { get; init; }
}

/// <summary>Addresses of the BGP sessions of the MCRs.</summary>
public sealed record TransportSpec
{
    public string? McrToAws { get; init; }
    public string? AmazonAddress { get; init; }
    public string? AzurePrimary { get; init; }
    public string? AzureSecondary { get; init; }

    /// <summary>The second router's, towards AWS.</summary>
    public string? SecondMcrToAws { get; init; }
    public string? SecondAmazonAddress { get; init; }

    /// <summary>The second circuit's.</summary>
    public string? SecondAzurePrimary { get; init; }
    public string? SecondAzureSecondary { get; init; }

    /// <summary>C-tag of the ExpressRoute private peering, 2-4093.</summary>
    public int? AzureVlan { get; init; }
}

public sealed record TunnelSpec
{
    /// <summary>The /30 inside the tunnel: AWS takes the first host, Azure the second.</summary>
    public string? InsideCidr { get; init; }
    public string? LocalGatewayName { get; init; }
    public string? ConnectionName { get; init; }
}

/// <summary>One suite, pinned at both ends. AWS's words; the Azure names are worked out from them.</summary>
public sealed record IpsecSpec
{
    public string? Phase1Encryption { get; init; }
    public string? Phase1Integrity { get; init; }
    public int? Phase1DhGroup { get; init; }
    public int? Phase1LifetimeSeconds { get; init; }
    public string? Phase2Encryption { get; init; }
    public string? Phase2Integrity { get; init; }
    public int? Phase2DhGroup { get; init; }
    public int? Phase2LifetimeSeconds { get; init; }
    public int? DpdTimeoutSeconds { get; init; }
    public int? TcpMss { get; init; }
}

/// <summary>Other addresses of the clouds, for proxies, private endpoints and a served sandbox.</summary>
public sealed record EndpointsSpec
{
    public string? Ec2 { get; init; }
    public string? DirectConnect { get; init; }
    public string? Sts { get; init; }
    public string? Iam { get; init; }
    public string? Arm { get; init; }
    public string? Login { get; init; }
    public string? Megaport { get; init; }
    public string? MegaportToken { get; init; }
    public string? AwsPrices { get; init; }
    public string? AzurePrices { get; init; }
}
