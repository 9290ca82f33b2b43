using System.Collections.Immutable;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// Transit gateways with every attachment. What stands behind a foreign one is not looked into: it announces what the
/// tables show that it announces, and what its VPC's prefixes are.
/// </summary>
internal static class TransitGatewayPart
{
    // Longer than the path of any row that is shown, which nobody tells: AS 0 stands for what is not known (RFC 7607).
    private static readonly ImmutableArray<long> Longer = [0];

    public static ImmutableArray<Routing.TransitGateway> Of(Seen seen) =>
    [
        .. seen.TransitGateways.Values.OrderBy(gateway => gateway.Id, StringComparer.Ordinal)
            .Select(gateway => new Routing.TransitGateway
        {
            Id = gateway.Id,
            Asn = gateway.Gateway?.Asn ?? 0,
            Cidrs = [.. (gateway.Gateway?.CidrBlocks ?? []).Where(text => Prefix.TryParse(text, out _))
                .Select(Prefix.Parse)],
            VpnEcmp = gateway.Gateway?.VpnEcmp ?? true,
            Attachments = [.. Attachments(gateway).Select(attachment => Attachment(seen, gateway, attachment))],
            RouteTables = [.. (gateway.Tables ?? []).Select(table => Table(seen, table))],
        }),
    ];

    /// <summary>As listed; where the list was refused, as the tables name them.</summary>
    private static IEnumerable<Known> Attachments(TransitGatewaySeen gateway)
    {
        var listed = (gateway.Attachments ?? []).Select(one => new Known(
            one.Id, one.ResourceType, one.ResourceId, one.AssociatedTableId, one.State is "available" or "modifying"))
                .ToList();
        var members = (gateway.Tables ?? [])
            .SelectMany(table => (table.Associations ?? []).Concat(table.Propagations ?? [])
            .Concat((table.Rows ?? []).SelectMany(row => row.Attachments)));
        return listed.Concat(members.Where(member => !listed.Exists(one => one.Id == member.AttachmentId))
            .DistinctBy(member => member.AttachmentId).Where(member => member.AttachmentId.Length > 0)
            .Select(member => new Known(member.AttachmentId, member.ResourceType, member.ResourceId, null, true)))
            .OrderBy(one => one.Id, StringComparer.Ordinal);
    }

    private static Routing.TransitGatewayAttachment Attachment(Seen seen, TransitGatewaySeen gateway, Known attachment)
    {
        var tables = gateway.Tables ?? [];
        return new()
        {
            Id = attachment.Id,
            Kind = attachment.ResourceType switch
            {
                "vpc" => Routing.AttachmentKind.Vpc,
                "vpn" => Routing.AttachmentKind.Vpn,
                "direct-connect-gateway" => Routing.AttachmentKind.DirectConnectGateway,
                "connect" => Routing.AttachmentKind.Connect,
                "peering" => Routing.AttachmentKind.Peering,
                _ => Routing.AttachmentKind.Other,
            },
            ResourceId = attachment.ResourceId,
            AssociatedTableId = tables.FirstOrDefault(table => (table.Associations ?? []).Any(row =>
                row.AttachmentId == attachment.Id && row.State is "associated" or "associating"))?.Id
                    ?? attachment.TableId,
            // A table that keeps its propagations to itself shows them by their routes.
            PropagatesTo =
            [
                .. tables.Where(table => table.Propagations is { } rows
                    ? rows.Any(row => row.AttachmentId == attachment.Id && row.State is "enabled" or "enabling")
                    : Propagated(table, attachment.Id).Any()).Select(table => table.Id),
            ],
            Propagated = IsBox(seen, attachment) ? []
                :
                [
                    .. tables.SelectMany(table => Propagated(table, attachment.Id))
                        .Concat(seen.ForeignVpcs.TryGetValue(attachment.ResourceId, out var vpc) ? vpc.Prefixes : [])
                        .Distinct().Order().Select(Routing.PropagatedRoute.Of),
                    .. Beaten(seen, tables, attachment).Distinct().Order()
                        .Select(prefix => new Routing.PropagatedRoute(prefix, Longer)),
                ],
            Up = attachment.Up,
        };
    }

