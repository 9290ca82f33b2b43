using Sealane.Core.Design;
using static Sealane.Core.Checks.Live.Say;

namespace Sealane.Core.Checks.Live;

/// <summary>The tunnels and what they carry. Guide step 24.</summary>
internal static class OverlayChecks
{
    public static readonly LiveCheck AzureConnected = new()
    {
        Id = "SL920",
        GuideStep = 24,
        Title = "Both VPN connections of Azure are Connected",
        Fix = "Compare pre-shared key, IPsec policy and addresses of the connection that is not.",
        Look = seen => EachTunnel(seen, tunnel => tunnel.AzureStatus is { } status ? status == "Connected"
                : IsAbsent(seen, $"azure/vpn-connection-{tunnel.Number}") ? false : null,
            tunnel => tunnel.AzureStatus ?? (IsAbsent(seen, $"azure/vpn-connection-{tunnel.Number}") ? "absent"
                : "not told")),
    };

    public static readonly LiveCheck AwsUp = new()
    {
        Id = "SL921",
        GuideStep = 24,
        Title = "Both tunnels of AWS are UP",
        Fix = "IPSEC IS DOWN: keys, suite or the way of the outer packets. IPSEC IS UP: BGP addresses or ASN inside "
            + "the tunnel.",
        Look = seen => EachTunnel(seen, tunnel => tunnel.AwsStatus is { } status
                ? status == "UP" && tunnel.AcceptedRoutes > 0 : IsAbsent(seen, "aws/vpn-connection") ? false : null,
            tunnel => tunnel.AwsStatus is { } status
                ? $"{status} {tunnel.AwsMessage}".TrimEnd() + $", {tunnel.AcceptedRoutes} routes"
                : IsAbsent(seen, "aws/vpn-connection") ? "absent" : "not told"),
    };

    public static readonly LiveCheck VnetOverVpn = new()
    {
        Id = "SL922",
        GuideStep = 24,
        Title = "The transit gateway reaches the VNet over the VPN and nothing else",
        Fix = "A Direct Connect route for the VNet, or one inside it, carries traffic in the clear: close the MCR's "
            + "export filter to AWS.",
        AboutLeaks = true,
        Look = seen => seen.WorkloadRoutes is not { } routes ? Fail("there is no route table for VPC and VPN")
            : Elsewhere(seen, routes) is { Count: > 0 } others
                ? Fail("in the same table "
                    + List(others.Select(row => $"{row.Prefix} via {List(row.AttachmentTypes)}")))
            : seen.VnetPrefixes.Where(vnet => !routes.Any(row => row.Prefix == vnet && IsOverVpn(row))).ToList()
                is { Count: > 0 } missing ? Fail($"no route over the VPN to {List(missing)}")
            : Pass(List(routes.Select(row => $"{row.Prefix} via {List(row.AttachmentTypes)}"))),
    };

    private static bool IsOverVpn(TransitGatewayRouteSeen row) =>
        row is { State: "active", AttachmentTypes.Count: > 0 } && row.AttachmentTypes.All(type => type == "vpn");

    // Whatever takes part of the VNet elsewhere; over Direct Connect also what covers it, since that wins in a failure.
    private static List<TransitGatewayRouteSeen> Elsewhere(
        LinkObservation seen, IReadOnlyList<TransitGatewayRouteSeen> routes) =>
    [
        .. routes.Where(row => row.State == "active" && !IsOverVpn(row)
            && !seen.AzureEndpoints.Any(address => row.Prefix == address.ToPrefix())
            && seen.VnetPrefixes.Any(vnet => vnet.Contains(row.Prefix)
                || (row.AttachmentTypes.Contains("direct-connect-gateway") && row.Prefix.Contains(vnet)))),
    ];

    public static readonly LiveCheck AzurePeers = new()
    {
        Id = "SL923",
        GuideStep = 24,
        Title = "The VPN gateway's BGP peers are Connected",
        Fix = "The ASN of the local network gateway must be the transit gateway's, its BGP address the first host of "
            + "the inside /30.",
        Look = seen => seen.Network.VpnGateways.IsEmpty ? Fail("there is no VPN gateway")
            : seen.VpnGatewayPeers is not { } peers ? Unknown("the VPN gateway gave no answer")
            : Some(seen.Design.Tunnels.Where(tunnel => !peers.Any(peer =>
                    peer.Neighbor == tunnel.AwsInside.ToString()
                    && peer is { State: "Connected", RoutesReceived: > 0 })),
                seen.Design.Tunnels.Count, down => $"not connected: {List(down.Select(tunnel => tunnel.AwsInside))}")
            ?? Pass(List(peers.Where(peer => peer.State == "Connected").Select(peer =>
                $"{peer.Neighbor} AS {peer.Asn} Connected, {peer.RoutesReceived} routes"))),
    };

