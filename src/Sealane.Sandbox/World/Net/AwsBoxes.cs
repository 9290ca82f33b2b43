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
            Ipv6 = vpc.Ipv6Cidrs.Count > 0,
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
                        StaticRoutes = [.. table.StaticRoutes.Select(route =>
                            new Routing.TransitGatewayStaticRoute(route.Prefix, route.AttachmentId))],
                        PrefixLists = [.. PrefixLists(aws, table)],
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
                .. from association in aws.DxAssociations
                   where association.DxGatewayId == gateway.Id && association.IsUsable
                   select new Routing.DxGatewayAssociation(association.TransitGatewayId, [.. association.Announced]),
            ],
            VirtualInterfaces = [.. Interfaces(aws.VifsOf(gateway.Id))],
        }),
        .. PrivateInterfaces(aws),
    ];

    /// <summary>A private VIF that ends on a virtual private gateway itself: the gateway announces its VPC.</summary>
    private static IEnumerable<Routing.DxGateway> PrivateInterfaces(AwsState aws) =>
        from gateway in aws.VpnGateways
        where gateway.IsAttached
        let vifs = Interfaces(aws.Vifs.Where(vif => vif.VirtualGatewayId == gateway.Id)).ToList()
        where vifs.Count > 0
        select new Routing.DxGateway
        {
            Id = gateway.Id,
            Asn = gateway.AmazonSideAsn,
            Associations = [new(gateway.Id, [.. PrefixesOf(aws, gateway.VpcId!)])],
            VirtualInterfaces = [.. vifs],
        };

    private static IEnumerable<VirtualInterface> Interfaces(IEnumerable<DxVif> vifs) =>
        vifs.Where(vif => vif is { IsProvisioned: true, Ipv4Peer.Amazon: not null }).Select(vif =>
            new VirtualInterface(vif.Id, vif.Ipv4Peer!.Amazon!.Value.Address)
            {
                Ipv6 = vif.Peers.Any(peer => peer.AddressFamily == "ipv6"),
            });

    public static ImmutableArray<VirtualPrivateGateway> VirtualPrivateGateways(AwsState aws) =>
    [
        .. aws.VpnGateways.Where(gateway => gateway.IsAttached).Select(gateway => new VirtualPrivateGateway
        {
            Id = gateway.Id,
            VpcId = gateway.VpcId!,
            PropagatesTo = [.. aws.VpcRouteTables.Where(table => table.PropagatingVgws.Contains(gateway.Id))
                .Select(table => table.Id)],
            VpnPrefixes =
            [
                .. from vpn in aws.VpnConnections
                   where vpn.IsUsable && vpn.VpnGatewayId == gateway.Id
                   from cidr in vpn.StaticRoutes
                   where Prefix.TryParse(cidr, out _)
                   select Prefix.Parse(cidr),
            ],
        }),
    ];

    public static ImmutableArray<Routing.VpcPeering> VpcPeerings(AwsState aws) =>
    [
        .. aws.VpcPeerings.Where(peering => peering.IsActive).Select(peering => new Routing.VpcPeering(
            peering.Id, peering.RequesterVpcId, [.. PrefixesOf(aws, peering.RequesterVpcId)], peering.AccepterVpcId,
            [.. aws.Vpcs.Exists(vpc => vpc.Id == peering.AccepterVpcId) ? PrefixesOf(aws, peering.AccepterVpcId)
                : peering.AccepterCidrs.Select(Prefix.Parse)])),
    ];

    private static IEnumerable<Prefix> PrefixesOf(AwsState aws, string vpcId) =>
        aws.Vpcs.Find(vpc => vpc.Id == vpcId)?.Prefixes ?? [];

    private static Routing.VpcRouteTable Table(AwsState aws, Aws.VpcRouteTable table) => new()
    {
        Id = table.Id,
        Main = table.Main,
        Subnets = [.. aws.Subnets.Where(subnet => table.SubnetIds.Contains(subnet.Id)).Select(subnet => subnet.Prefix)],
        Routes =
        [
            // A route to the same block that names it goes before one by prefix list.
            // https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
            .. from route in table.Routes.OrderBy(route => route.ByPrefixList)
               from prefix in Destinations(aws, route)
               select new Routing.VpcRoute(prefix, Target(aws, table, route), route.TargetId),
        ],
    };

    /// <summary>A route by prefix list is one route a prefix.</summary>
    private static IEnumerable<Prefix> Destinations(AwsState aws, Aws.VpcRoute route) => route.ByPrefixList
        ? aws.PrefixLists.Where(list => list.Id == route.Destination).SelectMany(list => list.Prefixes)
        : route.Prefix is { } prefix ? [prefix] : [];

    private static VpcRouteTarget Target(AwsState aws, Aws.VpcRouteTable table, Aws.VpcRoute route) =>
        aws.StateOf(table, route) == "blackhole" ? VpcRouteTarget.Blackhole : route.TargetId.Split('-')[0] switch
        {
            "tgw" => VpcRouteTarget.TransitGateway,
            "vgw" => VpcRouteTarget.VirtualPrivateGateway,
            "pcx" => VpcRouteTarget.Peering,
            "eni" or "i" => VpcRouteTarget.NetworkInterface,
            "nat" => VpcRouteTarget.NatGateway,
            "igw" or "eigw" or "cagw" => VpcRouteTarget.InternetGateway,
            "vpce" => VpcRouteTarget.Endpoint,
            _ => VpcRouteTarget.Other,
        };

    private static IEnumerable<Routing.PrefixListReference> PrefixLists(
        AwsState aws, Aws.TransitGatewayRouteTable table) =>
        from reference in table.PrefixListReferences
        select new Routing.PrefixListReference(
            reference.PrefixListId,
            [.. aws.PrefixLists.Where(list => list.Id == reference.PrefixListId).SelectMany(list => list.Prefixes)],
            reference.AttachmentId);

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
            Propagated = [.. attachment.Prefixes.Select(Prefix.Parse).Select(PropagatedRoute.Of)],
            AssociatedTableId = aws.AssociatedTable(attachment.Id)?.Id,
            PropagatesTo =
            [.. aws.RouteTables.Where(table => table.Propagations.Contains(attachment.Id)).Select(table => table.Id)],
        };
}
