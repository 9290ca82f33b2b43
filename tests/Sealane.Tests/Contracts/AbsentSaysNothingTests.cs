using System.Collections.Concurrent;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Contracts;

/// <summary>
/// What an answer leaves out, it does not say. Each member of each answer that plan and verify read of a standing link,
/// once absent and once null, and each list one item short: nothing healthy is replaced for it, and nothing breaks.
/// Every second of them in CI, all with SEALANE_LONG=1.
/// </summary>
public sealed class AbsentSaysNothingTests
{
    [Fact]
    public async Task Nothing_is_replaced_for_what_an_answer_leaves_out()
    {
        var link = await StandingLink.Build();
        var all = link.Amputations.ToList();
        var cases = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1" ? all
            : all.Where((_, index) => index % 2 == 0).ToList();
        var wrong = new ConcurrentQueue<string>();
        var unknown = 0;
        foreach (var missing in cases)
        {
            try
            {
                var (plan, _) = await link.Look(missing);
                foreach (var step in plan.Steps.Where(step => Harms(step, missing.How)))
                {
                    wrong.Enqueue(
                        $"{missing}\n    {step.Id} {step.Action}: {string.Join("; ", step.Change.Differences)}");
                }
            }
            catch (CloudError)
            {
                unknown++;
            }
            catch (Exception broken) when (broken is not OutOfMemoryException)
            {
                wrong.Enqueue($"{missing}\n    {broken.GetType().Name}: {broken.Message.Split('\n')[0]} "
                    + broken.StackTrace?.Split('\n')[0].Trim());
            }
        }
        Counts.Say(
            $"{cases.Count} of {all.Count} cases over {link.Operations.Count} operations, {unknown} told as unknown");
        Assert.True(wrong.IsEmpty, $"{wrong.Count} of {cases.Count}, {unknown} unknown:\n{string.Join('\n', wrong)}");
    }

    /// <summary>
    /// An answer without a member orders nothing and stands in nothing's way; a setting may be set once more. A list
    /// that is shorter may say that something is gone: then it is made.
    /// </summary>
    private static bool Harms(PlanStep step, Cutting how) =>
        step.Action is StepAction.Replace || (how != Cutting.OneShort && step.Action switch
        {
            StepAction.Refuse => true,
            StepAction.Create => !step.Resource.GoesWithItsNeeds && !Settings.Any(step.Id.Contains),
            _ => false,
        });

    /// <summary>Resources that are a setting of another: to make them is to write it, as often as one likes.</summary>
    private static readonly string[] Settings = ["-routing", "-entries", "-filters", "-routes"];
}
