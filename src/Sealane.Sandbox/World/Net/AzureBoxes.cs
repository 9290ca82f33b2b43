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
               Ipv6 = peering.Ipv6,
               ForeignPrefixes = [.. circuit.Foreign],
               Joined = [.. circuit.Joined],
               Paths =
               [
                   new(SessionIds.Path(circuit.Id, "primary"), "primary", peering.Primary.Host(2),
                       !circuit.DeadPaths.Contains("primary")),
                   new(SessionIds.Path(circuit.Id, "secondary"), "secondary", peering.Secondary.Host(2),
                       !circuit.DeadPaths.Contains("secondary")),
               ],
           },
    ];

    public static ImmutableArray<ExpressRouteGateway> ExpressRouteGateways(AzureState azure) =>
    [
        .. from gateway in azure.ReadGateways()
           where gateway is { Works: true, Type: AzureGatewayType.ExpressRoute }
           select new ExpressRouteGateway
           {
               Id = gateway.Id,
               VnetId = gateway.VnetId,
               Asn = gateway.Asn,
               Addresses = [.. gateway.Instances.Select(instance => instance.PrivateAddress ?? instance.BgpAddress)
                   .OfType<Ipv4>()],
               Connections =
               [
                   .. azure.ReadConnections(gateway)
                       .Where(connection => connection is { Works: true, CircuitId: not null })
                       .Select(connection => new ExpressRouteConnection(connection.Id, connection.CircuitId!)
                       {
                           Weight = connection.RoutingWeight,
                       }),
               ],
           },
    ];

    /// <param name="tunnels">What belongs to a tunnel; every other connection is a branch.</param>
    public static ImmutableArray<VpnGateway> VpnGateways(AzureState azure, IReadOnlyList<TunnelEnds> tunnels)
    {
        var ours = tunnels.Select(ends => ends.Azure.Id).ToHashSet(StringComparer.Ordinal);
        return
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
                               new VpnGatewayInstance(instance.IpConfigurationId, instance.PrivateAddress!.Value,
                                   !instance.Dead)),
                   ],
                   Branches =
                   [
                       .. azure.ReadConnections(gateway).Where(connection =>
                               connection is { Works: true, CircuitId: null } && !ours.Contains(connection.Id))
                           .Select(connection => new VpnBranch
                           {
                               Id = connection.Id,
                               Prefixes = [.. connection.LocalGateway?.AddressSpace ?? []],
                               TrafficSelectors = [.. connection.TrafficSelectors],
                           }),
                   ],
               },
        ];
    }

    /// <summary>What an appliance tells a Route Server no call of this sandbox shows: with a peer it is not
    /// known.</summary>
    public static ImmutableArray<RouteServer> RouteServers(AzureState azure) =>
    [
        .. azure.ReadRouteServers().Select(server => new RouteServer
        {
            Id = server.Id,
            VnetId = server.VnetId,
            BranchToBranch = server.BranchToBranch,
            Learned = server.HasPeers ? null : [],
        }),
    ];

    public static ImmutableArray<Vnet> Vnets(AzureState azure)
    {
        var vnets = azure.ReadVnets();
        return [.. vnets.Select(vnet => Vnet(vnet, vnets))];
    }

    private static Vnet Vnet(AzureVnet vnet, IReadOnlyList<AzureVnet> vnets) => new()
    {
        Id = vnet.Id,
        Prefixes = [.. vnet.Prefixes],
        Ipv6 = vnet.Ipv6,
        SummarizedPrefixes = vnet.SummarizedGatewayPrefixes is { Count: > 0 } summary ? [.. summary] : null,
        Peerings = [.. vnet.Peerings.Select(peering => Peering(vnet, peering, vnets))],
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
    };

    // Gateway transit needs both ends: allowGatewayTransit here, useRemoteGateways there.
    private static VnetPeering Peering(AzureVnet vnet, AzureVnetPeering peering, IReadOnlyList<AzureVnet> vnets)
    {
        var back = vnets.FirstOrDefault(other => other.Id == peering.RemoteVnetId)?.Peerings
            .FirstOrDefault(other => other.RemoteVnetId == vnet.Id);
        return new()
        {
            Id = peering.Id,
            RemoteVnetId = peering.RemoteVnetId,
            RemotePrefixes = [.. peering.RemotePrefixes],
            Connected = peering.Connected,
            AllowAccess = peering.AllowAccess,
            AllowForwardedTraffic = peering.AllowForwardedTraffic,
            RemoteUsesGateways = peering.AllowGatewayTransit && back is { UseRemoteGateways: true },
            UsesRemoteGateways = peering.UseRemoteGateways && back is { AllowGatewayTransit: true },
        };
    }

    private static UserRoute UserRoute(AzureRoute route) => new(
        route.Prefix, Enum.TryParse<UserRouteNextHop>(route.NextHopType, ignoreCase: true, out var type) ? type
            : UserRouteNextHop.None, route.NextHop);
}
