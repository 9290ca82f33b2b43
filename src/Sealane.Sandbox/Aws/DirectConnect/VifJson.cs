using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>A VIF as Direct Connect writes it. Keys come back in clear text, as from the real service.</summary>
internal static class VifJson
{
    public static JsonObject Of(DxCall call, TransitVif vif)
    {
        var connection = call.State.Connections.FirstOrDefault(c => c.Id == vif.ConnectionId);
        var gateway = call.State.DxGateways.FirstOrDefault(g => g.Id == vif.DxGatewayId);
        var isUp = IsUp(call, vif);
        var first = vif.Peers.FirstOrDefault();
        return DxJson.Of(
            ("ownerAccount", call.State.Account),
            ("virtualInterfaceId", vif.Id),
            ("location", connection?.Location),
            ("connectionId", vif.ConnectionId),
            ("virtualInterfaceType", "transit"),
            ("virtualInterfaceName", vif.Name),
            ("vlan", vif.Vlan),
            ("asn", first is null ? null : Narrow(first.Asn)),
            ("asnLong", first?.Asn),
            ("amazonSideAsn", gateway?.AmazonSideAsn),
            ("authKey", first?.AuthKey),
            ("amazonAddress", first?.AmazonAddress),
            ("customerAddress", first?.CustomerAddress),
            ("addressFamily", first?.AddressFamily),
            // Provisioned means down; the session makes it available.
            ("virtualInterfaceState", isUp ? "available" : vif.State),
            ("customerRouterConfig", RouterConfig(vif, gateway)),
            ("mtu", vif.Mtu),
            ("jumboFrameCapable", true),
            ("virtualGatewayId", ""),
            ("directConnectGatewayId", vif.DxGatewayId),
            ("routeFilterPrefixes", new JsonArray()),
            ("bgpPeers", new JsonArray([.. vif.Peers.Select(peer => (JsonNode?)Peer(vif, peer, connection, isUp))])),
            ("region", vif.Region),
            ("awsDeviceV2", connection?.AwsDevice),
            ("awsLogicalDeviceId", connection?.AwsDevice),
            ("tags", DxTags.Write(vif.Tags)),
            ("siteLinkEnabled", vif.SiteLink));
    }

    /// <summary>What a router at the other end needs, as XML inside the JSON.</summary>
    public static string RouterConfig(TransitVif vif, DxGateway? gateway)
    {
        var first = vif.Peers.FirstOrDefault();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + new XElement("logical_connection", new XAttribute("id", vif.Id),
            new XElement("vlan", Text(vif.Vlan)),
            new XElement("customer_address", first?.CustomerAddress),
            new XElement("amazon_address", first?.AmazonAddress),
            new XElement("bgp_asn", Text(first?.Asn ?? 0)),
            new XElement("bgp_auth_key", first?.AuthKey),
            new XElement("amazon_bgp_asn", Text(gateway?.AmazonSideAsn ?? 0)),
            new XElement("connection_type", "transit")) + "\n";
    }

    private static bool IsUp(DxCall call, TransitVif vif) => vif.IsProvisioned && call.Net.VifSessionUp(vif.Id);

    private static JsonObject Peer(TransitVif vif, DxBgpPeer peer, DxConnection? connection, bool isUp) => DxJson.Of(
        ("bgpPeerId", peer.Id),
        ("asn", Narrow(peer.Asn)),
        ("asnLong", peer.Asn),
        ("authKey", peer.AuthKey),
        ("addressFamily", peer.AddressFamily),
        ("amazonAddress", peer.AmazonAddress),
        ("customerAddress", peer.CustomerAddress),
        ("bgpPeerState",
            vif.State switch
            {
                "pending" => "pending",
                "deleting" => "deleting",
                "deleted" => "deleted",
                _ => "available"
            }),
        ("bgpStatus", isUp && peer.AddressFamily == "ipv4" ? "up" : "down"),
        ("awsDeviceV2", connection?.AwsDevice),
        ("awsLogicalDeviceId", connection?.AwsDevice));

    /// <summary>A number of more than 31 bits does not fit and is shown as 0.</summary>
    private static int Narrow(long asn) => asn <= int.MaxValue ? (int)asn : 0;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
