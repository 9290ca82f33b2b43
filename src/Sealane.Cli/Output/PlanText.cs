using System.Text.Json.Nodes;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>A plan for people and for programs.</summary>
internal static class PlanText
{
    public static void Write(TextWriter output, NetworkDesign design, Plan plan)
    {
        output.WriteLine(
            $"{design.Name}: VPC {design.Vpcs[0].Id} ⇄ VNet {design.Azure.ResourceGroup}/{design.Vnets[0].Name} over "
            + $"{design.Routers[0].Location}, {design.AwsVxcs[0].RateMbps} Mbps");
        output.WriteLine();
        foreach (var (heading, steps) in Groups(design, plan))
        {
            output.WriteLine(heading);
            foreach (var step in steps)
            {
                var guide = step.Resource.GuideSteps.Count > 0 ? $"guide {string.Join(", ", step.Resource.GuideSteps)}"
                    : "";
                var time = step.Changes || step.Action == StepAction.Wait ? $"~{Durations.Words(step.Expected)}" : "";
                output.WriteLine(
                    $"  {Sign(step.Action)} {step.Id,-34} {Word(step.Action),-8} {time,-12} {guide}".TrimEnd());
                foreach (var difference in step.Change.Differences)
                {
                    output.WriteLine($"      {difference}");
                }
                if (step.Change.Kind != ChangeKind.None && step.Change.Traffic != "none")
                {
                    output.WriteLine($"      traffic: {step.Change.Traffic}");
                }
            }
        }
        output.WriteLine();
        output.WriteLine(plan.IsEmpty
            ? "No changes: everything is as the spec says."
            : $"{Counts(plan)}. About "
                + $"{Durations.Words(plan.CriticalPath)}"
                + $"{(design.Link.Order == BuildOrder.Guide ? "" : $": {string.Join(" → ", plan.Path)}")}.");
        if (plan.Refused.Any())
        {
            output.WriteLine("Some changes are refused; see above. Nothing will be done until the spec and the clouds "
                + "agree on them.");
        }
        if (plan.OpenFor > TimeSpan.Zero)
        {
            output.WriteLine($"In this order traffic can flow in the clear for about {Durations.Words(plan.OpenFor)}: "
                + $"all that carries it stands before the last lock is closed.");
        }
        var billed = plan.Steps.Where(step => step.Action == StepAction.Create && step.Resource.Billed)
            .Select(step => step.Id).ToList();
        if (billed.Count > 0)
        {
            output.WriteLine($"Billed while they exist: {string.Join(", ", billed)}.");
        }
    }

    public static JsonObject ToJson(NetworkDesign design, Plan plan) => new()
    {
        ["name"] = design.Name,
        ["steps"] = new JsonArray([.. plan.Steps.Select(step => (JsonNode)new JsonObject
        {
            ["id"] = step.Id,
            ["cloud"] = step.Resource.Cloud.ToString().ToLowerInvariant(),
            ["guideStep"] = step.Resource.GuideSteps is [var first, ..] ? first : null,
            ["guideSteps"] = new JsonArray([.. step.Resource.GuideSteps.Select(number => (JsonNode)number)]),
            ["action"] = Word(step.Action),
            ["needs"] = new JsonArray([.. step.Before.Select(id => (JsonNode)id)]),
            ["expectedSeconds"] = step.Expected.TotalSeconds,
            ["differences"] = new JsonArray([.. step.Change.Differences.Select(line => (JsonNode)line)]),
            ["traffic"] = step.Change.Kind == ChangeKind.None ? null : step.Change.Traffic,
        })]),
        ["criticalPathSeconds"] = plan.CriticalPath.TotalSeconds,
        ["clearSeconds"] = plan.OpenFor.TotalSeconds,
        ["criticalPath"] = new JsonArray([.. plan.Path.Select(id => (JsonNode)id)]),
    };

    /// <summary>By the parts of the link; in the guide's order, which is a story, as one.</summary>
    private static IEnumerable<(string Heading, IEnumerable<PlanStep> Steps)> Groups(NetworkDesign design, Plan plan) =>
        design.Link.Order == BuildOrder.Guide
            ? [("The guide's steps, one after the other", plan.Steps)]
            : plan.Steps.GroupBy(step => Phases.Of(step.Resource)).OrderBy(group => group.Key)
                .Select(group =>
                    (group.Key.ToString(), (IEnumerable<PlanStep>)group.OrderBy(step => step.Resource.Cloud)));

    private static string Counts(Plan plan) => string.Join(", ",
        from action in new[] { StepAction.Create, StepAction.Update, StepAction.Replace, StepAction.Refuse,
            StepAction.Wait, StepAction.Keep }
        let count = plan.Steps.Count(step => step.Action == action)
        where count > 0
        select $"{count} to {Word(action)}");

    private static char Sign(StepAction action) => action switch
    {
        StepAction.Create => '+',
        StepAction.Update => '~',
        StepAction.Replace => '±',
        StepAction.Refuse => '!',
        StepAction.Wait => '…',
        _ => ' ',
    };

    private static string Word(StepAction action) => action.ToString().ToLowerInvariant();
}
