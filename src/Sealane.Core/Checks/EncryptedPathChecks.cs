using Sealane.Core.Design;

namespace Sealane.Core.Checks;

/// <summary>SL301-306: nothing but the tunnels' endpoints may be reachable over the transport.</summary>
/// <remarks>
/// The MCR's four filters are not the spec's to choose: they are built from the tunnel endpoints alone. What the spec
/// can
/// open are the Direct Connect gateway's allowed prefixes and the transit gateway's isolation.
/// </remarks>
public static class EncryptedPathChecks
{
    private const string Allowed = "aws.allowedPrefixes";
    private const string Isolation = "aws.transitGateway.isolation";

    public static readonly DesignCheck NoVpcPrefixIsAllowed = new()
    {
        Id = "SL301",
        Severity = Severity.Error,
        Title = "The Direct Connect gateway announces no part of the VPC",
        Why = "Allowed prefixes are announced over the transport as they stand. For an equal prefix Azure prefers "
            + "ExpressRoute to VPN, so all traffic to the VPC would leave unencrypted while both tunnels show "
            + "Connected; a longer prefix takes its part, a shorter one takes everything as soon as the tunnels are "
            + "down.",
        Fix = "Leave aws.allowedPrefixes out: then it is the transit gateway CIDR only. (Guide step 3 adds the VPC; "
            + "that is the leak.)",
        Sources = [Docs.AllowedPrefixes, Docs.PrivatePeeringVpn, Docs.VnetRoutes],
        Find = design => from allowed in AllowedPrefixes(design)
                         from vpc in Networks.Vpc(design)
                         where allowed.Prefix.Overlaps(vpc.Prefix)
                         select new Flaw(allowed.Path,
                             $"{allowed} would make {vpc} reachable from Azure outside the tunnels"),
    };

    public static readonly DesignCheck OnlyTransitGatewayCidrIsAllowed = new()
    {
        Id = "SL302",
        Severity = Severity.Error,
        Title = "Every allowed prefix lies inside the transit gateway CIDR",
        Why = "The transport must carry the tunnels' outside addresses and nothing else. AWS takes those from the "
            + "transit gateway CIDR, so any other prefix, and above all a default or covering one, can only open a "
            + "way around the tunnels.",
        Fix = "Leave aws.allowedPrefixes out, or list parts of the transit gateway CIDR only.",
        Sources = [Docs.AllowedPrefixes, Docs.PrivateIpVpn, Docs.PrivatePeeringVpn],
        Find = design => from allowed in AllowedPrefixes(design)
                         where !design.TransitGateway.Cidr.Contains(allowed.Prefix)
                         select new Flaw(allowed.Path, allowed.Prefix.Contains(design.TransitGateway.Cidr)
                             ? $"{allowed} covers more than the transit gateway CIDR {design.TransitGateway.Cidr}"
                             : $"{allowed} is not part of the transit gateway CIDR {design.TransitGateway.Cidr}"),
    };

    public static readonly DesignCheck TransitGatewayCidrIsAllowed = new()
    {
        Id = "SL303",
        Severity = Severity.Warning,
        Title = "All of the transit gateway CIDR is allowed",
        Why = "AWS chooses the tunnels' outside addresses anywhere in the block. If it chooses one that is not "
            + "announced, the tunnel has no way back and stays down.",
        Fix = "Leave aws.allowedPrefixes out, or let the list cover the whole block.",
        Sources = [Docs.AllowedPrefixes, Docs.PrivateIpVpn],
        Find = design =>
            Covered(design.DxGateway.AllowedPrefixes, design.TransitGateway.Cidr) < design.TransitGateway.Cidr.Size
            && design.DxGateway.AllowedPrefixes.All(design.TransitGateway.Cidr.Contains)
                ? [new(Allowed, $"only a part of the transit gateway CIDR {design.TransitGateway.Cidr} is allowed")]
                : [],
    };

    public static readonly DesignCheck TransitGatewayIsIsolated = new()
    {
        Id = "SL304",
        Severity = Severity.Warning,
        Title = "The workloads' route table learns nothing from the Direct Connect gateway",
        Why = "A transit gateway prefers Direct Connect to private-IP VPN for an equal prefix. With propagation the "
            + "filters of the MCR are all that stands between the VPC and the clear path: one lock fewer.",
        Fix = "Write isolated, or auto where it is not certain that the tunnels come up so.",
        Sources = [Docs.TransitGatewayRoutes, Docs.PrivateIpVpn],
        Find = design => design.TransitGateway.Isolation == TransitGatewayIsolation.Propagated
            ? [new(Isolation, "isolation propagated lets routes of the transport into the workloads' table")]
            : [],
    };

    public static readonly DesignCheck IsolationMayFallBack = new()
    {
        Id = "SL305",
        Severity = Severity.Note,
        Title = "The isolation of the transit gateway is decided by the spec",
        Why = "Whether AWS needs the transport's routes in the workloads' table for the tunnels to come up is not "
            + "documented. auto tries without, and falls back to the guide's layout when the tunnels stay down; "
            + "apply and verify then say so.",
        Fix = "Write isolated or propagated once a first apply has shown which of them works in your account.",
        Sources = [Docs.PrivateIpVpn, Docs.TransitGatewayRoutes],
        Find = design => design.TransitGateway.Isolation == TransitGatewayIsolation.Auto
            ? [new(Isolation, "isolation auto may fall back to propagated, which opens lock d")]
            : [],
    };

    public static readonly DesignCheck SharedRoutersCarryOthers = new()
    {
        Id = "SL306",
        Severity = Severity.Warning,
        Title = "Gateways and routers belong to the link alone",
        Why = "An existing gateway or MCR has tables, associations and sessions that this spec does not describe. "
            + "They may carry the protected prefixes past the tunnels, and no offline check can see them.",
        Fix = "Leave the id out so that the link gets its own; or run verify after each change of the shared one, "
            + "and silence this with that reason.",
        Sources = [Docs.TransitGatewayPractices, Docs.DxGateways, Docs.Mcr],
        Find = design => from shared in Shareable(design)
                         where shared.ExistingId is not null
                         select new Flaw(shared.Path, $"the {shared.Name} {shared.ExistingId} is shared"),
    };

    private static IEnumerable<(string Path, string Name, string? ExistingId)> Shareable(NetworkDesign design) =>
    [
        ($"{design.DxGateway.Path}.id", "Direct Connect gateway", design.DxGateway.ExistingId),
        ($"{design.TransitGateway.Path}.id", "transit gateway", design.TransitGateway.ExistingId),
        .. design.Routers.Select(router => ($"{router.Path}.uid", "MCR", router.ExistingId)),
        ($"{design.ExpressRouteGateway.Path}.id", "ExpressRoute gateway", design.ExpressRouteGateway.ExistingId),
        ($"{design.VpnGateway.Path}.id", "VPN gateway", design.VpnGateway.ExistingId),
    ];

    private static IEnumerable<Network> AllowedPrefixes(NetworkDesign design) =>
        design.DxGateway.AllowedPrefixes.Select((prefix, i) =>
            new Network("allowed prefix", $"{Allowed}[{i}]", prefix));

    /// <summary>How many addresses of a block the prefixes cover, each counted once.</summary>
    private static long Covered(IReadOnlyList<Prefix> prefixes, Prefix block)
    {
        var inside = prefixes.Where(block.Contains).Distinct().ToList();
        return inside.Where(prefix => !inside.Any(other => other != prefix && other.Contains(prefix)))
            .Sum(prefix => prefix.Size);
    }
}
