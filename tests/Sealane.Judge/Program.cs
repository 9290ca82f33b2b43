using System.Globalization;
using Sealane.Core.Routing;
using Sealane.Judge;

// The judge of the routing model: configurations run in FRR and strongSwan and in the model, and everything that both
// say is compared. judge [--seconds N] [--count N] [--seed N] [--ignore RULE] [--only draws]
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
var (corpus, left) = Corpus.Read();

// Each change alone, so that every rule is seen; the corpus; then several changes at once for as long as there is time.
var seen = false;
if (options.GetValueOrDefault("--only") != "draws")
{
    seen = await bench.Run("two joined routers, four tunnels", Networks.Joined, network =>
        [new("as designed", network), .. Changes.Names.Select((_, at) => Changes.Single(network, at))], 1);
    await bench.Run("the guide's link", Networks.Guide, network =>
        [.. corpus.Select(one => new Configuration(one.Changes, Corpus.Make(network, one.Changes), one))], 1);
}
await bench.Run("two routers, four tunnels", Networks.Two, network => Changes.Draw(network, seed), 0.5);
await bench.Run("two joined routers, four tunnels", Networks.Joined, network => Changes.Draw(network, seed), 0.5);
await bench.Run("the guide's link", Networks.Guide, network => Changes.Draw(network, seed), 1);

Console.WriteLine($"judge: {bench.Tried.Count} configurations ({corpus.Count} of the routing corpus, of which the lab "
    + $"cannot build {left} more; seed {seed}), {bench.Rows} rows and {bench.Flows} flows compared; "
    + $"{bench.Differing} unexplained differences, {bench.Named} rows counted apart; "
    + $"{bench.Twice} configurations looked at twice; {bench.Unsteady} without a steady state in the "
    + $"model left out; {bench.Elapsed.TotalSeconds:0} s");
// Where time was too short for them all, nothing is said of rules.
var blind = ignored == RoutingRules.None && seen ? bench.Blind() : [];
return bench.Differing == 0 && blind.Count == 0 ? 0 : 1;
