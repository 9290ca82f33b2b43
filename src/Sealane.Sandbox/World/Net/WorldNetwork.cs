using Sealane.Core.Routing;

namespace Sealane.Sandbox.World.Net;

/// <summary>The world as the routing model sees it.</summary>
internal static class WorldNetwork
{
    public static Network Of(SandboxWorld world, IReadOnlyList<TunnelEnds> tunnels) => new()
    {
        Vpcs = AwsBoxes.Vpcs(world.Aws),
        TransitGateways = AwsBoxes.TransitGateways(world.Aws),
        DxGateways = AwsBoxes.DxGateways(world.Aws),
        Mcrs = MegaportBoxes.Mcrs(world),
        Circuits = AzureBoxes.Circuits(world.Azure),
        ExpressRouteGateways = AzureBoxes.ExpressRouteGateways(world.Azure),
        VpnGateways = AzureBoxes.VpnGateways(world.Azure, tunnels),
        Vnets = AzureBoxes.Vnets(world.Azure),
        VirtualPrivateGateways = AwsBoxes.VirtualPrivateGateways(world.Aws),
        VpcPeerings = AwsBoxes.VpcPeerings(world.Aws),
        RouteServers = AzureBoxes.RouteServers(world.Azure),
        Holes = MegaportBoxes.Holes(world),
        Ignore = world.Ignore,
        Tunnels = [.. tunnels.Select(tunnel => tunnel.ToTunnel(world))],
    };
}
