using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Values of <c>provisioningStatus</c> that the sandbox uses.</summary>
internal static class ProductStatus
{
    public const string Deployable = "DEPLOYABLE";
    public const string Configured = "CONFIGURED";
    public const string Live = "LIVE";

    /// <summary>To end with its term; can be taken back.</summary>
    public const string Cancelled = "CANCELLED";
    public const string Decommissioned = "DECOMMISSIONED";
}

/// <summary>A service that was ordered: an MCR or a VXC. <see cref="Entity.Id"/> is its <c>productUid</c>.</summary>
public abstract class Product : Entity
{
    /// <summary><c>productId</c>: the number that old parts of the API use.</summary>
    public required int Number { get; init; }
    public required string Name { get; set; }
    public required int TermMonths { get; set; }
    public string CostCentre { get; set; } = "";
    public List<ResourceTag> Tags { get; set; } = [];
    public bool Locked { get; set; }
    public DateTimeOffset? LiveAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What <c>CANCEL</c> interrupted, for <c>UN_CANCEL</c>.</summary>
    public string? StateBeforeCancel { get; set; }

    public bool Ready => State is ProductStatus.Configured or ProductStatus.Live;
    public bool Ended => State == ProductStatus.Decommissioned;
    public abstract string ProductType { get; }
}

public sealed record ResourceTag(string Key, string Value);

/// <summary>A Megaport Cloud Router.</summary>
public sealed class Mcr : Product
{
    public required int LocationId { get; init; }
    public required int SpeedMbps { get; init; }
    public required long Asn { get; set; }

    /// <summary><c>red</c> or <c>blue</c>.</summary>
    public required string DiversityZone { get; init; }
    public bool MarketplaceVisibility { get; set; }
    public List<McrAddOn> AddOns { get; set; } = [];
    public override string ProductType => "MCR2";
}

public enum VxcKind
{
    /// <summary>To an AWSHC port: AWS gets a hosted connection, on which the customer makes any one VIF.</summary>
    AwsHostedConnection,

    /// <summary>To an AWS port: AWS gets a hosted private or public VIF. Never a transit VIF.</summary>
    AwsHostedVif,
    Azure,
}

/// <summary>A Virtual Cross Connect from an MCR to a cloud.</summary>
public sealed class Vxc : Product
{
    public required VxcKind Kind { get; init; }
    public required string McrUid { get; init; }
    public required int RateMbps { get; set; }
    public bool Shutdown { get; set; }
    public required int AVlan { get; set; }

    /// <summary>The port that the VXC really ends on; Megaport may choose another than the ordered one.</summary>
    public required string BPortUid { get; set; }
    public required string BPortName { get; set; }
    public required int BLocationId { get; set; }

    /// <summary>AWS: the VLAN of the VIF. Azure: the S-tag.</summary>
    public required int BVlan { get; set; }

    /// <summary>The MCR's end as the router has it now.</summary>
    public List<McrInterface> Interfaces { get; set; } = [];

    /// <summary>How many changes of <see cref="Interfaces"/> were accepted.</summary>
    public int EditCount { get; set; }

    /// <summary>The AWS end; null for Azure.</summary>
    public AwsEnd? Aws { get; set; }

    /// <summary>The Azure end; null for AWS.</summary>
    public AzureEnd? Azure { get; set; }

    /// <summary>How long prefix lists that an ended VXC named still count as in use.</summary>
    public DateTimeOffset? ListsBlockedUntil { get; set; }
    public override string ProductType => "VXC";
}

public sealed class AwsEnd
{
    public required string OwnerAccount { get; init; }
    public required string ConnectionName { get; init; }
    public required string Region { get; init; }

    /// <summary>AWS's code of the Direct Connect location.</summary>
    public required string DxLocation { get; init; }

    /// <summary><c>dxcon-…</c> or, for a hosted VIF, <c>dxvif-…</c>; null until CONFIGURED.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>Megaport shows the id later than AWS has it.</summary>
    public DateTimeOffset? ConnectionIdShownAt { get; set; }
}

public sealed class AzureEnd
{
    public required string ServiceKey { get; init; }

    /// <summary><c>primary</c> or <c>secondary</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The private peering that the order asked for; null: a bare VXC.</summary>
    public AzurePeer? Peer { get; init; }

    /// <summary>The order left the MCR's end to Megaport, which then makes interface and session itself.</summary>
    public required bool AutomaticAEnd { get; init; }

    /// <summary>When the peering disappeared in Azure; Megaport notices later.</summary>
    public DateTimeOffset? PeeringGoneAt { get; set; }
}

/// <summary>
/// Another customer's VXC on a path of a circuit. Its owner's router is out of sight; Azure sees what it announces.
/// </summary>
/// <param name="Number">Of the product, as the look-up of the service key shows it.</param>
/// <param name="Path"><c>primary</c> or <c>secondary</c>.</param>
/// <param name="Prefixes">What its router announces to Microsoft.</param>
public sealed record ForeignVxc(
    int Number, string ServiceKey, string Path, long PeerAsn, IReadOnlyList<Core.Prefix> Prefixes);

public sealed class AzurePeer
{
    public required long PeerAsn { get; init; }
    public required Core.Prefix Primary { get; init; }
    public required Core.Prefix Secondary { get; init; }
    public required int Vlan { get; init; }
    public string? SharedKey { get; init; }
}

/// <summary>A change of a VXC's A-end on its way to the router.</summary>
public sealed class VxcEdit : Entity
{
    public required string VxcUid { get; init; }
    public List<McrInterface> Interfaces { get; set; } = [];
}

/// <summary>A cancelled Azure VXC whose circuit Megaport has yet to hand back.</summary>
public sealed class CircuitRelease : Entity
{
    public required string ServiceKey { get; init; }
}
