using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// The link as worked out from the spec: every name, address, ASN and option that a cloud is asked for, with the
/// defaults filled in. Values that only a cloud can choose (tunnel outside addresses, the VPN gateway's private
/// address,
/// VLANs) are not here: resources read them from each other while the link is built.
/// </summary>
public sealed record NetworkDesign
{
    public required NetworkSpec Spec { get; init; }
    public required Names Names { get; init; }
    public required AwsDesign Aws { get; init; }
    public required AzureDesign Azure { get; init; }
    public required MegaportDesign Megaport { get; init; }
    public required IReadOnlyList<TunnelDesign> Tunnels { get; init; }
    public required IpsecSuite Ipsec { get; init; }

    public BuildOrder Order { get; init; } = BuildOrder.LocksFirst;

    public string Name => Spec.Name;

    /// <summary>Tags on every object that can carry them; by these an object is found again and known as
    /// ours.</summary>
    public IReadOnlyDictionary<string, string> Tags => new Dictionary<string, string>
    {
        ["sealane"] = Name,
    };

    /// <summary>
    /// The same link with the guide's choices: the VPC allowed on the Direct Connect gateway (step 3), one transit
    /// gateway
    /// table for all attachments, sessions without import filters. Only for showing what that does.
    /// </summary>
    public NetworkDesign InGuideOrder() => this with
    {
        Order = BuildOrder.Guide,
        Aws = Aws with { Isolation = TransitGatewayIsolation.Shared },
    };
}

/// <summary>What comes before what while the link is built.</summary>
public enum BuildOrder
{
    /// <summary>By the first law: each lock is closed before the thing that it guards exists.</summary>
    LocksFirst,

    /// <summary>The manual guide's steps one after the other, with its choices: see <see
    /// cref="NetworkDesign.InGuideOrder"/>.</summary>
    Guide,
}

/// <summary>The tag that says which link an object belongs to.</summary>
public static class LinkTag
{
    public const string Key = "sealane";
}

public sealed record AwsDesign
{
    public required string Account { get; init; }

    /// <summary>Region of VPC, transit gateway and VPN.</summary>
    public required string Region { get; init; }

    /// <summary>Region of the Direct Connect location: connections and VIFs live there.</summary>
    public required string ConnectionRegion { get; init; }
    public required string VpcId { get; init; }
    public required IReadOnlyList<string> SubnetIds { get; init; }

    /// <summary>Empty: the tables that serve <see cref="SubnetIds"/>.</summary>
    public required IReadOnlyList<string> RouteTableIds { get; init; }

    /// <summary>Empty: as found in the account.</summary>
    public required IReadOnlyList<Prefix> VpcPrefixes { get; init; }

    /// <summary>An existing Direct Connect gateway to use, or null: make one.</summary>
    public required string? DxGatewayId { get; init; }

    /// <summary>Amazon side ASN towards the MCR. Cannot be changed later.</summary>
    public required long DxGatewayAsn { get; init; }
    public required string? TransitGatewayId { get; init; }

    /// <summary>Amazon side ASN inside the tunnels; differs from the Direct Connect gateway's.</summary>
    public required long TransitGatewayAsn { get; init; }

    /// <summary>AWS picks both tunnel outside addresses from this block.</summary>
    public required Prefix TransitGatewayCidr { get; init; }

    /// <summary>What the Direct Connect gateway announces to the MCR, verbatim. Lock c: the transit gateway CIDR
    /// only.</summary>
    public required IReadOnlyList<Prefix> AllowedPrefixes { get; init; }
    public required TransitGatewayIsolation Isolation { get; init; }
    public required int TransitVifMtu { get; init; }
}

/// <summary>
/// Lock d. The Direct Connect gateway's attachment has a route table of its own without VPC routes. Whether the
/// tunnels'
/// outer packets also need the MCR's routes propagated into the workload table is not documented.
/// </summary>
public enum TransitGatewayIsolation
{
    /// <summary>Try <see cref="Isolated"/>; where the tunnels stay down, fall back to <see cref="Propagated"/> and say
    /// so.</summary>
    Auto,

    /// <summary>No route of the Direct Connect gateway in the workload table.</summary>
    Isolated,

    /// <summary>The Direct Connect gateway propagates into the workload table, as in the guide's step 24.</summary>
    Propagated,

    /// <summary>No isolation: all attachments share the workload table. No spec can say so; the guide's order
    /// does.</summary>
    Shared,
}

public sealed record AzureDesign
{
    /// <summary>Null: the tenant of the credentials.</summary>
    public required string? Tenant { get; init; }
    public required string Subscription { get; init; }
    public required string ResourceGroup { get; init; }
    public required string Region { get; init; }
    public required string VnetName { get; init; }

