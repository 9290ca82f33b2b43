using System.Globalization;
using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>VPN connections come, are described, go. Guide step 17.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html</remarks>
internal static class VpnConnectionCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateVpnConnection",
            "*CustomerGatewayId *Type VpnGatewayId TransitGatewayId VpnConcentratorId "
                + "PreSharedKeyStorage:Standard|SecretsManager "
            + "Options.EnableAcceleration:boolean Options.TunnelInsideIpVersion:ipv4|ipv6 Options.LocalIpv4NetworkCidr "
            + "Options.RemoteIpv4NetworkCidr Options.LocalIpv6NetworkCidr Options.RemoteIpv6NetworkCidr "
                + "Options.OutsideIpAddressType "
            + "Options.TransportTransitGatewayAttachmentId Options.TunnelBandwidth:standard|large "
                + "Options.StaticRoutesOnly:boolean"
            + TunnelOptionsReader.Shape("Options.TunnelOptions.N.") + Ec2Operation.TagSpecification,
            call => [VpnElement.Of(call, VpnMaker.Make(call), "vpnConnection")]),
        new("DescribeVpnConnections", "VpnConnectionId.N" + Ec2Operation.Filters, Describe),
        new("DeleteVpnConnection", "*VpnConnectionId", Delete),
    ];

    private static readonly Ec2Filters<VpnConnection> Filters = new(v => v.Tags)
    {
        ["customer-gateway-configuration"] = (call, v) => [CustomerGatewayConfiguration.Of(call, v)],
        ["customer-gateway-id"] = (_, v) => [v.CustomerGatewayId],
        ["state"] = (_, v) => [v.State],
        ["option.static-routes-only"] = (_, v) => [v.StaticRoutesOnly ? "true" : "false"],
        ["route.destination-cidr-block"] = (_, v) => v.StaticRoutes,
        ["bgp-asn"] = (call, v) => [call.State.CustomerGatewayOf(v)?.BgpAsn.ToString(CultureInfo.InvariantCulture)],
        ["type"] = (_, _) => ["ipsec.1"],
        ["vpn-connection-id"] = (_, v) => [v.Id],
        ["vpn-gateway-id"] = (_, v) => [v.VpnGatewayId],
        ["transit-gateway-id"] = (_, v) => [v.VpnGatewayId is null ? v.TransitGatewayId : null],
    };

    public static VpnConnection Named(Ec2Call call) =>
        call.Find(call.State.VpnConnections, call.Parameters.Required("VpnConnectionId"), Ec2Id.VpnConnection);

    private static IEnumerable<XElement?> Describe(Ec2Call call) =>
    [
        Set("vpnConnectionSet",
            Filters.Apply(call, call.Listed(call.State.VpnConnections, "VpnConnectionId", Ec2Id.VpnConnection))
                .Select(v => VpnElement.Of(call, v, "item"))),
    ];

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var vpn = Named(call);
        if (vpn.IsLive)
        {
            AwsState.Delete(call.World, vpn, Durations.VpnDelete);
            if (call.State.Attachments.FirstOrDefault(a => a.Id == vpn.AttachmentId) is { } attachment)
            {
                call.World.Enter(attachment, "deleting");
            }
        }
        return Done;
    }
}
