using System.Globalization;
using Sealane.Core.Routing;
using Sealane.Judge;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;
using Sealane.Tests.Lab;

// The judge of the routing model: configurations run in FRR and strongSwan and in the model, and everything that both
// say is compared. judge [--seconds N] [--count N] [--seed N] [--network one|two] [--forget KNOB]
var options = args.Where((_, at) => at % 2 == 0).Zip(args.Where((_, at) => at % 2 == 1))
    .ToDictionary(pair => pair.First, pair => pair.Second);
double Number(string name, double otherwise) =>
    options.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
var seconds = Number("--seconds", 240);
var count = (int)Number("--count", int.MaxValue);
var seed = (int)Number("--seed", 1);
var forget = options.GetValueOrDefault("--forget", "");
var clock = TimeProvider.System;
var start = clock.GetTimestamp();
var networks = options.GetValueOrDefault("--network", "both") switch
{
    "one" => new[] { ("one router, two tunnels", Hasty(Labs.Sydney)) },
    "two" => [("two routers, four tunnels", Hasty(Labs.TwoRouters(bfd: false)))],
    _ => [("one router, two tunnels", Hasty(Labs.Sydney)),
        ("two routers, four tunnels", Hasty(Labs.TwoRouters(bfd: false)))],
};
var (trials, rows, flows, unsteady, named, twice) = (0, 0, 0, 0, 0, 0);
var differing = new List<string>();
var tried = new List<LabNetwork>();
foreach (var ((what, network), at) in networks.Select((one, at) => (one, at)))
{
    var end = seconds * (at + 1) / networks.Length;
    await Judge(what, network, end).ConfigureAwait(false);
}
Console.WriteLine($"judge: {trials} configurations (seed {seed}), {rows} rows and {flows} flows compared; "
    + $"{differing.Count} unexplained differences, {named} rows of FRR alone back to their sender; "
    + $"{twice} configurations looked at twice; {unsteady} without a steady state in the model left out; "
    + $"{clock.GetElapsedTime(start).TotalSeconds:0} s");
// Daemons and model agreed on these: a model without a knob would have differed where its rows do.
var unseen = new List<string>();
foreach (var knob in Forget.Knobs)
{
    var caught = tried.Count(one => !ModelRows.Of(one, RoutingTables.Solve(Forget.From(Modelled.Of(one), knob)))
        .SetEquals(ModelRows.Of(one, RoutingTables.Solve(Modelled.Of(one)))));
    Console.WriteLine($"without {knob} the model would differ in {caught} of them");
    if (caught == 0 && tried.Count > Changes.Names.Count)
    {
        unseen.Add(knob);
    }
}
return differing.Count == 0 && unseen.Count == 0 ? 0 : 1;

// The lab's daemons answer sooner than the clouds' would, so that a trial takes a second: timers change no table.
static LabNetwork Hasty(LabNetwork network) => network with
{
    TunnelTimers = (1, 3),
    Ipsec = network.Ipsec with { DpdTimeoutSeconds = 30_000 },
};

async Task Judge(string what, LabNetwork network, double end)
{
    var files = LabFiles.Of($"judge-{Environment.ProcessId % 10000}");
    var lab = new LabRun(network, files, clock);
    try
    {
        var up = new Up(lab, _ => { });
        await up.Run(new([], [], false, ""), CancellationToken.None).ConfigureAwait(false);
        if (up.Missing.Count > 0)
        {
            throw new InvalidOperationException($"the lab did not come up: {string.Join("; ", up.Missing)}");
        }
        Console.WriteLine($"{what}: first encrypted ping after {up.FirstPingSeconds:0.00} s");
        using var packets = new Packets(lab);
        var plan = lab.Plan;
        var random = new Random(seed);
        for (var number = 0; number < count && clock.GetElapsedTime(start).TotalSeconds < end; number++)
        {
            var (name, changed) = number == 0 ? ("as designed", network)
                : number <= Changes.Names.Count ? Changes.Single(network, number - 1) : Changes.Draw(network, random);
            var tables = RoutingTables.Solve(Forget.From(Modelled.Of(changed), forget));
            if (!tables.Converged)
            {
                unsteady++;
                continue;
            }
            var now = new LabRun(changed, files, clock);
            await Reconfigure.Run(now, plan, now.Plan, CancellationToken.None).ConfigureAwait(false);
            plan = now.Plan;
            var trial = new Trial(now, tables, packets);
            var found = await trial.Run(CancellationToken.None).ConfigureAwait(false);
            if (found.Count > 0)
            {
                // Once more from the design on: a rule differs again, a daemon that was late does not.
                twice++;
                await Reconfigure.Run(lab, plan, lab.Plan, CancellationToken.None).ConfigureAwait(false);
                await Settle.Run(lab, TimeSpan.FromSeconds(9), CancellationToken.None).ConfigureAwait(false);
                await Reconfigure.Run(now, lab.Plan, plan, CancellationToken.None).ConfigureAwait(false);
                trial = new(now, tables, packets);
                found = await trial.Run(CancellationToken.None).ConfigureAwait(false);
            }
            (trials, rows, flows) = (trials + 1, rows + trial.Rows, flows + trial.Flows);
            named += trial.BackToSenders;
            tried.Add(changed);
            foreach (var line in found)
            {
                differing.Add(line);
                Console.WriteLine($"{what} #{number} {name}: {line}");
            }
        }
    }
    finally
    {
        await new Down(files, clock).Run(CancellationToken.None).ConfigureAwait(false);
    }
}
