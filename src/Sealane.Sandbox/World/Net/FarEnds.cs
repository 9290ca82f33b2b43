using Sealane.Core;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Net;

/// <summary>Names of sessions: one place that knows how they are written.</summary>
internal static class SessionIds
{
    /// <summary>BGP between an MCR and what stands at the far end of a VXC.</summary>
    public static string Transport(string farEnd) => $"transport/{farEnd}";

    public static string Ipsec(string tunnelId) => $"ipsec/{tunnelId}";

    /// <summary>BGP inside a tunnel.</summary>
    public static string Overlay(string tunnelId) => $"bgp/{tunnelId}";

    /// <summary>A tunnel is known by its VPN connection and AWS's outside address.</summary>
    public static string Tunnel(string vpnConnectionId, string outsideAddress) => $"{vpnConnectionId}/{outsideAddress}";

    public static string Path(string circuitId, string path) => $"{circuitId.ToLowerInvariant()}/{path}";
}

/// <summary>What answers at the other end of a VXC.</summary>
internal static class FarEnds
{
    /// <summary>The VIF on the hosted connection, or the circuit's path; null while there is none.</summary>
    public static string? Of(SandboxWorld world, Vxc vxc) => vxc switch
    {
        { Aws.ConnectionId: { } connection } =>
            world.Aws.Vifs.Find(vif => vif.ConnectionId == connection && vif.IsProvisioned)?.Id,
        { Azure: { } azure } when world.Azure.FindCircuit(azure.ServiceKey) is { } circuit =>
            SessionIds.Path(circuit.ResourceId, azure.Path),
        _ => null,
    };

    /// <summary>What an MCR finds at an address of one of its VXCs.</summary>
    public static McrNeighbour At(SandboxWorld world, string mcrUid, Ipv4 address)
    {
        foreach (var vxc in world.Megaport.VxcsOf(mcrUid).Where(vxc => vxc is { Ready: true, Shutdown: false }))
        {
            if (Of(world, vxc) is { } farEnd && Addresses(world, vxc).Contains(address))
            {
                return world.Sessions.IsUp(SessionIds.Transport(farEnd))
                    ? McrNeighbour.Established : McrNeighbour.Reachable;
            }
        }
        return McrNeighbour.Absent;
    }

    private static IEnumerable<Ipv4> Addresses(SandboxWorld world, Vxc vxc) => vxc switch
    {
        { Aws.ConnectionId: { } connection } => world.Aws.Vifs
            .Where(vif => vif.ConnectionId == connection && vif.IsProvisioned)
            .Select(vif => vif.Ipv4Peer?.Amazon?.Address).OfType<Ipv4>(),
        { Azure: { } azure } when world.Azure.FindCircuit(azure.ServiceKey) is { Peerings: [var peering, ..] } =>
            [(azure.Path == "secondary" ? peering.Secondary : peering.Primary).Host(2)],
        _ => [],
    };
}
