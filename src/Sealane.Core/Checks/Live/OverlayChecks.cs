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
        Look = seen => EachTunnel(seen, tunnel => tunnel.AzureStatus == "Connected",
            tunnel => $"{tunnel.AzureStatus ?? "absent"}"),
    };

    public static readonly LiveCheck AwsUp = new()
    {
        Id = "SL921",
        GuideStep = 24,
        Title = "Both tunnels of AWS are UP",
        Fix = "IPSEC IS DOWN: keys, suite or the way of the outer packets. IPSEC IS UP: BGP addresses or ASN inside "
            + "the tunnel.",
        Look = seen => EachTunnel(seen, tunnel => tunnel.AwsStatus == "UP" && tunnel.AcceptedRoutes > 0,
            tunnel => $"{tunnel.AwsStatus ?? "absent"} {tunnel.AwsMessage}".TrimEnd()
                + $", {tunnel.AcceptedRoutes} routes"),
    };

    public static readonly LiveCheck VnetOverVpn = new()
    {
        Id = "SL922",
        GuideStep = 24,
        Title = "The transit gateway reaches the VNet over the VPN and nothing else",
        Fix = "A Direct Connect route for the VNet, or one inside it, carries traffic in the clear: close the MCR's "
            + "export filter to AWS.",
        Look = seen => seen.WorkloadRoutes is not { } routes ? Fail("there is no route table for VPC and VPN")
            : seen.VnetPrefixes.Where(vnet =>
                !routes.Any(row => row.Prefix == vnet && row is { State: "active" }
                    && row.AttachmentTypes.All(type => type == "vpn") && row.AttachmentTypes.Count > 0)).ToList()
                is { Count: > 0 } missing ? Fail($"no route over the VPN to {List(missing)}")
            : routes.Where(row => row.AttachmentTypes.Contains("direct-connect-gateway")
                && seen.VnetPrefixes.Any(row.Prefix.Overlaps)
                && !seen.AzureEndpoints.Any(address => row.Prefix == address.ToPrefix()))
                    .ToList() is { Count: > 0 } leaks
                ? Fail($"Direct Connect has {List(leaks.Select(row => row.Prefix))} in the same table")
            : Pass(List(routes.Select(row => $"{row.Prefix} via {List(row.AttachmentTypes)}"))),
    };

    public static readonly LiveCheck AzurePeers = new()
    {
        Id = "SL923",
        GuideStep = 24,
        Title = "The VPN gateway's BGP peers are Connected",
        Fix = "The ASN of the local network gateway must be the transit gateway's, its BGP address the first host of "
            + "the inside /30.",
        Look = seen => seen.VpnGatewayPeers is not { } peers ? Unknown("the VPN gateway gave no answer")
            : seen.Design.Tunnels.Where(tunnel =>
                !peers.Any(peer => peer.Neighbor == tunnel.AwsInside.ToString()
                    && peer is { State: "Connected", RoutesReceived: > 0 })).ToList()
                is { Count: > 0 } down ? Fail($"not connected: {List(down.Select(tunnel => tunnel.AwsInside))}")
            : Pass(List(peers.Where(peer => peer.State == "Connected")
                .Select(peer => $"{peer.Neighbor} AS {peer.Asn} Connected, {peer.RoutesReceived} routes"))),
    };

    public static readonly LiveCheck VpcOverBothTunnels = new()
    {
        Id = "SL924",
        GuideStep = 24,
        Title = "The VPN gateway learned the VPC over both tunnels",
        Fix = "The VPC attachment must propagate into the table of the VPN attachment.",
        Look = seen => seen.VpnGatewayLearned is not { } learned ? Unknown("the VPN gateway gave no answer")
            : (from tunnel in seen.Design.Tunnels
               from vpc in seen.VpcPrefixes
               where !learned.Any(row => row.Prefix == vpc && row.SourcePeer == tunnel.AwsInside.ToString())
               select $"{vpc} from {tunnel.AwsInside}").ToList() is { Count: > 0 } missing
                   ? Fail($"not learned: {List(missing)}")
            : Pass($"{List(seen.VpcPrefixes)} from {List(seen.Design.Tunnels.Select(tunnel => tunnel.AwsInside))}"),
    };

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
        Look = seen => seen.Tunnels.All(tunnel => tunnel.NegotiatedSuite is null)
            ? Unknown("AWS tells the suite of no tunnel")
            : EachTunnel(seen, tunnel => tunnel.NegotiatedSuite is null || tunnel.NegotiatedSuite == Suite(seen),
                tunnel => tunnel.NegotiatedSuite ?? "not told"),
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

    private static (CheckStatus, string) EachTunnel(LinkObservation seen, Func<TunnelSeen, bool> good,
        Func<TunnelSeen, string> tell)
    {
        var evidence = string.Join("; ", seen.Tunnels.Select(tunnel => $"tunnel {tunnel.Number}: {tell(tunnel)}"));
        return seen.Tunnels.Count == seen.Design.Tunnels.Count && seen.Tunnels.All(good) ? Pass(evidence)
            : Fail(evidence.Length > 0 ? evidence : "there are no tunnels");
    }
}
