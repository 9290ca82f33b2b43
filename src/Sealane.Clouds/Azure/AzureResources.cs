using Sealane.Clouds.Used;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>Every Azure object of the link, in the order in which a person reads them.</summary>
public static class AzureResources
{
    public static IReadOnlyList<Resource> All(NetworkDesign design, ArmClient arm, LinkKeys keys)
    {
        var ids = new AzureIds(design);
        var notes = new UsedNotes(design, arm);
        var (gateway, hub) = (design.VpnGateway, design.Vnets.First(vnet => vnet.Key.IsNone));
        var tunnels = design.Tunnels;
        var spokes = design.Vnets.Where(vnet => !vnet.Key.IsNone).ToList();
        return
        [
            new ResourceGroup(arm, ids),
            .. design.Vnets.Select(vnet => new Vnet(arm, ids, vnet, hub)),
            .. design.Circuits.SelectMany(circuit => new Resource[]
            {
                new ExpressRouteCircuit(arm, ids, circuit, Authorization(circuit)),
                new PrivatePeering(
                    arm, ids, circuit, [.. design.AzureVxcs.Where(vxc => vxc.Circuit.Key == circuit.Key)]),
            }),
            .. gateway.ExistingId is not null ? [] : gateway.Instances.Select(instance => new PublicIp(
                arm, ids, gateway, instance, instance.Key.IsNone ? hub : null)),
            new GatewaySubnet(arm, ids, hub, gateway.Instances.FirstOrDefault(instance => instance.Key.IsNone
                && gateway.ExistingId is null && !design.Link.Existing.ContainsKey(PublicIp.Ref(instance).Id))),
            new ExpressRouteGateway(arm, ids, design.ExpressRouteGateway, hub),
            .. design.Circuits.Index().Select(each => new ExpressRouteConnection(
                arm, ids, each.Item, each.Index == 0 ? null : design.Circuits[each.Index - 1],
                Authorization(each.Item))),
            .. gateway.ExistingId is null ? Array.Empty<Resource>()
                : [new VpnGatewaySettings(arm, ids, gateway, design.VpnConnections, notes)],
            new VpnGateway(arm, ids, gateway, hub, design.VpnConnections),
            .. from vpn in design.VpnConnections
               from tunnel in vpn.Tunnels
               select new LocalNetworkGateway(arm, ids, vpn, tunnel, design.TransitGateway),
            .. tunnels.Index().Select(each => new GatewayConnection(
                arm, ids, each.Item, each.Index == 0 ? null : tunnels[each.Index - 1], BgpAddresses(design, each.Item),
                design.Ipsec, keys.Tunnel(each.Item.Number))),
            .. spokes.Index().SelectMany(each => new Resource[]
            {
                new HubPeering(arm, ids, hub, each.Item, each.Index == 0 ? null : spokes[each.Index - 1]),
                new SpokePeering(arm, ids, hub, each.Item, Changed(design, each.Item, isHub: true)),
            }),
            .. from spoke in spokes
               from isHub in new[] { true, false }
               where notes.AreOnUsed || Changed(design, spoke, isHub).Count > 0
               select new VnetPeeringSettings(arm, ids, hub, spoke, isHub, notes,
                   isHub ? [] : Changed(design, spoke, isHub: true)),
        ];

        Secret? Authorization(CircuitDesign circuit) =>
            design.Redeems(circuit) ? keys.Authorization(circuit.Key) : null;
    }

    /// <summary>The settings of a peering of others, where the spec asks for them.</summary>
    private static IReadOnlyList<ObjectRef> Changed(NetworkDesign design, VnetDesign spoke, bool isHub) =>
        (isHub ? HubPeering.Ref(spoke).Id : SpokePeering.Ref(spoke).Id) is var id && design.Link.Changes(id)
            ? [UsedSettings.RefOf(id)] : [];

    /// <summary>
    /// A connection names an address of every instance, though only the instance that AWS answers has use for its own
    /// (learn.microsoft.com/azure/vpn-gateway/vpn-gateway-howto-aws-bgp): of the others it is their first.
    /// </summary>
    private static IReadOnlyList<InstanceBgpAddress> BgpAddresses(NetworkDesign design, TunnelDesign tunnel) =>
    [
        .. design.VpnConnections.Select(vpn => new InstanceBgpAddress(
            vpn.Instance,
            (vpn.Tunnels.FirstOrDefault(own => own.Number == tunnel.Number) ?? vpn.Tunnels[0]).AzureInside)),
    ];
}
