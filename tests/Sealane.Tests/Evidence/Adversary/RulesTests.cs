using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>
/// Clouds that do not keep a rule of the model, end to end: the sandbox leaves the rule out, Sealane reads the tables
/// through the APIs, and the comparison names a row.
/// </summary>
public sealed class RulesTests
{
    private const int Worlds = 24;

    [Fact]
    public async Task A_cloud_that_routes_otherwise_than_the_model_is_named_by_a_row()
    {
        var hands = new List<Hand>();
        for (var seed = 0; seed < Worlds; seed++)
        {
            hands.Add(await (Attempt.Of(seed) with { Refusal = null }).World());
        }
        var (told, silent) = (new List<string>(), new List<string>());
        foreach (var rule in Enum.GetValues<RoutingRules>().Where(rule => rule != RoutingRules.None))
        {
            if (hands.Find(hand => Matters(Truth.Of(hand.World), rule)) is { } hand)
            {
                hand.World.Ignore = rule;
                hand.World.Touch();
                hand.Pass(120);
                var result = await new Attempt { Changes = [] }.Judged(hand);
                (result.TablesAgree.Status == CheckStatus.Fail ? told : silent).Add($"{rule}");
                hand.World.Ignore = RoutingRules.None;
                hand.World.Touch();
                hand.Pass(120);
            }
        }
        Counts.Say(
            $"{told.Count} rules left out in {Worlds} worlds and named: {string.Join(", ", told)}; "
            + $"not named: {string.Join(", ", silent)}");
        Assert.True(told.Count >= 8, $"only {told.Count} rules came into play and were named");
        // A transit gateway shows winners alone, and its static routes are read from there: one that lost is not known.
        Assert.True(silent.Count * 2 <= told.Count, $"not named: {string.Join(", ", silent)}");
    }

    internal static bool Matters(Network network, RoutingRules rule) => TableComparison.Of(RoutingTables.Solve(network),
        ModelTables.All(RoutingTables.Solve(network with { Ignore = rule }))).Unexplained.Count > 0;
}
