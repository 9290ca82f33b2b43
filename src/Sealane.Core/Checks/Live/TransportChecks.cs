using static Sealane.Core.Checks.Live.Say;

namespace Sealane.Core.Checks.Live;

/// <summary>The transport: sessions up, and nothing but tunnel endpoints on it. Guide steps 8, 13 and 19.</summary>
internal static class TransportChecks
{
    public static readonly LiveCheck VifIsUp = new()
    {
        Id = "SL901",
        GuideStep = 8,
        Title = "BGP between MCR and Direct Connect gateway is up",
        Fix = "Compare VLAN, addresses, ASNs and BGP key of the transit VIF with the AWS VXC.",
        Look = seen => seen.TransitVifs.Count == 0 ? Fail("there is no transit VIF")
            : seen.TransitVifs is [var vif] && seen.Design.AwsVxcs.Count == 1
                ? IsUp(vif) ? Pass("the VIF is available, BGP up")
                    : Fail($"the VIF is {vif.State}, BGP {vif.BgpStatus}")
            : seen.TransitVifs.Count(IsUp) is var up && up == seen.Design.AwsVxcs.Count
                ? Pass($"{up} VIFs are available, BGP up")
            : up == 0 ? Fail(Vifs(seen)) : Degraded(Vifs(seen)),
    };

    public static readonly LiveCheck McrLearnsOnlyEndpoints = new()
    {
        Id = "SL902",
        AboutLeaks = true,
        GuideStep = 8,
        Title = "The MCR has learned nothing but tunnel endpoints (lock a)",
        Fix = "Set the import permit lists of both BGP sessions of the MCR.",
        Look = seen => seen.Network.Mcrs.IsEmpty ? Fail("there is no MCR")
            : seen.McrLearned is not { } learned ? Unknown("the looking glass gave no answer")
            : learned.Where(row => !IsEndpoint(seen, row.Prefix)).ToList() is { Count: > 0 } leaks
                ? Fail($"the MCR learned {List(leaks.Select(row => $"{row.Prefix} from {row.Source}"))}")
            : Pass(learned.Count == 0 ? "no BGP route passes the import filters"
                : $"learned: {List(learned.Select(row => row.Prefix))}"),
    };

    public static readonly LiveCheck CircuitIsProvisioned = new()
    {
        Id = "SL903",
        GuideStep = 13,
        Title = "The circuit is provisioned, its private peering and gateway connection stand",
        Fix = "Look at the circuit in Azure and at the Azure VXC in the Megaport portal.",
        Look = seen => Unfinished(seen) is not [var first, ..] unfinished
            ? Pass("provider state Provisioned, private peering and connection Succeeded")
            : unfinished.TrueForAll(circuit => circuit.IsUnread) ? Unknown(States(first))
            : unfinished.Count < seen.Circuits.Count
                ? Degraded(string.Join("; ", unfinished.Select(circuit => $"{circuit.Name}: {States(circuit)}")))
            : Fail(States(first)),
    };

    public static readonly LiveCheck EdgeHasOnlyEndpoints = new()
    {
        Id = "SL904",
        AboutLeaks = true,
        GuideStep = 13,
        Title = "Microsoft's edge learned from the MCR exactly the AWS tunnel endpoints",
        Fix = "Set the export permit list of the MCR's session to Azure (guide step 19) and the static routes of the "
            + "AWS VXC (step 18).",
        Look = seen => Exactly("the edge router learned from the MCR",
            seen.Network.Circuits.IsEmpty && !seen.Circuits.Any(circuit => circuit.IsUnread) ? []
                : seen.MseeRoutes?.Where(row => !IsAzures(seen, row.Prefix, row.AsPath)).Select(row => row.Prefix),
            seen.AwsReach),
    };

    public static readonly LiveCheck ExpressRouteGatewayHasOnlyEndpoints = new()
    {
        Id = "SL905",
        AboutLeaks = true,
        GuideStep = 13,
        Title = "The ExpressRoute gateway learned exactly the AWS tunnel endpoints",
        Fix = "As for SL904: what the gateway learns comes from the MCR.",
        Look = seen => Exactly("the ExpressRoute gateway learned",
            seen.Network.ExpressRouteGateways.IsEmpty ? []
                : seen.ExpressRouteGatewayLearned?.Where(row => row.AsPath.Length > 0
                    && !IsAzures(seen, row.Prefix, row.AsPath)).Select(row => row.Prefix),
            seen.AwsReach),
    };

    public static readonly LiveCheck StaticRoutes = new()
    {
        Id = "SL906",
        AboutLeaks = true,
        GuideStep = 18,
        Title = "The MCR has a static route to every tunnel endpoint",
        Fix = "sealane apply puts the routes back; by hand: a /32 on the A-end of each VXC, next hop the BGP peer.",
        Look = seen => Exactly("static routes of the MCR",
            seen.Network.Mcrs.IsEmpty ? []
                : seen.McrRoutes?.Where(row => row.Protocol == "STATIC").Select(row => row.Prefix),
            [.. seen.Design.LearnsFromAws ? [] : seen.AwsReach, .. AzureEndpoints(seen)]),
    };

