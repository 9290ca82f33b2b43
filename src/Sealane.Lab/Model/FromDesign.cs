using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Lab.Model;

/// <summary>
/// The lab's network of a design. What only a cloud can choose is chosen here: outside addresses from the transit
/// gateway's CIDR, gateway addresses from GatewaySubnet; where the design says "as found", 10.1.0.0/16 and 10.2.0.0/16.
/// </summary>
public static class FromDesign
{
    // The guide's link has .18 and .80; a second VPN connection takes two others of the same block.
    private static readonly long[] s_awsHosts = [18, 80, 33, 97];

    public static LabNetwork Of(NetworkDesign design, LinkKeys keys, bool bfd = false)
    {
        var vnets = design.Vnets.Select((vnet, at) => (vnet.Key, Prefixes: Known(vnet.Prefixes, StandIn.OfVnet(at))))
            .ToList();
        var azure = vnets.SelectMany(vnet => vnet.Prefixes).ToList();
        var vpcs = design.Vpcs.Select((vpc, at) =>
            new LabVpc(vpc.Key.ToString(), Known(vpc.Prefixes, StandIn.OfVpc(at)), azure)).ToList();
        var hub = vnets[0].Prefixes[0];
        var gatewaySubnet = design.Vnets[0].GatewaySubnet ?? new Prefix(hub.Network, Math.Max(27, hub.Length));
        var instances = design.VpnGateway.Instances
            .Select((_, at) => new LabInstance(at, gatewaySubnet.Host(6 + at))).ToList();
        var instanceKeys = design.VpnGateway.Instances.Select(instance => instance.Key).ToList();
        var cidr = design.TransitGateway.Cidr;
        var tunnels = design.VpnConnections.SelectMany(vpn => vpn.Tunnels.Select(tunnel => (vpn.Instance, tunnel)))
            .Select((end, at) => new LabTunnel(
                end.tunnel.Number, instanceKeys.IndexOf(end.Instance.Key),
                cidr.Host(Math.Min(s_awsHosts[at], cidr.Size - 2 - at)), end.tunnel.AwsInside, end.tunnel.AzureInside,
                keys.Tunnel(end.tunnel.Number), keys.Tunnel(end.tunnel.Number))).ToList();
        var isolation = design.TransitGateway.Isolation;
        var guide = design.Link.Order == BuildOrder.Guide;
        return new()
        {
            Name = design.Name,
            TransitGateway = new(design.TransitGateway.Asn, cidr,
                Propagates: isolation is TransitGatewayIsolation.Propagated or TransitGatewayIsolation.Shared,
                Associates: isolation == TransitGatewayIsolation.Shared),
            DxGateway = new(design.DxGateway.Asn, guide
                ? [.. design.DxGateway.AllowedPrefixes.Union(vpcs.SelectMany(vpc => vpc.Prefixes))]
                : design.DxGateway.AllowedPrefixes),
            Vpcs = vpcs,
            Routers = [.. design.Routers.Select(router => Router(design, router, keys, tunnels, instances, bfd))],
            Vnets = [.. vnets.Select(vnet => new LabVnet(vnet.Key.ToString(), vnet.Prefixes))],
            GatewaySubnet = gatewaySubnet,
            Instances = instances,
            VpnGatewayAsn = design.VpnGateway.Asn,
            Tunnels = tunnels,
            Ipsec = design.Ipsec,
        };
    }

    private static IReadOnlyList<Prefix> Known(IReadOnlyList<Prefix> prefixes, Prefix otherwise) =>
        prefixes.Count > 0 ? prefixes : [otherwise];

    private static LabRouter Router(NetworkDesign design, RouterDesign router, LinkKeys keys,
        IReadOnlyList<LabTunnel> tunnels, IReadOnlyList<LabInstance> instances, bool bfd)
    {
        var aws = tunnels.Select(tunnel => tunnel.AwsOutside.ToPrefix()).Distinct().ToList();
        var azure = instances.Select(instance => instance.Address.ToPrefix()).Distinct().ToList();
        // The guide has no import filters.
        var imports = design.Link.Order == BuildOrder.LocksFirst;
        return new(router.Key.ToString(), router.Asn,
        [
            .. design.AwsVxcs.Where(vxc => vxc.Router == router).Select(vxc => Leg(
                Port(vxc.Key, "aws", $"aws{design.AwsVxcs.ToList().IndexOf(vxc) + 1}"), Cloud.Aws, "dxgw",
                vxc.McrAddress, vxc.AmazonAddress.Address, design.DxGateway.Asn,
                keys.AwsBgp(vxc.Key), own: aws, other: azure, imports, bfd, router.Prepends)),
            .. design.AzureVxcs.Where(vxc => vxc.Router == router).Select(vxc =>
            {
                var port = vxc.Port == CircuitPort.Primary ? "primary" : "secondary";
                return Leg(
                    Port(vxc.Circuit.Key, $"azure-{port}",
                        $"azure{design.Circuits.ToList().IndexOf(vxc.Circuit) + 1}-{port[..3]}"), Cloud.Azure,
                            vxc.Circuit.Key.On($"msee-{port}"),
                    new(vxc.McrAddress, 30),
                    vxc.MicrosoftAddress, Msee.Asn, keys.AzureBgp(vxc.Circuit.Key), own: azure, other: aws, imports,
                    bfd, router.Prepends);
            }),
        ]);
    }

    // A leg's name is its interface's too, of which Linux takes 15 letters.
    private static string Port(PartKey key, string name, string numbered) =>
        key.On(name) is { Length: <= 15 } fits ? fits : numbered;

    private static LabLeg Leg(string name, Cloud cloud, string far, InterfaceAddress mcr, Ipv4 address, long asn,
        Secret key, IReadOnlyList<Prefix> own, IReadOnlyList<Prefix> other, bool imports, bool bfd,
        int prepends) =>
        new(name, cloud, far, mcr, address)
        {
            Statics = [.. own.Select(prefix => new LabMcrStatic(prefix, address))],
            Session = new()
            {
                PeerAsn = asn,
                McrKey = key,
                CloudKey = key,
                Import = imports ? LabFilter.Of(own) : null,
                Export = LabFilter.Of(other),
                Bfd = bfd,
                Prepend = prepends,
            },
        };
}
