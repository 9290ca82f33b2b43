using Sealane.Core.Design;
using Sealane.Core;
using Sealane.Lab.Model;

namespace Sealane.Lab.Plan;

/// <summary>Megaport's routers and Microsoft's side: edge routers, gateways, and the VNet's own routing.</summary>
public static partial class Compiler
{
    private static void Megaport(Draft draft, LabNetwork network)
    {
        var vifs = 0;
        foreach (var router in network.Routers)
        {
            draft.Box(router.Box, $"MCR AS {router.Asn}");
        }
        foreach (var (router, leg) in network.Legs)
        {
            var mcr = draft[router.Box];
            if (leg.Cloud == Cloud.Megaport)
            {
                // Both ends name it; the link is made once.
                if (!mcr.Ports.Exists(port => port.Name == leg.Name))
                {
                    draft.Link(mcr, leg.Name, leg.McrAddress, draft[leg.FarBox], leg.Name,
                        new(leg.FarAddress, leg.McrAddress.Length), leg.Up);
                }
                continue;
            }
            var (far, port) = leg.Cloud == Cloud.Aws ? (draft["dxgw"], $"vif{++vifs}")
                : (draft.Box(leg.FarBox, $"Microsoft edge router AS {Msee.Asn}"), "mcr");
            draft.Link(mcr, leg.Name, leg.McrAddress, far, port, new(leg.FarAddress, leg.McrAddress.Length), leg.Up);
        }
    }

    private static void Azure(Draft draft, LabNetwork network)
    {
        var subnet = network.GatewaySubnet;
        var vnet = draft.Box("vnet", "Azure's routing inside the VNet, with peered VNets");
        var router = subnet.Host(1);
        vnet.Ports.Add(new("gateways", PortKind.Bridge, [new(router, subnet.Length)]));
        foreach (var one in network.Vnets)
        {
            Host(draft, vnet, Keyed("hosts", one.Key), Keyed("vnet-host", one.Key),
                $"a machine in VNet {one.Prefixes[0]}",
                one.Prefixes[0], subnet);
        }
        foreach (var prefix in network.VnetPrefixes)
        {
            vnet.Routes.Add($"blackhole {prefix}");
        }

        var er = draft.Box("er-gateway", $"ExpressRoute gateway AS {Asn65515}");
        draft.Link(er, "vnet", new(ErAddress(network), subnet.Length), vnet, "er", null, bridgeB: "gateways");
        er.Routes.AddRange(network.VnetPrefixes.Select(prefix => $"{prefix} via {router} table 100"));
        var edges = 0;
        foreach (var (_, leg) in AzureLegs(network))
        {
            var port = $"edge{++edges}";
            draft.LinkOwn(draft[leg.FarBox], "er", er, port);
            // What comes from an edge router is for the VNet or dropped.
            er.Rules.Add($"pref 100 iif {port} lookup 100");
            er.Rules.Add($"pref 101 iif {port} blackhole");
        }

        foreach (var instance in network.Instances)
        {
            var box = draft.Box($"vpn-gateway-{instance.Number}",
                $"VPN gateway AS {network.VpnGatewayAsn}, instance {instance.Number}");
            draft.Link(box, "vnet", new(InstanceAddress(network, instance.Number), subnet.Length), vnet,
                $"vpn{instance.Number}",
                null, bridgeB: "gateways");
            box.Routes.AddRange(network.VnetPrefixes.Select(prefix => $"{prefix} via {router}"));
            box.Rules.Add("pref 33000 iif lo lookup 100");
            // Outer packets that the VNet's routes send back would enter the tunnel that they are made of.
            box.Rules.AddRange(network.AzureOutside.Select(outside => $"pref 90 iif vnet from {outside} blackhole"));
        }
    }

    /// <summary>ASN of the ExpressRoute gateway, and of Azure's routing inside a VNet.</summary>
    /// <remarks>https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-vpn-faq</remarks>
    private const long Asn65515 = 65515;

    internal static Ipv4 ErAddress(LabNetwork network) => network.GatewaySubnet.Host(12);

    /// <summary>Where the instance itself stands in GatewaySubnet; its ESP endpoint has an address of its
    /// own.</summary>
    internal static Ipv4 InstanceAddress(LabNetwork network, int number) => network.GatewaySubnet.Host(14 + number);
}