    public static readonly LiveCheck ToAwsOnlyEndpoints = new()
    {
        Id = "SL907",
        AboutLeaks = true,
        GuideStep = 19,
        Title = "The MCR announces to AWS exactly Azure's tunnel endpoint (lock b)",
        Fix = "Set the export permit list AWS-Export on the AWS VXC's BGP session (guide step 19).",
        Look = seen => Exactly("announced to AWS", seen.Network.Mcrs.IsEmpty ? [] : seen.AdvertisedToAws,
            AzureEndpoints(seen)),
    };

    public static readonly LiveCheck ToAzureOnlyEndpoints = new()
    {
        Id = "SL908",
        AboutLeaks = true,
        GuideStep = 19,
        Title = "The MCR announces to Azure exactly AWS's tunnel endpoints (lock b)",
        Fix = "Set the export permit list Azure-Export on the Azure VXC's BGP session (guide step 19).",
        Look = seen => Exactly("announced to Azure", seen.Network.Mcrs.IsEmpty ? [] : seen.AdvertisedToAzure,
            seen.AwsReach),
    };

    public static readonly LiveCheck NoVpcPrefixAllowed = new()
    {
        Id = "SL909",
        AboutLeaks = true,
        Title = "The Direct Connect gateway announces no VPC prefix (lock c)",
        Fix = "Take the VPC prefix out of the allowed prefixes of the gateway association; leave the transit gateway "
            + "CIDR.",
        Look = seen => seen.AllowedPrefixes is not { } allowed ? Fail("there is no gateway association")
            : allowed.Where(prefix => seen.VpcPrefixes.Any(prefix.Overlaps)).ToList() is { Count: > 0 } leaks
                ? Fail($"allowed prefixes include {List(leaks)}, which is or covers the VPC")
            : Pass($"allowed prefixes: {List(allowed)}"),
    };

    public static readonly LiveCheck TransportTableIsEmpty = new()
    {
        Id = "SL910",
        AboutLeaks = true,
        Title = "What arrives over Direct Connect finds no route to the VPC (lock d)",
        Fix = "Disable the VPC attachment's propagation into the transport table and delete its static routes.",
        Look = seen => seen.TransportRoutes is not { } routes
            ? Fail("the Direct Connect attachment has no route table of its own")
            : routes.Where(row => seen.VpcPrefixes.Any(row.Prefix.Overlaps) && row.State == "active")
                .ToList() is { Count: > 0 } leaks
                ? Fail($"the transport table has {List(leaks.Select(row => row.Prefix))}")
            : Pass(routes.Count == 0 ? "the transport table is empty"
                : $"the transport table has {List(routes.Select(row => row.Prefix))}, none of the VPC"),
    };

    // The VNet's own prefixes, and what Azure's gateways announce for the VNets that use them: the path begins with the
    // gateways' ASN, where the MCR's rows begin with the MCR's.
    private static bool IsAzures(LinkObservation seen, Prefix prefix, string asPath) =>
        seen.VnetPrefixes.Contains(prefix)
        || (asPath.Split([' ', '-'], 2)[0] is var first && seen.Network.ExpressRouteGateways.Any(gateway =>
            first == gateway.Asn.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    private static bool IsEndpoint(LinkObservation seen, Prefix prefix) =>
        seen.AwsReach.Contains(prefix) || AzureEndpoints(seen).Contains(prefix);

    private static bool IsUp((string Name, string State, string BgpStatus) vif) =>
        vif is { State: "available", BgpStatus: "up" };

    private static string Vifs(LinkObservation seen) => string.Join("; ",
        [
            .. seen.TransitVifs.Select(vif => $"{vif.Name} is {vif.State}, BGP {vif.BgpStatus}"),
            .. seen.Design.AwsVxcs.Where(vxc => seen.TransitVifs.All(vif => vif.Name != vxc.VifName))
                .Select(vxc => $"{vxc.VifName} is absent"),
        ]);

    private static List<CircuitSeen> Unfinished(LinkObservation seen) =>
    [
        .. seen.Circuits.Where(circuit => circuit is not
            { Provider: "Provisioned", Peering: "Succeeded", Connection: "Succeeded" }),
    ];

    private static string States(CircuitSeen circuit) => $"provider state {circuit.Provider ?? "absent"}, private "
        + $"peering {circuit.Peering ?? "absent"}, connection {circuit.Connection ?? "absent"}";

    private static List<Prefix> AzureEndpoints(LinkObservation seen) =>
        [.. seen.AzureEndpoints.Select(address => address.ToPrefix())];
}
