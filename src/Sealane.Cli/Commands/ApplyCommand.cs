using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
using Sealane.Clouds.Evidence;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane apply FILE</c>: makes the clouds as the spec says. Safe to interrupt, safe to repeat.</summary>
internal static class ApplyCommand
{
    private const int LastGuideStep = 24;

    /// <summary>Of what has changed since a plan was reviewed.</summary>
    private const int DifferencesShown = 10;

    public static Command Create()
    {
        var common = new CommonOptions("text", "jsonl");
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var reviewed = new Option<string?>("--plan")
        {
            Description = "Do what plan --out kept in this file, without asking; refused where anything differs now",
            HelpName = "PLAN",
        };
        var command = new Command("apply",
            "Build or change the link, with live progress; run it again to go on where it stopped");
        common.AddTo(command);
        command.Options.Add(common.Order);
        command.Options.Add(common.TakeOver);
        command.Options.Add(common.Replace);
        command.Options.Add(common.Remove);
        command.Options.Add(common.Term);
        command.Options.Add(common.KeysAtOnce);
        command.Options.Add(common.Progress);
        command.Options.Add(common.Server);
        command.Options.Add(yes);
        command.Options.Add(reviewed);
        command.SetAction((parsed, ct) =>
            common.Read(parsed) is { Server: not null } served
                ? ServedVerbs.Change(served, "apply", parsed.GetValue(yes), ct)
            : Run(common.Read(parsed), parsed.GetValue(reviewed), parsed.GetValue(yes), ct));
        return command;
    }

    private static async Task<int> Run(LinkOptions options, string? reviewed, bool yes, CancellationToken ct)
    {
        var file = reviewed is null ? null : PlanFile.Read(reviewed);
        using var link = LinkSession.Open(options, writer: true);
        if (await Applying.Prepare(link, Console.Error,
            (plan, seen) => file is null || IsAsReviewed(link, file, reviewed!, plan, seen), ct)
                .ConfigureAwait(false) is not ({ } plan, { } seen, { } ahead))
        {
            return ExitCode.No;
        }
        yes |= file is not null;
        if (!plan.IsEmpty && options.Format == "text")
        {
            PlanText.Write(Console.Out, link.Design, plan, Ink.Output);
            FightText.Write(Console.Out, link, link.Fights(plan), seen);
            AheadText.WriteOrders(Console.Out, plan, ahead);
            Consent.WriteBound(Console.Out, plan.Retired.Select(step => step.Resource), seen, link.Clock.GetUtcNow());
            Console.WriteLine();
        }
        if (!plan.IsEmpty && !yes && (!Runs.Confirm(yes, "Do this?")
            // Whoever was asked may have taken an hour to answer.
            || await link.PassesAhead(plan, await link.Survey(ct).ConfigureAwait(false), Console.Error, ct)
                .ConfigureAwait(false) is null))
        {
            return ExitCode.No;
        }
        var timeline = new Timeline(link.LastChangeBetween);
        var report = await Runs.Show(link, $"{link.Design.Name}: apply", plan.Graph, plan.Graph.Resources, timeline,
            (events, stop) => link.Engine(events).Apply(plan, seen, stop), awaited: RunCounts.Awaited(plan))
                .ConfigureAwait(false);
        link.CloseJournal();
        var critical = timeline.CriticalPath(report);
        var counts = RunCounts.Of(plan, report);
        var done = Done(link, report, counts, critical, timeline);
        if (options.Format == "text")
        {
            WriteSummary(link, report, counts, critical, timeline);
        }
        var silent = report.Result == RunResult.Done && MadeAPath(plan)
            ? await link.SilentPaths(report.Known, ct).ConfigureAwait(false) : [];
        if (options.Format == "jsonl")
        {
            done["comingUp"] = new JsonArray([.. silent.Select(path => (JsonNode)path)]);
            new JsonLines(Console.Out).Write(done);
        }
        else if (report.Result == RunResult.Done)
        {
            WriteNext(link, silent);
        }
        return Runs.End(link, report, "apply");
    }

    private static bool IsAsReviewed(LinkSession link, JsonObject file, string reviewed, Plan plan, Known seen)
    {
        var differences = PlanFile.Differences(file, PlanFile.Of(link, plan, seen));
        if (differences.Count == 0)
        {
            return true;
        }
        Console.Error.Line($"error: {reviewed} is not what would be done now; nothing was done");
        foreach (var difference in differences.Take(DifferencesShown))
        {
            Console.Error.Line($"  {difference}");
        }
        if (differences.Count > DifferencesShown)
        {
            Console.Error.Line($"  and {differences.Count - DifferencesShown} more");
        }
        Console.Error.Line($"  fix: look at it again: {link.Options.Again("plan")} --out {reviewed}");
        return false;
    }

