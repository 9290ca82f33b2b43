using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Lab.Model;

/// <summary>
/// The lab's network of a design. What only a cloud can choose is chosen here: outside addresses from the transit
/// gateway's CIDR, gateway addresses from GatewaySubnet; where the design says "as found", 10.1.0.0/16 and 10.2.0.0/16.
/// </summary>
public static class FromDesign
{
    /// <summary>Microsoft's edge routers.</summary>
    /// <remarks>https://learn.microsoft.com/azure/expressroute/expressroute-routing</remarks>
    public const long MseeAsn = 12076;

    // The guide's link has .18 and .80; a second VPN connection takes two others of the same block.
    private static readonly long[] s_awsHosts = [18, 80, 33, 97];

    public static LabNetwork Of(NetworkDesign design, LinkKeys keys, bool bfd = false)
    {
        var vpc = Known(design.Vpcs[0].Prefixes, "10.1.0.0/16");
        var vnet = Known(design.Vnets[0].Prefixes, "10.2.0.0/16");
        var gatewaySubnet = design.Vnets[0].GatewaySubnet ?? new Prefix(vnet[0].Network, Math.Max(27, vnet[0].Length));
        IReadOnlyList<LabInstance> instances = [new(0, gatewaySubnet.Host(6))];
        var cidr = design.TransitGateway.Cidr;
        var tunnels = design.Tunnels.Select((tunnel, at) => new LabTunnel(
            tunnel.Number, 0, cidr.Host(Math.Min(s_awsHosts[at], cidr.Size - 2 - at)), tunnel.AwsInside,
                tunnel.AzureInside,
            keys.Tunnel(tunnel.Number), keys.Tunnel(tunnel.Number))).ToList();
        return new()
        {
            Name = design.Name,
            TransitGateway = new(design.TransitGateway.Asn, cidr,
                Propagates: design.TransitGateway.Isolation
                    is TransitGatewayIsolation.Propagated or TransitGatewayIsolation.Shared,
                Associates: design.TransitGateway.Isolation == TransitGatewayIsolation.Shared),
            DxGateway = new(design.DxGateway.Asn, design.Link.Order == BuildOrder.Guide
                ? [.. design.DxGateway.AllowedPrefixes.Union(vpc)] : design.DxGateway.AllowedPrefixes),
            Vpcs = [new("", vpc, vnet)],
            Routers = [.. design.Routers.Select(router => Router(design, router, keys, tunnels, instances, bfd))],
            Vnets = [new("", vnet)],
            GatewaySubnet = gatewaySubnet,
            Instances = instances,
            VpnGatewayAsn = design.VpnGateway.Asn,
            Tunnels = tunnels,
            Ipsec = design.Ipsec,
        };
    }

    private static IReadOnlyList<Prefix> Known(IReadOnlyList<Prefix> prefixes, string otherwise) =>
        prefixes.Count > 0 ? prefixes : [Prefix.Parse(otherwise)];

    private static LabRouter Router(
        NetworkDesign design, RouterDesign router, LinkKeys keys, IReadOnlyList<LabTunnel> tunnels,
        IReadOnlyList<LabInstance> instances, bool bfd)
    {
        var aws = tunnels.Select(tunnel => tunnel.AwsOutside.ToPrefix()).Distinct().ToList();
        var azure = instances.Select(instance => instance.Address.ToPrefix()).Distinct().ToList();
        // The guide has no import filters.
        var imports = design.Link.Order == BuildOrder.LocksFirst;
        return new(router.Key.ToString(), router.Asn,
        [
            .. from vxc in design.AwsVxcs
               where vxc.Router.Key == router.Key
               select Leg(vxc.Key.On("aws"), Cloud.Aws, "dxgw", vxc.McrAddress, vxc.AmazonAddress.Address,
                   design.DxGateway.Asn, keys.AwsBgp(vxc.Key), own: aws, other: azure, imports, bfd),
            .. from vxc in design.AzureVxcs
               where vxc.Router.Key == router.Key
               let path = vxc.Port == CircuitPort.Primary ? "primary" : "secondary"
               select Leg(vxc.Circuit.Key.On($"azure-{path}"), Cloud.Azure, vxc.Circuit.Key.On($"msee-{path}"),
                   new(vxc.McrAddress, 30), vxc.MicrosoftAddress, MseeAsn, keys.AzureBgp(vxc.Circuit.Key), own: azure,
                   other: aws, imports, bfd),
        ]);
    }

    private static LabLeg Leg(string name, Cloud cloud, string far, InterfaceAddress mcr, Ipv4 address, long asn,
        Secret key, IReadOnlyList<Prefix> own, IReadOnlyList<Prefix> other, bool imports, bool bfd) =>
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
            },
        };
}
