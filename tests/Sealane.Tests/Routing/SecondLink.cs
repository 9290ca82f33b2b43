using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>The transport of a second link between the same two networks, without tunnels.</summary>
internal static class SecondLink
{
    public static Network Of(Network network)
    {
        var (tgw, dx, mcr, circuit) = (network.TransitGateways[0], network.DxGateways[0], network.Mcrs[0],
            network.Circuits[0]);
        string Id(string id) => "2-" + id;
        return network with
        {
            TransitGateways =
            [
                tgw with
                {
                    Id = Id(tgw.Id),
                    Cidrs = [],
                    Attachments = [.. tgw.Attachments.Where(one => one.Kind != AttachmentKind.Vpn)
                        .Select(one => one with
                    {
                        Id = Id(one.Id),
                        ResourceId = one.Kind == AttachmentKind.Vpc ? one.ResourceId : Id(one.ResourceId),
                        AssociatedTableId = Id(one.AssociatedTableId!),
                        PropagatesTo = [.. one.PropagatesTo.Select(Id)],
                    })],
                    RouteTables = [.. tgw.RouteTables.Select(table => table with { Id = Id(table.Id) })],
                },
            ],
            DxGateways =
            [
                dx with
                {
                    Id = Id(dx.Id),
                    Associations = [.. dx.Associations.Select(one => one with { GatewayId = Id(one.GatewayId) })],
                    VirtualInterfaces = [.. dx.VirtualInterfaces.Select(one => one with { Id = Id(one.Id) })],
                },
            ],
            Mcrs =
            [
                mcr with
                {
                    Id = Id(mcr.Id),
                    Interfaces = [.. mcr.Interfaces.Select(port => port with
                    {
                        VxcId = Id(port.VxcId),
                        FarEnd = Id(port.FarEnd!),
                        StaticRoutes = [],
                        Sessions = [.. port.Sessions.Select(session => session with { Id = Id(session.Id) })],
                    })],
                },
            ],
            Circuits = [circuit with { Id = Id(circuit.Id), Paths = [.. circuit.Paths.Select(
                path => path with { Id = Id(path.Id) })] }],
            ExpressRouteGateways =
            [
                network.ExpressRouteGateways[0] with
                {
                    Id = Id(network.ExpressRouteGateways[0].Id),
                    Connections = [new(Id("connection"), Id(circuit.Id))],
                },
            ],
        };
    }
}
