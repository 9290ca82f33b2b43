using Sealane.Core.Routing;
using Sealane.Lab.Model;
using Sealane.Lab.Plan;

namespace Sealane.Judge;

/// <summary>The lab's network in the words of the routing model: the same configuration, handed to the
/// judged.</summary>
internal static class Modelled
{
    public const string Tgw = "tgw", Workload = "workload", TransportTable = "transport", Dx = "dxgw",
        Circuit = "circuit";
    public const string Er = "er-gateway", Vpn = "vpn-gateway", Vnet = "vnet", DxAttachment = "dx-attachment";

    public static Network Of(LabNetwork lab)
    {
        var vifs = lab.Legs.Where(leg => leg.Leg.Cloud == Cloud.Aws).ToList();
        return new()
        {
            Vpcs = [.. lab.Vpcs.Select(vpc => new Vpc
            {
                Id = "vpc:" + vpc.Key,
                Prefixes = [.. vpc.Prefixes],
                RouteTables =
                [
                    new()
                    {
                        Id = "rtb:" + vpc.Key,
                        Main = true,
                        Routes = [.. vpc.Routed.Select(
                            prefix => new VpcRoute(prefix, VpcRouteTarget.TransitGateway, Tgw)),
                            .. vpc.Blackholes.Select(prefix => new VpcRoute(prefix, VpcRouteTarget.Blackhole))],
                    },
                ],
            })],
            TransitGateways = [TransitGateway(lab)],
            DxGateways =
            [
                new()
                {
                    Id = Dx,
                    Asn = lab.DxGateway.Asn,
                    Associations = [new(Tgw, [.. lab.DxGateway.AllowedPrefixes])],
                    VirtualInterfaces = [.. vifs.Select(
                        (leg, at) => new VirtualInterface($"vif{at + 1}", leg.Leg.FarAddress))],
                },
            ],
            Mcrs = [.. lab.Routers.Select(router => Mcr(router, vifs))],
            Circuits =
            [
                new()
                {
                    Id = Circuit,
                    Paths = [.. lab.Legs.Where(leg => leg.Leg.Cloud == Cloud.Azure)
                        .Select(leg => new CircuitPath(leg.Leg.FarBox, leg.Leg.FarBox, leg.Leg.FarAddress))],
                },
            ],
            ExpressRouteGateways =
            [
                new()
                {
                    Id = Er,
                    VnetId = Vnet,
                    Addresses = [Compiler.ErAddress(lab)],
                    Connections = [new("er-connection", Circuit)],
                },
            ],
            VpnGateways =
            [
                new()
                {
                    Id = Vpn,
                    VnetId = Vnet,
                    Asn = lab.VpnGatewayAsn,
                    Instances = [.. lab.Instances.Select(
                        one => new VpnGatewayInstance($"{Vpn}-{one.Number}", one.Address))],
                },
            ],
            Vnets =
            [
                new()
                {
                    Id = Vnet,
                    Prefixes = [.. lab.Vnets[0].Prefixes],
                    SummarizedPrefixes = lab.SummarizedPrefixes is { } summary ? [.. summary] : null,
                    Peerings = [.. lab.Vnets.Skip(1).Select((vnet, at) => new VnetPeering
                    {
                        Id = $"peering-{at + 1}",
                        RemoteVnetId = $"spoke-{at + 1}",
                        RemotePrefixes = [.. vnet.Prefixes],
                        RemoteUsesGateways = true,
                    })],
                    Subnets = [new() { Id = "GatewaySubnet", Prefix = lab.GatewaySubnet }],
                },
            ],
            Tunnels = [.. lab.Tunnels.Select(tunnel => new Tunnel
            {
                Id = Compiler.Device(tunnel.Number),
                TransitGatewayId = Tgw,
                AttachmentId = Attachment(tunnel),
                TransportAttachmentId = DxAttachment,
                AwsOutside = tunnel.AwsOutside,
                AwsInside = tunnel.AwsInside,
                VpnGatewayId = Vpn,
                InstanceId = $"{Vpn}-{tunnel.Instance}",
                AzureOutside = lab.Instances.First(one => one.Number == tunnel.Instance).Address,
                AzureInside = tunnel.AzureInside,
                Up = tunnel.Configured && tunnel.AwsKey.Equals(tunnel.AzureKey) && tunnel.AwsPhase1Encryption is null,
                SessionUp = tunnel.AzurePeerAsn is null || tunnel.AzurePeerAsn == lab.TransitGateway.Asn,
            })],
            DxGatewayDropsUnannounced = lab.DxGateway.DropsUnannounced,
        };
    }

