using System.Collections.Immutable;
using Sealane.Core;
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
                        StaticRoutes = [.. StaticRoutes(aws, table)],
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
            .. from route in table.Routes
               from prefix in Destinations(aws, route)
               select new Routing.VpcRoute(prefix, Target(route.TargetId), route.TargetId),
            .. from route in aws.PropagatedInto(table)
               where Prefix.TryParse(route.Cidr, out _)
               select new Routing.VpcRoute(Prefix.Parse(route.Cidr), Target(route.GatewayId), route.GatewayId),
        ],
    };

    /// <summary>A route by prefix list is one route a prefix.</summary>
    private static IEnumerable<Prefix> Destinations(AwsState aws, Aws.VpcRoute route) => route.ByPrefixList
        ? aws.PrefixLists.Where(list => list.Id == route.Destination).SelectMany(list => list.Prefixes)
        : route.Prefix is { } prefix ? [prefix] : [];

    /// <summary>Whatever is not the transit gateway takes the packet out of sight.</summary>
    private static VpcRouteTarget Target(string id) => id.StartsWith("tgw-", StringComparison.Ordinal)
        ? VpcRouteTarget.TransitGateway : VpcRouteTarget.Other;

    /// <summary>A table's own routes, then what it does with the prefixes of lists, which yield to them.</summary>
    private static IEnumerable<Routing.TransitGatewayStaticRoute> StaticRoutes(
        AwsState aws, Aws.TransitGatewayRouteTable table)
    {
        var own = table.StaticRoutes
            .Select(route => new Routing.TransitGatewayStaticRoute(route.Prefix, route.AttachmentId)).ToList();
        var listed =
            from reference in table.PrefixListReferences
            from prefix in aws.PrefixLists.Where(list => list.Id == reference.PrefixListId)
                .SelectMany(list => list.Prefixes)
            where own.TrueForAll(route => route.Prefix != prefix)
            select new Routing.TransitGatewayStaticRoute(prefix, reference.AttachmentId);
        return own.Concat(listed.ToList());
    }

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
