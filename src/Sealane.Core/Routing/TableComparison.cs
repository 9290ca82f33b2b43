namespace Sealane.Core.Routing;

/// <summary>A row that a cloud shows and the model does not derive, or the other way round.</summary>
/// <param name="Cloud">Null: the cloud does not show it.</param>
/// <param name="Model">Null: the model does not derive it.</param>
/// <param name="Explained">Name of the rule that explains the difference; null: the model is wrong about this
/// network.</param>
public sealed record RowDifference(ShownTable Table, ShownRow? Cloud, ShownRow? Model, string? Explained)
{
    public override string ToString() => $"{Table.Kind} {Table.Name}: the cloud shows "
        + $"{Cloud?.ToString() ?? "nothing"}, the model derives {Model?.ToString() ?? "nothing"}"
        + (Explained is { } rule ? $" ({rule})" : "");
}

/// <param name="Tables">How many tables both sides had.</param>
public sealed record ComparisonReport(int Tables, int Rows, IReadOnlyList<RowDifference> Differences)
{
    public IReadOnlyList<RowDifference> Unexplained =>
        [.. Differences.Where(difference => difference.Explained is null)];
}

/// <summary>
/// The clouds judge the model: every table that one of them shows, row by row against the table that the model derives
/// from the configuration.
/// </summary>
public static class TableComparison
{
    public static ComparisonReport Of(RoutingTables tables, IEnumerable<ShownTable> shown)
    {
        var (count, rows) = (0, 0);
        var differences = new List<RowDifference>();
        foreach (var table in shown)
        {
            if (ModelTables.Of(tables, table.Kind, table.BoxId, table.Table) is { } model)
            {
                count++;
                rows += table.Rows.Length;
                Compare(tables, table, model, differences);
            }
        }
        return new(count, rows, differences);
    }

    private static void Compare(
        RoutingTables tables, ShownTable table, ShownTable model, List<RowDifference> differences)
    {
        var cloud = table.Rows.Select(row => Plain(tables, table.Kind, row)).ToList();
        var derived = model.Rows.Select(row => Plain(tables, table.Kind, row)).ToList();
        Pair(cloud, derived, Same, (_, _) => { });
        foreach (var rule in ComparisonRules.All)
        {
            Pair(cloud, derived, (a, b) => rule.Matches(tables, table, a, b),
                (a, b) => differences.Add(new(table, a, b, rule.Name)));
        }

        // What is left of one prefix on both sides is told as one difference with both sides.
        Pair(cloud, derived, (a, b) => a.Prefix == b.Prefix, (a, b) => differences.Add(new(table, a, b, null)));
        differences.AddRange(cloud.Select(row => new RowDifference(table, row, null,
            ComparisonRules.Alone.FirstOrDefault(rule => rule.Matches(tables, table, row, null))?.Name)));
        differences.AddRange(derived.Select(row => new RowDifference(table, null, row,
            ComparisonRules.Alone.FirstOrDefault(rule => rule.Matches(tables, table, null, row))?.Name)));
    }

    private static void Pair(
        List<ShownRow> cloud, List<ShownRow> model, Func<ShownRow, ShownRow, bool> same,
        Action<ShownRow, ShownRow> matched)
    {
        for (var i = 0; i < cloud.Count; i++)
        {
            var row = cloud[i];
            var found = model.FindIndex(other => other.Prefix == row.Prefix && same(row, other));
            if (found >= 0)
            {
                matched(row, model[found]);
                model.RemoveAt(found);
                cloud.RemoveAt(i--);
            }
        }
    }

    private static bool Same(ShownRow a, ShownRow b) => a.Kind == b.Kind && a.Via == b.Via
        && (a.AsPath.IsDefault || b.AsPath.IsDefault || a.AsPath.SequenceEqual(b.AsPath));

    private static bool IsVpnGateway(RoutingTables tables, string via) => via.Split(' ').Any(text =>
        Ipv4.TryParse(text, out var address) && tables.Network.VpnGateways.Any(gateway =>
            gateway.Instances.Any(instance => instance.PrivateAddress == address)));

    // What a kind of table does not tell, or tells in words of its own, is left out on both sides.
    private static ShownRow Plain(RoutingTables tables, ShownKind kind, ShownRow row) => kind switch
    {
        ShownKind.TransitGateway => row with
        {
            Via = string.Join(' ', row.Via.Split(' ')
            .Order(StringComparer.Ordinal))
        },
        ShownKind.McrIp => row with { Via = row.Via == "0.0.0.0" ? "" : row.Via, AsPath = default },
        ShownKind.McrBgp => row with { Kind = "" },
        ShownKind.VifAccepted or ShownKind.McrReceived or ShownKind.McrAdvertised or ShownKind.GatewayAdvertised =>
            row with { Kind = "", Via = "" },
        ShownKind.VifAdvertised => row with { Kind = "", Via = "", AsPath = default },
        ShownKind.EdgeRouter => row with { Kind = "" },
        ShownKind.GatewayLearned when row.Kind == "Network" => row with { Via = "" },
        // The next hop of an ExpressRoute route is an address of the platform; a VPN gateway's is its own.
        ShownKind.SubnetEffective => row with { Via = IsVpnGateway(tables, row.Via) ? "VPN gateway" : "" },
        _ => row,
    };
}
