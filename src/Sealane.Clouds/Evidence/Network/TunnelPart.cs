using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Core;
using Sealane.Core.Design;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// Tunnels over the transport: a tunnel of a VPN connection with a transport attachment, and the connection in Azure
/// whose local network gateway has its outside address. Whatever is no such pair is somebody else's.
/// </summary>
internal static class TunnelPart
{
    public static ImmutableArray<Routing.Tunnel> Of(Seen seen, NetworkDesign design) =>
    [
        .. from pair in Pairs(seen)
           let id = IdOf(design, pair)
           orderby id
           select ToTunnel(seen, pair, id),
    ];

    /// <summary>Whether a VPN connection is one end of tunnels of the network.</summary>
    public static bool Carries(Seen seen, string vpnId) => Pairs(seen).Any(pair => pair.Vpn.Id == vpnId);

    public static bool IsTunnel(Seen seen, JsonObject connection) =>
        Pairs(seen).Any(pair => AzurePart.Id(pair.Connection)
            .Equals(AzurePart.Id(connection), StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<Pair> Pairs(Seen seen) =>
        from vpn in seen.VpnConnections.Values
        where vpn.TransportAttachmentId is not null && vpn.State is not ("deleted" or "deleting")
        from tunnel in vpn.Tunnels
        where tunnel is { OutsideAddress: not null, InsideCidr: not null }
        from connection in seen.GatewayConnections.Values
        let local = connection.Text("properties", "localNetworkGateway2", "id")
        where local is not null && seen.LocalGateways.TryGetValue(local, out var gateway)
            && gateway.Text("properties", "gatewayIpAddress") == tunnel.OutsideAddress.ToString()
        let own = connection.Text("properties", "virtualNetworkGateway1", "id")
        where own is not null && seen.Gateways.ContainsKey(own)
        select new Pair(vpn, tunnel, connection, seen.Gateways[own]);

    private static Routing.Tunnel ToTunnel(Seen seen, Pair pair, string id)
    {
        var customer = pair.Vpn.CustomerGatewayId is { } gateway
            ? seen.CustomerGateways.GetValueOrDefault(gateway)?.Address : null;
        var instances = AzurePart.Instances(pair.Gateway).ToList();
        var instance = instances.Find(one => one.PrivateAddress.ToString() == customer) ?? instances.FirstOrDefault();
        var telemetry = pair.Vpn.Telemetry.FirstOrDefault(
            row => row.OutsideAddress == pair.Tunnel.OutsideAddress);
        return new()
        {
            Id = id,
            TransitGatewayId = pair.Vpn.TransitGatewayId ?? "",
            AttachmentId = AttachmentOf(seen, pair.Vpn) ?? "",
            TransportAttachmentId = pair.Vpn.TransportAttachmentId ?? "",
            AwsOutside = pair.Tunnel.OutsideAddress!.Value,
            AwsInside = pair.Tunnel.InsideCidr!.Value.Host(1),
            VpnGatewayId = AzurePart.Id(pair.Gateway),
            InstanceId = instance?.Id ?? "",
            AzureOutside = Ipv4.TryParse(customer, out var address) ? address : instance?.PrivateAddress ?? default,
            AzureInside = pair.Tunnel.InsideCidr.Value.Host(2),
            // The two clouds' words about one tunnel: it stands only where both say so.
            Up = pair.Connection.Text("properties", "connectionStatus") == "Connected"
                && telemetry is { Status: "UP" } or { Message: "IPSEC IS UP" },
            SessionUp = telemetry?.Status == "UP",
        };
    }

    private static string? AttachmentOf(Seen seen, Ec2VpnConnection vpn) => seen.TransitGateways.Values
        .SelectMany(gateway => gateway.Attachments ?? []).FirstOrDefault(one => one.ResourceId == vpn.Id)?.Id
        ?? seen.TransitGateways.Values.SelectMany(gateway => gateway.Tables ?? [])
            .SelectMany(table => (table.Associations ?? []).Concat(table.Propagations ?? []))
            .FirstOrDefault(member => member.ResourceId == vpn.Id)?.AttachmentId;

    /// <summary>The design's own tunnels by their numbers; others by what AWS calls them.</summary>
    private static string IdOf(NetworkDesign design, Pair pair) =>
        design.Tunnels.FirstOrDefault(tunnel => tunnel.InsideCidr == pair.Tunnel.InsideCidr) is { } own
            ? $"tunnel-{own.Number}" : $"{pair.Vpn.Id}/{pair.Tunnel.OutsideAddress}";

    private sealed record Pair(Ec2VpnConnection Vpn, VpnTunnel Tunnel, JsonObject Connection, JsonObject Gateway);
}