    private static JsonObject Done(
        LinkSession link, RunReport report, RunCounts counts, TimeSpan critical, Timeline timeline)
    {
        return new()
        {
            ["event"] = "done",
            ["result"] = report.Result switch
            {
                RunResult.Done => "applied",
                RunResult.Interrupted => "interrupted",
                _ => "failed",
            },
            ["created"] = report.Created,
            ["replaced"] = counts.Replaced,
            ["updated"] = report.Updated,
            ["waitedFor"] = counts.WaitedFor,
            ["unchanged"] = counts.Unchanged,
            ["deleted"] = report.Deleted,
            ["virtualSeconds"] = Math.Round(report.Took.TotalSeconds, 3),
            ["criticalPathSeconds"] = Math.Round(critical.TotalSeconds, 3),
            ["calls"] = Runs.Calls(link),
            ["writes"] = link.Calls.Writes,
            ["refused"] = link.Calls.Refused,
            ["clearSeconds"] = link.ClearSeconds is { } clear ? Math.Round(clear, 3) : null,
            ["outageSeconds"] = link.Outage is { } outage ? Math.Round(outage.TotalSeconds, 3) : null,
            ["clearWindows"] = ClearTimes.ToJson(link, report, timeline),
        };
    }

    private static void WriteSummary(
        LinkSession link, RunReport report, RunCounts counts, TimeSpan critical, Timeline timeline)
    {
        Console.WriteLine();
        Console.Out.Line(report.Result switch
        {
            RunResult.Done => $"Applied: {counts} in {Durations.Words(report.Took)}{link.TimeWord}.",
            RunResult.Interrupted => $"Stopped after {Durations.Words(report.Took)}{link.TimeWord}. What the clouds "
                + $"were asked to make goes on. To go on: {link.Options.Again("apply")}",
            _ => $"Not finished: {report.Failures.Count} of {link.Graph.Resources.Count} failed. What is ready stays; "
                + $"when the cause is gone, go on with: {link.Options.Again("apply")}",
        });
        Console.Out.Line($"Calls: Megaport {link.Calls.Of(Cloud.Megaport)}, AWS {link.Calls.Of(Cloud.Aws)}, Azure "
            + $"{link.Calls.Of(Cloud.Azure)}; {link.Calls.Writes} of them could change something"
            + (link.Calls.Refused > 0 ? $", {link.Calls.Refused} more were refused." : ".")
            + (critical > TimeSpan.Zero ? $" Critical path {Durations.Words(critical)}." : ""));
        ClearTimes.Write(Console.Out, link, report, timeline);
        if (report.Result == RunResult.Done)
        {
            Console.WriteLine();
            foreach (var resource in link.Graph.Resources.Where(resource => resource.Billed
                || resource.GuideSteps.Contains(LastGuideStep)))
            {
                if (report.Known[resource.Id] is { } seen)
                {
                    WriteObject(resource, seen.View);
                }
            }
            Console.WriteLine();
        }
    }

    private static bool MadeAPath(Plan plan) => plan.Steps.Any(step =>
        step.Action is StepAction.Create or StepAction.Replace
        && (step.Id.StartsWith("megaport/azure-vxc", StringComparison.Ordinal)
            || step.Id.StartsWith("azure/er-connection", StringComparison.Ordinal)));

    private static void WriteNext(LinkSession link, IReadOnlyList<string> silent)
    {
        if (silent.Count > 0)
        {
            Console.Out.Line($"Still coming up: Microsoft's edge shows no table yet of {string.Join("; ", silent)}.");
            Console.Out.Line($"That takes up to {EdgeLag.Longest.TotalMinutes:0} minutes after a first connection; "
                + "until "
                + "then verify says unproven, and --wait waits for it.");
            Console.WriteLine();
        }
        Console.Out.Line($"Next: {link.Options.Again("verify")}{(silent.Count > 0 ? " --wait" : "")}");
    }

    /// <summary>What costs money and what carries the traffic; the rest is told by <c>status</c>.</summary>
    private static void WriteObject(Resource resource, ResourceView view)
    {
        Console.Out.Line($"  {resource.Title}: {view.CloudId?[(view.CloudId.LastIndexOf('/') + 1)..]}");
        if (view.Facts is { Count: > 0 } facts)
        {
            Console.Out.Line($"      {string.Join(", ", facts.Select(fact => $"{fact.Name} {fact.Value}"))}");
        }
    }
}
