using System.Globalization;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary>
/// What <c>--yes</c> does not cover: deleting in order to make anew, deleting what the spec no longer has, and ordering
/// into a term. Whoever wants one says so by name or by number.
/// </summary>
internal static class Consent
{
    /// <summary>What apply would want to be told, as options; empty where nothing.</summary>
    /// <param name="keysAtOnce">Whether it gives living tunnels other keys.</param>
    public static IReadOnlyList<string> Wanted(NetworkDesign design, Plan plan, bool keysAtOnce = false) =>
    [
        .. plan.Replacements.Select(step => $"--replace {step.Id}"),
        .. plan.Retired.Any() ? [$"--remove {plan.Retired.Count()}"] : (string[])[],
        .. IntoATerm(plan, design).Count > 0 ? [$"--term {design.Megaport.Contract.TermMonths}"] : (string[])[],
        .. keysAtOnce ? ["--keys-at-once"] : (string[])[],
    ];

    /// <returns>Why the plan is not carried out; null where all was agreed to.</returns>
    public static string? Missing(LinkOptions options, NetworkDesign design, Plan plan)
    {
        if (options.Replace.FirstOrDefault(id => plan.Steps.All(step => step.Id != id)) is { } unknown)
        {
            throw new UsageError($"error: --replace {unknown}: the link has no such object\n"
                + $"  fix: {options.Again("status")} lists them");
        }
        var replaced = plan.Steps.Where(step => step.Action == StepAction.Replace).Select(step => step.Id).ToList();
        var retired = plan.Retired.Select(step => step.Id).ToList();
        if (replaced.Count + retired.Count > 0 && design.Spec.Protect)
        {
            return Protected($"this would delete {string.Join(", ", replaced.Concat(retired))}");
        }
        if (plan.Replacements.Select(step => step.Id).Except(options.Replace).ToList() is { Count: > 0 } unagreed)
        {
            return $"error: this deletes {string.Join(", ", replaced)} and makes them anew; --yes alone does not cover "
                + $"that\n  fix: look at {options.Again("plan")}, and add "
                + string.Join(" ", unagreed.Select(id => $"--replace {id}"));
        }
        if (retired.Count > 0 && options.Remove != retired.Count)
        {
            return $"error: the spec no longer has {string.Join(", ", retired)}, and this deletes them; --yes alone "
                + $"does not cover that\n  fix: look at {options.Again("plan")}, and add --remove {retired.Count}; or "
                + "write them into the spec again";
        }
        var months = design.Megaport.Contract.TermMonths;
        return IntoATerm(plan, design) is { Count: > 0 } bound && options.Term != months
            ? $"error: this orders {string.Join(", ", bound)} for {months} months, which are billed to their end "
                + $"whatever happens; --yes alone does not cover that\n  fix: add --term {months}, or write "
                + "megaport.term: 1"
            : null;
    }

    /// <summary>What is billed to the end of its term although it goes: no deletion changes that.</summary>
    public static IReadOnlyList<string> Bound(IEnumerable<Resource> going, Known known, DateTimeOffset now) =>
    [
        .. from resource in going
           let view = known[resource.Id]?.View
           where view?.BoundUntil > now
           select $"{resource.Id} {view.CloudId} until "
               + view.BoundUntil!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    ];

    public static void WriteBound(TextWriter output, IEnumerable<Resource> going, Known known, DateTimeOffset now)
    {
        if (Bound(going, known, now) is { Count: > 0 } bound)
        {
            output.Line($"Bound by a term although it goes, so a fee may be due: {string.Join(", ", bound)}");
        }
    }

    /// <summary>The words for whoever wants to delete what its spec protects.</summary>
    public static string Protected(string what) => $"error: the spec says protect: true, and {what}\n"
        + "  fix: take protect out of the spec first";

    private static List<string> IntoATerm(Plan plan, NetworkDesign design) => design.Megaport.Contract.TermMonths == 1
        ? [] : [.. plan.Steps.Where(step => step.Resource is { Cloud: Cloud.Megaport, Billed: true }
            && (step.Action is StepAction.Create or StepAction.Replace
                || step.Change.Differences.Any(line => line.StartsWith("term months", StringComparison.Ordinal))))
            .Select(step => step.Id)];
}
