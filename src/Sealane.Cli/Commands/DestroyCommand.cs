using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane destroy FILE</c>: takes the link down in the order that the clouds demand, and says what is
/// still billed.</summary>
internal static class DestroyCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "jsonl");
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("destroy", "Delete everything that Sealane made for this link, and nothing else");
        common.AddTo(command);
        command.Options.Add(common.TakeOver);
        command.Options.Add(common.Progress);
        command.Options.Add(common.Server);
        command.Options.Add(yes);
        command.SetAction((parsed, ct) => common.Read(parsed) is { Server: not null } served
            ? ServedVerbs.Change(served, "destroy", parsed.GetValue(yes), ct)
            : Run(common.Read(parsed), parsed.GetValue(yes), ct));
        return command;
    }

    /// <summary>How long it usually takes, and what stays: what the user named as existing, or had before.</summary>
    private static string Foretold(ResourceGraph graph, Known known, IReadOnlyList<Resource> ours)
    {
        var going = ours.Select(resource => resource.Id).ToHashSet(StringComparer.Ordinal);
        var time = graph.CriticalPath(
            resource => going.Contains(resource.Id) ? resource.ExpectedDelete : TimeSpan.Zero).Length;
        var kept = graph.Resources.Where(resource => known[resource.Id] is not null
            && !resource.GoesWithItsNeeds && !going.Contains(resource.Id)).Select(resource => resource.Id).ToList();
        return $"About {Durations.Words(time)}."
            + (kept.Count > 0 ? $" Kept: {string.Join(", ", kept)}." : "");
    }

    private static async Task<int> Run(LinkOptions options, bool yes, CancellationToken ct)
    {
        using var link = LinkSession.Open(options, writer: true);
        if (await Destroying.Prepare(link, Console.Error, ct).ConfigureAwait(false)
            is not ({ } known, { } graph, { } ours))
        {
            return ExitCode.No;
        }
        if (options.Format == "text" && ours.Count > 0)
        {
            Console.Out.Line($"{link.Design.Name}: these {ours.Count} will be deleted, in this order:");
            foreach (var resource in ours)
            {
                Console.Out.Line(
                    $"  - {resource.Id,-34} {ShortIds.In(known[resource.Id]!.View.CloudId ?? "")}"
                        + (resource.Making == Making.Set ? ", made again what it was" : ""));
            }
            Console.WriteLine();
            Console.Out.Line(Foretold(graph, known, ours));
            Console.WriteLine();
        }
        if (ours.Count > 0 && !Runs.Confirm(yes, "Delete them?"))
        {
            return ExitCode.No;
        }
        // Told before: what the link had set there is not known any more when the rest is gone.
        var relied = Destroying.LeftForOthers(known, ours);
        var report = await Runs.Show(link, $"{link.Design.Name}: destroy", graph, ours, new Timeline((_, _) => null),
            (events, stop) => link.Engine(events).Destroy(known, stop), "deleted").ConfigureAwait(false);
        link.CloseJournal();
        var left = await link.Survey(ct).ConfigureAwait(false);
        var billed = Destroying.StillBilled(graph, left);
        // A term that was agreed to is paid to its end, and no deletion changes that.
        var bound = Consent.Bound(ours.Where(resource => left[resource.Id] is null), known, link.Clock.GetUtcNow());
        if (options.Format == "jsonl")
        {
            new JsonLines(Console.Out).Write(new JsonObject
            {
                ["event"] = "done",
                ["result"] = report.Result switch
                {
                    RunResult.Done => "destroyed",
                    RunResult.Interrupted => "interrupted",
                    _ => "failed",
                },
                ["deleted"] = report.Deleted,
                ["stillBilled"] = new JsonArray([.. billed.Select(line => (JsonNode)line)]),
                ["billedByTerm"] = new JsonArray([.. bound.Select(line => (JsonNode)line)]),
                ["leftForOthers"] = new JsonArray([.. relied.Select(line => (JsonNode)line)]),
                ["virtualSeconds"] = Math.Round(report.Took.TotalSeconds, 3),
                ["calls"] = Runs.Calls(link),
                ["writes"] = link.Calls.Writes,
                ["refused"] = link.Calls.Refused,
                ["clearSeconds"] = link.ClearSeconds is { } clear ? Math.Round(clear, 3) : null,
            });
        }
        else
        {
            Console.WriteLine();
            Console.Out.Line(report.Result switch
            {
                RunResult.Done =>
                    $"Destroyed: {report.Deleted} deleted in {Durations.Words(report.Took)}{link.TimeWord}.",
                RunResult.Interrupted => $"Stopped. To go on: {link.Options.Again("destroy")}",
                _ => $"Not finished. When the cause is gone, go on with: {link.Options.Again("destroy")}",
            });
            Console.Out.Line(billed.Count + bound.Count == 0 ? "Still billed: nothing."
                : billed.Count > 0 ? $"Still billed: {string.Join(", ", billed)}" : "Nothing is left that is billed.");
            var used = graph.Resources.Where(resource => resource.UsedId is not null && left[resource.Id] is not null)
                .Select(resource => $"{resource.Id} {ShortIds.In(resource.UsedId!)}").ToList();
            if (used.Count > 0)
            {
                Console.Out.Line($"Used, and left as it was: {string.Join(", ", used)}");
            }
            foreach (var circuit in link.Design.Circuits.Where(link.Design.Redeems))
            {
                Console.Out.Line($"The authorization of {circuit.Key.On("azure/circuit")} is its owner's and stays; "
                    + "its key is redeemed once: another apply needs the key of another.");
            }
            foreach (var line in relied)
            {
                Console.Out.Line($"Left as the link set it, since others rely on it: {line}");
            }
            if (bound.Count > 0)
            {
                Console.Out.Line($"Bound by a term although gone, so a fee may be due: {string.Join(", ", bound)}");
            }
        }
        return Runs.End(link, report, "destroy") is var code && code == ExitCode.Done && billed.Count > 0
            ? ExitCode.Cloud : code;
    }
}