    public static string Attachment(LabTunnel tunnel) => $"vpn-attachment-{tunnel.Instance}";

    private static TransitGateway TransitGateway(LabNetwork lab) => new()
    {
        Id = Tgw,
        Asn = lab.TransitGateway.Asn,
        Cidrs = [lab.TransitGateway.Cidr],
        VpnEcmp = lab.TransitGateway.Ecmp,
        RouteTables =
        [
            new()
            {
                Id = Workload,
                StaticRoutes = [.. lab.TransitGateway.Statics.Select(
                    route => new TransitGatewayStaticRoute(route.Prefix, To(lab, route)))],
                PrefixLists = [.. lab.TransitGateway.Listed.Select((route, at) =>
                    new PrefixListReference($"pl-{at + 1}", [route.Prefix], To(lab, route)))],
            },
            new() { Id = TransportTable },
        ],
        Attachments =
        [
            .. lab.Vpcs.Select(vpc => new TransitGatewayAttachment
            {
                Id = "vpc:" + vpc.Key,
                Kind = AttachmentKind.Vpc,
                ResourceId = "vpc:" + vpc.Key,
                AssociatedTableId = Workload,
                PropagatesTo = lab.TransitGateway.VpcsInTransport ? [Workload, TransportTable] : [Workload],
            }),
            .. lab.Tunnels.Select(Attachment).Distinct().Select(id => new TransitGatewayAttachment
            {
                Id = id,
                Kind = AttachmentKind.Vpn,
                ResourceId = id,
                AssociatedTableId = Workload,
                PropagatesTo = [Workload],
            }),
            new()
            {
                Id = DxAttachment,
                Kind = AttachmentKind.DirectConnectGateway,
                ResourceId = Dx,
                AssociatedTableId = lab.TransitGateway.Associates ? Workload : TransportTable,
                PropagatesTo = lab.TransitGateway.Propagates ? [Workload] : [],
            },
        ],
    };

    private static string? To(LabNetwork lab, LabStaticRoute route) =>
        route.To switch { "vpc" => "vpc:" + lab.Vpcs[0].Key, "dx" => DxAttachment, _ => null };

    private static Mcr Mcr(LabRouter router, List<(LabRouter Router, LabLeg Leg)> vifs) => new()
    {
        Id = router.Box,
        Asn = router.Asn,
        Interfaces = [.. router.Legs.Select(leg => new McrInterface
        {
            VxcId = leg.Name,
            Addresses = [leg.McrAddress],
            // The edge routers and the other MCR are named by their boxes.
            FarEnd = leg.Cloud == Cloud.Aws ? $"vif{vifs.FindIndex(one => one.Router == router && one.Leg == leg) + 1}"
                : leg.FarBox,
            Up = leg.Up,
            StaticRoutes = [.. leg.Statics.Select(route => new McrStaticRoute(route.Prefix, route.NextHop))],
            Sessions = [Session(leg)],
        })],
    };

    private static McrBgpSession Session(LabLeg leg) => new()
    {
        Id = leg.Name,
        LocalAddress = leg.McrAddress.Address,
        PeerAddress = leg.FarAddress,
        PeerAsn = leg.Session.PeerAsn,
        LocalAsn = leg.Session.LocalAsn,
        Up = Equals(leg.Session.McrKey, leg.Session.CloudKey),
        Shutdown = leg.Session.Shutdown,
        PeerType = (McrPeerType)leg.Session.PeerType,
        ImportWhitelist = Filter(leg.Session.Import),
        ImportBlacklist = Filter(leg.Session.ImportDeny),
        ExportWhitelist = Filter(leg.Session.Export),
        ExportBlacklist = Filter(leg.Session.ExportDeny),
        MedIn = leg.Session.MedIn,
        MedOut = leg.Session.MedOut,
        PrependCount = leg.Session.Prepend,
        AsOverride = leg.Session.AsOverride,
        DenyExportTo = [.. leg.Session.DenyExportTo],
    };

    private static PrefixFilter? Filter(LabFilter? filter) => filter is null ? null
        : new("list", [.. filter.Entries.Select(
            entry => new PrefixFilterEntry(entry.Permit, entry.Prefix, entry.Ge, entry.Le))]);
}