    public static readonly LiveCheck VpcOverBothTunnels = new()
    {
        Id = "SL924",
        GuideStep = 24,
        Title = "The VPN gateway learned the VPC over both tunnels",
        Fix = "The VPC attachment must propagate into the table of the VPN attachment.",
        Look = seen => seen.Network.VpnGateways.IsEmpty ? Fail("there is no VPN gateway")
            : seen.VpnGatewayLearned is not { } learned ? Unknown("the VPN gateway gave no answer")
            : Some(seen.Design.Tunnels.Where(tunnel => seen.VpcPrefixes.Any(vpc => !Brings(learned, tunnel, vpc))),
                seen.Design.Tunnels.Count, lacking => "not learned: " + List(
                    from tunnel in lacking
                    from vpc in seen.VpcPrefixes
                    where !Brings(learned, tunnel, vpc)
                    select $"{vpc} from {tunnel.AwsInside}"))
            ?? Pass($"{List(seen.VpcPrefixes)} from {List(seen.Design.Tunnels.Select(tunnel => tunnel.AwsInside))}"),
    };

    private static bool Brings(
        IReadOnlyList<(Prefix Prefix, string SourcePeer, string Origin)> learned, TunnelDesign tunnel, Prefix vpc) =>
        learned.Any(row => row.Prefix == vpc && row.SourcePeer == tunnel.AwsInside.ToString());

    public static readonly LiveCheck EndpointsNotInTheTunnel = new()
    {
        Id = "SL925",
        Title = "No tunnel endpoint is announced inside the tunnels",
        Fix = "A tunnel whose endpoint is reached through itself flaps: keep the Direct Connect routes out of the VPN "
            + "attachment's table.",
        Look = seen => seen.VpnGatewayLearned is not { } learned ? Unknown("the VPN gateway gave no answer")
            : learned.Where(row => row.Origin == "EBgp"
                && seen.AwsEndpoints.Values.Any(address => row.Prefix == address.ToPrefix())).ToList()
                is { Count: > 0 } loops ? Fail($"announced inside: {List(loops.Select(row => row.Prefix))}")
            : Pass("none of them is"),
    };

    public static readonly LiveCheck NegotiatedSuites = new()
    {
        Id = "SL926",
        Title = "IKE agreed on the pinned suite",
        Fix = "Pin the same suite at both ends; sealane apply does so.",
        Look = seen => seen.Tunnels.Where(tunnel => tunnel.NegotiatedSuite is { } suite && suite != Suite(seen))
                .ToList() is { Count: > 0 } others
                ? Fail(string.Join("; ", others.Select(tunnel => $"tunnel {tunnel.Number}: {tunnel.NegotiatedSuite}")))
            : seen.Tunnels.Where(tunnel => tunnel is { AwsStatus: "UP", NegotiatedSuite: null }).ToList()
                is { Count: > 0 } silent
                ? Unknown($"AWS does not tell the suite of tunnel {List(silent.Select(tunnel => tunnel.Number))}")
            : seen.Tunnels.All(tunnel => tunnel.NegotiatedSuite is null) ? Unknown("AWS tells the suite of no tunnel")
            : Pass(string.Join("; ", seen.Tunnels.Where(tunnel => tunnel.NegotiatedSuite is not null)
                .Select(tunnel => $"tunnel {tunnel.Number}: {tunnel.NegotiatedSuite}"))),
    };

    public static readonly LiveCheck AsDesigned = new()
    {
        Id = "SL930",
        Title = "Every object is there and as designed",
        Fix = "sealane plan shows each difference, sealane apply mends it.",
        Look = seen => seen.Absent.Count > 0 ? Fail($"absent: {List(seen.Absent)}")
            : seen.Drift.Count > 0 ? Fail(string.Join("; ", seen.Drift.Select(drift => $"{drift.Id}: "
                + $"{drift.Difference}")))
            : Pass("nothing is missing and nothing differs"),
    };

    private static string Suite(LinkObservation seen) => NegotiatedSuite.Text(
        seen.Design.Ipsec.Phase1Encryption, seen.Design.Ipsec.Phase1Integrity, seen.Design.Ipsec.Phase1DhGroup,
        seen.Design.Ipsec.Phase2Encryption, seen.Design.Ipsec.Phase2DhGroup);

    private static bool IsAbsent(LinkObservation seen, string resource) => seen.Absent.Contains(resource);

    // One tunnel of two is less than was built, and no outage. Null: not told, which is neither up nor down.
    private static (CheckStatus, string) EachTunnel(
        LinkObservation seen, Func<TunnelSeen, bool?> good, Func<TunnelSeen, string> tell)
    {
        var evidence = string.Join("; ", seen.Tunnels.Select(tunnel => $"tunnel {tunnel.Number}: {tell(tunnel)}"));
        var bad = seen.Tunnels.Count(tunnel => good(tunnel) == false) + seen.Design.Tunnels.Count - seen.Tunnels.Count;
        var unknown = seen.Tunnels.Count(tunnel => good(tunnel) is null);
        return seen.Tunnels.Count == 0 ? Fail("there are no tunnels")
            : bad == seen.Design.Tunnels.Count ? Fail(evidence)
            : unknown > 0 ? Unknown(evidence)
            : bad > 0 ? Degraded(evidence) : Pass(evidence);
    }

    /// <summary>Null: none of them; else fail where it is all, degraded where it is some.</summary>
    private static (CheckStatus, string)? Some<T>(IEnumerable<T> wanting, int all, Func<List<T>, string> tell)
    {
        var those = wanting.ToList();
        return those.Count == 0 ? null : those.Count == all ? Fail(tell(those)) : Degraded(tell(those));
    }
}
