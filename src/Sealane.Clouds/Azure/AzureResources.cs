using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>Every Azure object of the link, in the order in which a person reads them.</summary>
public static class AzureResources
{
    public static IReadOnlyList<Resource> All(NetworkDesign design, ArmClient arm, LinkKeys keys) =>
    [
        new ResourceGroup(arm, design),
        new Vnet(arm, design),
        new ExpressRouteCircuit(arm, design),
        new PrivatePeering(arm, design),
        new PublicIp(arm, design),
        new GatewaySubnet(arm, design),
        new ExpressRouteGateway(arm, design),
        new ExpressRouteConnection(arm, design),
        new VpnGateway(arm, design),
        new LocalNetworkGateway(arm, design, tunnel: 1),
        new LocalNetworkGateway(arm, design, tunnel: 2),
        new GatewayConnection(arm, design, keys, tunnel: 1),
        new GatewayConnection(arm, design, keys, tunnel: 2),
    ];
}
