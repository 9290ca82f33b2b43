using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>A row of any routing table.</summary>
public interface IRoute
{
    Prefix Prefix { get; }
}

/// <summary>A winning route of a transit gateway route table: all that the API shows.</summary>
/// <param name="Static">Static or prefix list reference, else propagated.</param>
/// <param name="Blackhole">Configured so, or its attachment is gone.</param>
/// <param name="TunnelIds">For VPN routes: the tunnels over which the prefix was learned; several with ECMP.</param>
/// <param name="Hidden">What lost against it for the same prefix; no API shows these.</param>
public sealed record TransitGatewayRoute(
    Prefix Prefix, bool Static, bool Blackhole, ImmutableArray<string> AttachmentIds, ImmutableArray<string> TunnelIds,
    RouteRule Rule, string? PrefixListId, ImmutableArray<string> Hidden) : IRoute
{
    /// <summary><c>static</c> or <c>propagated</c>.</summary>
    public string Type => Static ? "static" : "propagated";

    /// <summary><c>active</c> or <c>blackhole</c>.</summary>
    public string State => Blackhole ? "blackhole" : "active";
    internal ImmutableArray<long> AsPath { get; init; } = [];

    /// <summary>Attachments over which packets are followed: more than the table shows where one of several equal VPN
    /// routes is used and nothing tells which.</summary>
    internal ImmutableArray<string> Followed { get; init; } = [];
    internal ImmutableArray<string> FollowedTunnels { get; init; } = [];
}

/// <param name="Protocol"><c>CONNECTED</c>, <c>STATIC</c> or <c>BGP</c>.</param>
public sealed record McrIpRoute(Prefix Prefix, string Protocol, Ipv4? NextHop, string? VxcId, RouteRule Rule) : IRoute
{
    internal McrInterface? Interface { get; init; }

    /// <summary>Other routes for the same prefix lost against it.</summary>
    internal bool Contested { get; init; }

    /// <summary>Not shown: an equal route that the router may use as well.</summary>
    internal bool Alternative { get; init; }
}

internal enum McrOrigin
{
    Connected,
    Static,
    Bgp,
    Ibgp,
}

/// <summary>A BGP route as a router holds it.</summary>
/// <param name="Source">Address of the peer that sent it; the next hop's address for a static route of our own.</param>
/// <param name="SessionId">The session it came over; empty for own routes.</param>
/// <param name="VxcId">VXC of the next hop.</param>
public sealed record BgpRoute(
    Prefix Prefix, ImmutableArray<long> AsPath, long? Med, Ipv4 Source, Ipv4 NextHop, string SessionId, string? VxcId)
        : IRoute
{
    public bool Best { get; init; }

    /// <summary>As good as the best one, so that nothing documented tells which of them is used: packets follow
    /// all.</summary>
    internal bool Equal { get; init; }
    internal McrOrigin Origin { get; init; } = McrOrigin.Bgp;

    /// <summary>Peers that are sent it, on an MCR.</summary>
    public ImmutableArray<Ipv4> AdvertisedTo { get; init; } = [];
}

/// <summary>A prefix that a Direct Connect gateway learned from MCRs, and the VIFs that lead to it.</summary>
public sealed record DxGatewayRoute(
    Prefix Prefix, ImmutableArray<long> AsPath, ImmutableArray<string> VirtualInterfaceIds, RouteRule Rule) : IRoute
{
    internal ImmutableArray<string> McrIds { get; init; } = [];
}

/// <summary>A row of an edge router's table. Its own VNet prefixes appear once for each gateway instance.</summary>
/// <param name="FromGatewayId">The ExpressRoute gateway that announced it; null: it came from an MCR.</param>
/// <param name="McrId">The MCR that announced it.</param>
public sealed record MseeRoute(
    Prefix Prefix, Ipv4 NextHop, bool Best, ImmutableArray<long> AsPath, string? FromGatewayId, string? McrId) : IRoute
{
    /// <summary>Microsoft's own ASN is on its path: shown, never used.</summary>
    public bool Reflected { get; init; }

    /// <summary>A gateway out of sight announced it.</summary>
    public bool Foreign { get; init; }

    /// <summary>It came from a circuit that is joined by Global Reach.</summary>
    public bool Joined { get; init; }
}

/// <summary>A row of an Azure gateway's learned or advertised routes.</summary>
/// <param name="LocalAddress">The gateway's own address on the session.</param>
/// <param name="Origin"><c>Network</c>, <c>EBgp</c>, <c>IBgp</c> or <c>Igp</c>, as Azure writes it.</param>
public sealed record GatewayRoute(
    Ipv4 LocalAddress, Prefix Prefix, Ipv4? NextHop, Ipv4 SourcePeer, string Origin, ImmutableArray<long> AsPath)
        : IRoute
{
    /// <summary>Id of the circuit path, of the tunnel or of the branch it came over; empty for own routes.</summary>
    public string Via { get; init; } = "";

    /// <summary>routingWeight of its connection, decided before the AS path.</summary>
    internal int Weight { get; init; }
}

[JsonConverter(typeof(CamelText<EffectiveRouteSource>))]
public enum EffectiveRouteSource
{
    System,
    Vpn,
    ExpressRoute,
    UserRoute,
}

/// <summary>A winning route of a VNet's subnet.</summary>
/// <param name="NextHopType"><c>VnetLocal</c>, <c>VNetPeering</c>, <c>VirtualNetworkGateway</c>, <c>Internet</c>,
/// <c>VirtualAppliance</c> or <c>None</c>.</param>
/// <param name="GatewayIds">The gateways that carry it; both kinds for a user-defined route to the gateway.</param>
public sealed record EffectiveRoute(
    Prefix Prefix, EffectiveRouteSource Source, string NextHopType, Ipv4? NextHopAddress,
    ImmutableArray<string> GatewayIds, RouteRule Rule, ImmutableArray<string> Hidden) : IRoute
{
    /// <summary>The peered VNet that has the prefix too, where the route is one of its peering or competes with
    /// it.</summary>
    internal string PeerVnetId { get; init; } = "";
}

/// <summary>A VPC route as a packet meets it: local routes included.</summary>
public sealed record VpcEffectiveRoute(Prefix Prefix, VpcRouteTarget Target, string TargetId) : IRoute;

/// <summary>What became of a tunnel.</summary>
/// <param name="IpsecUp">Configured, not failed, and its outer packets get through both ways.</param>
/// <param name="BgpUp">IPsec and the session inside are up.</param>
/// <param name="Flapping">Its coming up takes away its own way: the tables have no steady state.</param>
/// <param name="Reason">Why it is not up; empty when it is.</param>
public sealed record TunnelState(string TunnelId, bool IpsecUp, bool BgpUp, bool Flapping, string Reason);

/// <summary>Whether a tunnel's ESP packets get through.</summary>
public sealed record OuterPath(bool ToAzure, bool ToAws, string Reason)
{
    public bool BothWays => ToAzure && ToAws;
}

internal static class Lookup
{
    /// <summary>The row with the longest prefix that holds the address; the first of equals.</summary>
    public static T? Longest<T>(List<T> rows, Ipv4 address) where T : class, IRoute
    {
        T? best = null;
        foreach (var row in rows)
        {
            if ((best is null || row.Prefix.Length > best.Prefix.Length) && row.Prefix.Contains(address))
            {
                best = row;
            }
        }
        return best;
    }
}
