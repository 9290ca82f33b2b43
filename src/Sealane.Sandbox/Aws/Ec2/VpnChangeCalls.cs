using System.Xml.Linq;
using Sealane.Sandbox.World;
using static Sealane.Sandbox.Aws.Ec2.VpnConnectionCalls;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Changes of a VPN connection: each replaces tunnel ends, which are down meanwhile.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpnTunnelOptions.html</remarks>
internal static class VpnChangeCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("ModifyVpnConnection", "*VpnConnectionId TransitGatewayId CustomerGatewayId VpnGatewayId", Target),
        new("ModifyVpnConnectionOptions",
            "*VpnConnectionId LocalIpv4NetworkCidr RemoteIpv4NetworkCidr LocalIpv6NetworkCidr RemoteIpv6NetworkCidr "
            + "TunnelBandwidth:standard|large", Options),
        new("ModifyVpnTunnelOptions",
            "*VpnConnectionId *VpnTunnelOutsideIpAddress SkipTunnelReplacement:boolean "
                + "PreSharedKeyStorage:Standard|SecretsManager"
            + TunnelOptionsReader.Shape("TunnelOptions."), Tunnel),
    ];

    /// <summary>Changes need a connection at rest: one tunnel after the other.</summary>
    public static VpnConnection AtRest(Ec2Call call) =>
        Named(call) is var vpn && vpn.State == "available"
            ? vpn
            : throw AwsRefusal.State($"The VPN connection {vpn.Id} is in state {vpn.State} and cannot be modified.");

    public static VpnTunnel TunnelOf(Ec2Call call, VpnConnection vpn)
    {
        var address = call.Parameters.Required("VpnTunnelOutsideIpAddress");
        return vpn.Tunnels.FirstOrDefault(t => t.OutsideAddress == address)
            ?? throw AwsRefusal.Value(address, "VpnTunnelOutsideIpAddress");
    }

    /// <summary>The tunnels are down until the connection is <c>available</c> again.</summary>
    public static void Replace(Ec2Call call, VpnConnection vpn, IEnumerable<VpnTunnel> tunnels)
    {
        foreach (var tunnel in tunnels)
        {
            tunnel.Replacing = true;
            // A new end is of the newest kind: nothing is pending on it.
            (tunnel.LastMaintenance, tunnel.MaintenanceAfter) = (call.World.Now, null);
        }
        call.World.Enter(vpn, "modifying");
        call.World.Then(vpn, call.World.Take(Durations.VpnModify, $"{vpn.Id}/{call.World.Now.UtcTicks}"), "available");
    }

    private static IEnumerable<XElement?> Target(Ec2Call call)
    {
        var vpn = AtRest(call);
        var customer = call.Parameters.Text("CustomerGatewayId") is { } id
            ? call.Find(call.State.CustomerGateways, id, Ec2Id.CustomerGateway)
            : null;
        if (customer is { State: not "available" })
        {
            throw AwsRefusal.Ec2("InvalidCustomerGatewayState",
                $"The customer gateway {customer.Id} is not in the available state.");
        }
        if (call.Parameters.Text("VpnGatewayId") is { } vpnGateway)
        {
            throw AwsRefusal.Ec2("InvalidVpnGatewayID.NotFound", $"The vpnGateway ID '{vpnGateway}' does not exist");
        }
        var gateway = call.Parameters.Text("TransitGatewayId") is { } target && target != vpn.TransitGatewayId
            ? call.Find(call.State.TransitGateways, target, Ec2Id.TransitGateway)
            : null;
        if (gateway is not null && vpn.TransportAttachmentId is not null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "The transit gateway of a VPN connection with private outside addresses cannot be changed.");
        }
        vpn.CustomerGatewayId = customer?.Id ?? vpn.CustomerGatewayId;
        if (gateway is not null)
        {
            Move(call, vpn, gateway);
        }
        Replace(call, vpn, vpn.Tunnels);
        return [VpnElement.Of(call, vpn, "vpnConnection")];
    }

    /// <summary>Another transit gateway means another attachment.</summary>
    private static void Move(Ec2Call call, VpnConnection vpn, TransitGateway gateway)
    {
        if (call.State.Attachments.FirstOrDefault(a => a.Id == vpn.AttachmentId) is { } old)
        {
            AwsState.Delete(call.World, old, Durations.VpcAttachmentDelete);
        }
        vpn.TransitGatewayId = gateway.Id;
        vpn.AttachmentId = VpnMaker.Attach(call, gateway, vpn.Id).Id;
    }

    private static IEnumerable<XElement?> Options(Ec2Call call)
    {
        var vpn = AtRest(call);
        var asked = call.Parameters;
        var (local4, remote4) = (VpnMaker.Selector(asked, "LocalIpv4NetworkCidr"),
            VpnMaker.Selector(asked, "RemoteIpv4NetworkCidr"));
        var (local6, remote6) = (VpnMaker.Selector(asked, "LocalIpv6NetworkCidr"),
            VpnMaker.Selector(asked, "RemoteIpv6NetworkCidr"));
        (vpn.LocalIpv4Cidr, vpn.RemoteIpv4Cidr) = (local4 ?? vpn.LocalIpv4Cidr, remote4 ?? vpn.RemoteIpv4Cidr);
        (vpn.LocalIpv6Cidr, vpn.RemoteIpv6Cidr) = (local6 ?? vpn.LocalIpv6Cidr, remote6 ?? vpn.RemoteIpv6Cidr);
        vpn.TunnelBandwidth = asked.Text("TunnelBandwidth") ?? vpn.TunnelBandwidth;
        Replace(call, vpn, vpn.Tunnels);
        return [VpnElement.Of(call, vpn, "vpnConnection")];
    }

    private static IEnumerable<XElement?> Tunnel(Ec2Call call)
    {
        var vpn = AtRest(call);
        var tunnel = TunnelOf(call, vpn);
        var asked = call.Parameters.At("TunnelOptions");
        var skip = call.Parameters.Flag("SkipTunnelReplacement") == true;
        if (skip && asked.Flag("EnableTunnelLifecycleControl") is null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "SkipTunnelReplacement can only be used when EnableTunnelLifecycleControl is changed.");
        }
        tunnel.Options = TunnelOptionsReader.Read(
            asked, tunnel.Options, () => tunnel.Options.InsideCidr, () => tunnel.Options.PreSharedKey);
        vpn.PreSharedKeyStorage = call.Parameters.Text("PreSharedKeyStorage") ?? vpn.PreSharedKeyStorage;
        if (!skip)
        {
            Replace(call, vpn, [tunnel]);
        }
        return [VpnElement.Of(call, vpn, "vpnConnection")];
    }
}
