using Sealane.Core.Design;

namespace Sealane.Core.Routing;

/// <summary>
/// The network that a design will become, so that it is judged before it exists. Addresses that only a cloud can
/// choose are illustrative: two of the transit gateway's CIDR for the tunnels, one of GatewaySubnet for the VPN
/// gateway; where the design says "as found", the VPC is 10.1.0.0/16 and the VNet 10.2.0.0/16. Ids are the design's
/// names.
/// </summary>
public static class DesignNetwork
{
    public static Network Of(NetworkDesign design)
    {
        var (vpc, vnet) = (ProtectedAws(design), ProtectedAzure(design));
        var names = design.Names;
        var gatewaySubnet = design.Azure.GatewaySubnet ?? new Prefix(vnet[0].Network, Math.Max(27, vnet[0].Length));
        var gatewayAddress = Address(gatewaySubnet, 6);
        var tunnels = design.Tunnels.Select(tunnel => new Tunnel
        {
            Id = $"tunnel-{tunnel.Number}",
            TransitGatewayId = names.TransitGateway,
            AttachmentId = names.VpnConnection + "-attachment",
            TransportAttachmentId = names.DxGateway + "-attachment",
            AwsOutside = Address(design.Aws.TransitGatewayCidr, 18 + (62 * (tunnel.Number - 1))),
            AwsInside = tunnel.AwsInside,
            VpnGatewayId = names.VpnGateway,
            InstanceId = names.VpnGateway + "-0",
            AzureOutside = gatewayAddress,
            AzureInside = tunnel.AzureInside,
        }).ToList();
        return new Network
        {
            Vpcs = [Vpc(design, vpc, vnet)],
            TransitGateways = [TransitGateway(design)],
            DxGateways =
            [
                new()
                {
                    Id = names.DxGateway,
                    Asn = design.Aws.DxGatewayAsn,
                    Associations = [new(names.TransitGateway, [.. design.Aws.AllowedPrefixes])],
                    VirtualInterfaces = [new(names.TransitVif, design.Megaport.AmazonAddress.Address)],
                },
            ],
            Mcrs = [Mcr(design, tunnels)],
            Circuits =
            [
                new()
                {
                    Id = names.Circuit,
                    Paths =
                    [
                        new(names.Circuit + "/primary", "primary", design.Megaport.MicrosoftAddress),
                        new(names.Circuit + "/secondary", "secondary", design.Megaport.AzureSecondary.Host(2)),
                    ],
                },
            ],
            ExpressRouteGateways =
            [
                new()
                {
                    Id = names.ExpressRouteGateway,
                    VnetId = VnetId(design),
                    Addresses = [Address(gatewaySubnet, 12), Address(gatewaySubnet, 13)],
                    Connections = [new(names.ExpressRouteConnection, names.Circuit)],
                },
            ],
            VpnGateways =
            [
                new()
                {
                    Id = names.VpnGateway,
                    VnetId = VnetId(design),
                    Asn = design.Azure.VpnGatewayAsn,
                    Instances = [new(names.VpnGateway + "-0", gatewayAddress)],
                },
            ],
            Vnets =
            [
                new() { Id = VnetId(design), Prefixes = [.. vnet],
                    Subnets = [new() { Id = "GatewaySubnet", Prefix = gatewaySubnet }] },
            ],
            Tunnels = [.. tunnels],
        };
    }

    /// <summary>The VPC's prefixes as far as the design knows them.</summary>
    public static IReadOnlyList<Prefix> ProtectedAws(NetworkDesign design) =>
        design.Aws.VpcPrefixes.Count > 0 ? design.Aws.VpcPrefixes : [Prefix.Parse("10.1.0.0/16")];

    /// <summary>The VNet's prefixes as far as the design knows them.</summary>
    public static IReadOnlyList<Prefix> ProtectedAzure(NetworkDesign design) =>
        design.Azure.VnetPrefixes.Count > 0 ? design.Azure.VnetPrefixes : [Prefix.Parse("10.2.0.0/16")];

    private static string VnetId(NetworkDesign design) => design.Spec.Azure.Vnet;

