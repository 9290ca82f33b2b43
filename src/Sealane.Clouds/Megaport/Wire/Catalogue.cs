using System.Text.Json.Serialization;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>A data centre.</summary>
/// <remarks>GET /v3/locations; https://dev.megaport.com (Locations)</remarks>
public sealed record Location
{
    public int? Id { get; init; }
    public string? Name { get; init; }
    public string? Metro { get; init; }
    public string? Status { get; init; }

    [JsonConverter(typeof(ObjectOrNothingConverter<DiversityZones>))]
    public DiversityZones? DiversityZones { get; init; }
}

/// <summary>The two halves of a location that share no device. Either may be missing.</summary>
public sealed record DiversityZones(DiversityZone? Red, DiversityZone? Blue);

public sealed record DiversityZone
{
    public IReadOnlyList<int> McrSpeedMbps { get => field ?? []; init; }
}

/// <summary>A port of a cloud provider that VXCs may end on.</summary>
/// <remarks>GET /v2/dropdowns/partner/megaports</remarks>
public sealed record PartnerPort
{
    /// <summary><c>AWSHC</c> takes hosted connections; <c>AWS</c> makes hosted VIFs, which cannot be transit
    /// VIFs.</summary>
    public string? ConnectType { get; init; }
    public string? ProductUid { get; init; }

    /// <summary>Ends with the AWS region in brackets.</summary>
    public string? Title { get; init; }
    public string? DiversityZone { get; init; }
    public int? LocationId { get; init; }
    public int? MaxVxcSpeed { get; init; }
    public int? Rank { get; init; }
    public bool? VxcPermitted { get; init; }
}

/// <summary>What Megaport knows of an ExpressRoute circuit.</summary>
/// <remarks>GET /v2/secure/azure/{serviceKey}</remarks>
public sealed record AzureKeyLookup
{
    /// <summary>Mbps of the circuit.</summary>
    public int? Bandwidth { get; init; }
    public IReadOnlyList<AzurePort> Megaports { get => field ?? []; init; }
}

/// <param name="Type"><c>primary</c> or <c>secondary</c>.</param>
/// <param name="Vxc">The service that has taken the port; null or 0 where it is free.</param>
public sealed record AzurePort(string? Type, string? ProductUid, long? Vxc);

public sealed record ResourceTag(string? Key, string? Value);

internal sealed record ResourceTags
{
    [JsonPropertyName("resourceTags")]
    public IReadOnlyList<ResourceTag> Tags { get => field ?? []; init; }
}
