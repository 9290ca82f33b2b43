using Sealane.Cli.Explain;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>
/// A plan for people: in the order of the run, each lock at the moment at which it is closed, the longest way marked.
/// What is as wanted is counted, and takes no line each.
/// </summary>
internal static class PlanText
{
    private const int LineWidth = 100;

    /// <summary>More of what is as wanted is counted, not listed.</summary>
    private const int NamedMax = 6;

    public static void Write(TextWriter output, NetworkDesign design, Plan plan, Ink? ink = null)
    {
        ink ??= Ink.None;
        output.WriteLine(
            $"{design.Name}: VPC {string.Join(", ", design.Vpcs.Select(vpc => vpc.Id))} ⇄ VNet "
                + $"{string.Join(", ", design.Vnets.Select(vnet => vnet.FullId is null && !vnet.Key.IsNone ? vnet.Name
                    : vnet.Shown(design.Azure.ResourceGroup)))}"
            + $" over {design.Routers[0].Location}, {design.AwsVxcs[0].RateMbps} Mbps");
        output.WriteLine();
        WriteSteps(output, plan, ink);
        WriteKept(output, plan);
        foreach (var (id, told) in plan.Steps.Where(step => step.Action == StepAction.Keep)
            .SelectMany(step => step.Change.Differences.Select(told => (step.Id, told))))
        {
            output.Line($"Note: {id}: {told}.");
        }
        output.WriteLine(plan.IsEmpty
            ? plan.Steps.Any(step => step.Action == StepAction.Wait && step.Change.Differences.Count > 0)
                ? "No changes: what is missing is not Sealane's to make; see above."
                : "No changes: everything is as the spec says."
            : $"{Counts(plan)}. About {Durations.Words(plan.CriticalPath)}.");
        var capacity = Capacity.Of(design);
        Wrap(output, $"Carries at most {capacity[0]}"
            + (Capacity.Worst(capacity) is { } worst
                ? $"; without {worst.Failure} {worst}." : ", and no less in a single failure that it survives."), "  ");
        if (plan.Refused.Any())
        {
            output.WriteLine(ink.Red("Some changes are refused; see above.")
                + " Nothing will be done until the spec and the clouds agree on them.");
        }
        if (plan.Outage > TimeSpan.Zero)
        {
            output.WriteLine(ink.Red($"The link is down for about {Durations.Words(plan.Outage)} of it."));
        }
        if (plan.OpenFor > TimeSpan.Zero)
        {
            output.WriteLine(
                ink.Red($"In this order traffic can flow in the clear for about {Durations.Words(plan.OpenFor)}")
                + ": all that carries it stands before the last lock is closed.");
        }
        var billed = plan.Steps.Where(step => step.Action == StepAction.Create && step.Resource.Billed)
            .Select(step => step.Id).ToList();
        if (billed.Count > 0)
        {
            Wrap(output, $"Billed while they exist: {string.Join(", ", billed)}.", "  ");
        }
    }

    /// <summary>As the counts of a run say it: <c>31 to create, 7 to update, 3 to wait for, 3 unchanged</c>.</summary>
    public static string Counts(Plan plan) => string.Join(", ",
        from action in new[] { StepAction.Create, StepAction.Update, StepAction.Replace, StepAction.Refuse,
            StepAction.Delete, StepAction.Wait, StepAction.Keep }
        let count = plan.Steps.Count(step => step.Action == action)
        where count > 0
        select action switch
        {
            StepAction.Wait => $"{count} to wait for",
            StepAction.Keep => $"{count} unchanged",
            _ => $"{count} to {Word(action)}",
        });

    public static string Word(StepAction action) => action.ToString().ToLowerInvariant();

    private static void WriteSteps(TextWriter output, Plan plan, Ink ink)
    {
        var schedule = Schedule.Of(plan);
        if (schedule.Rows.Count == 0)
        {
            return;
        }
        output.WriteLine("In the order of the run. Times are usual ones; * is the longest way, which sets the end.");
        output.WriteLine();
        foreach (var row in schedule.Rows)
        {
            if (row.Step is not { } step)
            {
                output.WriteLine(
                    ink.Bold($"  {Durations.Clock(row.Start)}    ── closed: {LockStories.Words(row.Closed)} ──"));
                continue;
            }
            var guide = step.Resource.GuideSteps.Count > 0 ? $"guide {string.Join(", ", step.Resource.GuideSteps)}"
                : "";
            var star = plan.Path.Contains(step.Id) ? '*' : ' ';
            var line = $"  {Durations.Clock(row.Start)} {star} {Sign(step.Action)} {step.Id,-30} {Word(step.Action),-7}"
                + $" {(step.Action == StepAction.Refuse ? "" : $"~{Durations.Words(step.Expected)}"),-12} {guide}";
            output.WriteLine(Paint(ink, step.Action, line.TrimEnd()));
            foreach (var difference in step.Change.Differences)
            {
                output.Line($"               {difference}");
            }
            if (step.Change.Kind != ChangeKind.None && step.Change.Traffic != "none")
            {
                output.Line($"               traffic: {step.Change.Traffic}");
            }
        }
        output.WriteLine();
    }

    /// <summary>What the clouds do not tell.</summary>
    private static void WriteOpen(TextWriter output, Plan plan)
    {
        foreach (var step in plan.Steps.Where(step => step.Open is not null && step.Action != StepAction.Replace))
        {
            Wrap(output, $"Not known: {step.Id}: {step.Open!.Text}. Then tell apply: --replace {step.Open.Id} "
                + $"--replace {step.Id}", "  ");
        }
    }

    private static void WriteKept(TextWriter output, Plan plan)
    {
        WriteOpen(output, plan);
        var kept = plan.Steps.Where(step => step.Action == StepAction.Keep).ToList();
        if (kept.Count > 0)
        {
            Wrap(output, kept.Count <= NamedMax
                ? $"Unchanged: {string.Join(", ", kept.Select(step => step.Id))}."
                : $"Unchanged: {string.Join(", ", kept.GroupBy(step => step.Resource.Cloud).OrderBy(cloud => cloud.Key)
                    .Select(cloud =>
                        $"{cloud.Count()} of {CloudNames.Of(cloud.Key)}"))}; sealane status lists them.", "  ");
            output.WriteLine();
        }
    }

    /// <summary>Breaks between words, so that an id stays whole.</summary>
    private static void Wrap(TextWriter output, string text, string indent)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > LineWidth)
            {
                output.WriteLine(line);
                line = indent + word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }
        output.WriteLine(line);
    }

    private static string Paint(Ink ink, StepAction action, string line) => action switch
    {
        StepAction.Create => ink.Green(line),
        StepAction.Update => ink.Yellow(line),
        StepAction.Replace or StepAction.Delete or StepAction.Refuse => ink.Red(line),
        _ => line,
    };

    private static char Sign(StepAction action) => action switch
    {
        StepAction.Create => '+',
        StepAction.Update => '~',
        StepAction.Replace => '±',
        StepAction.Delete => '-',
        StepAction.Refuse => '!',
        StepAction.Wait => '…',
        _ => ' ',
    };
}
