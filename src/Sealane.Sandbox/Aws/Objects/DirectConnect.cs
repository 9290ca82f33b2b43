using System.Text.Json.Serialization;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>A Direct Connect gateway: global, seen from every region. Guide step 1.</summary>
public sealed class DxGateway : AwsObject
{
    public required string Name { get; set; }
    public required long AmazonSideAsn { get; init; }
    public string? StateChangeError { get; set; }
}

/// <summary>A Direct Connect gateway bound to a transit or a virtual private gateway. Guide step 3.</summary>
public sealed class DxGatewayAssociation : Entity
{
    public required string DxGatewayId { get; init; }

    /// <summary>Of a transit gateway, or of a virtual private gateway.</summary>
    public required string TransitGatewayId { get; init; }
    public required string TransitGatewayRegion { get; init; }

    /// <summary>The attachment that AWS made for it on the transit gateway; empty on a virtual private one.</summary>
    public required string AttachmentId { get; init; }

    [JsonIgnore]
    public bool ToVpnGateway => TransitGatewayId.StartsWith("vgw-", StringComparison.Ordinal);

    /// <summary>As configured, and as Describe shows them.</summary>
    public List<string> AllowedPrefixes { get; set; } = [];

    /// <summary>What the gateway tells the MCR right now: the allowed prefixes as of the last time the state was
    /// <c>associated</c>.</summary>
    public List<string> AnnouncedPrefixes { get; set; } = [];
    public string? StateChangeError { get; set; }

    [JsonIgnore]
    public bool IsUsable => State is "associated" or "updating";

    [JsonIgnore]
    public IReadOnlyList<Prefix> Announced =>
        [.. AnnouncedPrefixes.Select(c => Prefix.TryParse(c, out var p) ? p : (Prefix?)null).OfType<Prefix>()];
}

/// <summary>What the owner of a transit or virtual private gateway asks of the owner of a Direct Connect
/// gateway.</summary>
public sealed class DxProposal
{
    public required string Id { get; init; }
    public required string DxGatewayId { get; init; }
    public required string DxGatewayOwner { get; init; }
    public required string GatewayId { get; init; }
    public required string Region { get; init; }

    /// <summary><c>requested</c>, <c>accepted</c>, <c>deleted</c>.</summary>
    public string State { get; set; } = "requested";
    public List<string> Prefixes { get => field ?? []; init; }
}

/// <summary>A hosted connection: what Megaport's VXC is on the AWS side. Guide steps 6 and 7.</summary>
public sealed class DxConnection : AwsObject
{
    public required string OwnerAccount { get; init; }
    public required string Name { get; set; }

    /// <summary>Location code such as <c>EqSY3</c>.</summary>
    public required string Location { get; init; }
    public required int RateMbps { get; init; }
    public required int Vlan { get; init; }
    public required string AwsDevice { get; init; }
    public string PartnerName { get; set; } = "Megaport";
    public string EncryptionMode { get; set; } = "no_encrypt";

    /// <summary>The port passes frames.</summary>
    [JsonIgnore]
    public bool IsUsable => State is "available";
}

/// <summary>A virtual interface of any type. The link's own is a transit VIF. Guide step 7.</summary>
public sealed class DxVif : AwsObject
{
    public const string Transit = "transit";
    public const string Private = "private";
    public const string Public = "public";

    /// <summary>One of the types above.</summary>
    public string Type { get; set; } = Transit;
    public required string Name { get; set; }
    public required string ConnectionId { get; init; }

    /// <summary>Empty where a virtual private gateway has it, and for a public VIF.</summary>
    public required string DxGatewayId { get; init; }

    /// <summary>Only of a private VIF, and empty where a Direct Connect gateway has it.</summary>
    public string VirtualGatewayId { get; set; } = "";

    /// <summary>Only of a public VIF: what the customer announces.</summary>
    public List<string> RouteFilterPrefixes { get; set; } = [];
    public required int Vlan { get; init; }
    public int Mtu { get; set; } = 1500;
    public bool SiteLink { get; set; }
    public List<DxBgpPeer> Peers { get; set; } = [];

    /// <summary>
    /// Provisioned, so BGP may run. The stored state is then <c>down</c>; whether Describe says <c>available</c>
    /// follows
    /// from the session. A failover test (<c>testing</c>) keeps the session down.
    /// </summary>
    [JsonIgnore]
    public bool IsProvisioned => State is "down";

    [JsonIgnore]
    public DxBgpPeer? Ipv4Peer => Peers.FirstOrDefault(peer => peer.AddressFamily == "ipv4");
}

public sealed class DxBgpPeer
{
    public required string Id { get; init; }
    public required string AddressFamily { get; init; }

    /// <summary>Of the customer: the MCR.</summary>
    public required long Asn { get; init; }
    public required string AuthKey { get; init; }

    /// <summary>With its mask.</summary>
    public required string AmazonAddress { get; init; }
    public required string CustomerAddress { get; init; }

    [JsonIgnore]
    public InterfaceAddress? Amazon => InterfaceAddress.TryParse(AmazonAddress, out var address) ? address : null;

    [JsonIgnore]
    public InterfaceAddress? Customer => InterfaceAddress.TryParse(CustomerAddress, out var address) ? address : null;
}

/// <summary>A BGP failover test: the chosen sessions of a VIF are held down for a while.</summary>
public sealed class VifTest : Entity
{
    public required string VirtualInterfaceId { get; init; }
    public required List<string> PeerIds { get; init; }
    public required int Minutes { get; init; }
}
