namespace Sealane.Core.Routing;

/// <summary>The model's tables in the shape in which the clouds show theirs.</summary>
public static class ModelTables
{
    /// <summary>Every table of the network that some cloud shows.</summary>
    public static IEnumerable<ShownTable> All(RoutingTables tables) =>
        Keys(tables.Network).Select(key => Of(tables, key.Kind, key.Box, key.Table)).OfType<ShownTable>();

    /// <summary>Null: the network has no such box, so there is nothing to compare with.</summary>
    public static ShownTable? Of(RoutingTables tables, ShownKind kind, string box, string table)
    {
        var index = tables.Index;
        IEnumerable<ShownRow>? rows = kind switch
        {
            ShownKind.TransitGateway when tables.Overlay.TgwTables.ContainsKey(table) =>
                tables.TransitGatewayRoutes(table).Select(Row),
            ShownKind.VifAccepted when index.Vifs.TryGetValue(box, out var vif) => Accepted(tables, vif.Dx, vif.Vif),
            ShownKind.VifAdvertised when index.Vifs.ContainsKey(box) => Sessions(tables, box)
                .SelectMany(session => session.Received).Select(row => new ShownRow(row.Prefix, "", "", default)),
            ShownKind.McrIp when index.Mcrs.ContainsKey(box) => tables.McrIpRoutes(box)
                .Select(row => new ShownRow(row.Prefix, row.Protocol, row.NextHop?.ToString() ?? "", default)),
            ShownKind.McrBgp when index.Mcrs.ContainsKey(box) => tables.McrBgpRoutes(box)
                .Select(row => new ShownRow(row.Prefix, "", row.Source.ToString(), row.AsPath)),
            ShownKind.McrReceived when Session(tables, box, table) is { } session => session.Received.Select(Row),
            ShownKind.McrAdvertised when Session(tables, box, table) is { } session => session.Advertised.Select(Row),
            ShownKind.EdgeRouter when index.Path(box, table) is not null => tables.MseeRoutes(box, table)
                .Select(row => new ShownRow(row.Prefix, "", row.NextHop.ToString(), row.AsPath)),
            ShownKind.GatewayLearned when IsGateway(index, box) => tables.GatewayLearned(box)
                .Select(row => new ShownRow(row.Prefix, row.Origin, row.SourcePeer.ToString(), row.AsPath)),
            ShownKind.GatewayAdvertised when IsGateway(index, box) && Ipv4.TryParse(table, out var peer) =>
                tables.GatewayAdvertised(box, peer).Select(row => new ShownRow(row.Prefix, row.Origin, "", row.AsPath)),
            ShownKind.SubnetEffective when index.Vnets.ContainsKey(box) => tables.EffectiveRoutes(box, table)
                .Select(row => new ShownRow(row.Prefix, row.NextHopType, row.NextHopAddress?.ToString() ?? "",
                    default)),
            _ => null,
        };
        return rows is null ? null : new(kind, box, table, [.. rows]);
    }

    private static IEnumerable<(ShownKind Kind, string Box, string Table)> Keys(Network network) =>
    [
        .. from tgw in network.TransitGateways
           from table in tgw.RouteTables
           select (ShownKind.TransitGateway, tgw.Id, table.Id),
        .. from vif in network.DxGateways.SelectMany(dx => dx.VirtualInterfaces)
           from kind in new[] { ShownKind.VifAccepted, ShownKind.VifAdvertised }
           select (kind, vif.Id, ""),
        .. from mcr in network.Mcrs
           from kind in new[] { ShownKind.McrIp, ShownKind.McrBgp }
           select (kind, mcr.Id, ""),
        .. from mcr in network.Mcrs
           from session in mcr.Interfaces.SelectMany(port => port.Sessions)
           from kind in new[] { ShownKind.McrReceived, ShownKind.McrAdvertised }
           select (kind, mcr.Id, session.PeerAddress.ToString()),
        .. from circuit in network.Circuits
           from path in circuit.Paths
           select (ShownKind.EdgeRouter, circuit.Id, path.Name),
        .. from gateway in network.ExpressRouteGateways.Select(one => one.Id)
               .Concat(network.VpnGateways.Select(one => one.Id))
           select (ShownKind.GatewayLearned, gateway, ""),
        .. from tunnel in network.Tunnels
           select (ShownKind.GatewayAdvertised, tunnel.VpnGatewayId, tunnel.AwsInside.ToString()),
        .. from vnet in network.Vnets
           from subnet in vnet.Subnets
           select (ShownKind.SubnetEffective, vnet.Id, subnet.Id),
    ];

    private static ShownRow Row(TransitGatewayRoute row) => new(row.Prefix, $"{row.Type} {row.State}",
        row.Blackhole ? "" : string.Join(' ', row.AttachmentIds.Order(StringComparer.Ordinal)), default);

    private static ShownRow Row(BgpRoute row) => new(row.Prefix, "", "", row.AsPath);

    private static IEnumerable<ShownRow> Accepted(RoutingTables tables, DxGateway dx, VirtualInterface vif) =>
        Sessions(tables, vif.Id).SelectMany(session => session.Advertised)
            .Where(row => tables.Network.Ignore.Has(RoutingRules.DxOwnAsn) || !row.AsPath.Contains(dx.Asn)).Select(Row)
            .Concat(vif.Accepted.Select(route => new ShownRow(route.Prefix, "", "", route.AsPath)));

    private static IEnumerable<McrSessionState> Sessions(RoutingTables tables, string vif) =>
        tables.Transport.Mcrs.Values
        .SelectMany(mcr => mcr.Sessions).Where(session => session.Established && session.Interface.FarEnd == vif);

    private static McrSessionState? Session(RoutingTables tables, string mcr, string peer) =>
        Ipv4.TryParse(peer, out var address) && tables.Transport.Mcrs.TryGetValue(mcr, out var state)
            ? state.SessionTo(address) : null;

    private static bool IsGateway(NetworkIndex index, string id) =>
        index.ErGateways.ContainsKey(id) || index.VpnGateways.ContainsKey(id);
}
