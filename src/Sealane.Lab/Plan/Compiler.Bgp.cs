using Sealane.Core.Design;
using Sealane.Core;
using Sealane.Lab.Frr;
using Sealane.Lab.Model;

namespace Sealane.Lab.Plan;

/// <summary>BGP of the clouds' own routers, each preference with its source.</summary>
public static partial class Compiler
{
    // For one prefix a transit gateway prefers Direct Connect to VPN, and Azure prefers ExpressRoute to VPN.
    // https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
    // https://learn.microsoft.com/azure/expressroute/expressroute-howto-coexist-resource-manager
    private const string PreferPrivate = "set local-preference 200";

    // AWS proposes 30/90 on VIFs, edge routers 60/180; the lower hold time is used.
    private static readonly (int, int) s_edge = (10, 30);
    private static readonly (int, int) s_vif = (30, 90);
    private static readonly (int, int) s_inside = (3, 10);

    private static void Configure(Draft draft, LabNetwork network)
    {
        draft["tgw"].Frr = Workload(draft, network);
        draft["tgw-transport"].Frr = Transport(draft, network);
        draft["dxgw"].Frr = DxGateway(draft, network);
        foreach (var router in network.Routers)
        {
            draft[router.Box].Frr = McrConfig.Of(router, network.TransportTimers);
        }
        foreach (var edge in AzureLegs(network).GroupBy(leg => leg.Leg.FarBox))
        {
            draft[edge.Key].Frr = Edge(draft, network, edge.Key, [.. edge]);
        }
        draft["er-gateway"].Frr = ExpressRoute(draft, network);
        draft["vnet"].Frr = Vnet(network);
        foreach (var instance in network.Instances)
        {
            draft[$"vpn-gateway-{instance.Number}"].Frr = VpnGateway(network, instance);
        }
    }

