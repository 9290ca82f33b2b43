using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World.Net;

/// <summary>One tunnel as both clouds have configured it.</summary>
internal sealed record TunnelEnds(
    VpnConnection Vpn, VpnTunnel Aws, Sandbox.Aws.CustomerGateway CustomerGateway, AzureConnection Azure,
    AzureGateway Gateway,
    AzureGatewayInstance Instance)
{
    public string Id => SessionIds.Tunnel(Vpn.Id, Aws.OutsideAddress);

    /// <summary>The Azure end's BGP address: what the connection names of its instance, else the instance's
    /// first.</summary>
    public Ipv4? AzureInside =>
        (Ipv4[])[.. Azure.CustomBgpAddresses.Intersect(Instance.CustomBgpAddresses), .. Instance.CustomBgpAddresses]
            is [var own, ..] ? own : Instance.BgpAddress;

    /// <summary>Pairs each AWS tunnel with the Azure connection whose local network gateway names its outside
    /// address.</summary>
    public static IReadOnlyList<TunnelEnds> In(SandboxWorld world)
    {
        var gateways = world.Azure.ReadGateways().ToLookup(gateway => gateway.Id, StringComparer.Ordinal);
        var connections = world.Azure.ReadConnections()
            .Where(connection => connection is { Works: true, UseLocalAzureIpAddress: true })
            .ToLookup(connection => $"{connection.LocalGateway?.Address}", StringComparer.Ordinal);
        return
        [
            .. from vpn in world.Aws.VpnConnections
               where vpn is { IsUsable: true, TransportAttachmentId: not null }
               let customer = world.Aws.CustomerGatewayOf(vpn)
               where customer is not null
               from tunnel in vpn.Tunnels
               from connection in connections[tunnel.OutsideAddress]
               let gateway = gateways[connection.GatewayId].FirstOrDefault()
               where gateway is { Works: true, Type: AzureGatewayType.Vpn }
               let instance =
                   gateway.Instances.FirstOrDefault(instance => instance.PrivateAddress?.ToString()
                       == customer.IpAddress)
               where instance is not null
               select new TunnelEnds(vpn, tunnel, customer, connection, gateway, instance),
        ];
    }

    public Tunnel ToTunnel(SandboxWorld world) => new()
    {
        Id = Id,
        TransitGatewayId = Vpn.TransitGatewayId,
        AttachmentId = Vpn.AttachmentId,
        TransportAttachmentId = Vpn.TransportAttachmentId!,
        AwsOutside = Ipv4.Parse(Aws.OutsideAddress),
        AwsInside = Aws.AwsInside,
        VpnGatewayId = Gateway.Id,
        InstanceId = Instance.IpConfigurationId,
        AzureOutside = Ipv4.Parse(CustomerGateway.IpAddress),
        AzureInside = AzureInside ?? Aws.CustomerInside,
        StaticPrefixes = [.. Azure.LocalGateway?.AddressSpace ?? []],
        Up = world.Sessions.IsUp(SessionIds.Ipsec(Id)),
        SessionUp = world.Sessions.IsUp(SessionIds.Overlay(Id)),
    };

    /// <summary>Why IKE or ESP cannot be agreed, or nothing.</summary>
    public string WhyNoIpsec() =>
        Aws.Replacing ? "AWS is replacing the tunnel endpoint"
        : Instance.Dead ? "the gateway instance is dead"
        : Aws.Options.PreSharedKey != Azure.SharedKey ? "the pre-shared keys differ"
        : Aws.Options.StartupAction is null or "add" && Azure.ConnectionMode == "ResponderOnly"
            ? "neither side initiates"
        : Proposals.WhyNot(Aws.Options, Azure.IpsecPolicy, Azure.Protocol);

    /// <summary>The suite of a tunnel that is up.</summary>
    public NegotiatedSuite Agreed() => Proposals.Agreed(Aws.Options, Azure.IpsecPolicy, Azure.Protocol);

    /// <summary>Why BGP inside the tunnel cannot be agreed, or nothing.</summary>
    public string WhyNoBgp(long transitGatewayAsn) =>
        Vpn.StaticRoutesOnly ? "the VPN connection has static routes only"
        : !Azure.EnableBgp || !Gateway.EnableBgp ? "BGP is not enabled in Azure"
        : Azure.LocalGateway?.Asn != transitGatewayAsn
            ? $"Azure expects AS {Azure.LocalGateway?.Asn}, the transit gateway is AS {transitGatewayAsn}"
        : CustomerGateway.BgpAsn != Gateway.Asn
            ? $"AWS expects AS {CustomerGateway.BgpAsn}, the VPN gateway is AS {Gateway.Asn}"
        : Azure.LocalGateway.BgpPeeringAddress != Aws.AwsInside
            ? $"Azure expects the peer {Azure.LocalGateway.BgpPeeringAddress}, AWS is {Aws.AwsInside}"
        : AzureInside != Aws.CustomerInside ? $"AWS expects the peer {Aws.CustomerInside}, Azure is {AzureInside}"
        : "";
}
