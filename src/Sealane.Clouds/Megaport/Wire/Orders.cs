using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Sealane.Clouds.Megaport.Wire;

/// <summary>An MCR in an order.</summary>
/// <remarks>POST /v4/networkdesign/buy; https://dev.megaport.com (Ordering)</remarks>
public sealed record McrOrder(
    string ProductName, int LocationId, int PortSpeed, int Term, string CostCentre, McrConfig Config,
    IReadOnlyList<ResourceTag> ResourceTags)
{
    public string ProductType { get; } = "MCR2";
}

public sealed record McrConfig(long McrAsn, string DiversityZone);

/// <summary>A VXC in an order: it hangs under the product that owns its A-end, the MCR.</summary>
public sealed record VxcOrder(string ProductUid, IReadOnlyList<VxcOrderItem> AssociatedVxcs);

public sealed record VxcOrderItem
{
    public required string ProductName { get; init; }
    public required int RateLimit { get; init; }
    public required int Term { get; init; }
    public bool Shutdown { get; init; }
    public required string CostCentre { get; init; }
    public required VxcOrderAEnd AEnd { get; init; }
    public required VxcOrderBEnd BEnd { get; init; }
    public required IReadOnlyList<ResourceTag> ResourceTags { get; init; }
}

/// <param name="PartnerConfig">Null lets Megaport configure the MCR's side, which it does for Azure only.</param>
/// <param name="Vlan">0: Megaport chooses.</param>
public sealed record VxcOrderAEnd(RouterConfig? PartnerConfig, int Vlan = 0);

public sealed record RouterConfig(IReadOnlyList<VxcInterface> Interfaces)
{
    public string ConnectType { get; } = "VROUTER";
}

/// <param name="PartnerConfig">An <see cref="AwsHostedConfig"/> or an <see cref="AzureConfig"/>.</param>
public sealed record VxcOrderBEnd(string ProductUid, object PartnerConfig);

/// <param name="OwnerAccount">Twelve digits as text: leading zeros count.</param>
/// <param name="Name">Name of the hosted connection in AWS.</param>
public sealed record AwsHostedConfig(string OwnerAccount, string Name)
{
    public string ConnectType { get; } = "AWSHC";

    /// <summary>Always sent by the vendor's client, without meaning for a hosted connection.</summary>
    public string Type { get; } = "private";
}

public sealed record AzureConfig(Core.Secret ServiceKey, IReadOnlyList<AzurePeer> Peers)
{
    public string ConnectType { get; } = "AZURE";
}

internal sealed record Purchase(IReadOnlyList<object> NetworkDesign)
{
    public IReadOnlyList<string> DiscountCodes { get; } = [];
}

/// <summary>What a buy answers: MCRs and VXCs name their uid differently.</summary>
internal sealed record Purchased
{
    public string? TechnicalServiceUid { get; init; }

    [JsonPropertyName("vxcJTechnicalServiceUid")]
    public string? VxcUid { get; init; }
}

/// <summary>A line of a validated order. A refusal can hide here under a 200.</summary>
internal sealed record ValidatedLine
{
    public string? Error { get; init; }
    public ValidatedPrice? Price { get; init; }
}

internal sealed record ValidatedPrice
{
    public decimal? MonthlyRate { get; init; }
    public string? Currency { get; init; }
}

/// <summary>Changes of an MCR. The cost centre is erased when it is left out, so it is always there.</summary>
public sealed record McrUpdate(string Name, string CostCentre, int? Term = null);

/// <summary>Changes of a VXC; what is null is left alone, except the interface list, which is replaced as a
/// whole.</summary>
public sealed record VxcUpdate
{
    public string? Name { get; init; }
    public int? RateLimit { get; init; }
    public string? CostCentre { get; init; }
    public int? Term { get; init; }
    public bool? Shutdown { get; init; }
    public AEndUpdate? AEndConfig { get; init; }
}

/// <param name="Interfaces">Whole, with the members that we do not know.</param>
public sealed record AEndUpdate(IReadOnlyList<JsonObject> Interfaces);
