using Sealane.Cli.Output;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary>A plan that nothing speaks against.</summary>
internal sealed record ReadyToApply(Plan Plan, Known Seen, FoundAhead Ahead);

/// <summary>All that is asked before a link is changed, in one order for whoever changes it.</summary>
internal static class Applying
{
    /// <param name="isAsReviewed">Whether the plan is the one that was agreed to; says itself why not.</param>
    /// <returns>Null after the reasons against it were written.</returns>
    public static async Task<ReadyToApply?> Prepare(
        LinkSession link, TextWriter errors, Func<Plan, Known, bool> isAsReviewed, CancellationToken ct)
    {
        if (!link.PassesChecks(errors))
        {
            return null;
        }
        var options = link.Options;
        var seen = await link.Survey(ct).ConfigureAwait(false);
        var plan = Plan.Of(link.Graph, seen, options.Replace);
        if (!await link.IsOfTheseEnds(seen, errors, ct).ConfigureAwait(false))
        {
            return null;
        }
        if (plan.Refused.Any())
        {
            PlanText.Write(errors, link.Design, plan, ReferenceEquals(errors, Console.Error) ? Ink.Error : Ink.None);
            return null;
        }
        if (!isAsReviewed(plan, seen))
        {
            return null;
        }
        if ((Consent.Missing(options, link.Design, plan)
            ?? (options.KeysAtOnce ? null : KeysAtOnce.Refusal(link, seen))) is { } missing)
        {
            await errors.WriteLineAsync(missing).ConfigureAwait(false);
            return null;
        }
        var going = plan.Steps.Where(step => step.Action is StepAction.Replace or StepAction.Delete)
            .Select(step => step.Id);
        if (await link.PassesAhead(plan, seen, errors, ct).ConfigureAwait(false) is not { } ahead
            || !await link.NobodyUses(seen, going, errors, ct).ConfigureAwait(false))
        {
            return null;
        }
        if (!plan.IsEmpty)
        {
            link.RequireWritableJournal();
            await WorkAhead.Warn(link, plan, seen, ct).ConfigureAwait(false);
        }
        return new(plan, seen, ahead);
    }
}
