using System.Collections.Immutable;
using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World.Net;

/// <summary>The Azure subscription as boxes of the routing model.</summary>
internal static class AzureBoxes
{
    public static ImmutableArray<Circuit> Circuits(AzureState azure) =>
    [
        .. from circuit in azure.ReadCircuits()
           let peering = circuit.PrivatePeering
           where circuit.Works && peering is { Works: true }
           select new Circuit
           {
               Id = circuit.Id,
               Paths =
               [
                   new(SessionIds.Path(circuit.Id, "primary"), "primary", peering.Primary.Host(2)),
                   new(SessionIds.Path(circuit.Id, "secondary"), "secondary", peering.Secondary.Host(2)),
               ],
           },
    ];

    public static ImmutableArray<ExpressRouteGateway> ExpressRouteGateways(AzureState azure)
    {
        var connections = azure.ReadConnections();
        return
        [
            .. from gateway in azure.ReadGateways()
               where gateway is { Works: true, Type: AzureGatewayType.ExpressRoute }
               let vnet = azure.ReadVnets().FirstOrDefault(vnet => vnet.Id == gateway.VnetId)
               select new ExpressRouteGateway
               {
                   Id = gateway.Id,
                   VnetId = gateway.VnetId,
                   Asn = gateway.Asn,
                   Addresses = [.. gateway.Instances.Select(instance => instance.PrivateAddress ?? instance.BgpAddress)
                       .OfType<Ipv4>()],
                   Connections =
                   [
                       .. connections.Where(connection => connection is { Works: true, CircuitId: not null }
                           && connection.GatewayId == gateway.Id)
                           .Select(connection => new ExpressRouteConnection(connection.Id, connection.CircuitId!)),
                   ],
                   SummarizedPrefixes = vnet is { SummarizedGatewayPrefixes: { Count: > 0 } summary } ? [.. summary]
                       : null,
               },
        ];
    }

    public static ImmutableArray<VpnGateway> VpnGateways(AzureState azure) =>
    [
        .. from gateway in azure.ReadGateways()
           where gateway is { Works: true, Type: AzureGatewayType.Vpn }
           select new VpnGateway
           {
               Id = gateway.Id,
               VnetId = gateway.VnetId,
               Asn = gateway.Asn,
               Instances =
               [
                   .. gateway.Instances.Where(instance => instance.PrivateAddress is not null)
                       .Select(instance =>
                           new VpnGatewayInstance(instance.IpConfigurationId, instance.PrivateAddress!.Value)),
               ],
           },
    ];

    public static ImmutableArray<Vnet> Vnets(AzureState azure) =>
    [
        .. azure.ReadVnets().Select(vnet => new Vnet
        {
            Id = vnet.Id,
            Prefixes = [.. vnet.Prefixes],
            // A peered VNet is announced when it uses our gateways: allowGatewayTransit here, useRemoteGateways there.
            PeeredPrefixes =
            [
                .. vnet.Peerings.Where(peering => peering is { Connected: true, AllowGatewayTransit: true })
                    .SelectMany(peering => peering.RemotePrefixes),
            ],
            Subnets =
            [
                .. vnet.Subnets.Where(subnet => subnet.Prefix is not null).Select(subnet => new VnetSubnet
                {
                    Id = subnet.Id,
                    Prefix = subnet.Prefix!.Value,
                    UserRoutes = [.. subnet.Routes.Select(UserRoute)],
                    GatewayRoutesDisabled = subnet.DisableBgpRoutePropagation,
                }),
            ],
        }),
    ];

    private static UserRoute UserRoute(AzureRoute route) => new(
        route.Prefix, Enum.TryParse<UserRouteNextHop>(route.NextHopType, ignoreCase: true, out var type) ? type
            : UserRouteNextHop.None, route.NextHop);
}
