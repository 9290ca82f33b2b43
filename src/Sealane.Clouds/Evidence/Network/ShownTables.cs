using System.Collections.Immutable;
using System.Globalization;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core;
using Routing = Sealane.Core.Routing;

namespace Sealane.Clouds.Evidence;

/// <summary>Every table that a cloud shows, for comparison with the one that the model works out.</summary>
internal static class ShownTables
{
    public static IReadOnlyList<Routing.ShownTable> Of(Seen seen) =>
    [
        .. TransitGateways(seen), .. VirtualInterfaces(seen), .. Routers(seen), .. Neighbours(seen), .. Edges(seen),
        .. Gateways(seen), .. Subnets(seen),
    ];

    private static IEnumerable<Routing.ShownTable> TransitGateways(Seen seen) =>
        from gateway in seen.TransitGateways.Values
        orderby gateway.Id
        from table in gateway.Tables ?? []
        where table.Rows is not null
        select new Routing.ShownTable(Routing.ShownKind.TransitGateway, gateway.Id, table.Id,
        [
            .. from row in table.Rows
               where Prefix.TryParse(row.Destination, out _)
               select new Routing.ShownRow(Prefix.Parse(row.Destination), $"{row.Type} {row.State}",
                   string.Join(' ', row.Attachments.Select(one => one.AttachmentId).Distinct()
                       .Order(StringComparer.Ordinal)), default),
        ]);

    private static IEnumerable<Routing.ShownTable> VirtualInterfaces(Seen seen) =>
        from vif in seen.VifRoutes
        orderby vif.Key
        from direction in new[] { "accepted", "advertised" }
        select new Routing.ShownTable(
            direction == "accepted" ? Routing.ShownKind.VifAccepted : Routing.ShownKind.VifAdvertised, vif.Key, "",
        [
            .. from route in vif.Value
               where route.RouteDirection == direction && Prefix.TryParse(route.Cidr, out _)
               select new Routing.ShownRow(Prefix.Parse(route.Cidr!), "", "", route.Asns is { } path ? [.. path]
                   : default),
        ]);

    private static IEnumerable<Routing.ShownTable> Routers(Seen seen) =>
    [
        .. from mcr in seen.McrIp
           orderby mcr.Key
           select new Routing.ShownTable(Routing.ShownKind.McrIp, mcr.Key, "",
           [
               .. from row in mcr.Value
                  where Prefix.TryParse(row.Prefix, out _)
                  select new Routing.ShownRow(Prefix.Parse(row.Prefix!), row.Protocol ?? "", row.NextHop?.Ip ?? "",
                      default),
           ]),
        .. from mcr in seen.McrBgp
           orderby mcr.Key
           select new Routing.ShownTable(Routing.ShownKind.McrBgp, mcr.Key, "", Rows(mcr.Value)),
    ];

    private static IEnumerable<Routing.ShownTable> Neighbours(Seen seen) =>
        from table in seen.Neighbours
        orderby table.Key.Mcr, table.Key.Peer, table.Key.Direction
        select new Routing.ShownTable(
            table.Key.Direction == RouteDirection.Received ? Routing.ShownKind.McrReceived
                : Routing.ShownKind.McrAdvertised,
            table.Key.Mcr, table.Key.Peer.ToString(), Rows(table.Value));

    private static ImmutableArray<Routing.ShownRow> Rows(IReadOnlyList<McrBgpRoute> rows) =>
    [
        .. from row in rows
           where Prefix.TryParse(row.Prefix, out _)
           select new Routing.ShownRow(Prefix.Parse(row.Prefix!), "", row.Source ?? "",
               row.AsPath is { } path ? [.. AzureProbes.Asns(path)] : default),
    ];

    private static IEnumerable<Routing.ShownTable> Edges(Seen seen) =>
        from table in seen.Edge
        where table.Key.Peering.Equals(AzureIds.PrivatePeeringName, StringComparison.OrdinalIgnoreCase)
        orderby table.Key.Circuit, table.Key.Path
        select new Routing.ShownTable(
            Routing.ShownKind.EdgeRouter, AzurePart.Canonical(seen.Circuits, table.Key.Circuit),
            table.Key.Path == CircuitPort.Primary ? "primary" : "secondary",
            [.. table.Value.Select(row =>
                new Routing.ShownRow(row.Network, "", row.NextHop?.ToString() ?? "", [.. row.AsPath]))]);

    private static IEnumerable<Routing.ShownTable> Gateways(Seen seen) =>
    [
        .. from table in seen.GatewayLearned
           orderby table.Key.ToLowerInvariant()
           select new Routing.ShownTable(
               Routing.ShownKind.GatewayLearned, AzurePart.Canonical(seen.Gateways, table.Key), "",
               Rows(table.Value)),
        .. from table in seen.GatewayAdvertised
           orderby table.Key.Gateway.ToLowerInvariant(), table.Key.Peer
           select new Routing.ShownTable(
               Routing.ShownKind.GatewayAdvertised, AzurePart.Canonical(seen.Gateways, table.Key.Gateway),
               table.Key.Peer.ToString(), Rows(table.Value)),
    ];

    private static ImmutableArray<Routing.ShownRow> Rows(IReadOnlyList<GatewayRouteRow> rows) =>
        [.. rows.Select(row => new Routing.ShownRow(
            row.Network, row.Origin ?? "", row.SourcePeer ?? "", [.. row.AsPath]))];

    private static IEnumerable<Routing.ShownTable> Subnets(Seen seen) =>
        from vnet in seen.Vnets.Values
        from subnet in vnet.Items("properties", "subnets")
        let id = subnet.Text("id") ?? ""
        let nic = subnet.Items("properties", "ipConfigurations")
            .Select(one => Azure.VnetReader.Owner(one.Text("id"), "networkInterfaces"))
            .FirstOrDefault(one => one is not null && seen.Effective.ContainsKey(one))
        where nic is not null
        orderby string.Create(CultureInfo.InvariantCulture, $"{id}")
        select new Routing.ShownTable(Routing.ShownKind.SubnetEffective, AzurePart.Id(vnet), id,
        [
            .. from row in seen.Effective[nic]
               where row.State is null or "Active"
               select new Routing.ShownRow(row.Network, row.NextHopType ?? "", string.Join(' ', row.NextHops), default),
        ]);
}
