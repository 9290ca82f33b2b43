using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>A plan for a pull request: what changes, what that does to traffic, what it costs, how long it takes, what
/// the rules say.</summary>
internal static class PlanMarkdown
{
    public static void Write(TextWriter output, NetworkDesign design, Plan plan, LinkPrices prices,
        bool keysAtOnce = false)
    {
        output.WriteLine($"### Plan of {PlainOutput.Cell(design.Name)}");
        output.WriteLine();
        output.WriteLine(plan.IsEmpty ? "No changes: everything is as the spec says."
            : $"{PlanText.Counts(plan)}. About {Durations.Words(plan.CriticalPath)}.");
        output.WriteLine();
        Steps(output, plan);
        output.WriteLine("| | |");
        output.WriteLine("|---|---|");
        Row(output, "traffic", Traffic(plan));
        var capacity = Capacity.Of(design);
        Row(output, "carries at most", $"{capacity[0]}" + (Capacity.Worst(capacity) is { } worst
            ? $"; without {worst.Failure} {worst}" : ""));
        Row(output, "costs", $"{PriceText.Sum(prices.Sheet)}: {PriceText.Origins(prices.Sheet)}");
        if (!plan.IsEmpty && prices.Change is { } change)
        {
            Row(output, "costs more", PriceText.Words(change));
        }
        if (Commands.Consent.Wanted(design, plan, keysAtOnce) is { Count: > 0 } wanted)
        {
            Row(output, "apply must be told", string.Join(' ', wanted));
        }
        output.WriteLine();
        var report = DesignChecks.Run(Designer.Design(design.Spec));
        output.WriteLine(PlainOutput.Cell(FindingsText.Counts(design.Spec.Source.File, report)));
        FindingsMarkdown.Rows(output, report);
    }

    private static void Steps(TextWriter output, Plan plan)
    {
        var rows = Schedule.Of(plan).Rows;
        if (rows.Count == 0)
        {
            return;
        }
        output.WriteLine("| at | what | object | changes | traffic |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var row in rows)
        {
            output.WriteLine(row.Step is not { } step
                ? $"| {Durations.Clock(row.Start)} | **closed** | {Explain.LockStories.Words(row.Closed)} | | |"
                : $"| {Durations.Clock(row.Start)} | {PlanText.Word(step.Action)} | {PlainOutput.Code(step.Id)} "
                    + $"| {string.Join("<br>", step.Change.Differences.Select(PlainOutput.Cell))} "
                    + $"| {(step.Change.Kind == ChangeKind.None ? "" : PlainOutput.Cell(step.Change.Traffic))} |");
        }
        output.WriteLine();
    }

    private static string Traffic(Plan plan) =>
        (plan.Outage > TimeSpan.Zero ? $"down for about {Durations.Words(plan.Outage)}" : "no outage that is certain")
        + (plan.OpenFor > TimeSpan.Zero
            ? $"; in the clear for about {Durations.Words(plan.OpenFor)}" : "; never in the clear");

    private static void Row(TextWriter output, string name, string text) =>
        output.WriteLine($"| {name} | {PlainOutput.Cell(text)} |");
}
