using System.Globalization;
using Sealane.Core.Routing;
using Sealane.Lab.Model;
using Sealane.Judge;

// The judge of the routing model: configurations run in FRR and strongSwan and in the model, and all that both say is
// compared. judge [--seconds N] [--count N] [--seed N] [--ignore RULE] [--only draws|two|joined|guide] [--skip N]
// Figures instead: judge --rounds N | --order guide|sealane | --drill ELEMENT,… [--patience N]
//   [--bfd yes] [--timers tight] [--statics recursive|learned]
var options = args.Where((_, at) => at % 2 == 0).Zip(args.Where((_, at) => at % 2 == 1))
    .ToDictionary(pair => pair.First, pair => pair.Second);
if (options.Keys.Any(key => key is "--rounds" or "--drill" or "--order"))
{
    return await Measure.Run(options);
}
double Number(string name, double otherwise) =>
    options.TryGetValue(name, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : otherwise;
var ignored = options.TryGetValue("--ignore", out var rule) ? Enum.Parse<RoutingRules>(rule) : RoutingRules.None;
var seed = (int)Number("--seed", 1);
var count = (int)Number("--count", int.MaxValue);
var bench = new Bench(ignored, TimeSpan.FromSeconds(Number("--seconds", 240)), count);
var only = options.GetValueOrDefault("--only");
var skip = (int)Number("--skip", 0);
var (corpus, left) = Corpus.Read();

IEnumerable<Configuration> Draws(LabNetwork network) => Changes.Draw(network, seed).Skip(skip);

// Each change alone, so that every rule is seen; the corpus; then several changes at once for as long as there is time.
var seen = false;
if (only is null)
{
    seen = await bench.Run("two joined routers, four tunnels", Networks.Joined, network =>
        [new("as designed", network), .. Changes.Names.Select((_, at) => Changes.Single(network, at))], 1);
    await bench.Run("the guide's link", Networks.Guide, network =>
        [.. corpus.Select(one => new Configuration(one.Changes, Corpus.Make(network, one.Changes), one))], 1);
}
foreach (var (word, what, network, share) in new (string, string, Func<LabNetwork>, double)[]
{
    ("two", "two routers, four tunnels", () => Networks.Two, 0.5),
    ("joined", "two joined routers, four tunnels", () => Networks.Joined, 0.5),
    ("guide", "the guide's link", () => Networks.Guide, 1),
})
{
    if (only is null or "draws" || only == word)
    {
        await bench.Run(what, network(), Draws, share);
    }
}

Console.WriteLine($"judge: {bench.Tried.Count} configurations ({corpus.Count} of the routing corpus, of which the lab "
    + $"cannot build {left} more; seed {seed}), {bench.Rows} rows and {bench.Flows} flows compared; "
    + $"{bench.Differing} unexplained differences, {bench.Named} rows counted apart; "
    + $"{bench.Twice} configurations looked at twice; {bench.Unsteady} without a steady state in the "
    + $"model left out; {bench.Elapsed.TotalSeconds:0} s");
// Where time was too short for them all, nothing is said of rules.
var blind = ignored == RoutingRules.None && seen ? bench.Blind() : [];
return bench.Differing == 0 && blind.Count == 0 ? 0 : 1;
