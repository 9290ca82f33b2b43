using Sealane.Core;
using Sealane.Core.Routing;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>
/// The sandbox's complete network, not through any API. Of a network of somebody else the prefixes count and not the
/// inside: what reaches it has left the sight of the link's owner.
/// </summary>
internal static class Truth
{
    public static Network Of(SandboxWorld world)
    {
        var network = world.Network;
        var (vpc, vnet) = (network.Vpcs[0], network.Vnets.Single(one => one.Id.EndsWith("/vnet-app",
            StringComparison.Ordinal)));
        var here = network.Vpcs.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
        network = network with
        {
            Vpcs = [vpc],
            Vnets = [vnet],
            Mcrs = [.. network.Mcrs.Select(mcr => mcr with
            {
                Interfaces = [.. mcr.Interfaces.Select(port => Limited(world, port))],
            })],
            ExpressRouteGateways = [.. network.ExpressRouteGateways.Where(one => one.VnetId == vnet.Id)],
            VpnGateways = [.. network.VpnGateways.Where(one => one.VnetId == vnet.Id)],
            RouteServers = [.. network.RouteServers.Where(one => one.VnetId == vnet.Id)],
            VirtualPrivateGateways = [.. network.VirtualPrivateGateways.Where(one => one.VpcId == vpc.Id)],
            Circuits = [.. network.Circuits.Select(circuit => circuit with
            {
                ForeignPrefixes =
                    [.. OfOthers(network, vnet, circuit).Concat(circuit.ForeignPrefixes).Distinct().Order()],
            })],
            TransitGateways = [.. network.TransitGateways.Select(tgw => tgw with
            {
                Attachments = [.. tgw.Attachments.Select(one => one.Kind != AttachmentKind.Vpc ? one : one with
                {
                    Propagated = one.ResourceId == vpc.Id ? [] :
                    [
                        .. one.Propagated,
                        .. network.Vpcs.Where(other => other.Id == one.ResourceId).SelectMany(other => other.Prefixes)
                            .Select(PropagatedRoute.Of),
                    ],
                })],
            })],
        };
        var tables = RoutingTables.Solve(network);
        return network with
        {
            TransitGateways = [.. network.TransitGateways.Select(tgw => tgw with
            {
                Attachments = [.. tgw.Attachments.Select(one => one.Kind switch
                {
                    AttachmentKind.Connect => one with
                    {
                        Propagated = [.. one.Propagated, .. Beaten(tables, tgw, one, vpc)],
                    },
                    // Of another account's VPC only that is known which some table shows.
                    AttachmentKind.Vpc when !here.Contains(one.ResourceId) => one with
                    {
                        Propagated = [.. one.Propagated.Where(route => IsShown(tables, tgw, one, route.Prefix))],
                    },
                    _ => one,
                })],
            })],
        };
    }

    // A session that AWS took down for too many prefixes comes back with fewer of them: the model decides when.
    private static McrInterface Limited(SandboxWorld world, McrInterface port) =>
        world.Sessions.Find($"transport/{port.FarEnd}") is { Reason: var why }
            && why.Contains("prefixes", StringComparison.Ordinal)
            ? port with { Sessions = [.. port.Sessions.Select(session => session with { Up = true })] } : port;

    private static bool IsShown(
        RoutingTables tables, TransitGateway tgw, TransitGatewayAttachment attachment, Prefix prefix) =>
        tgw.RouteTables.Any(table => tables.TransitGatewayRoutes(table.Id).Any(row =>
            row is { Static: false } && row.Prefix == prefix && row.AttachmentIds.Contains(attachment.Id)));

    // What an appliance says over BGP no table shows where it loses: whatever it may be stands behind the winner.
    private static IEnumerable<PropagatedRoute> Beaten(
        RoutingTables tables, TransitGateway tgw, TransitGatewayAttachment connect, Vpc own) =>
        from table in connect.PropagatesTo
        from row in tables.TransitGatewayRoutes(table)
        where row is { Static: false, Blackhole: false } && !row.AttachmentIds.Contains(connect.Id)
        let winners = tgw.Attachments.Where(one => row.AttachmentIds.Contains(one.Id)).ToList()
        where winners.TrueForAll(one => one.ResourceId != own.Id
            && one.Kind is AttachmentKind.Vpc or AttachmentKind.DirectConnectGateway)
        select new PropagatedRoute(row.Prefix, [0]);

    private static IEnumerable<Prefix> OfOthers(Network network, Vnet own, Circuit circuit) =>
        from gateway in network.ExpressRouteGateways
        where gateway.Up && gateway.VnetId != own.Id
            && gateway.Connections.Any(one => one.Up && one.CircuitId == circuit.Id)
        from vnet in network.Vnets
        where vnet.Id == gateway.VnetId
        from prefix in vnet.Prefixes
        select prefix;
}
