using System.Text.RegularExpressions;
using Sealane.Core.Design;
using Sealane.Core.Places;

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

    /// <summary>Whether the credentials that asked are about to act; false for a plan, which anybody may make who
    /// reads.</summary>
    public bool Acts { get; init; } = true;

    /// <summary>Prefixes of each VPC that was seen.</summary>
    public IReadOnlyDictionary<PartKey, IReadOnlyList<Prefix>> Vpcs { get; init; } =
        new Dictionary<PartKey, IReadOnlyList<Prefix>>();
    public IReadOnlyDictionary<PartKey, VnetFound> Vnets { get; init; } = new Dictionary<PartKey, VnetFound>();
    public AzureAhead Azure { get; init; } = new();
    public AwsAhead Aws { get; init; } = new();
    public MegaportAhead Megaport { get; init; } = new();

    /// <summary>What the whole link costs a month by list prices, a line for each currency.</summary>
    public IReadOnlyList<CostFound> Costs { get; init; } = [];

    /// <summary>Questions without an answer, and why: told with the plan, because nobody knows what they would have
    /// shown.</summary>
    public IReadOnlyList<Unasked> Unasked { get; init; } = [];

    /// <summary>The design with the prefixes that the clouds told instead of those that the spec leaves out.</summary>
    public NetworkDesign AsFound => Design with
    {
        Vpcs =
        [
            .. Design.Vpcs.Select(vpc => Vpcs.GetValueOrDefault(vpc.Key) is { Count: > 0 } found
                ? vpc with { Prefixes = found } : vpc),
        ],
        Vnets =
        [
            .. Design.Vnets.Select(vnet => Vnets.GetValueOrDefault(vnet.Key) is { } found ? vnet with
            {
                Prefixes = found.Prefixes.Count > 0 ? found.Prefixes : vnet.Prefixes,
                GatewaySubnet = found.GatewaySubnet ?? vnet.GatewaySubnet,
            } : vnet),
        ],
    };

    public bool Makes(string id) => ToBeMade.Contains(id);
}

/// <param name="GatewaySubnet">Prefix of the subnet named GatewaySubnet; null where there is none.</param>
public sealed record VnetFound(IReadOnlyList<Prefix> Prefixes, Prefix? GatewaySubnet);

/// <param name="IsComplete">False where the price of something is not known.</param>
public sealed record CostFound(string Currency, decimal Monthly, bool IsComplete);

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

    /// <summary>Gateways that stand in a VNet's GatewaySubnet.</summary>
    public IReadOnlyList<GatewayFound>? Gateways { get; init; }

    /// <summary>Peerings of a VNet by which it uses the gateways of another one.</summary>
    public IReadOnlyList<string>? RemoteGatewayPeerings { get; init; }

    /// <summary>Where something is to be made, and what the credentials may do there.</summary>
    public IReadOnlyList<ScopeFound> Scopes { get; init; } = [];

    /// <summary>Locks on the resource group, on the VNet, on what is above them and on objects of the
    /// link.</summary>
    public IReadOnlyList<LockFound>? Locks { get; init; }

    /// <summary>Policies that would deny what is to be made.</summary>
    public IReadOnlyList<DenialFound>? Denials { get; init; }
}

/// <param name="Zones">Number of availability zones; null: the answer does not tell.</param>
public sealed record RegionFound(string Name, string DisplayName, int? Zones);

/// <param name="Type"><c>Vpn</c> or <c>ExpressRoute</c>.</param>
/// <param name="Link">The link that made it; null where none did.</param>
public sealed record GatewayFound(string Id, string Name, string Type, string? Link);

/// <summary>What an identity may do at a scope: some entry's actions without its exceptions.</summary>
/// <param name="Path">Where the spec speaks of it.</param>
/// <param name="Needed">Actions that making what is to be made takes there.</param>
public sealed record ScopeFound(
    string Id, string Path, IReadOnlyList<string> Needed, IReadOnlyList<GrantFound> Grants)
{
    public IReadOnlyList<string> Missing => [.. Needed.Where(action => !Grants.Any(grant => grant.Allows(action)))];
}

/// <remarks>https://learn.microsoft.com/azure/role-based-access-control/role-definitions: <c>*</c> stands for any
/// text, slashes too; upper and lower case do not count.</remarks>
public sealed record GrantFound(IReadOnlyList<string> Actions, IReadOnlyList<string> NotActions)
{
    public bool Allows(string action) =>
        Actions.Any(pattern => Matches(pattern, action)) && !NotActions.Any(pattern => Matches(pattern, action));

    private static bool Matches(string pattern, string action) => Regex.IsMatch(
        action, $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}

/// <param name="Level"><c>CanNotDelete</c> or <c>ReadOnly</c>.</param>
/// <param name="Scope">What it locks, with all that is below.</param>
public sealed record LockFound(string Name, string Level, string Scope);

/// <param name="Policy">Name of its assignment.</param>
/// <param name="Type"><c>Microsoft.Network/publicIPAddresses</c>.</param>
/// <param name="Objects">What of the plan it is about.</param>
public sealed record DenialFound(string Policy, string Type, IReadOnlyList<string> Objects);

public sealed record AwsAhead
{
    /// <summary>Routes to prefixes of the VNet that stand in tables of the VPC and lead elsewhere.</summary>
    public IReadOnlyList<RouteFound>? RoutesInTheWay { get; init; }

    /// <summary>Transit gateways in the region that are not deleted.</summary>
    public int? TransitGateways { get; init; }

    /// <summary>Calls that making what is to be made takes, and that EC2 refuses when asked for a dry run.</summary>
    public IReadOnlyList<string> RefusedByDryRun { get; init; } = [];

    /// <summary>The same of calls that have no dry run yet, by IAM's simulator.</summary>
    public IReadOnlyList<string> RefusedByPolicy { get; init; } = [];
}

public sealed record RouteFound(string Table, string Destination, string Target);

public sealed record MegaportAhead
{
    public IReadOnlyList<SiteFound>? Sites { get; init; }

    /// <summary>What Megaport said to each order that it could be asked about.</summary>
    public IReadOnlyList<OrderFound> Orders { get; init; } = [];

    /// <summary>Sites with a port for hosted connections to the region, and the most that one takes.</summary>
    public IReadOnlyList<AwsPortFound>? AwsPorts { get; init; }

    /// <summary>What Megaport said to a key that may not even have an order validated; null where it may.</summary>
    public string? RefusedRole { get; init; }
}

/// <param name="Zones">MCR speeds by diversity zone, Mbps.</param>
public sealed record SiteFound(int Id, string Name, string? Metro, IReadOnlyDictionary<string,
    IReadOnlyList<int>> Zones)
{
    public NamedSite Named => new(Id, Name, Metro);
}

public sealed record AwsPortFound(int SiteId, string? Zone, int MostMbps);

/// <param name="Id">The object that the order would make.</param>
/// <param name="Path">Where the spec speaks of it.</param>
/// <param name="Refusal">Why Megaport would not take it; null where it would.</param>
/// <param name="Monthly">In the currency that Megaport bills; null where the answer names no price.</param>
public sealed record OrderFound(string Id, string Path, string? Refusal, decimal? Monthly, string? Currency);
