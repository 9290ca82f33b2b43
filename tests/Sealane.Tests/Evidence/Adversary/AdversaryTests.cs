using System.Collections.Concurrent;
using System.Globalization;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Tests.Evidence.Adversary;

/// <summary>
/// Other teams change the world at random, and what Sealane says is compared with what is true. By hand with more:
/// SEALANE_ADVERSARY_SEEDS=10000, from SEALANE_ADVERSARY_FROM.
/// </summary>
public sealed class AdversaryTests
{
    [Fact]
    public async Task What_is_said_is_what_is_true()
    {
        var (from, count) = (Setting("SEALANE_ADVERSARY_FROM", 0), Setting("SEALANE_ADVERSARY_SEEDS", 500));
        var results = new ConcurrentDictionary<int, (Attempt Attempt, Result Result)>();
        await Parallel.ForEachAsync(Enumerable.Range(from, count),
            new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (seed, _) =>
            {
                var attempt = Attempt.Of(seed);
                results[seed] = (attempt, await attempt.Make());
            });
        var failures = results.Where(one => one.Value.Result.Wrong.Length > 0).OrderBy(one => one.Key).ToList();
        var told = new List<string>();
        foreach (var (seed, (attempt, result)) in failures.Take(5))
        {
            told.Add(await Tell(seed, attempt, result));
        }
        var words = results.Values.GroupBy(one => one.Result.True)
            .ToDictionary(group => group.Key, group => group.Count());
        var withoutHoles = results.Values.Count(one => !one.Result.Withheld && one.Result.True != LinkWord.Unproven);
        Counts.Say(string.Join('\n',
        [
            $"{count} worlds: " + string.Join(", ", words.OrderBy(one => one.Key)
                .Select(one => $"{one.Value} {Words.Of(one.Key)}"))
                + $"; {withoutHoles} without a hole; {results.Values.Count(one => one.Result.Withheld)} with a read "
                + $"refused; {failures.Count} wrong",
            .. results.Values.SelectMany(one => one.Attempt.Changes).GroupBy(change => change.Name)
                .OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"),
            .. results.Values.SelectMany(one => one.Result.Refused).GroupBy(text => text)
                .OrderByDescending(group => group.Count()).Take(12)
                .Select(group => $"refused {group.Count()} {group.Key}"),
        ]));
        Assert.True(failures.Count == 0,
            $"{failures.Count} of {count}: {string.Join(", ", failures.Select(one => one.Key))}\n"
            + string.Join("\n", told));
        Assert.True(withoutHoles >= count * 0.3, $"only {withoutHoles} of {count} worlds have no hole");
        Assert.All(Enum.GetValues<LinkWord>(),
            word => Assert.True(words.GetValueOrDefault(word) > 0, $"no world is {word}"));
    }

    /// <summary>Found by a seed: what loses no table shows, and it comes to light when the winner fails.</summary>
    [Fact]
    public async Task What_an_appliance_may_announce_behind_a_winner_is_not_known()
    {
        var result = await new Attempt
        {
            Changes =
            [
                ForeignChange.Of("a Connect appliance on the transit gateway", 1255914750),
                ForeignChange.Of("a VPC of another account on the transit gateway", 1080404844),
            ],
        }.Make();
        Assert.Equal((LinkWord.Unproven, LinkWord.Unproven), (result.True, result.Said));
    }

    /// <summary>Every reader is worth something: without it some world is judged otherwise than it is.</summary>
    [Fact]
    public async Task Each_reader_matters()
    {
        var told = new List<string>();
        foreach (var reader in AllReaders.List)
        {
            var found = -1;
            // An interface's routes are compared and nothing else: no word follows from them while the model is right.
            var seeds = reader == AllReaders.NetworkInterface ? 0 : 150;
            for (var seed = 0; seed < seeds && found < 0; seed++)
            {
                var attempt = Attempt.Of(seed) with { Refusal = null, Without = [reader.Kind] };
                found = (await attempt.Make()).Wrong.Length > 0 ? seed : -1;
            }
            var rule = found < 0 ? await OnlyRule(reader.Kind) : null;
            told.Add($"{reader.Kind}: {(found >= 0 ? $"seed {found}" : rule ?? "no seed of 150")}");
        }
        Counts.Say(string.Join('\n', told));
        Assert.DoesNotContain(told, line => line.Contains("no seed", StringComparison.Ordinal));
    }

    // A reader that only shows a subnet's table matters where Azure does not keep a rule: without it nobody would know.
    private static async Task<string?> OnlyRule(string kind)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var attempt = Attempt.Of(seed) with { Refusal = null };
            var hand = await attempt.World();
            foreach (var rule in Enum.GetValues<RoutingRules>()
                .Where(rule => rule.ToString().StartsWith("Vnet", StringComparison.Ordinal)
                    && RulesTests.Matters(Truth.Of(hand.World), rule)))
            {
                hand.World.Ignore = rule;
                hand.World.Touch();
                hand.Pass(120);
                if ((await attempt.Judged(hand)).TablesAgree.Status == CheckStatus.Fail
                    && (await (attempt with { Without = [kind] }).Judged(hand)).TablesAgree.Status == CheckStatus.Pass)
                {
                    return $"seed {seed}, where the cloud leaves out {rule}";
                }
                hand.World.Ignore = RoutingRules.None;
                hand.World.Touch();
                hand.Pass(120);
            }
        }
        return null;
    }

    // The shortest part of the changes that is still wrong.
    private static async Task<string> Tell(int seed, Attempt attempt, Result result)
    {
        var shortest = attempt;
        for (var i = 0; i < shortest.Changes.Count;)
        {
            var fewer = shortest with { Changes = [.. shortest.Changes.Where((_, at) => at != i)] };
            if ((await fewer.Make()).Wrong.Length > 0)
            {
                shortest = fewer;
            }
            else
            {
                i++;
            }
        }
        var last = await shortest.Make();
        return $"seed {seed}: {result.Wrong}; changes: {string.Join("; ", attempt.Changes)}"
            + (attempt.Refusal is { } refusal ? $"; refused: {refusal.Mark}" : "")
            + $"\n  shortest: {string.Join("; ", shortest.Changes)}: {last.Wrong}"
            + $"\n  {string.Join("\n  ", last.Reasons.Take(3).Concat(last.Refused))}";
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture,
            out var value) ? value : otherwise;
}
