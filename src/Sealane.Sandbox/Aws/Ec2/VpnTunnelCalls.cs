using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;
using static Sealane.Sandbox.Aws.Ec2.VpnConnectionCalls;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>One tunnel in operation: what it negotiated, its maintenance, the text for the other end.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetActiveVpnTunnelStatus.html</remarks>
internal static class VpnTunnelCalls
{
    private const string Tunnel = "*VpnConnectionId *VpnTunnelOutsideIpAddress";

    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("ReplaceVpnTunnel", Tunnel + " ApplyPendingMaintenance:boolean", Replace),
        new("GetVpnTunnelReplacementStatus", Tunnel, ReplacementStatus),
        new("GetActiveVpnTunnelStatus", Tunnel, ActiveStatus),
        new("GetVpnConnectionDeviceSampleConfiguration",
            "*VpnConnectionId *VpnConnectionDeviceTypeId InternetKeyExchangeVersion:ikev1|ikev2 "
                + "SampleType:recommended|compatibility", Sample),
    ];

    private static IEnumerable<XElement?> Replace(Ec2Call call)
    {
        var vpn = VpnChangeCalls.AtRest(call);
        VpnChangeCalls.Replace(call, vpn, [VpnChangeCalls.TunnelOf(call, vpn)]);
        return Done;
    }

    private static IEnumerable<XElement?> ReplacementStatus(Ec2Call call)
    {
        var vpn = Named(call);
        var tunnel = VpnChangeCalls.TunnelOf(call, vpn);
        return
        [
            Text("vpnConnectionId", vpn.Id),
            Text("transitGatewayId", vpn.TransitGatewayId),
            Text("customerGatewayId", vpn.CustomerGatewayId),
            Text("vpnTunnelOutsideIpAddress", tunnel.OutsideAddress),
            Group("maintenanceDetails",
                // Which words AWS writes here is not documented.
                Text("pendingMaintenance", tunnel.MaintenanceAfter is null ? "none" : "available"),
                Time("maintenanceAutoAppliedAfter", tunnel.MaintenanceAfter),
                Time("lastMaintenanceApplied", tunnel.LastMaintenance)),
        ];
    }

    /// <summary>
    /// What the two ends agreed on, told once IPsec is up. Where the far end is out of sight, the first of the
    /// algorithms that the options allow counts as agreed on.
    /// </summary>
    private static IEnumerable<XElement?> ActiveStatus(Ec2Call call)
    {
        var vpn = Named(call);
        var tunnel = VpnChangeCalls.TunnelOf(call, vpn);
        var status = VpnElement.StatusOf(call, vpn, tunnel);
        var suite = status.IpsecUp ? status.Suite ?? OfOptions(tunnel.Options) : null;
        var pending = !vpn.IsUsable || tunnel.Replacing;
        return
        [
            Group("activeVpnTunnelStatus",
                Text("phase1EncryptionAlgorithm", suite?.Phase1Encryption),
                Text("phase2EncryptionAlgorithm", suite?.Phase2Encryption),
                Text("phase1IntegrityAlgorithm", suite?.Phase1Integrity),
                Text("phase2IntegrityAlgorithm", suite?.Phase2Integrity),
                Number("phase1DHGroup", suite?.Phase1DhGroup),
                Number("phase2DHGroup", suite?.Phase2DhGroup),
                Text("ikeVersion", suite?.Ike),
                Text("provisioningStatus", pending ? "pending" : "available"),
                pending ? Text("provisioningStatusReason", "The tunnel endpoint is being provisioned.") : null),
        ];
    }

    private static NegotiatedSuite OfOptions(TunnelOptions options) => new(
        First(options.IkeVersions, TunnelOptions.Ikes),
        First(options.Phase1Encryption, TunnelOptions.Encryptions),
        First(options.Phase1Integrity, TunnelOptions.Integrities),
        First(options.Phase1DhGroups, TunnelOptions.Phase1Groups),
        First(options.Phase2Encryption, TunnelOptions.Encryptions),
        First(options.Phase2Integrity, TunnelOptions.Integrities),
        First(options.Phase2DhGroups, TunnelOptions.Phase2Groups));

    private static T First<T>(IReadOnlyList<T> asked, IReadOnlyList<T> all) => TunnelOptions.Allowed(asked, all)[0];

    private static IEnumerable<XElement?> Sample(Ec2Call call)
    {
        var vpn = Named(call);
        var device = call.Parameters.Required("VpnConnectionDeviceTypeId");
        if (device.Length != 8 || !device.All(char.IsAsciiHexDigitLower))
        {
            throw AwsRefusal.Value(device, "VpnConnectionDeviceTypeId");
        }
        var lines = vpn.Tunnels.Select((t, index) =>
            $"! Tunnel {index + 1}: peer {t.OutsideAddress}, inside {t.CustomerInside}/30, BGP neighbour "
                + $"{t.AwsInside}");
        return [Text("vpnConnectionDeviceSampleConfiguration", $"! {vpn.Id}\n{string.Join('\n', lines)}\n")];
    }
}
