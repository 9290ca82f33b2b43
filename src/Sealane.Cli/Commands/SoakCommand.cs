using System.CommandLine;
using System.Globalization;
using Sealane.Cli.Output;
using Sealane.Cli.Soak;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane sandbox soak</c>: whole lives of a link under seeded misfortune, and what must never
/// happen.</summary>
internal static class SoakCommand
{
    /// <summary>The shortest useful link, when no other is named.</summary>
    private const string Smallest = """
        sealane: 1
        name: soak
        aws:
          account: "111122223333"
          region: ap-southeast-2
          vpc: vpc-0a1b2c3d4e5f60718
          subnets: [subnet-0a1b2c3d4e5f60001, subnet-0a1b2c3d4e5f60002]
        azure:
          subscription: 00000000-1111-2222-3333-444444444444
          resourceGroup: rg-soak
          region: australiaeast
          vnet: vnet-app
        megaport:
          location: Equinix SY1
          bandwidth: 50
        """;

    private static readonly TimeSpan BetweenWords = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var seeds = new Option<string>("--seeds")
        {
            Description = "How many lives, or which: 400, or 17-17",
            HelpName = "N[-M]",
            Required = true,
        };
        var jobs = new Option<int>("--jobs")
        {
            Description = "How many at a time",
            HelpName = "J",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var only = new Option<string?>("--only")
        {
            Description = "Of the seed's history only these items, as a report numbers them",
            HelpName = "N,N",
        };
        var command = new Command("soak",
            "Live through whole lives of a link under seeded misfortune: applies, changes, kills, lost replies, "
            + "lagging lists, second runs, mistakes by hand, destroys")
        {
            seeds, jobs, only,
        };
        command.SetAction((parsed, ct) => Run(
            parsed.GetRequiredValue(seeds), parsed.GetValue(jobs), parsed.GetValue(only), ct));
        return command;
    }

    /// <summary>The link that is soaked.</summary>
    public static NetworkSpec Spec => SpecReader.Read("soak.yaml", Smallest).Spec!;

    private static async Task<int> Run(string seeds, int jobs, string? only, CancellationToken ct)
    {
        var (first, last) = Range(seeds);
        var kept = only?.Split(',').Select(Number).ToHashSet();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var total = new SoakTotal(0, 0, 0, 0);
        var failed = new List<(long Seed, string Violation)>();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var words = Words(() => $"{total.Lives} of {last - first + 1} lives, {failed.Count} violations", clock,
            done.Token);
        await Parallel.ForAsync(first, last + 1, new ParallelOptions
        {
            MaxDegreeOfParallelism = Math.Max(1, jobs),
            CancellationToken = ct,
        }, async (seed, _) =>
        {
            var result = await SoakLife.Live(Spec, seed, Kept(SoakHistory.Of(seed), kept)).ConfigureAwait(false);
            lock (failed)
            {
                total = total.And(result);
                if (result.Violation is { } violation)
                {
                    failed.Add((seed, violation));
                }
            }
        }).ConfigureAwait(false);
        await done.CancelAsync().ConfigureAwait(false);
        await words.ConfigureAwait(false);
        foreach (var (seed, violation) in failed.OrderBy(failure => failure.Seed))
        {
            await Report(seed, violation, kept).ConfigureAwait(false);
        }
        var took = clock.GetElapsedTime(start);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{total}: {failed.Count} violations. {total.Lives / took.TotalSeconds:0.0} lives a second."));
        return failed.Count == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static async Task Report(long seed, string violation, HashSet<int>? kept)
    {
        var history = SoakHistory.Of(seed);
        var shortest = await Shortest(seed, [.. Enumerable.Range(1, history.Count)
            .Where(number => kept?.Contains(number) != false)]).ConfigureAwait(false);
        Console.Out.Line($"seed {seed}: {violation}");
        foreach (var number in shortest)
        {
            Console.Out.Line($"  {number,2}. {history[number - 1].Text}");
        }
        Console.WriteLine(
            $"  again: sealane sandbox soak --seeds {seed}-{seed} --only {string.Join(',', shortest)}");
    }

    /// <summary>Leaves out one item after the other for as long as something still goes wrong.</summary>
    private static async Task<IReadOnlyList<int>> Shortest(long seed, List<int> numbers)
    {
        for (var at = numbers.Count - 1; at >= 0; at--)
        {
            List<int> fewer = [.. numbers.Where((_, index) => index != at)];
            var result = await SoakLife.Live(Spec, seed, Kept(SoakHistory.Of(seed), fewer.ToHashSet()))
                .ConfigureAwait(false);
            numbers = result.Violation is null ? numbers : fewer;
        }
        return numbers;
    }

    private static IReadOnlyList<SoakItem> Kept(IReadOnlyList<SoakItem> history, HashSet<int>? numbers) =>
        numbers is null ? history : [.. history.Where((_, index) => numbers.Contains(index + 1))];

    private static (long First, long Last) Range(string seeds)
    {
        var parts = seeds.Split('-');
        return parts.Length == 1 ? (1, Number(parts[0]))
            : parts.Length == 2 && Number(parts[0]) <= Number(parts[1]) ? (Number(parts[0]), Number(parts[1]))
            : throw Unreadable(seeds);
    }

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : throw Unreadable(text);

    private static UsageError Unreadable(string text) => new(
        $"error: '{text}' is not a number of lives or a range of seeds\n  fix: for instance --seeds 400, or --seeds "
        + "17-17 for one of them");

    private static async Task Words(Func<string> say, TimeProvider clock, CancellationToken done)
    {
        using var timer = new PeriodicTimer(BetweenWords, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(done).ConfigureAwait(false))
            {
                await Console.Error.WriteLineAsync(say()).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // All lives have been lived.
        }
    }
}
