using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>
/// A VPN connection as EC2 writes it. The options of the tunnels keep the order of the request, by which Terraform
/// knows them again; telemetry and the document for the other end have an order of their own (terraform-provider-aws
/// #19079).
/// </summary>
internal static class VpnElement
{
    public static XElement Of(Ec2Call call, VpnConnection vpn, string name)
    {
        var inSecretsManager = vpn.PreSharedKeyStorage == "SecretsManager";
        return Group(name,
            Text("vpnConnectionId", vpn.Id),
            Text("state", vpn.State),
            vpn.State is "pending" or "available"
                ? Text("customerGatewayConfiguration", CustomerGatewayConfiguration.Of(call, vpn))
                : null,
            Text("type", "ipsec.1"),
            Text("customerGatewayId", vpn.CustomerGatewayId),
            Text("category", "VPN"),
            Text("transitGatewayId", vpn.VpnGatewayId is null ? vpn.TransitGatewayId : null),
            Text("vpnGatewayId", vpn.VpnGatewayId),
            Text("gatewayAssociationState", vpn.State == "pending" ? "associating" : "associated"),
            inSecretsManager
                ? Text("preSharedKeyArn",
                    $"arn:aws:secretsmanager:{vpn.Region}:{call.State.CallerAccount}:secret:s2svpn!{vpn.Id}")
                : null,
            Group("options",
                Flag("enableAcceleration", vpn.EnableAcceleration),
                Flag("staticRoutesOnly", vpn.StaticRoutesOnly),
                vpn.InsideIpVersion == "ipv4" ? Text("localIpv4NetworkCidr", vpn.LocalIpv4Cidr) : null,
                vpn.InsideIpVersion == "ipv4" ? Text("remoteIpv4NetworkCidr", vpn.RemoteIpv4Cidr) : null,
                vpn.InsideIpVersion == "ipv6" ? Text("localIpv6NetworkCidr", vpn.LocalIpv6Cidr ?? "::/0") : null,
                vpn.InsideIpVersion == "ipv6" ? Text("remoteIpv6NetworkCidr", vpn.RemoteIpv6Cidr ?? "::/0") : null,
                Text("outsideIpAddressType", vpn.OutsideIpAddressType),
                Text("transportTransitGatewayAttachmentId", vpn.TransportAttachmentId),
                Text("tunnelInsideIpVersion", vpn.InsideIpVersion),
                Set("tunnelOptionSet", vpn.Tunnels.Select(t => Options(t, !inSecretsManager))),
                Text("tunnelBandwidth", vpn.TunnelBandwidth)),
            Set("routes", vpn.StaticRoutes.Select(cidr => Item(
                Text("destinationCidrBlock", cidr), Text("source", "Static"), Text("state", "available")))),
            Tags(vpn.Tags),
            vpn.IsLive
                ? Set("vgwTelemetry", Shuffled(call, vpn, "telemetry")
                    .Where(t => !t.TelemetryMissing).Select(t => Telemetry(call, vpn, t)))
                : null);
    }

    /// <summary>The tunnels in one of their two orders, the same in every reply.</summary>
    public static IEnumerable<VpnTunnel> Shuffled(Ec2Call call, VpnConnection vpn, string what) =>
        call.World.Chance($"aws/tunnel-order/{what}/{vpn.Id}") < 0.5 ? vpn.Tunnels : Enumerable.Reverse(vpn.Tunnels);

    /// <summary>The state that the network view works out, for an end that is there and not being replaced.</summary>
    public static TunnelStatus StatusOf(Ec2Call call, VpnConnection vpn, VpnTunnel tunnel) =>
        vpn.IsUsable && !tunnel.Replacing
            ? call.Net.Tunnel(vpn.Id, tunnel.OutsideAddress)
            : new(false, false, vpn.ChangedAt, 0);

    private static XElement Telemetry(Ec2Call call, VpnConnection vpn, VpnTunnel tunnel)
    {
        var status = StatusOf(call, vpn, tunnel);
        return Item(
            Number("acceptedRouteCount", status.AcceptedRoutes),
            Time("lastStatusChange", status.Since),
            Text("outsideIpAddress", tunnel.OutsideAddress),
            Text("status", status.Status),
            Text("statusMessage", !status.IpsecUp ? "IPSEC IS DOWN"
                : status.BgpUp ? $"{status.AcceptedRoutes} BGP ROUTES"
                : "IPSEC IS UP"));
    }

    private static XElement Options(VpnTunnel tunnel, bool withKey)
    {
        var options = tunnel.Options;
        return Item(
            Text("outsideIpAddress", tunnel.OutsideAddress),
            Text("tunnelInsideCidr", options.InsideCidr),
            Text("tunnelInsideIpv6Cidr", options.InsideIpv6Cidr),
            withKey ? Text("preSharedKey", options.PreSharedKey) : null,
            Number("phase1LifetimeSeconds", options.Phase1LifetimeSeconds),
            Number("phase2LifetimeSeconds", options.Phase2LifetimeSeconds),
            Number("rekeyMarginTimeSeconds", options.RekeyMarginTimeSeconds),
            Number("rekeyFuzzPercentage", options.RekeyFuzzPercentage),
            Number("replayWindowSize", options.ReplayWindowSize),
            Number("dpdTimeoutSeconds", options.DpdTimeoutSeconds),
            Text("dpdTimeoutAction", options.DpdTimeoutAction),
            Values("phase1EncryptionAlgorithmSet", options.Phase1Encryption, Text),
            Values("phase2EncryptionAlgorithmSet", options.Phase2Encryption, Text),
            Values("phase1IntegrityAlgorithmSet", options.Phase1Integrity, Text),
            Values("phase2IntegrityAlgorithmSet", options.Phase2Integrity, Text),
            Values("phase1DHGroupNumberSet", options.Phase1DhGroups, (name, group) => Number(name, group)),
            Values("phase2DHGroupNumberSet", options.Phase2DhGroups, (name, group) => Number(name, group)),
            Values("ikeVersionSet", options.IkeVersions, Text),
            Text("startupAction", options.StartupAction),
            options.Log is { } log
                ? Group("logOptions", Group("cloudWatchLogOptions",
                    Flag("logEnabled", log.LogEnabled), Text("logGroupArn", log.LogGroupArn),
                    Text("logOutputFormat", log.LogOutputFormat),
                    Flag("bgpLogEnabled", log.BgpLogEnabled), Text("bgpLogGroupArn", log.BgpLogGroupArn),
                    Text("bgpLogOutputFormat", log.BgpLogOutputFormat)))
                : null,
            Flag("enableTunnelLifecycleControl", options.EnableTunnelLifecycleControl));
    }

    /// <summary>A set left at its default is absent, not empty.</summary>
    private static XElement? Values<T>(string name, IReadOnlyList<T> values, Func<string, T, XElement?> element) =>
        values.Count == 0 ? null : Set(name, values.Select(value => Item(element("value", value))));
}
