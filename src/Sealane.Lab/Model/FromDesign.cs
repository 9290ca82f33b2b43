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
        var vpc = Known(design.Aws.VpcPrefixes, "10.1.0.0/16");
        var vnet = Known(design.Azure.VnetPrefixes, "10.2.0.0/16");
        var gatewaySubnet = design.Azure.GatewaySubnet ?? new Prefix(vnet[0].Network, Math.Max(27, vnet[0].Length));
        IReadOnlyList<LabInstance> instances = [new(0, gatewaySubnet.Host(6))];
        var cidr = design.Aws.TransitGatewayCidr;
        var tunnels = design.Tunnels.Select((tunnel, at) => new LabTunnel(
            tunnel.Number, 0, cidr.Host(Math.Min(s_awsHosts[at], cidr.Size - 2 - at)), tunnel.AwsInside,
                tunnel.AzureInside,
            keys.Tunnel(tunnel.Number), keys.Tunnel(tunnel.Number))).ToList();
        return new()
        {
            Name = design.Name,
            TransitGateway = new(design.Aws.TransitGatewayAsn, cidr,
                Propagates: design.Aws.Isolation
                    is TransitGatewayIsolation.Propagated or TransitGatewayIsolation.Shared,
                Associates: design.Aws.Isolation == TransitGatewayIsolation.Shared),
            DxGateway = new(design.Aws.DxGatewayAsn, design.Order == BuildOrder.Guide
                ? [.. design.Aws.AllowedPrefixes.Union(vpc)] : design.Aws.AllowedPrefixes),
            Vpcs = [new("", vpc, vnet)],
            Routers = [Router(design, keys, tunnels, instances, bfd)],
            Vnets = [new("", vnet)],
            GatewaySubnet = gatewaySubnet,
            Instances = instances,
            VpnGatewayAsn = design.Azure.VpnGatewayAsn,
            Tunnels = tunnels,
            Ipsec = design.Ipsec,
        };
    }

    private static IReadOnlyList<Prefix> Known(IReadOnlyList<Prefix> prefixes, string otherwise) =>
        prefixes.Count > 0 ? prefixes : [Prefix.Parse(otherwise)];

    private static LabRouter Router(NetworkDesign design, LinkKeys keys, IReadOnlyList<LabTunnel> tunnels,
        IReadOnlyList<LabInstance> instances, bool bfd)
    {
        var aws = tunnels.Select(tunnel => tunnel.AwsOutside.ToPrefix()).Distinct().ToList();
        var azure = instances.Select(instance => instance.Address.ToPrefix()).Distinct().ToList();
        // The guide has no import filters.
        var imports = design.Order == BuildOrder.LocksFirst;
        var megaport = design.Megaport;
        return new("", megaport.McrAsn,
        [
            Leg("aws", Cloud.Aws, "dxgw", megaport.McrToAws, megaport.AmazonAddress.Address, design.Aws.DxGatewayAsn,
                keys.AwsBgp, own: aws, other: azure, imports, bfd),
            Leg("azure-primary", Cloud.Azure, "msee-primary", new(megaport.McrToAzure, 30), megaport.MicrosoftAddress,
                MseeAsn, keys.AzureBgp, own: azure, other: aws, imports, bfd),
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
