using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>Every Azure object of the link, in the order in which a person reads them.</summary>
public static class AzureResources
{
    public static IReadOnlyList<Resource> All(ArmClient arm, LinkKeys keys) =>
    [
        new ResourceGroup(arm),
        new Vnet(arm),
        new ExpressRouteCircuit(arm),
        new PrivatePeering(arm),
        new PublicIp(arm),
        new GatewaySubnet(arm),
        new ExpressRouteGateway(arm),
        new ExpressRouteConnection(arm),
        new VpnGateway(arm),
        new LocalNetworkGateway(arm, tunnel: 1),
        new LocalNetworkGateway(arm, tunnel: 2),
        new GatewayConnection(arm, keys, tunnel: 1),
        new GatewayConnection(arm, keys, tunnel: 2),
    ];
}
