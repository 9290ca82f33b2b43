using Sealane.Core.Routing;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;

namespace Sealane.Judge;

/// <param name="Case">Of the routing corpus, which tells verdicts itself.</param>
internal sealed record Configuration(string Name, LabNetwork Network, CorpusCase? Case = null);

/// <summary>Labs that run one configuration after the other, and what was found in all.</summary>
internal sealed class Bench(RoutingRules ignored, TimeSpan patience, int count)
{
    private static readonly TimeSpan s_settles = TimeSpan.FromSeconds(9);
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly long _start = TimeProvider.System.GetTimestamp();

    /// <summary>Configurations that were compared, with the model's rows.</summary>
    public List<(LabNetwork Network, SortedSet<string> Rows)> Tried { get; } = [];
    public int Rows { get; private set; }
    public int Flows { get; private set; }
    public int Differing { get; private set; }
    public int Named { get; private set; }
    public int Twice { get; private set; }
    public int Unsteady { get; private set; }
    public TimeSpan Elapsed => _clock.GetElapsedTime(_start);

    /// <param name="share">How much of the time that is left it may take.</param>
    /// <returns>Whether all of them were tried.</returns>
    public async Task<bool> Run(string what, LabNetwork network,
        Func<LabNetwork, IEnumerable<Configuration>> configurations,
        double share)
    {
        var end = Elapsed + ((patience - Elapsed) * share);
        if (Elapsed >= end || Tried.Count >= count)
        {
            return false;
        }
        var files = LabFiles.Of($"judge-{Environment.ProcessId % 10000}");
        var lab = new LabRun(network, files, _clock);
        try
        {
            // A bring-up waits for every session, also for those of links that the network has down.
            var now = new LabRun(network with
            {
                Routers = [.. network.Routers.Select(router => router with
                {
                    Legs = [.. router.Legs.Select(leg => leg with { Up = true })],
                })],
            }, files, _clock);
            var up = new Up(now, _ => { });
            await up.Run(new([], [], false, ""), CancellationToken.None).ConfigureAwait(false);
            if (up.Missing.Count > 0)
            {
                throw new InvalidOperationException($"the lab did not come up: {string.Join("; ", up.Missing)}");
            }
            Console.WriteLine($"{what}: first encrypted ping after {up.FirstPingSeconds:0.00} s");
            using var packets = new Packets(lab);
            foreach (var (configuration, number) in configurations(network).Select((one, at) => (one, at)))
            {
                if (Elapsed >= end || Tried.Count >= count)
                {
                    return false;
                }
                now = await Try(lab, now, configuration, $"{what} #{number}", packets).ConfigureAwait(false);
            }
            return true;
        }
        finally
        {
            await new Down(files, _clock).Run(CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>How often each rule was seen; those without which the model would not have differed.</summary>
    public IReadOnlyList<RoutingRules> Blind()
    {
        var blind = new List<RoutingRules>();
        foreach (var rule in Rules.All)
        {
            var caught = Tried.Count(one => !Rules.Rows(one.Network, rule).SetEquals(one.Rows));
            var reason = Rules.NotJudged.GetValueOrDefault(rule);
            Console.WriteLine($"without {rule} the model would differ in {caught} of them"
                + (reason is null ? "" : $" (not judged: {reason})"));
            if (caught == 0 && reason is null)
            {
                blind.Add(rule);
            }
        }
        Console.WriteLine($"rules: {Rules.All.Count() - Rules.NotJudged.Count - blind.Count} seen, "
            + $"{blind.Count} unseen, {Rules.NotJudged.Count} not judged");
        return blind;
    }

    private async Task<LabRun> Try(
        LabRun lab, LabRun before, Configuration configuration, string place, Packets packets)
    {
        var tables = Rules.Solve(configuration.Network, ignored);
        if (!tables.Converged)
        {
            Unsteady++;
            return before;
        }
        var now = new LabRun(configuration.Network, lab.Files, _clock);
        await Reconfigure.Run(now, before.Plan, now.Plan, CancellationToken.None).ConfigureAwait(false);
        var trial = new Trial(now, tables, packets, configuration.Case);
        var found = await trial.Run(CancellationToken.None).ConfigureAwait(false);
        if (found.Count > 0)
        {
            // Once more from the design on: a rule differs again, a daemon that was late does not.
            Twice++;
            await Reconfigure.Run(lab, now.Plan, lab.Plan, CancellationToken.None).ConfigureAwait(false);
            await Settle.Run(lab, s_settles, CancellationToken.None).ConfigureAwait(false);
            await Reconfigure.Run(now, lab.Plan, now.Plan, CancellationToken.None).ConfigureAwait(false);
            trial = new(now, tables, packets, configuration.Case);
            found = await trial.Run(CancellationToken.None).ConfigureAwait(false);
        }
        (Rows, Flows, Named) = (Rows + trial.Rows, Flows + trial.Flows, Named + trial.Named);
        Differing += found.Count;
        Tried.Add((configuration.Network, trial.Expected));
        found.ForEach(line => Console.WriteLine($"{place} {configuration.Name}: {line}"));
        return now;
    }
}
