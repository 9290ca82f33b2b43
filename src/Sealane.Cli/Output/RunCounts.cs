using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>What a run did, counted with the words of its plan: 31 to create there are 31 created here.</summary>
/// <param name="Created">With what was replaced.</param>
/// <param name="Removed">What the spec no longer has.</param>
/// <param name="WaitedFor">Made by others' work, and ready now.</param>
internal sealed record RunCounts(
    int Created, int Replaced, int Updated, int WaitedFor, int Unchanged, int Removed)
{
    public static IReadOnlySet<string> Awaited(Plan plan) =>
        plan.Steps.Where(step => step.Action == StepAction.Wait).Select(step => step.Id)
            .ToHashSet(StringComparer.Ordinal);

    public static RunCounts Of(Plan plan, RunReport report)
    {
        // One that had to be mended after all is counted where it was mended.
        var waited = Math.Min(report.Unchanged, Awaited(plan).Count);
        var replaced = Math.Min(report.Created, plan.Steps.Count(step => step.Action == StepAction.Replace));
        return new(report.Created, replaced, report.Updated, waited, report.Unchanged - waited,
            Math.Min(report.Deleted, plan.Retired.Count()));
    }

    public override string ToString() => $"{Created - Replaced} created, {Updated} updated"
        + (Replaced > 0 ? $", {Replaced} replaced" : "")
        + (Removed > 0 ? $", {Removed} removed" : "")
        + (WaitedFor > 0 ? $", {WaitedFor} waited for" : "") + $", {Unchanged} unchanged";
}
