using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>A VIF as Direct Connect writes it. Keys come back in clear text, as from the real service.</summary>
internal static class VifJson
{
    /// <summary>https://docs.aws.amazon.com/directconnect/latest/UserGuide/routing-and-bgp.html</summary>
    public const long PublicAsn = 7224;

    public static JsonObject Of(DxCall call, DxVif vif)
    {
        var connection = call.State.Connections.FirstOrDefault(c => c.Id == vif.ConnectionId);
        var isUp = IsUp(call, vif);
        var first = vif.Peers.FirstOrDefault();
        return DxJson.Of(
            ("ownerAccount", call.State.OwnerOf(vif.Id)),
            ("virtualInterfaceId", vif.Id),
            ("location", connection?.Location),
            ("connectionId", vif.ConnectionId),
            ("virtualInterfaceType", vif.Type),
            ("virtualInterfaceName", vif.Name),
            ("vlan", vif.Vlan),
            ("asn", first is null ? null : Narrow(first.Asn)),
            ("asnLong", first?.Asn),
            ("amazonSideAsn", AmazonAsn(call.State, vif)),
            ("authKey", first?.AuthKey),
            ("amazonAddress", first?.AmazonAddress),
            ("customerAddress", first?.CustomerAddress),
            ("addressFamily", first?.AddressFamily),
            // Provisioned means down; the session makes it available.
            ("virtualInterfaceState", isUp ? "available" : vif.State),
            ("customerRouterConfig", RouterConfig(call.State, vif)),
            ("mtu", vif.Mtu),
            ("jumboFrameCapable", true),
            ("virtualGatewayId", vif.VirtualGatewayId),
            ("directConnectGatewayId", vif.DxGatewayId.Length > 0 ? vif.DxGatewayId : null),
            ("routeFilterPrefixes", DxJson.Prefixes(vif.RouteFilterPrefixes)),
            ("bgpPeers", new JsonArray([.. vif.Peers.Select(peer => (JsonNode?)Peer(vif, peer, connection, isUp))])),
            ("region", vif.Region),
            ("awsDeviceV2", connection?.AwsDevice),
            ("awsLogicalDeviceId", connection?.AwsDevice),
            ("tags", DxTags.Write(vif.Tags)),
            ("siteLinkEnabled", vif.SiteLink));
    }

    /// <summary>Of the gateway behind the VIF; a public one speaks as Amazon.</summary>
    public static long AmazonAsn(AwsState state, DxVif vif) =>
        state.DxGateways.Find(g => g.Id == vif.DxGatewayId)?.AmazonSideAsn
        ?? state.VpnGateways.Find(g => g.Id == vif.VirtualGatewayId)?.AmazonSideAsn ?? PublicAsn;

    /// <summary>What a router at the other end needs, as XML inside the JSON.</summary>
    public static string RouterConfig(AwsState state, DxVif vif)
    {
        var first = vif.Peers.FirstOrDefault();
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + new XElement("logical_connection", new XAttribute("id", vif.Id),
            new XElement("vlan", Text(vif.Vlan)),
            new XElement("customer_address", first?.CustomerAddress),
            new XElement("amazon_address", first?.AmazonAddress),
            new XElement("bgp_asn", Text(first?.Asn ?? 0)),
            new XElement("bgp_auth_key", first?.AuthKey),
            new XElement("amazon_bgp_asn", Text(AmazonAsn(state, vif))),
            new XElement("connection_type", vif.Type)) + "\n";
    }

    private static bool IsUp(DxCall call, DxVif vif) => vif.IsProvisioned && call.Net.VifSessionUp(vif.Id);

    private static JsonObject Peer(DxVif vif, DxBgpPeer peer, DxConnection? connection, bool isUp) => DxJson.Of(
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
