namespace Sealane.Core.Routing;

/// <summary>Why one route won over the others, in the vendor's own order, and where the vendor says so.</summary>
/// <param name="Source">Public page; empty where the rule is BGP's own (RFC 4271, section 9.1.2.2).</param>
public sealed record RouteRule(string Id, string Text, string Source)
{
    private const string Tgw = "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html";
    private const string Vpc = "https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html";
    private const string Udr = "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview";
    private const string Private = "https://learn.microsoft.com/azure/vpn-gateway/site-to-site-vpn-private-peering";
    private const string Dx = "https://docs.aws.amazon.com/directconnect/latest/UserGuide/allowed-to-prefixes.html";
    private const string Megaport = "https://docs.megaport.com/mcr/route-advertisement/";
    private const string Bgp = "https://www.rfc-editor.org/rfc/rfc4271";

    public static RouteRule OnlyRoute { get; } = new("only-route", "the only route that matches", Tgw);
    public static RouteRule LongestPrefix { get; } = new("longest-prefix", "the longest matching prefix wins", Tgw);
    public static RouteRule TgwStatic { get; } = new("tgw-static", "a static route beats every propagated one", Tgw);
    public static RouteRule TgwPrefixList { get; } =
        new("tgw-prefix-list", "a prefix list reference beats every propagated route", Tgw);
    public static RouteRule TgwVpc { get; } = new("tgw-vpc", "a VPC's route beats every other propagated one", Tgw);
    public static RouteRule TgwDirectConnect { get; } =
        new("tgw-direct-connect", "Direct Connect beats VPN for the same prefix", Tgw);
    public static RouteRule TgwDirectConnectEcmp { get; } = new(
        "tgw-direct-connect-ecmp", "equal routes of several Direct Connect gateways share the traffic", Tgw);
    public static RouteRule TgwConnect { get; } = new("tgw-connect", "Connect beats VPN for the same prefix", Tgw);
    public static RouteRule TgwPeering { get; } = new("tgw-peering", "only a peering has the prefix", Tgw);
    public static RouteRule TgwVpn { get; } = new("tgw-vpn", "only VPN routes exist for the prefix", Tgw);
    public static RouteRule TgwEcmp { get; } = new("tgw-ecmp", "equal VPN routes share the traffic (VpnEcmpSupport)",
        Tgw);
    public static RouteRule TransportAttachment { get; } = new(
        "tgw-transport-attachment", "outer packets leave by the transport attachment of the VPN connection "
            + "(unconfirmed)",
        "https://docs.aws.amazon.com/vpn/latest/s2svpn/private-ip-dx.html");
    public static RouteRule VpcLocal { get; } = new("vpc-local", "the VPC's own prefixes are local", Vpc);
    public static RouteRule AllowedPrefix { get; } = new("dxgw-allowed", "allowed prefixes are announced verbatim", Dx);
    public static RouteRule McrConnected { get; } =
        new("mcr-connected", "a connected network beats static and BGP routes", Megaport);
    public static RouteRule McrStatic { get; } =
        new("mcr-static", "a static route (distance 1) beats BGP (distance 20)", Megaport);
    public static RouteRule BgpAsPath { get; } = new("bgp-as-path", "the shortest AS path wins", Bgp);
    public static RouteRule BgpMed { get; } = new("bgp-med", "the lowest MED wins among routes of one neighbour AS",
        Bgp);
    public static RouteRule BgpExternal { get; } = new("bgp-external", "eBGP beats iBGP", Bgp);
    public static RouteRule BgpPeerAddress { get; } = new(
        "bgp-peer-address", "equal routes: the lowest peer address, or any of them (not documented)", Bgp);
    public static RouteRule VnetSystem { get; } = new("vnet-system", "no user-defined or BGP route has the prefix",
        Udr);
    public static RouteRule VnetUserRoute { get; } = new("vnet-udr", "a user-defined route beats BGP and system routes",
        Udr);
    public static RouteRule VnetExpressRoute { get; } =
        new("vnet-expressroute", "ExpressRoute beats VPN for the same prefix", Private);
    public static RouteRule VnetVpn { get; } = new("vnet-vpn", "only the VPN gateway has the prefix", Udr);
    public static RouteRule VnetRouteServer { get; } = new(
        "vnet-route-server", "an appliance announces it to the Route Server",
        "https://learn.microsoft.com/azure/route-server/overview");
    public static RouteRule VnetGateway { get; } = new("vnet-own", "the VNet's own address space", Udr);

    public override string ToString() => Text;
}
