using Sealane.Core;

namespace Sealane.Sandbox.World;

/// <summary>What the clouds' replies say about sessions, tunnels and routes: computed, never configured.</summary>
public interface INetworkView
{
    /// <summary>Works out anew which sessions and tunnels are up and which routes follow.</summary>
    void Settle();

    /// <summary>BGP between the MCR and the Direct Connect gateway over this VIF.</summary>
    bool VifSessionUp(string virtualInterfaceId);

    /// <summary>What the session of a VIF carries: nothing while it is down.</summary>
    IReadOnlyList<VifRouteRow> VifRoutes(string virtualInterfaceId);

    TunnelStatus Tunnel(string vpnConnectionId, string outsideAddress);

    /// <summary>Winning routes of a transit gateway route table.</summary>
    IReadOnlyList<TransitGatewayRouteRow> TransitGatewayRoutes(string routeTableId);

    IReadOnlyList<McrRouteRow> McrIpRoutes(string mcrUid);
    IReadOnlyList<McrBgpRow> McrBgpRoutes(string mcrUid);

    /// <summary>What a neighbour sent (before import filters) or is sent (after export filters).</summary>
    IReadOnlyList<McrBgpRow> McrNeighbourRoutes(string mcrUid, string peerAddress, bool advertised);

    /// <summary>What the MCR finds at an address in one of its own subnets.</summary>
    McrNeighbour McrNeighbour(string mcrUid, Ipv4 address);

    /// <summary>BGP peers of a gateway of either type, by resource id.</summary>
    IReadOnlyList<GatewayPeerRow> GatewayPeers(string gatewayId);
    IReadOnlyList<GatewayRouteRow> GatewayLearnedRoutes(string gatewayId);
    IReadOnlyList<GatewayRouteRow> GatewayAdvertisedRoutes(string gatewayId, string peer);

    /// <summary>Routes of the Microsoft edge router on one path (<c>primary</c>, <c>secondary</c>) of a
    /// circuit.</summary>
    IReadOnlyList<MseeRouteRow> MseeRoutes(string circuitId, string path);

    /// <summary>Routes that win in a subnet of a VNet.</summary>
    IReadOnlyList<SubnetRouteRow> SubnetRoutes(string vnetId, string subnetId);

    /// <summary>Whether BGP between MCR and Microsoft edge is up on this path.</summary>
    bool MseeSessionUp(string circuitId, string path);

    /// <summary>Private address of the instance of the VPN gateway that the other end knows; null where none
    /// is.</summary>
    Ipv4? AnsweredAt(string connectionResourceId) => null;

    /// <summary><c>Connected</c>, <c>Connecting</c>, <c>NotConnected</c> or <c>Unknown</c>.</summary>
    string ConnectionStatus(string connectionResourceId);
}

/// <summary>State of one tunnel as AWS telemetry tells it.</summary>
public sealed record TunnelStatus(bool IpsecUp, bool BgpUp, DateTimeOffset Since, int AcceptedRoutes)
{
    /// <summary>What both ends agreed on, in AWS's words; null while the far end is out of sight.</summary>
    public NegotiatedSuite? Suite { get; init; }

    public string Status => IpsecUp && BgpUp ? "UP" : "DOWN";
}

/// <param name="Phase2DhGroup">Null without perfect forward secrecy.</param>
public sealed record NegotiatedSuite(
    string Ike, string Phase1Encryption, string Phase1Integrity, int Phase1DhGroup,
    string Phase2Encryption, string Phase2Integrity, int? Phase2DhGroup);

/// <param name="Type"><c>static</c> or <c>propagated</c>.</param>
/// <param name="State"><c>active</c> or <c>blackhole</c>.</param>
/// <param name="PrefixListId">Of the list whose reference brings it.</param>
public sealed record TransitGatewayRouteRow(Prefix Prefix, string Type, string State,
    IReadOnlyList<string> AttachmentIds, string? PrefixListId = null);

/// <param name="Accepted">Received from the customer's router; else announced to it.</param>
public sealed record VifRouteRow(Prefix Prefix, bool Accepted, IReadOnlyList<long> AsPath, DateTimeOffset Since);

public enum McrNeighbour
{
    Absent,

    /// <summary>There is a far end with this address on a VXC that works.</summary>
    Reachable,

    /// <summary>The same, and BGP with it is up.</summary>
    Established,
}

/// <param name="Protocol"><c>BGP</c>, <c>STATIC</c> or <c>CONNECTED</c>.</param>
public sealed record McrRouteRow(Prefix Prefix, string Protocol, Ipv4? NextHop, string? VxcUid);

public sealed record McrBgpRow(
    Prefix Prefix, bool Best, IReadOnlyList<long> AsPath, Ipv4 Source, Ipv4 NextHop, string? VxcUid,
    IReadOnlyList<Ipv4> AdvertisedTo, DateTimeOffset Since, long? Med);

/// <param name="State"><c>Unknown</c>, <c>Stopped</c>, <c>Idle</c>, <c>Connecting</c> or <c>Connected</c>.</param>
public sealed record GatewayPeerRow(
    Ipv4 LocalAddress, Ipv4 Neighbor, long Asn, string State, DateTimeOffset? ConnectedSince, int RoutesReceived);

/// <param name="Origin"><c>Network</c>, <c>EBgp</c>, <c>IBgp</c> or <c>Igp</c>.</param>
public sealed record GatewayRouteRow(
    Ipv4 LocalAddress, Prefix Network, Ipv4? NextHop, Ipv4 SourcePeer, string Origin, IReadOnlyList<long> AsPath,
    int Weight);

/// <param name="Source"><c>User</c>, <c>VirtualNetworkGateway</c> or <c>Default</c>.</param>
public sealed record SubnetRouteRow(
    Prefix Prefix, string Source, string NextHopType, Ipv4? NextHop, IReadOnlyList<string> GatewayIds);

public sealed record MseeRouteRow(Prefix Network, Ipv4 NextHop, bool Best, IReadOnlyList<long> AsPath);
