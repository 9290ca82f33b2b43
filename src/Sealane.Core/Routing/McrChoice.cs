namespace Sealane.Core.Routing;

/// <summary>Which route of a prefix an MCR uses, and which others are as good.</summary>
internal static class McrChoice
{
    // One total order for the rows; which of a prefix's routes is best is then worked out among all of them, because
    // MED
    // compares routes of one neighbour AS only and so gives no order by itself.
    public static List<BgpRoute> Choose(List<BgpRoute> table, RoutingRules ignored)
    {
        table.Sort((a, b) => InOrder(a, b, ignored));
        for (var start = 0; start < table.Count;)
        {
            var end = start + 1;
            while (end < table.Count && table[end].Prefix == table[start].Prefix)
            {
                end++;
            }
            Choose(table, start, end, ignored);
            start = end;
        }
        return table;
    }

    private static void Choose(List<BgpRoute> table, int start, int end, RoutingRules ignored)
    {
        var first = true;
        for (var i = start; i < end; i++)
        {
            if (!IsBeaten(table, i, start, end, ignored))
            {
                // Statics of one prefix share the traffic; all of them are best.
                var best = first || table[i].Origin <= McrOrigin.Static;
                table[i] = table[i] with { Best = best, Equal = !best && !ignored.Has(RoutingRules.McrEqualRoutes) };
                first = false;
            }
        }
    }

    private static bool IsBeaten(
        List<BgpRoute> table, int one, int start, int end, RoutingRules ignored)
    {
        var route = table[one];
        for (var i = start; i < end; i++)
        {
            var other = table[i];
            var order = Rank(other, ignored).CompareTo(Rank(route, ignored));
            if (i != one && (order < 0 || (order == 0 && (SameNeighbour(other, route)
                && !ignored.Has(RoutingRules.McrMed)
                ? (other.Med ?? 0) < (route.Med ?? 0) : other.Origin < route.Origin))))
            {
                return true;
            }
        }
        return false;
    }

    // Connected before static before BGP; inside BGP the length of the path.
    private static (int, int) Rank(BgpRoute route, RoutingRules ignored) => (route.Origin switch
    {
        McrOrigin.Connected => 0,
        McrOrigin.Static => ignored.Has(RoutingRules.McrStaticFirst) ? 3 : 1,
        _ => 2,
    }, ignored.Has(RoutingRules.McrAsPath) ? 0 : route.AsPath.Length);

    public static bool SameNeighbour(BgpRoute a, BgpRoute b) =>
        a.AsPath.Length > 0 && b.AsPath.Length > 0 && a.AsPath[0] == b.AsPath[0] && a.Med != b.Med;

    private static int InOrder(BgpRoute a, BgpRoute b, RoutingRules ignored)
    {
        var order = a.Prefix.CompareTo(b.Prefix);
        order = order != 0 ? order : Rank(a, ignored).CompareTo(Rank(b, ignored));
        order = order != 0 ? order : a.Origin.CompareTo(b.Origin);
        order = order != 0 ? order : a.Source.CompareTo(b.Source);
        return order != 0 ? order : string.CompareOrdinal(a.VxcId, b.VxcId);
    }
}
