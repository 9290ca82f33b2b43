using System.Text.Json.Serialization;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>A transit gateway. Guide step 2.</summary>
public sealed class TransitGateway : AwsObject
{
    public string? Description { get; set; }
    public long AmazonSideAsn { get; set; }

    /// <summary>Blocks from which AWS picks the outside addresses of private-IP tunnels; may hold IPv6 too.</summary>
    public List<string> Cidrs { get; set; } = [];

    /// <summary>Null: DefaultRouteTableAssociation is <c>disable</c>.</summary>
    public string? AssociationDefaultRouteTableId { get; set; }

    /// <summary>Null: DefaultRouteTablePropagation is <c>disable</c>.</summary>
    public string? PropagationDefaultRouteTableId { get; set; }
    public string VpnEcmpSupport { get; set; } = "enable";
    public string DnsSupport { get; set; } = "enable";
    public string AutoAcceptSharedAttachments { get; set; } = "disable";
    public string SecurityGroupReferencingSupport { get; set; } = "disable";
    public string MulticastSupport { get; set; } = "disable";

    /// <summary>Null until ModifyTransitGateway names it: it cannot be set at creation.</summary>
    public string? EncryptionSupport { get; set; }

    /// <summary>Tunnels with equal paths share the load.</summary>
    [JsonIgnore]
    public bool Ecmp => VpnEcmpSupport == "enable";

    [JsonIgnore]
    public IReadOnlyList<Prefix> Prefixes =>
        [.. Cidrs.Select(c => Prefix.TryParse(c, out var p) ? p : (Prefix?)null).OfType<Prefix>()];
}

/// <summary>
/// How something hangs on a transit gateway: a VPC, a VPN connection, a Direct Connect gateway, a Connect appliance,
/// another transit gateway. Those of a VPN connection and of a Direct Connect gateway come and go with them.
/// </summary>
public sealed class TransitGatewayAttachment : AwsObject
{
    public const string VpcType = "vpc";
    public const string VpnType = "vpn";
    public const string DxGatewayType = "direct-connect-gateway";
    public const string ConnectType = "connect";
    public const string PeeringType = "peering";

    public required string TransitGatewayId { get; init; }

    /// <summary>One of the types above.</summary>
    public required string ResourceType { get; init; }

    /// <summary>For Connect the transport attachment, for a peering the other transit gateway.</summary>
    public required string ResourceId { get; init; }

    /// <summary>Another account; null for this one.</summary>
    public string? ResourceOwner { get; init; }

    /// <summary>Those of <see cref="ResourceOwner"/>, where the transit gateway is another account's.</summary>
    public Dictionary<string, string> OwnerTags { get; set; } = [];

    /// <summary>Only of a peering.</summary>
    public TransitGatewayPeer? Peer { get; init; }

    /// <summary>
    /// What it tells the route tables it propagates into, where that does not follow from other objects: the blocks of
    /// another account's VPC, the routes of a Connect appliance.
    /// </summary>
    public List<string> Prefixes { get; set; } = [];
    public List<string> SubnetIds { get; set; } = [];
    public string DnsSupport { get; set; } = "enable";
    public string SecurityGroupReferencingSupport { get; set; } = "enable";
    public string Ipv6Support { get; set; } = "disable";
    public string ApplianceModeSupport { get; set; } = "disable";

    /// <summary>Carries traffic and routes.</summary>
    [JsonIgnore]
    public bool IsUsable => State is "available" or "modifying";
}

/// <summary>A transit gateway route table: static routes, and which attachments tell it their routes.</summary>
public sealed class TransitGatewayRouteTable : AwsObject
{
    public required string TransitGatewayId { get; init; }
    public List<TransitGatewayStaticRoute> StaticRoutes { get; set; } = [];

    /// <summary>Ids of the attachments that propagate into this table.</summary>
    public List<string> Propagations { get; set; } = [];
    public List<PrefixListReference> PrefixListReferences { get; set; } = [];
}

/// <summary>A route made by hand. A deleted attachment leaves it behind as a blackhole.</summary>
public sealed class TransitGatewayStaticRoute
{
    public required string Destination { get; init; }

    /// <summary>Null for a blackhole.</summary>
    public string? AttachmentId { get; set; }

    [JsonIgnore]
    public bool Blackhole => AttachmentId is null;

    [JsonIgnore]
    public Prefix Prefix => Prefix.Parse(Destination);
}

/// <summary>Which table routes what arrives on an attachment: one at most. In force in state
/// <c>associated</c>.</summary>
public sealed class TransitGatewayRouteTableAssociation : Entity
{
    public required string RouteTableId { get; init; }
    public required string AttachmentId { get; init; }
}
