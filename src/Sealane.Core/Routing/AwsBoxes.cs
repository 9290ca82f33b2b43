using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>A VPC: its prefixes and its route tables. Guide, prerequisites.</summary>
public sealed record Vpc
{
    /// <summary><c>vpc-…</c></summary>
    public required string Id { get; init; }
    public ImmutableArray<Prefix> Prefixes { get; init; } = [];
    public ImmutableArray<VpcRouteTable> RouteTables { get; init; } = [];

    /// <summary>It has an IPv6 block: see <see cref="HoleRules"/>.</summary>
    public bool Ipv6 { get; init; }
}

public sealed record VpcRouteTable
{
    /// <summary><c>rtb-…</c></summary>
    public required string Id { get; init; }

    /// <summary>Serves every subnet without an association of its own.</summary>
    public bool Main { get; init; }

    /// <summary>Prefixes of the subnets that are associated explicitly.</summary>
    public ImmutableArray<Prefix> Subnets { get; init; } = [];

    /// <summary>Without the local routes, which follow from the VPC's prefixes; a route by prefix list is one route a
    /// prefix. Routes that a virtual private gateway propagates follow from it.</summary>
    public ImmutableArray<VpcRoute> Routes { get; init; } = [];
}

[JsonConverter(typeof(CamelText<VpcRouteTarget>))]
public enum VpcRouteTarget
{
    Local,

    /// <summary><c>tgw-…</c></summary>
    TransitGateway,
    Blackhole,

    /// <summary>A target of a kind that this model does not know: where it leads is not known.</summary>
    Other,

    /// <summary><c>vgw-…</c></summary>
    VirtualPrivateGateway,

    /// <summary><c>pcx-…</c></summary>
    Peering,

    /// <summary><c>eni-…</c> or an instance: an appliance, which may send it anywhere.</summary>
    NetworkInterface,

    /// <summary><c>nat-…</c>: goes on by the route table of its own subnet, or to a private NAT's far side.</summary>
    NatGateway,

    /// <summary><c>igw-…</c>, egress-only and carrier gateways: the internet carries no private addresses.</summary>
    InternetGateway,

    /// <summary><c>vpce-…</c>: a gateway load balancer's appliances behind it.</summary>
    Endpoint,
}

/// <param name="TargetId">The transit gateway's id, or the other target's.</param>
public sealed record VpcRoute(Prefix Prefix, VpcRouteTarget Target, string TargetId = "");

/// <summary>A transit gateway with its attachments and route tables. Guide step 2.</summary>
public sealed record TransitGateway
{
    /// <summary><c>tgw-…</c></summary>
    public required string Id { get; init; }

    /// <summary>Amazon side ASN inside the tunnels.</summary>
    public required long Asn { get; init; }

    /// <summary>Transit gateway CIDR blocks: tunnel outside addresses are taken from them.</summary>
    public ImmutableArray<Prefix> Cidrs { get; init; } = [];

    /// <summary>VpnEcmpSupport.</summary>
    public bool VpnEcmp { get; init; } = true;
    public ImmutableArray<TransitGatewayAttachment> Attachments { get; init; } = [];
    public ImmutableArray<TransitGatewayRouteTable> RouteTables { get; init; } = [];
}

[JsonConverter(typeof(CamelText<AttachmentKind>))]
public enum AttachmentKind
{
    Vpc,
    DirectConnectGateway,
    Connect,
    Vpn,
    Peering,

    /// <summary>A kind that this model does not know.</summary>
    Other,
}

/// <summary>An attachment, the one table that routes what arrives on it, and the tables that it propagates
/// into.</summary>
public sealed record TransitGatewayAttachment
{
    /// <summary><c>tgw-attach-…</c></summary>
    public required string Id { get; init; }
    public required AttachmentKind Kind { get; init; }

    /// <summary>The VPC's, Direct Connect gateway's or VPN connection's id.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Null: associated with no table, so whatever arrives is dropped.</summary>
    public string? AssociatedTableId { get; init; }
    public ImmutableArray<string> PropagatesTo { get; init; } = [];

    /// <summary>
    /// What it is seen to propagate, for an attachment whose resource is not a box of this network: a VPC of others,
    /// Connect, a VPN over the internet, a Direct Connect gateway of another account.
    /// </summary>
    public ImmutableArray<PropagatedRoute> Propagated { get; init; } = [];
    public bool Up { get; init; } = true;
}

public sealed record TransitGatewayRouteTable
{
    /// <summary><c>tgw-rtb-…</c></summary>
    public required string Id { get; init; }
    public ImmutableArray<TransitGatewayStaticRoute> StaticRoutes { get; init; } = [];
    public ImmutableArray<PrefixListReference> PrefixLists { get; init; } = [];
}

/// <param name="AttachmentId">Null: a blackhole.</param>
public sealed record TransitGatewayStaticRoute(Prefix Prefix, string? AttachmentId);

/// <param name="AttachmentId">Null: a blackhole.</param>
public sealed record PrefixListReference(string PrefixListId, ImmutableArray<Prefix> Prefixes, string? AttachmentId);

/// <summary>A Direct Connect gateway: what it lets out, and the VIFs over which it speaks BGP. Guide steps 1, 3 and
/// 7.</summary>
public sealed record DxGateway
{
    public required string Id { get; init; }

    /// <summary>Amazon side ASN towards the MCR.</summary>
    public required long Asn { get; init; }
    public ImmutableArray<DxGatewayAssociation> Associations { get; init; } = [];
    public ImmutableArray<VirtualInterface> VirtualInterfaces { get; init; } = [];
}

/// <param name="GatewayId">The transit gateway's, or the virtual private gateway's.</param>
/// <param name="AllowedPrefixes">Announced verbatim over every VIF for a transit gateway; for a virtual private gateway
/// they choose among its VPC's prefixes. Lock c: the transit gateway CIDR only.</param>
public sealed record DxGatewayAssociation(string GatewayId, ImmutableArray<Prefix> AllowedPrefixes, bool Up = true);

/// <summary>The AWS end of a transit or private VIF.</summary>
/// <param name="Id"><c>dxvif-…</c>; an <see cref="McrInterface.FarEnd"/> names it.</param>
public sealed record VirtualInterface(string Id, Ipv4 AmazonAddress, bool Up = true)
{
    /// <summary>What AWS accepted over it, where the router at its other end is no MCR of this network.</summary>
    public ImmutableArray<PropagatedRoute> Accepted { get; init; } = [];

    /// <summary>It has an IPv6 peer: see <see cref="HoleRules"/>.</summary>
    public bool Ipv6 { get; init; }
}
