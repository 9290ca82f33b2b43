using System.Collections.Immutable;
using Sealane.Core.Routing;
using Sealane.Sandbox.Aws;
using Routing = Sealane.Core.Routing;

namespace Sealane.Sandbox.World.Net;

/// <summary>The AWS account as boxes of the routing model.</summary>
internal static class AwsBoxes
{
    public static ImmutableArray<Routing.Vpc> Vpcs(AwsState aws) =>
    [
        .. aws.Vpcs.Select(vpc => new Routing.Vpc
        {
            Id = vpc.Id,
            Prefixes = [.. vpc.Prefixes],
            RouteTables =
                [.. aws.VpcRouteTables.Where(table => table.VpcId == vpc.Id).Select(table => Table(aws, table))],
        }),
    ];

    public static ImmutableArray<Routing.TransitGateway> TransitGateways(AwsState aws) =>
    [
        .. aws.TransitGateways.Where(gateway => gateway.State != "deleted").Select(gateway => new Routing.TransitGateway
        {
            Id = gateway.Id,
            Asn = gateway.AmazonSideAsn,
            Cidrs = [.. gateway.Prefixes],
            VpnEcmp = gateway.Ecmp,
            Attachments =
            [
                .. aws.Attachments.Where(attachment => attachment.TransitGatewayId == gateway.Id && attachment.IsUsable)
                    .Select(attachment => Attachment(aws, attachment)),
            ],
            RouteTables =
            [
                .. aws.RouteTables.Where(table => table.TransitGatewayId == gateway.Id && table.IsLive)
                    .Select(table => new Routing.TransitGatewayRouteTable
                    {
                        Id = table.Id,
                        StaticRoutes =
                            [.. table.StaticRoutes.Select(route =>
                                new Routing.TransitGatewayStaticRoute(route.Prefix, route.AttachmentId))],
                    }),
            ],
        }),
    ];

    public static ImmutableArray<Routing.DxGateway> DxGateways(AwsState aws) =>
    [
        .. aws.DxGateways.Where(gateway => gateway.IsLive).Select(gateway => new Routing.DxGateway
        {
            Id = gateway.Id,
            Asn = gateway.AmazonSideAsn,
            Associations =
            [
                .. aws.DxAssociations.Where(association => association.DxGatewayId == gateway.Id
                    && association is { IsUsable: true, ToVpnGateway: false })
                    .Select(association =>
                        new Routing.DxGatewayAssociation(association.TransitGatewayId, [.. association.Announced])),
            ],
            VirtualInterfaces =
            [
                .. aws.VifsOf(gateway.Id).Where(vif => vif is { IsProvisioned: true, Ipv4Peer.Amazon: not null })
                    .Select(vif => new VirtualInterface(vif.Id, vif.Ipv4Peer!.Amazon!.Value.Address)),
            ],
        }),
    ];

    private static Routing.VpcRouteTable Table(AwsState aws, Aws.VpcRouteTable table) => new()
    {
        Id = table.Id,
        Main = table.Main,
        Subnets = [.. aws.Subnets.Where(subnet => table.SubnetIds.Contains(subnet.Id)).Select(subnet => subnet.Prefix)],
        Routes =
        [
            .. table.Routes.Where(route => route is { Prefix: not null, ToTransitGateway: true })
                .Select(route =>
                    new Routing.VpcRoute(route.Prefix!.Value, VpcRouteTarget.TransitGateway, route.TargetId)),
        ],
    };

    private static Routing.TransitGatewayAttachment Attachment(AwsState aws, Aws.TransitGatewayAttachment attachment) =>
        new()
        {
            Id = attachment.Id,
            Kind = attachment.ResourceType switch
            {
                Aws.TransitGatewayAttachment.VpcType => AttachmentKind.Vpc,
                Aws.TransitGatewayAttachment.VpnType => AttachmentKind.Vpn,
                Aws.TransitGatewayAttachment.ConnectType => AttachmentKind.Connect,
                Aws.TransitGatewayAttachment.PeeringType => AttachmentKind.Peering,
                _ => AttachmentKind.DirectConnectGateway,
            },
            ResourceId = attachment.ResourceId,
            AssociatedTableId = aws.AssociatedTable(attachment.Id)?.Id,
            PropagatesTo =
            [.. aws.RouteTables.Where(table => table.Propagations.Contains(attachment.Id)).Select(table => table.Id)],
        };
}
