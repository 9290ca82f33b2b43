using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;

namespace Sealane.Sandbox.World.Mistakes;

/// <summary>
/// Each single thing of a link that can fail, made to fail in the world: what a drill does. The texts are the names
/// that the routing model has for them, the words are the same without spaces: <c>fail-vxc-sydney-azure</c>.
/// </summary>
public static class SingleFailures
{
    public static IReadOnlyList<Mistake> Of(NetworkDesign design) =>
    [
        .. design.Tunnels.SelectMany(Tunnel),
        .. design.AwsVxcs.Select(vxc => One($"VXC {vxc.Name}", link => link.Vxc(vxc).Shutdown = true)),
        .. design.AzureVxcs.Select(vxc => One($"VXC {vxc.Name}", link => link.Vxc(vxc).Shutdown = true)),
        .. design.AwsVxcs.Select(vxc => One($"BGP session {vxc.Name}/bgp", link => Shut(link.Vxc(vxc)))),
        .. design.AzureVxcs.Select(vxc => One($"BGP session {vxc.Name}/bgp", link => Shut(link.Vxc(vxc)))),
        .. design.AwsVxcs.Select(vxc =>
            One($"VIF {vxc.VifName}", link => link.World.Enter(link.Vif(vxc), "deleted"))),
        .. design.Circuits.SelectMany(Circuit),
        .. design.Circuits.Where(design.Redeems).Select(Withdrawn),
        .. design.VpnGateway.Instances.Index().Select(each => One(
            $"VPN gateway instance {design.VpnGateway.Name}-{each.Index}",
            link => link.VpnGateway.Facts.Items("instances")[each.Index]!["dead"] = true)),
        .. design.Vpcs.Select(vpc => One($"attachment {vpc.AttachmentName}",
            link => link.World.Enter(link.Attachment(vpc), "failed"))),
        .. design.Vnets.Where(vnet => !vnet.Key.IsNone).SelectMany(spoke => new[]
        {
            Peering(design.Vnets[0], spoke), Peering(spoke, design.Vnets[0]),
        }),
        One($"attachment {design.DxGateway.Name}-attachment", link => link.World.Enter(link.DxAttachment, "failed")),
        .. design.Routers.Count > 1 ? design.Routers.Select(router => One(
            $"MCR {router.Name}", link => link.World.Enter(link.Mcr(router), ProductStatus.Decommissioned))) : [],
        Mistake.Of("fail-all-tunnels", "all tunnels", [.. design.Tunnels.Select(tunnel => Tunnel(tunnel).First())]),
    ];

    private static Mistake Peering(VnetDesign near, VnetDesign far) => One(
        $"VNet peering {near.Label()}/{far.Label()}",
        link => link.World.Azure.Resources.Remove(link.Peering(near, far)));

    private static IEnumerable<Mistake> Tunnel(TunnelDesign tunnel) =>
    [
        // AWS has no switch for a tunnel. An encryption that Azure's policy does not offer stops it as well.
        One($"tunnel tunnel-{tunnel.Number}", link => link.AwsTunnel(tunnel.Number).Options.Phase1Encryption =
            [link.Design.Ipsec.Phase1Encryption == "AES128" ? "AES256" : "AES128"]),
        One($"BGP in tunnel tunnel-{tunnel.Number}", link =>
        {
            var gateway = link.LocalGateway(tunnel.Number);
            gateway.Properties.At("bgpSettings")!["asn"] = link.Design.TransitGateway.Asn - 1;
            link.World.Azure.Stamp(link.World, gateway);
        }),
    ];

    private static IEnumerable<Mistake> Circuit(CircuitDesign circuit) =>
    [
        .. from path in new[] { "primary", "secondary" }
           select One($"circuit path {circuit.Name}/{path}",
               link => link.Circuit(circuit).Facts["deadPaths"] = new JsonArray(path)),
        One($"ExpressRoute connection {circuit.ConnectionName}",
            link => link.World.Azure.Remove(link.Connection(circuit))),
    ];

    /// <summary>Its owner takes back what the connection redeemed.</summary>
    private static Mistake Withdrawn(CircuitDesign circuit) => One($"authorization {circuit.Name}",
        link => OperationEnd.Drop(link.World, link.Authorization(circuit)));

    private static void Shut(Vxc vxc)
    {
        foreach (var port in vxc.Interfaces)
        {
            port.BgpConnections = [.. port.BgpConnections.Select(session => session with { Shutdown = true })];
        }
    }

    private static Mistake One(string what, Action<LinkInWorld> make) => new(
        "fail-" + what.Replace(' ', '-').Replace('/', '-').ToLowerInvariant(), what, make);
}
