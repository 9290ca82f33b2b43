using System.Globalization;
using System.Xml.Linq;
using Sealane.Core;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>
/// The document for the other end's router. Its crypto values are AWS's legacy baseline, not what the tunnels
/// negotiate.
/// </summary>
internal static class CustomerGatewayConfiguration
{
    public static string Of(Ec2Call call, VpnConnection vpn)
    {
        var state = call.State;
        var customer = state.CustomerGatewayOf(vpn);
        var asn = state.VpnGateways.FirstOrDefault(g => g.Id == vpn.VpnGatewayId)?.AmazonSideAsn
            ?? state.TransitGateways.FirstOrDefault(g => g.Id == vpn.TransitGatewayId)?.AmazonSideAsn ?? 0;
        var root = new XElement("vpn_connection", new XAttribute("id", vpn.Id),
            new XElement("customer_gateway_id", vpn.CustomerGatewayId),
            new XElement("vpn_gateway_id", vpn.VpnGatewayId ?? ""),
            new XElement("vpn_connection_type", "ipsec.1"),
            vpn.StaticRoutesOnly ? new XElement("vpn_connection_attributes", "NoBGPVPNConnection") : null,
            VpnElement.Shuffled(call, vpn, "document").Select(tunnel => new XElement("ipsec_tunnel",
                new XElement("customer_gateway",
                    End(vpn, customer?.IpAddress ?? "", tunnel.CustomerInside, customer?.BgpAsn ?? 0)),
                new XElement("vpn_gateway", End(vpn, tunnel.OutsideAddress, tunnel.AwsInside, asn)),
                new XElement("ike",
                    new XElement("authentication_protocol", "sha1"),
                    new XElement("encryption_protocol", "aes-128-cbc"),
                    new XElement("lifetime", Number(tunnel.Options.Phase1LifetimeSeconds ?? 28800)),
                    new XElement("perfect_forward_secrecy", "group2"),
                    new XElement("mode", "main"),
                    new XElement("pre_shared_key",
                        vpn.PreSharedKeyStorage == "SecretsManager" ? "" : tunnel.Options.PreSharedKey)),
                new XElement("ipsec",
                    new XElement("protocol", "esp"),
                    new XElement("authentication_protocol", "hmac-sha1-96"),
                    new XElement("encryption_protocol", "aes-128-cbc"),
                    new XElement("lifetime", Number(tunnel.Options.Phase2LifetimeSeconds ?? 3600)),
                    new XElement("perfect_forward_secrecy", "group2"),
                    new XElement("mode", "tunnel"),
                    new XElement("clear_df_bit", "true"),
                    new XElement("fragmentation_before_encryption", "true"),
                    new XElement("tcp_mss_adjustment", "1379"),
                    new XElement("dead_peer_detection", new XElement("interval", "10"),
                        new XElement("retries", "3"))))));
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + root;
    }

    private static IEnumerable<XElement> End(VpnConnection vpn, string outside, Ipv4 inside, long asn)
    {
        yield return new("tunnel_outside_address", new XElement("ip_address", outside));
        yield return new("tunnel_inside_address",
            new XElement("ip_address", inside.ToString()), new XElement("network_mask", "255.255.255.252"),
            new XElement("network_cidr", "30"));
        if (!vpn.StaticRoutesOnly)
        {
            yield return new("bgp", new XElement("asn", Number(asn)), new XElement("hold_time", "30"));
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
