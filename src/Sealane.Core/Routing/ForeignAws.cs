using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>
/// A virtual private gateway attached to a VPC. It reaches an MCR through a Direct Connect gateway that is associated
/// with it; a private VIF that ends on the gateway itself is told as a <see cref="DxGateway"/> of the gateway's own id,
/// associated with it and allowing the VPC's prefixes, since that is what it announces.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/virtualgateways.html</remarks>
public sealed record VirtualPrivateGateway
{
    /// <summary><c>vgw-…</c></summary>
    public required string Id { get; init; }
    public required string VpcId { get; init; }

    /// <summary>VPC route tables into which it propagates (<c>propagatingVgws</c>).</summary>
    public ImmutableArray<string> PropagatesTo { get; init; } = [];

    /// <summary>Prefixes that its own VPN connections bring, static or learned. Where these lead nobody sees.</summary>
    public ImmutableArray<Prefix> VpnPrefixes { get; init; } = [];
    public bool Up { get; init; } = true;
}

/// <summary>
/// A prefix that a neighbour out of the model's sight was seen to announce or propagate: there is no box to derive it
/// from.
/// </summary>
/// <param name="AsPath">As far as it is known; empty for a VPC.</param>
public sealed record PropagatedRoute(Prefix Prefix, ImmutableArray<long> AsPath)
{
    public static PropagatedRoute Of(Prefix prefix) => new(prefix, []);
}

/// <summary>A peering of two VPCs. It is not transitive: it reaches the other VPC's own prefixes and no
/// further.</summary>
/// <param name="Id"><c>pcx-…</c></param>
/// <remarks>https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html</remarks>
public sealed record VpcPeering(
    string Id, string VpcId, ImmutableArray<Prefix> Prefixes, string OtherVpcId, ImmutableArray<Prefix> OtherPrefixes,
    bool Up = true);
