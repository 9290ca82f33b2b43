using Sealane.Core.Design;
using Sealane.Core.Routing;

namespace Sealane.Core.Checks.Live;

/// <summary>
/// What the three clouds said about one link, through their APIs and nothing else. A null list means that the question
/// could not be asked or was not answered, which is different from an empty answer.
/// </summary>
public sealed record LinkObservation
{
    public required NetworkDesign Design { get; init; }

    /// <summary>The configuration as read, ready for the routing model.</summary>
    public required Routing.Network Network { get; init; }

    /// <summary>The tables that the clouds show, each whole; they judge the model. One that was not read whole is a
    /// <see cref="Hole"/> of the network instead.</summary>
    public IReadOnlyList<ShownTable> Shown { get; init; } = [];

    /// <summary>Sessions of MCRs that their VXC tells to be not established: id and words. The proof counts them as up:
    /// they may be in a minute.</summary>
    public IReadOnlyList<(string Id, string Words)> ComingUp { get; init; } = [];

    /// <summary>Objects of the design that are not there.</summary>
    public IReadOnlyList<string> Absent { get; init; } = [];

    /// <summary>Objects that differ from the design: resource id and what differs, never a secret.</summary>
    public IReadOnlyList<(string Id, string Difference)> Drift { get; init; } = [];

    public IReadOnlyList<Prefix> VpcPrefixes { get; init; } = [];
    public IReadOnlyList<Prefix> VnetPrefixes { get; init; } = [];

    /// <summary>VPC route tables that the design gives a route to the VNet.</summary>
    public IReadOnlyList<string> RoutedTables { get; init; } = [];

    /// <summary>
    /// Whether the design means it to arrive: what a table of the VPC serves that the design leaves alone is not
    /// connected, and that is no fault of the link. Azure's side treats all of <see cref="Flow.To"/> alike, connected
    /// or not, so there any part that is connected counts.
    /// </summary>
    public bool IsMeant(Flow flow)
    {
        var aws = flow.Direction == FlowDirection.AwsToAzure ? new Prefix(flow.Source, 32) : flow.To;
        return Network.Vpcs.Where(vpc => vpc.Prefixes.Any(aws.Overlaps)).Any(vpc => vpc.RouteTables.Any(table =>
            RoutedTables.Contains(table.Id) && (table.Subnets.Any(aws.Overlaps)
                || (table.Main && !vpc.RouteTables.Any(other => other.Subnets.Any(subnet => subnet.Contains(aws)))))));
    }

    /// <summary>AWS's ESP addresses, by tunnel number. Guide step 17.</summary>
    public IReadOnlyDictionary<int, Ipv4> AwsEndpoints { get; init; } = new Dictionary<int, Ipv4>();

    /// <summary>Azure's ESP addresses. Guide step 15.</summary>
    public IReadOnlyList<Ipv4> AzureEndpoints { get; init; } = [];

    /// <summary>State and BGP status of the transit VIFs that are there, in AWS's words. Guide step 7.</summary>
    public IReadOnlyList<(string Name, string State, string BgpStatus)> TransitVifs { get; init; } = [];

    public IReadOnlyList<Prefix>? AllowedPrefixes { get; init; }

    /// <summary>The MCRs' IP tables: prefix, protocol, next hop. Null in staging, which has no looking glass.</summary>
    public IReadOnlyList<(Prefix Prefix, string Protocol, string? NextHop)>? McrRoutes { get; init; }

    /// <summary>What the MCRs learned and kept: prefix and the peer it came from.</summary>
    public IReadOnlyList<(Prefix Prefix, string Source)>? McrLearned { get; init; }
    public IReadOnlyList<Prefix>? AdvertisedToAws { get; init; }
    public IReadOnlyList<Prefix>? AdvertisedToAzure { get; init; }

    /// <summary>Winning routes of the table that VPC and VPN share: prefix, state and attachment types.</summary>
    public IReadOnlyList<TransitGatewayRouteSeen>? WorkloadRoutes { get; init; }

    /// <summary>The same for the Direct Connect attachment's own table.</summary>
    public IReadOnlyList<TransitGatewayRouteSeen>? TransportRoutes { get; init; }

    public IReadOnlyList<TunnelSeen> Tunnels { get; init; } = [];

    /// <summary>Peers of the VPN gateway: address and state.</summary>
    public IReadOnlyList<(string Neighbor, long Asn, string State, int RoutesReceived)>? VpnGatewayPeers { get; init; }
    public IReadOnlyList<(Prefix Prefix, string SourcePeer, string Origin)>? VpnGatewayLearned { get; init; }
    public IReadOnlyList<(Prefix Prefix, string SourcePeer, string AsPath)>? ExpressRouteGatewayLearned { get; init; }

    /// <summary>Routes of Microsoft's edge routers on the paths in use: prefix and AS path.</summary>
    public IReadOnlyList<(Prefix Prefix, string AsPath)>? MseeRoutes { get; init; }
    public IReadOnlyList<CircuitSeen> Circuits { get; init; } = [];

    /// <summary>What leads to AWS on the transport: its tunnel endpoints, or the block that holds them where the
    /// routers learn it.</summary>
    public IReadOnlyList<Prefix> AwsReach => Design.LearnsFromAws ? [Design.TransitGateway.Cidr]
        : [.. AwsEndpoints.Values.Select(address => address.ToPrefix())];
}

/// <summary>A circuit's states in Azure's words; null: absent.</summary>
public sealed record CircuitSeen(string Name, string? Provider, string? Peering, string? Connection)
{
    /// <summary>In the place of a state that may not be read.</summary>
    public const string NotKnown = "not known";

    public bool IsUnread => Provider == NotKnown || Peering == NotKnown || Connection == NotKnown;
}

/// <param name="AttachmentTypes"><c>vpc</c>, <c>vpn</c>, <c>direct-connect-gateway</c>; empty for a blackhole.</param>
public sealed record TransitGatewayRouteSeen(Prefix Prefix, string State, string Type,
    IReadOnlyList<string> AttachmentTypes);

/// <summary>One tunnel from both sides.</summary>
public sealed record TunnelSeen
{
    public required int Number { get; init; }

    /// <summary>AWS telemetry: <c>UP</c> or <c>DOWN</c>, and its message.</summary>
    public string? AwsStatus { get; init; }
    public string? AwsMessage { get; init; }
    public int AcceptedRoutes { get; init; }

    /// <summary>Azure's connectionStatus.</summary>
    public string? AzureStatus { get; init; }

    /// <summary>What IKE agreed on, in AWS's words; null where AWS does not tell.</summary>
    public string? NegotiatedSuite { get; init; }
}
