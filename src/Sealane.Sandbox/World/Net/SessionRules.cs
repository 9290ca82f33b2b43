using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Net;

/// <summary>Whether two configured ends of a BGP session fit: the reason why not, or nothing.</summary>
internal static class SessionRules
{
    /// <summary>MCR and the gateway behind a VIF.</summary>
    public static string Vif(SandboxWorld world, Aws.DxVif vif)
    {
        if (world.Aws.Connections.Find(connection => connection.Id == vif.ConnectionId)
            is not { IsUsable: true } connection)
        {
            return "the hosted connection is not available";
        }
        if (world.Megaport.Vxcs.Find(vxc => !vxc.Ended && vxc.Aws?.ConnectionId == connection.Id) is not { } vxc)
        {
            return "no VXC leads to the hosted connection";
        }
        if (vif is not { IsProvisioned: true, Ipv4Peer: { Amazon: { } amazon, Customer: { } customer } peer })
        {
            return "the virtual interface is not provisioned or has no IPv4 peer";
        }
        if (vif.Type != Aws.DxVif.Public && AsnOfGateway(world, vif) is null)
        {
            return "there is no gateway behind the virtual interface";
        }
        if (vxc.BVlan != vif.Vlan)
        {
            return $"VLAN {vif.Vlan} at AWS, {vxc.BVlan} at Megaport";
        }
        return Mcr(world, vxc, customer.Address, amazon.Address, peer.Asn,
            AsnOfGateway(world, vif) ?? Aws.DirectConnect.VifJson.PublicAsn, peer.AuthKey);
    }

    public static long? AsnOfGateway(SandboxWorld world, Aws.DxVif vif) =>
        world.Aws.DxGateways.Find(gateway => gateway.Id == vif.DxGatewayId)?.AmazonSideAsn
        ?? world.Aws.VpnGateways.Find(gateway => gateway.Id == vif.VirtualGatewayId && gateway.IsLive)?.AmazonSideAsn;

    /// <summary>MCR and Microsoft edge on one path of a circuit.</summary>
    public static string Edge(SandboxWorld world, Vxc vxc, ProviderCircuit circuit)
    {
        if (circuit.Peerings is not [var peering, ..])
        {
            return "the circuit has no private peering";
        }
        if (circuit.ProviderState != "Provisioned")
        {
            return $"the circuit is {circuit.ProviderState}";
        }
        if (world.Azure.ReadCircuit(circuit.ResourceId)?.DeadPaths.Contains(vxc.Azure!.Path) == true)
        {
            return "Microsoft's router is dead";
        }
        var subnet = vxc.Azure!.Path == "secondary" ? peering.Secondary : peering.Primary;
        if (!vxc.Interfaces.Any(port => port.Vlan is null || port.Vlan == peering.Vlan))
        {
            return $"VLAN {peering.Vlan} at Microsoft, another at the MCR";
        }
        return Mcr(world, vxc, subnet.Host(1), subnet.Host(2), peering.PeerAsn, Msee.Asn, peering.SharedKey);
    }

    /// <summary>The MCR's end of a session, as its peer expects it.</summary>
    private static string Mcr(SandboxWorld world, Vxc vxc, Ipv4 mcrAddress, Ipv4 peerAddress, long mcrAsn, long peerAsn,
        string? key)
    {
        if (!vxc.Ready || vxc.Shutdown)
        {
            return $"the VXC is {(vxc.Shutdown ? "shut down" : vxc.State)}";
        }
        if (world.Megaport.FindMcr(vxc.McrUid) is not { Ready: true } mcr)
        {
            return "the MCR is not live";
        }
        if (vxc.Interfaces.SelectMany(port => port.BgpConnections)
            .FirstOrDefault(session => session.PeerAddress == peerAddress) is not { } session)
        {
            return $"the MCR has no BGP session to {peerAddress}";
        }
        return session.Shutdown ? "the MCR's session is shut down"
            : session.LocalAddress != mcrAddress
                ? $"the MCR speaks from {session.LocalAddress}, its peer expects {mcrAddress}"
            : session.PeerAsn != peerAsn ? $"the MCR expects AS {session.PeerAsn}, its peer is AS {peerAsn}"
            : (session.LocalAsn ?? mcr.Asn) != mcrAsn
                ? $"the peer expects AS {mcrAsn}, the MCR is AS {session.LocalAsn ?? mcr.Asn}"
            : (session.Password ?? "") != (key ?? "") ? "the MD5 keys differ"
            : "";
    }
}
