using Sealane.Core.Design;

namespace Sealane.Core.Checks.Ahead;

/// <summary>
/// What the three clouds answered before anything was ordered. Null means that a question could not be asked or was not
/// answered (see <see cref="Unasked"/>), which is different from an empty answer.
/// </summary>
public sealed record FoundAhead
{
    public required NetworkDesign Design { get; init; }

    /// <summary>Ids of the objects that the plan makes: a rule about something that exists already has nothing to
    /// say.</summary>
    public IReadOnlySet<string> ToBeMade { get; init; } = new HashSet<string>();
    public IReadOnlyList<Prefix>? VpcPrefixes { get; init; }
    public IReadOnlyList<Prefix>? VnetPrefixes { get; init; }

    /// <summary>Prefix of the subnet named GatewaySubnet; null where there is none.</summary>
    public Prefix? GatewaySubnet { get; init; }
    public AzureAhead Azure { get; init; } = new();
    public AwsAhead Aws { get; init; } = new();
    public MegaportAhead Megaport { get; init; } = new();

    /// <summary>Questions without an answer, and why: told with the plan, because nobody knows what they would have
    /// shown.</summary>
    public IReadOnlyList<Unasked> Unasked { get; init; } = [];

    /// <summary>The design with the prefixes that the clouds told instead of those that the spec leaves out.</summary>
    public NetworkDesign AsFound => Design with
    {
        Aws = VpcPrefixes is { Count: > 0 } vpc ? Design.Aws with { VpcPrefixes = vpc } : Design.Aws,
        Azure = Design.Azure with
        {
            VnetPrefixes = VnetPrefixes is { Count: > 0 } vnet ? vnet : Design.Azure.VnetPrefixes,
            GatewaySubnet = GatewaySubnet ?? Design.Azure.GatewaySubnet,
        },
    };

    /// <summary>Whether the plan makes an object of this kind: links with several of a kind number their ids.</summary>
    public bool Makes(string kind) => ToBeMade.Any(id => id == kind || id.StartsWith($"{kind}-",
        StringComparison.Ordinal));
}

/// <param name="What">The question, as a person would put it.</param>
public sealed record Unasked(string What, string Why);

public sealed record AzureAhead
{
    /// <summary><c>Enabled</c>, <c>Warned</c>, <c>PastDue</c>, <c>Disabled</c>, <c>Deleted</c>.</summary>
    public string? SubscriptionState { get; init; }

    /// <summary>Of Microsoft.Network: <c>Registered</c>, <c>Registering</c>, <c>NotRegistered</c>,
    /// <c>Unregistering</c>.</summary>
    public string? NetworkProvider { get; init; }
    public IReadOnlyList<RegionFound>? Regions { get; init; }

    /// <summary>Where Megaport offers ExpressRoute, in the words of Azure's own list.</summary>
    public IReadOnlyList<string>? PeeringLocations { get; init; }
    public IReadOnlyList<int>? CircuitMbps { get; init; }

    /// <summary>Gateways that stand in the VNet's GatewaySubnet.</summary>
    public IReadOnlyList<GatewayFound>? Gateways { get; init; }

    /// <summary>Peerings of the VNet by which it uses the gateways of another one.</summary>
    public IReadOnlyList<string>? RemoteGatewayPeerings { get; init; }
}

/// <param name="Zones">Number of availability zones; null: the answer does not tell.</param>
public sealed record RegionFound(string Name, string DisplayName, int? Zones);

/// <param name="Type"><c>Vpn</c> or <c>ExpressRoute</c>.</param>
/// <param name="Link">The link that made it; null where none did.</param>
public sealed record GatewayFound(string Id, string Name, string Type, string? Link);

public sealed record AwsAhead
{
    /// <summary>Routes to prefixes of the VNet that stand in tables of the VPC and lead elsewhere.</summary>
    public IReadOnlyList<RouteFound>? RoutesInTheWay { get; init; }

    /// <summary>Transit gateways in the region that are not deleted.</summary>
    public int? TransitGateways { get; init; }
}

public sealed record RouteFound(string Table, string Destination, string Target);

public sealed record MegaportAhead
{
    public IReadOnlyList<SiteFound>? Sites { get; init; }

    /// <summary>Sites with a port for hosted connections to the region, and the most that one takes.</summary>
    public IReadOnlyList<AwsPortFound>? AwsPorts { get; init; }
}

/// <param name="Zones">MCR speeds by diversity zone, Mbps.</param>
public sealed record SiteFound(int Id, string Name, string? Metro, IReadOnlyDictionary<string,
    IReadOnlyList<int>> Zones);

public sealed record AwsPortFound(int SiteId, string? Zone, int MostMbps);
