using Sealane.Core.Routing;
using Sealane.Lab.Model;

namespace Sealane.Judge;

/// <summary>
/// Deliberate errors: the model without one of its rules. Where daemons and model agree, a model without the rule must
/// differ in some configuration; else nobody would notice if the rule were wrong.
/// </summary>
internal static class Rules
{
    /// <summary>Rules about what the lab does not build, each with the reason.</summary>
    public static IReadOnlyDictionary<RoutingRules, string> NotJudged { get; } = new Dictionary<RoutingRules, string>
    {
        [RoutingRules.TgwAsPath] = "Azure's gateways prepend nothing, so routes of several tunnels are of one length",
        [RoutingRules.TgwDirectConnectEcmp] = "one Direct Connect gateway",
        [RoutingRules.McrEqualRoutes] = "a router uses and announces one of equal routes; nothing tells which",
        [RoutingRules.VpnStatics] = "no static prefixes of local network gateways",
        [RoutingRules.VnetUserFirst] = "no user-defined routes",
        [RoutingRules.VnetPropagationOff] = "no route tables of subnets",
        [RoutingRules.VnetUserDefault] = "no user-defined routes",
    };

    public static IEnumerable<RoutingRules> All =>
        Enum.GetValues<RoutingRules>().Where(rule => rule != RoutingRules.None);

    /// <summary>The model without a rule, as a router that takes one of equal routes: the lowest peer address, as
    /// both the lab and the model's tables have it.</summary>
    public static RoutingTables Solve(LabNetwork network, RoutingRules ignored) =>
        RoutingTables.Solve(Modelled.Of(network) with { Ignore = ignored | RoutingRules.McrEqualRoutes });

    /// <summary>Rows of the model without a rule.</summary>
    public static SortedSet<string> Rows(LabNetwork network, RoutingRules ignored)
    {
        var rows = ModelRows.Of(network, Solve(network, ignored));
        rows.RemoveWhere(row => row.EndsWith(Trial.CountedApart, StringComparison.Ordinal));
        return rows;
    }
}
