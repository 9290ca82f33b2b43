namespace Sealane.Core.Checks.Live;

/// <summary>Something that the proof takes for true and no API shows: a row of docs/proof.md, part 5, and of every
/// bundle of evidence.</summary>
/// <param name="Source">In Markdown: where it is written, or that it is not.</param>
public sealed record Assumption(string What, string Source, string IfWrong);

/// <summary>All of them. Where nothing is documented, the assumption is the one that finds more leaks.</summary>
public static class Assumptions
{
    public static IReadOnlyList<Assumption> List { get; } =
    [
        new(
            "longest prefix first; then static, prefix list, VPC, Direct Connect, Connect, VPN",
            "[AWS](https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html)",
            "verdicts wrong"),
        new(
            "a Direct Connect gateway announces exactly its allowed prefixes",
            "[AWS](https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html)",
            "lock c is weaker or stronger"),
        new(
            "it does *not* drop packets for other prefixes",
            "unconfirmed, pessimistic",
            "one more lock from Azure to AWS"),
        new(
            "outer packets leave by the VPN connection's transport attachment, whatever the tables say",
            "unconfirmed; a switch",
            "tunnels stay down in mode `isolated`: seen at once"),
        new(
            "Azure: longest prefix; user-defined, then ExpressRoute, then VPN, then system routes",
            "[Azure](https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview), "
                + "[ExpressRoute and "
                + "VPN](https://learn.microsoft.com/azure/vpn-gateway/site-to-site-vpn-private-peering)",
            "verdicts wrong"),
        new(
            "routes for a VNet's own space win even over longer BGP routes",
            "[Azure](https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview)",
            "10.2.0.6/32 through the tunnel could stop it"),
        new(
            "Azure's default drop of private space loses to any gateway route",
            "pessimistic",
            "none"),
        new(
            "a user-defined route to `VirtualNetworkGateway` may use either gateway",
            "unconfirmed, pessimistic",
            "none"),
        new(
            "an ExpressRoute gateway announces the whole VNet and peered VNets, without a filter",
            ""
                + "[Azure](https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-network-gateways)",
            "none: it announces less"),
        new(
            "without Route Server, Azure passes no routes between its two gateways",
            ""
                + "[Azure](https://learn.microsoft.com/azure/expressroute/how-to-configure-coexisting-gateway-portal)",
            "tunnels' routes could reach the transport"),
        new(
            "an MCR announces static routes, but not to the peer that is their next hop",
            "[RFC 4271](https://www.rfc-editor.org/rfc/rfc4271), 5.1.3; unconfirmed for the MCR",
            "tunnels may loop and stay down"),
        new(
            "a filter entry without `ge` and `le` matches the prefix alone",
            "unconfirmed; the same for /32 in every reading",
            "none for Sealane's own lists"),
        new(
            "an edge router takes Azure's private ASN off the path",
            "unconfirmed",
            "none"),
        new(
            "summarizedGatewayPrefixes replace the VNet's own prefixes and the spokes that they cover, on "
                + "both gateways; every other spoke is still announced",
            ""
                + "[Azure](https://learn.microsoft.com/azure/expressroute/expressroute-about-virtual-"
                + "network-gateways), "
                + "public lab",
            "a spoke's way in the clear is missed"),
        new(
            "Global Reach passes routes between the routers on two circuits, and none to the gateways on them",
            "[Azure](https://learn.microsoft.com/azure/expressroute/expressroute-global-reach); that gateways hear "
                + "nothing is unconfirmed",
            "rows of the gateways differ: SL911 says so"),
        new(
            "two MCRs of one ASN speak iBGP",
            "[RFC 4271](https://www.rfc-editor.org/rfc/rfc4271)",
            "their paths are longer or loops"),
        new(
            "an MCR announces its connected networks",
            "live tables of Microsoft's edge",
            "rows differ: SL911 says so"),
        new(
            "equal routes of several Direct Connect gateways share the traffic",
            "[AWS](https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html)",
            "none: all are followed"),
        new(
            "more than 100 prefixes take a virtual interface's session down",
            "[AWS](https://docs.aws.amazon.com/directconnect/latest/UserGuide/limits.html)",
            "the session carries what is held to be gone"),
        new(
            "a user's 0.0.0.0/0, and it is assumed any shorter route, replaces Azure's drop of private space",
            "public lab of October 2026",
            "none"),
        new(
            "between a peering's prefix and a longer gateway route inside it both are followed",
            "documentation and labs differ",
            "none"),
        new(
            "the weight of an ExpressRoute connection decides before the AS path",
            "[Azure](https://learn.microsoft.com/azure/expressroute/expressroute-optimize-routing)",
            "another circuit carries the flow"),
        new(
            "prefixes of a local network gateway are static routes, whether or not its tunnel stands, and "
                + "are announced to other peers",
            "[Azure](https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-bgp-overview)",
            "a branch draws off more or less"),
        new(
            "without ECMP any one of several equal VPN routes is used",
            "[AWS](https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html)",
            "none: all are followed"),
        new(
            "ESP is ESP: negotiated suites are what both ends were configured with",
            "configuration of both ends",
            "encryption weaker than stated"),
    ];
}
