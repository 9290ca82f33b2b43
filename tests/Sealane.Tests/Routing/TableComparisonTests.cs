using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>The clouds judge the model: what they show, row by row against what it derives.</summary>
public sealed class TableComparisonTests
{
    private const int Seeds = 400;

    [Fact]
    public void A_cloud_that_behaves_as_the_model_expects_differs_nowhere()
    {
        var tables = 0;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var solved = RoutingTables.Solve(new RandomNetworks(seed).Mixed());
            var report = TableComparison.Of(solved, ModelTables.All(solved));
            tables += report.Tables;
            Assert.Empty(report.Differences);
        }
        Counts.Say($"{Seeds} networks, {tables} tables");
    }

    // Both sides of a rehearsal come from one model and cannot differ by themselves. So every rule is left out on the
    // cloud's side alone, and the comparison must name a row.
    [Fact]
    public void Every_rule_that_a_cloud_does_not_follow_is_named_by_a_row()
    {
        var alive = Enum.GetValues<RoutingRules>().Where(rule => rule != RoutingRules.None).ToHashSet();
        var all = alive.Count;
        for (var seed = 0; seed < Seeds * 5 && alive.Count > 0; seed++)
        {
            var network = RuleNetworks.Of(seed);
            var model = RoutingTables.Solve(network);
            foreach (var rule in alive.ToList())
            {
                var cloud = RoutingTables.Solve(network with { Ignore = rule });
                if (cloud.Converged && TableComparison.Of(model, ModelTables.All(cloud)).Unexplained.Count > 0)
                {
                    alive.Remove(rule);
                }
            }
        }
        Counts.Say($"{all - alive.Count} of {all} rules named");
        Assert.True(alive.Count == 0, $"no row names {string.Join(", ", alive)}");
    }

    [Fact]
    public void A_row_that_one_side_has_alone_is_told_with_both_sides()
    {
        var model = RoutingTables.Solve(GuideNetwork.Isolated);
        var shown = ModelTables.Of(model, ShownKind.TransitGateway, "tgw", "link-workload")!;
        var more = shown with
        {
            Rows = shown.Rows.Add(new(Prefix.Parse("10.2.1.0/24"), "propagated active", "other",
            default))
        };

        var difference = Assert.Single(TableComparison.Of(model, [more]).Unexplained);

        Assert.Equal("TransitGateway tgw link-workload: the cloud shows 10.2.1.0/24 propagated active via other, "
            + "the model derives nothing", difference.ToString());
        Assert.Contains("the cloud shows nothing, the model derives 10.2.0.0/16",
            TableComparison.Of(model, [shown with { Rows = [shown.Rows[0]] }]).Unexplained.Single().ToString());
    }

    [Fact]
    public void Twelve_thousand_and_seventy_six_prepended_during_maintenance_is_explained_and_named()
    {
        var model = RoutingTables.Solve(GuideNetwork.Isolated);
        var shown = ModelTables.Of(model, ShownKind.GatewayLearned, "ergw", "")!;
        var busy = shown with
        {
            Rows = [.. shown.Rows.Select(row => row.AsPath is [12076, ..]
                ? row with { AsPath = [.. Enumerable.Repeat(12076L, 8), .. row.AsPath] } : row)],
        };

        var report = TableComparison.Of(model, [busy]);

        Assert.Empty(report.Unexplained);
        Assert.Equal(2, report.Differences.Count(difference => difference.Explained == "maintenance-prepend"));
    }
}