    private static FrrConfig Workload(Draft draft, LabNetwork network)
    {
        var gateway = network.TransitGateway;
        var router = new BgpRouter(gateway.Asn, Address(draft, "tgw", "transport"))
        {
            RelaxAsPath = true,
            Paths = gateway.Ecmp ? 8 : 1,
        };
        router.Networks.AddRange(network.VpcPrefixes
            .Where(prefix => Configured(gateway).All(route => route.Prefix != prefix)));
        router.Networks.AddRange(Configured(gateway).Where(route => route.To is not null)
            .Select(route => route.Prefix));
        // A static route is preferred to what is learned, and a blackhole is announced to nobody: a daemon would still
        // announce what it has learned for the prefix.
        var nowhere = Configured(gateway).Where(route => route.To is null)
            .Select(route => $"permit {route.Prefix}").ToList();
        Clause[] dropped = nowhere.Count == 0 ? []
            : [Clause.Deny($"match ip address prefix-list {router.List("NOWHERE", nowhere)}")];
        var transport = router.Peer("transport", Address(draft, "tgw-transport", "workload"), gateway.Asn);
        transport.Timers = s_inside;
        transport.In = gateway.Propagates
            ? router.Map("FROM-DX", [.. dropped, Clause.Permit(PreferPrivate)]) : router.Map("FROM-DX", Clause.Deny());
        // Associated with the workload table, the attachment asks that one by a rule (see Aws), and needs no routes.
        transport.Out = router.Map("TO-DX", gateway is { VpcsInTransport: true, Associates: false }
            ? Clause.Permit($"match ip address prefix-list {router.List("VPCS",
                network.VpcPrefixes.Select(prefix => $"permit {prefix}"))}")
            : Clause.Deny());
        // Not back into the VPN attachment that it came from.
        router.Map("FROM-VPN", [.. dropped, Clause.Permit("set tag 1")]);
        router.Map("TO-VPN", Clause.Deny("match tag 1"), Clause.Permit());
        foreach (var tunnel in network.Tunnels)
        {
            var peer = router.Peer(Device(tunnel.Number), tunnel.AzureInside, network.VpnGatewayAsn);
            peer.Timers = network.TunnelTimers;
            peer.In = "FROM-VPN";
            peer.Out = "TO-VPN";
        }
        return router.Config();
    }

    private static FrrConfig Transport(Draft draft, LabNetwork network)
    {
        var router = new BgpRouter(network.TransitGateway.Asn, Address(draft, "tgw-transport", "workload"));
        router.Peer("workload", Address(draft, "tgw", "transport"), network.TransitGateway.Asn).Timers = s_inside;
        var dx = router.Peer("dxgw", Address(draft, "dxgw", "tgw"), network.DxGateway.Asn);
        dx.Timers = s_inside;
        dx.In = router.Map("FROM-DXGW", Clause.Permit(PreferPrivate));
        // The association announces the allowed prefixes, whatever the tables hold.
        dx.Out = router.Map("TO-DXGW", Clause.Deny());
        return router.Config();
    }

    private static FrrConfig DxGateway(Draft draft, LabNetwork network)
    {
        var legs = AwsLegs(network);
        var router = new BgpRouter(network.DxGateway.Asn, legs.Count > 0 ? legs[0].Leg.FarAddress
            : Address(draft, "dxgw", "tgw"))
        {
            RelaxAsPath = true,
        };
        router.Networks.AddRange(network.DxGateway.AllowedPrefixes);
        var transport = router.Peer("tgw", Address(draft, "tgw-transport", "dx"), network.TransitGateway.Asn);
        transport.Timers = s_inside;
        transport.In = router.Map("FROM-TGW", Clause.Deny());
        transport.Out = router.Map("TO-TGW", Clause.Deny($"match as-path {router.Own()}"), Clause.Permit());
        // Nothing goes from one VIF to another.
        router.Map("TO-VIF", Clause.Permit($"match as-path {router.Own()}"));
        foreach (var (mcr, leg) in legs)
        {
            var peer = router.Peer($"{mcr.Box} {leg.Name}", leg.McrAddress.Address, leg.Session.LocalAsn ?? mcr.Asn);
            peer.Timers = network.TransportTimers ?? s_vif;
            peer.Key = leg.Session.CloudKey;
            peer.Bfd = leg.Session.Bfd;
            peer.Out = "TO-VIF";
            // https://docs.aws.amazon.com/directconnect/latest/UserGuide/limits.html: with more AWS takes it down.
            peer.MostPrefixes = 100;
        }
        return router.Config();
    }

    private static FrrConfig Edge(
        Draft draft, LabNetwork network, string box, IReadOnlyList<(LabRouter Mcr, LabLeg Leg)> legs)
    {
        var router = new BgpRouter(Msee.Asn, legs[0].Leg.FarAddress);
        var er = router.Peer("er-gateway", FarOf(draft, box, "er"), Asn65515);
        er.Timers = s_edge;
        // A VNet's own prefix is preferred to the same from the MCR.
        er.In = router.Map("FROM-VNET", Clause.Permit(PreferPrivate));
        foreach (var (mcr, leg) in legs)
        {
            var peer = router.Peer($"{mcr.Box} {leg.Name}", leg.McrAddress.Address, leg.Session.LocalAsn ?? mcr.Asn);
            peer.Key = leg.Session.CloudKey;
            peer.Bfd = leg.Session.Bfd;
            peer.Timers = network.TransportTimers ?? peer.Timers;
            // https://learn.microsoft.com/azure/expressroute/expressroute-routing: private ASNs are taken off the path.
            peer.RemovePrivateAsn = true;
            // What it does not use, its own ASN being on the path, is shown all the same: live tables have such rows.
            peer.KeepReceived = true;
        }
        return router.Config();
    }

    private static FrrConfig ExpressRoute(Draft draft, LabNetwork network)
    {
        var router = new BgpRouter(Asn65515, ErAddress(network)) { RelaxAsPath = true };
        router.Networks.AddRange(network.Announced);
        router.Map("TO-EDGE", Clause.Permit($"match as-path {router.Own()}"));
        var edges = 0;
        foreach (var (_, leg) in AzureLegs(network))
        {
            var peer = router.Peer(leg.FarBox, FarOf(draft, "er-gateway", $"edge{++edges}"), Msee.Asn);
            peer.Timers = s_edge;
            peer.Out = "TO-EDGE";
        }
        // Gateways of one VNet form a mesh: this one shows what the VPN gateway has, and tells the edge nothing of it.
        // github.com/kaysalau/azure-network-terraform
        // To the ExpressRoute gateway too, ExpressRoute goes before VPN.
        router.Map("FROM-VPN", Clause.Permit("set local-preference 50", "set tag 1"));
        router.Map("TO-VPN", Clause.Deny());
        foreach (var instance in network.Instances)
        {
            var vpn = router.Peer($"vpn-gateway-{instance.Number}", InstanceAddress(network, instance.Number),
                network.VpnGatewayAsn);
            (vpn.Timers, vpn.In, vpn.Out) = (s_inside, "FROM-VPN", "TO-VPN");
        }
        var vnet = router.Peer("vnet", network.GatewaySubnet.Host(1), Asn65515);
        vnet.Timers = s_inside;
        vnet.In = router.Map("FROM-VNET", Clause.Deny());
        vnet.Out = router.Map("TO-VNET", Clause.Deny($"match as-path {router.Own()}"), Clause.Deny("match tag 1"),
            Clause.Permit());
        return router.Config();
    }

    private static FrrConfig Vnet(LabNetwork network)
    {
        var router = new BgpRouter(Asn65515, network.GatewaySubnet.Host(1));
        // A VNet's routes to itself and its peers win even over longer ones that a gateway learned.
        // https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview
        router.List("VNET", network.VnetPrefixes.Select(Within));
        router.Map("FROM-ER", Clause.Deny("match ip address prefix-list VNET"), Clause.Permit(PreferPrivate));
        router.Map("FROM-VPN", Clause.Deny("match ip address prefix-list VNET"), Clause.Permit());
        router.Map("NOTHING", Clause.Deny());
        var er = router.Peer("er-gateway", ErAddress(network), Asn65515);
        (er.Timers, er.In, er.Out) = (s_inside, "FROM-ER", "NOTHING");
        foreach (var instance in network.Instances)
        {
            var vpn = router.Peer($"vpn-gateway-{instance.Number}", InstanceAddress(network, instance.Number),
                network.VpnGatewayAsn);
            (vpn.Timers, vpn.In, vpn.Out) = (s_inside, "FROM-VPN", "NOTHING");
        }
        return router.Config();
    }

    private static FrrConfig VpnGateway(LabNetwork network, LabInstance instance)
    {
        var own = InstanceAddress(network, instance.Number);
        var router = new BgpRouter(network.VpnGatewayAsn, own) { RelaxAsPath = true };
        router.Networks.AddRange(network.Announced);
        // Azure drops what lies inside its own VNet. https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq
        router.List("VNET", network.Vnets[0].Prefixes.Select(Within));
        router.Map("FROM-AWS", Clause.Deny("match ip address prefix-list VNET"), Clause.Permit());
        foreach (var tunnel in network.Tunnels.Where(tunnel => tunnel.Instance == instance.Number))
        {
            var peer = router.Peer(Device(tunnel.Number), tunnel.AwsInside, tunnel.AzurePeerAsn
                ?? network.TransitGateway.Asn);
            peer.Timers = network.TunnelTimers;
            peer.In = "FROM-AWS";
        }
        foreach (var other in network.Instances.Where(other => other.Number != instance.Number))
        {
            router.Peer($"vpn-gateway-{other.Number}", InstanceAddress(network, other.Number),
                network.VpnGatewayAsn).Timers = s_inside;
        }
        var vnet = router.Peer("vnet", network.GatewaySubnet.Host(1), Asn65515);
        (vnet.Timers, vnet.In) = (s_inside, router.Map("FROM-VNET", Clause.Deny()));
        vnet.Out = router.Map("TO-VNET", Clause.Deny($"match as-path {router.Own()}"), Clause.Permit());
        // A gateway ASN of its own makes this an eBGP session; the VNet still needs the gateway as next hop.
        vnet.NextHopSelf = true;
        var er = router.Peer("er-gateway", ErAddress(network), Asn65515);
        (er.Timers, er.In, er.Out, er.NextHopSelf) = (s_inside, "FROM-VNET", "TO-VNET", true);
        return router.Config();
    }

    private static string Within(Prefix prefix) => prefix.Length == 32 ? $"permit {prefix}" : $"permit {prefix} le 32";

    private static Ipv4 FarOf(Draft draft, string box, string port)
    {
        var (far, farPort) = draft.FarEnd(box, port);
        return Address(draft, far, farPort);
    }
}