    private static Ipv4 Address(Prefix prefix, long host) => prefix.Host(Math.Min(host, prefix.Size - 1));

    private static Vpc Vpc(NetworkDesign design, IReadOnlyList<Prefix> vpc, IReadOnlyList<Prefix> vnet) => new()
    {
        Id = design.Aws.VpcId,
        Prefixes = [.. vpc],
        RouteTables =
        [
            new()
            {
                Id = design.Aws.RouteTableIds.Count > 0 ? design.Aws.RouteTableIds[0] : design.Aws.VpcId + "-main",
                Main = true,
                Routes = [.. vnet.Select(p =>
                    new VpcRoute(p, VpcRouteTarget.TransitGateway, design.Names.TransitGateway))],
            },
        ],
    };

    private static TransitGateway TransitGateway(NetworkDesign design)
    {
        var names = design.Names;
        var (workload, transport) = (names.WorkloadRouteTable, names.TransportRouteTable);
        return new()
        {
            Id = names.TransitGateway,
            Asn = design.Aws.TransitGatewayAsn,
            Cidrs = [design.Aws.TransitGatewayCidr],
            RouteTables = [new() { Id = workload }, new() { Id = transport }],
            Attachments =
            [
                new()
                {
                    Id = names.VpcAttachment,
                    Kind = AttachmentKind.Vpc,
                    ResourceId = design.Aws.VpcId,
                    AssociatedTableId = workload,
                    PropagatesTo = [workload],
                },
                new()
                {
                    Id = names.VpnConnection + "-attachment",
                    Kind = AttachmentKind.Vpn,
                    ResourceId = names.VpnConnection,
                    AssociatedTableId = workload,
                    PropagatesTo = [workload],
                },
                new()
                {
                    Id = names.DxGateway + "-attachment",
                    Kind = AttachmentKind.DirectConnectGateway,
                    ResourceId = names.DxGateway,
                    AssociatedTableId = transport,
                    PropagatesTo = design.Aws.Isolation == TransitGatewayIsolation.Propagated ? [workload] : [],
                },
            ],
        };
    }

    private static Mcr Mcr(NetworkDesign design, IReadOnlyList<Tunnel> tunnels)
    {
        var names = design.Names;
        var megaport = design.Megaport;
        var aws = tunnels.Select(tunnel => tunnel.AwsOutside.ToPrefix()).Distinct().ToList();
        var azure = tunnels.Select(tunnel => tunnel.AzureOutside.ToPrefix()).Distinct().ToList();
        return new()
        {
            Id = names.Mcr,
            Asn = megaport.McrAsn,
            Interfaces =
            [
                new()
                {
                    VxcId = names.AwsVxc,
                    Addresses = [megaport.McrToAws],
                    FarEnd = names.TransitVif,
                    StaticRoutes = [.. aws.Select(p => new McrStaticRoute(p, megaport.AmazonAddress.Address))],
                    Sessions =
                    [
                        new()
                        {
                            Id = names.AwsVxc + "/bgp",
                            LocalAddress = megaport.McrToAws.Address,
                            PeerAddress = megaport.AmazonAddress.Address,
                            PeerAsn = design.Aws.DxGatewayAsn,
                            ImportWhitelist = PrefixFilter.Permit(names.AwsImport, aws),
                            ExportWhitelist = PrefixFilter.Permit(names.AwsExport, azure),
                        },
                    ],
                },
                new()
                {
                    VxcId = names.AzureVxc,
                    Addresses = [new(megaport.McrToAzure, 30)],
                    FarEnd = names.Circuit + "/primary",
                    StaticRoutes = [.. azure.Select(p => new McrStaticRoute(p, megaport.MicrosoftAddress))],
                    Sessions =
                    [
                        new()
                        {
                            Id = names.AzureVxc + "/bgp",
                            LocalAddress = megaport.McrToAzure,
                            PeerAddress = megaport.MicrosoftAddress,
                            PeerAsn = Msee.Asn,
                            ImportWhitelist = PrefixFilter.Permit(names.AzureImport, azure),
                            ExportWhitelist = PrefixFilter.Permit(names.AzureExport, aws),
                        },
                    ],
                },
            ],
        };
    }
}
