using System.Collections.Immutable;

namespace Sealane.Core.Routing;

/// <summary>Why a row may differ though the model is right.</summary>
/// <param name="Matches">The cloud's row and the model's; one of them is null in a rule about a row that stands
/// alone.</param>
internal sealed record ComparisonRule(
    string Name, string Source, Func<RoutingTables, ShownTable, ShownRow?, ShownRow?, bool> Matches);

/// <summary>The named rules that explain a difference. Each is a habit of a cloud's display, none a rule of
/// routing.</summary>
internal static class ComparisonRules
{
    private const string Labs =
        "public labs: github.com/erjosito/net-lab-builder, github.com/kaysalawu/azure-network-terraform";

    /// <summary>About a pair of rows of one prefix.</summary>
    public static IReadOnlyList<ComparisonRule> All { get; } =
    [
        new("maintenance-prepend",
            "https://learn.microsoft.com/azure/expressroute/planned-maintenance",
            (_, _, cloud, model) => cloud!.Kind == model!.Kind && cloud.Via == model.Via
                && !cloud.AsPath.IsDefault && !model.AsPath.IsDefault
                && Once(cloud.AsPath).SequenceEqual(Once(model.AsPath))),
        // The edge's addresses inside GatewaySubnet instead of those of its /30; an instance's address that changed.
        new("next-hop-text", Labs,
            (tables, table, cloud, model) => table.Kind is ShownKind.EdgeRouter or ShownKind.GatewayLearned
                && cloud!.Kind == model!.Kind && IsAddressOfGateway(tables, table, model)
                && (cloud.AsPath.IsDefault || model.AsPath.IsDefault || cloud.AsPath.SequenceEqual(model.AsPath))),
        // Without ECMP one of several equal VPN routes is used, and nothing tells which.
        new("any-of-equals", "https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html",
            (tables, table, cloud, _) => table.Kind == ShownKind.TransitGateway
                && tables.TgwTable(table.Table).Find(row => row.Prefix == cloud!.Prefix) is { } row
                && cloud!.Via.Length > 0 && row.Followed.Length > row.AttachmentIds.Length
                && cloud.Via.Split(' ').All(id => row.Followed.Contains(id))),
    ];

    /// <summary>About a row that only one side has.</summary>
    public static IReadOnlyList<ComparisonRule> Alone { get; } =
    [
        // A gateway's own row for the address of each BGP peer.
        new("peer-address", Labs, (_, table, cloud, _) => table.Kind == ShownKind.GatewayLearned
            && cloud is { Kind: "Network", Prefix.Length: 32 }),
        // Only one of two instances reports, or the second reports as well.
        new("second-instance", Labs, (_, table, cloud, model) =>
            table.Kind is ShownKind.EdgeRouter or ShownKind.GatewayLearned
            && table.Rows.Count(row => row.Prefix == (cloud ?? model)!.Prefix
                && (row.AsPath.IsDefault || row.AsPath.SequenceEqual((cloud ?? model)!.AsPath)))
                >= (cloud is null ? 1 : 2)),
        // Routes of the platform itself: reserved space, service endpoints.
        new("azure-system", "https://learn.microsoft.com/azure/virtual-network/virtual-networks-udr-overview",
            (_, table, cloud, _) => table.Kind == ShownKind.SubnetEffective
                && (cloud is { Kind: "VirtualNetworkServiceEndpoint" or "InterfaceEndpoint" }
                    || (cloud is { Kind: "None" } && !Private.Holds(cloud.Prefix.Network)))),
        new("default-drop", "docs/proof.md, assumptions", (tables, table, cloud, _) =>
            table.Kind == ShownKind.SubnetEffective && cloud is { Kind: "None" }
            && IsDropWithheld(tables, table, cloud.Prefix)),
    ];

    // The model lets no proof rest on Azure's own drop of private space: where a gateway brings a shorter route it
    // takes the drop for gone, and Azure may show it all the same.
    private static bool IsDropWithheld(RoutingTables tables, ShownTable table, Prefix prefix) =>
        VnetRoutes.IsDroppedByDefault(prefix)
        && tables.EffectiveRoutes(table.BoxId, table.Table)
            .Where(row => row.Prefix.Contains(prefix)).ToList() is var over
        && over.Exists(row => row.Source is EffectiveRouteSource.Vpn or EffectiveRouteSource.ExpressRoute)
        && !over.Exists(row => row.Source == EffectiveRouteSource.UserRoute);

    // During maintenance 12076 stands on the path up to nine times.
    private static IEnumerable<long> Once(ImmutableArray<long> path) =>
        path.Where((asn, i) => i == 0 || asn != path[i - 1] || asn != Design.Msee.Asn);

    private static bool IsAddressOfGateway(RoutingTables tables, ShownTable table, ShownRow model) =>
        table.Kind == ShownKind.EdgeRouter
            ? model.AsPath is [var first, ..] && tables.Network.ExpressRouteGateways.Any(one => one.Asn == first)
        : model.Kind == "IBgp" || model.AsPath is [Design.Msee.Asn, ..];
}