    /// <summary>Whether what it propagates follows from a box of the network.</summary>
    private static bool IsBox(Seen seen, Known attachment) => attachment.ResourceType switch
    {
        "vpc" => seen.Vpcs.ContainsKey(attachment.ResourceId),
        "direct-connect-gateway" => seen.DxGateways.TryGetValue(attachment.ResourceId, out var gateway)
            && gateway.Gateway is not null,
        "vpn" => TunnelPart.Carries(seen, attachment.ResourceId),
        _ => false,
    };

    private static IEnumerable<Prefix> Propagated(TableSeen table, string attachment) =>
        from row in table.Rows ?? []
        where row.Type == "propagated" && Prefix.TryParse(row.Destination, out _)
            && row.Attachments.Any(one => one.AttachmentId == attachment)
        select Prefix.Parse(row.Destination);

    /// <summary>A table shows winners alone. What an attachment that learns over BGP may say besides is not known:
    /// where
    /// its own route for a prefix would lose, it is taken to have one, which comes to light when the winner fails.
    /// Behind
    /// the route to a VPC of the link's own there is nowhere else to go.</summary>
    private static IEnumerable<Prefix> Beaten(Seen seen, IReadOnlyList<TableSeen> tables, Known attachment) =>
        from table in MayHideRoutes(seen, tables, attachment) ? tables : []
        where (table.Propagations ?? []).Any(row => row.AttachmentId == attachment.Id)
        from row in table.Rows ?? []
        where row.Type == "propagated" && Prefix.TryParse(row.Destination, out _) && row.Attachments.Count > 0
            // Which kind wins: https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
            && row.Attachments.All(one => one.AttachmentId != attachment.Id && !seen.Vpcs.ContainsKey(one.ResourceId)
                && (Rank(one.ResourceType) < Rank(attachment.ResourceType) || attachment.ResourceType == "vpn"))
        select Prefix.Parse(row.Destination);

    // Of a VPN the telemetry counts the routes that its tunnels took: as many as are shown are all.
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VgwTelemetry.html
    private static bool MayHideRoutes(Seen seen, IReadOnlyList<TableSeen> tables, Known attachment) =>
        !IsBox(seen, attachment) && attachment.ResourceType switch
        {
            "connect" or "direct-connect-gateway" => true,
            "vpn" => !seen.VpnConnections.TryGetValue(attachment.ResourceId, out var vpn)
                || vpn.Telemetry.Select(tunnel => tunnel.AcceptedRoutes).DefaultIfEmpty().Max()
                    > tables.SelectMany(table => Propagated(table, attachment.Id)).Distinct().Count(),
            _ => false,
        };

    private static int Rank(string resourceType) => resourceType switch
    {
        "vpc" => 0,
        "direct-connect-gateway" => 1,
        "connect" => 2,
        _ => 3,
    };

    private static Routing.TransitGatewayRouteTable Table(Seen seen, TableSeen table) => new()
    {
        Id = table.Id,
        StaticRoutes =
        [
            .. from row in table.Rows ?? []
               where row.Type == "static" && row.PrefixListId is null && Prefix.TryParse(row.Destination, out _)
               select new Routing.TransitGatewayStaticRoute(
                   Prefix.Parse(row.Destination), row.Attachments is [var first, ..] ? first.AttachmentId : null),
        ],
        PrefixLists =
        [
            .. from list in table.PrefixLists ?? []
               select new Routing.PrefixListReference(list.PrefixListId,
                   [.. seen.PrefixLists.GetValueOrDefault(list.PrefixListId, [])
                       .Where(text => Prefix.TryParse(text, out _)).Select(Prefix.Parse)],
                   list.Blackhole ? null : list.AttachmentId),
        ],
    };

    private sealed record Known(string Id, string ResourceType, string ResourceId, string? TableId, bool Up);
}
