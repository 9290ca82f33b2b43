using System.Text.Json;
using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>An MCR or a VXC as the API shows it: one URL and one shape for every kind.</summary>
/// <remarks>GET /v2/product/{uid} and GET /v2/products; shapes in github.com/megaport/megaportgo, mcr_test.go and
/// vxc_test.go.</remarks>
public sealed record Product
{
    public string? ProductUid { get; init; }
    public string? ProductName { get; init; }

    /// <summary><c>MCR2</c>, <c>VXC</c>, <c>MEGAPORT</c>, <c>MVE</c>.</summary>
    public string? ProductType { get; init; }
    public string? ProvisioningStatus { get; init; }

    /// <summary>Mbps, of an MCR.</summary>
    public int? PortSpeed { get; init; }

    /// <summary>Mbps, of a VXC.</summary>
    public int? RateLimit { get; init; }
    public int? LocationId { get; init; }
    public LocationDetail? LocationDetail { get; init; }
    public DateTimeOffset? CreateDate { get; init; }

    /// <summary>Of a VXC: its owner has switched it off; it carries nothing and is billed all the same.</summary>
    public bool? Shutdown { get; init; }
    public int? ContractTermMonths { get; init; }
    public string? CostCentre { get; init; }
    public string? DiversityZone { get; init; }
    public bool? Locked { get; init; }
    public bool? AdminLocked { get; init; }
    public IReadOnlyList<Product> AssociatedVxcs { get => field ?? []; init; }

    [JsonConverter(typeof(ObjectOrNothingConverter<ProductResources>))]
    public ProductResources? Resources { get; init; }

    [JsonConverter(typeof(ObjectOrNothingConverter<VxcApproval>))]
    public VxcApproval? VxcApproval { get; init; }
    public VxcEnd? AEnd { get; init; }
    public VxcEnd? BEnd { get; init; }
}

public sealed record LocationDetail(string? Name);

public sealed record ProductResources
{
    [JsonPropertyName("virtual_router")]
    [JsonConverter(typeof(ObjectOrNothingConverter<VirtualRouter>))]
    public VirtualRouter? VirtualRouter { get; init; }

    /// <summary>To be chosen by <see cref="CspConnection.ConnectType"/>, never by place.</summary>
    [JsonPropertyName("csp_connection")]
    public IReadOnlyList<CspConnection> CspConnections { get => field ?? []; init; }
}

public sealed record VirtualRouter(long? McrAsn);

/// <summary>Set while an order waits for a person.</summary>
public sealed record VxcApproval(string? Status, string? Message);

public sealed record VxcEnd
{
    public string? ProductUid { get; init; }
    public string? ProductName { get; init; }
    public int? LocationId { get; init; }
    public int? Vlan { get; init; }
}

/// <summary>One end's configuration: the MCR's (<c>VROUTER</c>), AWS's (<c>AWSHC</c>) or Azure's
/// (<c>AZURE</c>).</summary>
public sealed record CspConnection
{
    public string? ConnectType { get; init; }
    public IReadOnlyList<VxcInterface> Interfaces { get => field ?? []; init; }
    public string? OwnerAccount { get; init; }

    /// <summary><c>dxcon-…</c>; can appear later than LIVE.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Mbps of the ExpressRoute circuit.</summary>
    public int? Bandwidth { get; init; }

    /// <summary>Of the MCR's end: peer address to 1 where the session is established; other values are not
    /// documented (public lab of April 2026, github.com/erjosito). Kept as it came.</summary>
    [JsonPropertyName("bgp_status")]
    public JsonElement? BgpStatus { get; init; }

    [JsonPropertyName("service_key")]
    public Secret? ServiceKey { get; init; }
    public IReadOnlyList<AzurePeer> Peers { get => field ?? []; init; }
}

/// <summary>An ExpressRoute peering as ordered or read. The ASN is text in orders and a number on read.</summary>
public sealed record AzurePeer
{
    public string? Type { get; init; }

    [JsonPropertyName("peer_asn")]
    public string? PeerAsn { get; init; }

    [JsonPropertyName("primary_subnet")]
    public string? PrimarySubnet { get; init; }

    [JsonPropertyName("secondary_subnet")]
    public string? SecondarySubnet { get; init; }

    [JsonPropertyName("shared_key")]
    public Secret? SharedKey { get; init; }
    public int? Vlan { get; init; }
}
