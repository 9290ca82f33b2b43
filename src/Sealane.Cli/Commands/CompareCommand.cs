using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Sandbox.Replay;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane sandbox compare RECORDING… --spec FILE</c>: is the sandbox like what was recorded? It puts the requests
/// of a
/// <c>--wire-log</c> to a new world of the spec and prints where the answers differ in shape, state or code.
/// </summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var recordings = new Argument<string[]>("RECORDING")
        {
            Description = "Wire logs, or a directory of them",
            Arity = ArgumentArity.OneOrMore
        };
        var spec = new Option<string>("--spec")
        {
            Description = "The spec of the recorded link",
            HelpName = "FILE",
            Required = true
        };
        var seed = new Option<long?>("--seed") { Description = "Chance of the new world (default 1)", HelpName = "N" };
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("compare", "Put the requests of a recording to a new world and print where its "
            + "answers differ") { recordings, spec, seed, format };
        command.SetAction((parsed, _) => Task.FromResult(Compare(
            parsed.GetRequiredValue(recordings), parsed.GetRequiredValue(spec), parsed.GetValue(seed),
            parsed.GetRequiredValue(format))));
        return command;
    }

    private static int Compare(string[] recordings, string file, long? seed, string format)
    {
        var report = Run(ReplayCommand.Load(recordings), Designer.Design(SpecFile.Load(file)), seed);
        if (format == "json")
        {
            Console.WriteLine(Json.Show(ToJson(report)));
        }
        else
        {
            foreach (var group in report.Differences.GroupBy(difference => difference.Operation))
            {
                Console.Out.Line(group.Key);
                foreach (var (_, what, place, times) in group)
                {
                    Console.Out.Line($"  {Words(what)}  ({place}{(times > 1 ? $" and {times - 1} more" : "")})");
                }
            }
            Console.Out.Line($"{report.Played} requests played, {report.Skipped} about logging in left out, "
                + $"{report.Differences.Count} differences");
        }
        return report.Differences.Count == 0 ? ExitCode.Done : ExitCode.No;
    }

    public static ComparisonReport Run(IReadOnlyList<Exchange> recording, NetworkDesign design, long? seed)
    {
        var stored = Rehearsal.New(design, seed);
        var clock = new StepClock(stored.Now);
        var world = stored.Wake(clock);
        return new Comparison(world, Rehearsal.Faces(world, clock.GetUtcNow), clock, design.Aws.Region).Run(recording);
    }

    private static string Words(Unlike what) => what.Kind switch
    {
        Unlikeness.Status => $"status {what.Wanted} recorded, the sandbox answers {what.Found}",
        Unlikeness.Missing => $"{what.Path}: recorded ({what.Wanted}), missing in the sandbox",
        Unlikeness.Extra => $"{what.Path}: the sandbox has it ({what.Found}), the recording has not",
        Unlikeness.Type => $"{what.Path}: {what.Wanted} recorded, {what.Found} in the sandbox",
        _ => $"{what.Path}: {what.Wanted} recorded, the sandbox never says it ({what.Found})",
    };

    private static JsonObject ToJson(ComparisonReport report) => new()
    {
        ["played"] = report.Played,
        ["skipped"] = report.Skipped,
        ["differences"] = new JsonArray([.. report.Differences.Select(difference => (JsonNode)new JsonObject
        {
            ["operation"] = difference.Operation,
            ["kind"] = difference.What.Kind.ToString().ToLowerInvariant(),
            ["path"] = difference.What.Path,
            ["recorded"] = difference.What.Wanted,
            ["sandbox"] = difference.What.Found,
            ["place"] = difference.FirstPlace,
            ["times"] = difference.Times,
        })]),
    };
}