    /// <summary>Empty: as found in the subscription.</summary>
    public required IReadOnlyList<Prefix> VnetPrefixes { get; init; }

    /// <summary>Null: the existing GatewaySubnet, or the first free /27 of the VNet.</summary>
    public required Prefix? GatewaySubnet { get; init; }
    public required string PeeringLocation { get; init; }

    /// <summary>Mbps: 50, 100, 200, 500, 1000, 2000, 5000 or 10000.</summary>
    public required int CircuitBandwidthMbps { get; init; }

    /// <summary><c>Standard</c>, <c>Premium</c> or <c>Local</c>.</summary>
    public required string CircuitTier { get; init; }

    /// <summary><c>MeteredData</c> or <c>UnlimitedData</c>.</summary>
    public required string CircuitFamily { get; init; }
    public required string ExpressRouteGatewaySku { get; init; }
    public required string VpnGatewaySku { get; init; }

    /// <summary><c>Generation1</c> or <c>Generation2</c>.</summary>
    public required string VpnGatewayGeneration { get; init; }
    public required long VpnGatewayAsn { get; init; }
    public required IReadOnlyList<string> PublicIpZones { get; init; }
}

public sealed record MegaportDesign
{
    public required bool Staging { get; init; }

    /// <summary>Name or numeric id, as the user wrote it.</summary>
    public required string Location { get; init; }

    /// <summary>Location of the AWS partner port; the MCR's when the user named no other.</summary>
    public required string AwsLocation { get; init; }
    public required string? DiversityZone { get; init; }
    public required int TermMonths { get; init; }
    public required string CostCentre { get; init; }

    /// <summary>An existing MCR to use, or null: order one.</summary>
    public required string? McrUid { get; init; }
    public required int McrSpeedMbps { get; init; }
    public required long McrAsn { get; init; }

    /// <summary>Rate of the AWS VXC. A hosted connection's speed cannot be changed: a new rate is a new VXC.</summary>
    public required int AwsRateMbps { get; init; }
    public required int AzureRateMbps { get; init; }

    /// <summary>The MCR's address towards AWS with its mask (guide step 7: 192.168.100.1/30).</summary>
    public required InterfaceAddress McrToAws { get; init; }

    /// <summary>Amazon's address on the transit VIF with its mask (guide step 7: 192.168.100.2/30).</summary>
    public required InterfaceAddress AmazonAddress { get; init; }

    /// <summary>/30 of the primary ExpressRoute path: the MCR takes the first host, Microsoft the second.</summary>
    public required Prefix AzurePrimary { get; init; }

    /// <summary>/30 of the secondary path. Azure wants it named even where only the primary VXC exists.</summary>
    public required Prefix AzureSecondary { get; init; }
    public required int AzureVlan { get; init; }

    public Ipv4 McrToAzure => AzurePrimary.Host(1);
    public Ipv4 MicrosoftAddress => AzurePrimary.Host(2);
}

/// <summary>Microsoft's edge routers; not configurable.</summary>
public static class Msee
{
    public const long Asn = 12076;
}

/// <summary>One tunnel: AWS takes the first host of the inside /30, Azure the second.</summary>
public sealed record TunnelDesign
{
    /// <summary>1 or 2, as the guide counts.</summary>
    public required int Number { get; init; }
    public required Prefix InsideCidr { get; init; }
    public required string LocalGatewayName { get; init; }
    public required string ConnectionName { get; init; }

    public Ipv4 AwsInside => InsideCidr.Host(1);
    public Ipv4 AzureInside => InsideCidr.Host(2);
}

/// <summary>The one IKEv2 and ESP suite of both tunnels, in AWS's words.</summary>
public sealed record IpsecSuite
{
    /// <summary><c>AES128</c>, <c>AES256</c>, <c>AES128-GCM-16</c> or <c>AES256-GCM-16</c>.</summary>
    public required string Phase1Encryption { get; init; }

    /// <summary><c>SHA2-256</c> or <c>SHA2-384</c>.</summary>
    public required string Phase1Integrity { get; init; }

    /// <summary>14, 19, 20 or 24 are known to both clouds.</summary>
    public required int Phase1DhGroup { get; init; }
    public required int Phase1LifetimeSeconds { get; init; }
    public required string Phase2Encryption { get; init; }
    public required string Phase2Integrity { get; init; }
    public required int Phase2DhGroup { get; init; }
    public required int Phase2LifetimeSeconds { get; init; }
    public required int DpdTimeoutSeconds { get; init; }

    /// <summary>What hosts or firewalls should clamp TCP to: Azure drops fragmented ESP.</summary>
    public required int TcpMss { get; init; }
}
