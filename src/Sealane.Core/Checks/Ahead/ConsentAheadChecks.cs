using System.Globalization;

namespace Sealane.Core.Checks.Ahead;

/// <summary>SL651: what the owner of the spec has agreed to pay.</summary>
public static class ConsentAheadChecks
{
    public static readonly AheadCheck WithinBudget = new()
    {
        Id = "SL651",
        Severity = Severity.Error,
        Title = "The link costs no more than the budget",
        Why = "Everything that is ordered is billed from then on. Currencies are not added up, for that takes a "
            + "rate: a bill in a currency without a limit, or with a price that nobody knows, cannot be told to be "
            + "within it.",
        Fix = "Raise the budget, or choose smaller sizes: sealane price has the bill item by item.",
        Sources = [Docs.Guide],
        Find = found => found.Design.Spec.Budget is not { Count: > 0 } budget || found.ToBeMade.Count == 0 ? [] :
        [
            .. from cost in found.Costs
               let limit = budget.Index().Where(entry => entry.Item.Currency == cost.Currency)
                   .Select(entry => ((int Index, long Monthly)?)(entry.Index, entry.Item.Monthly)).FirstOrDefault()
               where limit is null || cost.Monthly > limit.Value.Monthly || !cost.IsComplete
               select new Flaw(limit is null ? "budget" : $"budget[{limit.Value.Index}].monthly",
                   limit is null
                       ? $"the link costs {Amount(cost)} a month, and the budget names no limit in {cost.Currency}"
                       : $"the link costs {(cost.IsComplete ? "" : "at least ")}{Amount(cost)} a month, and the budget "
                           + $"is {limit.Value.Monthly} {cost.Currency}"),
        ],
    };

    private static string Amount(CostFound cost) =>
        $"{cost.Monthly.ToString("#,##0.00", CultureInfo.InvariantCulture)} {cost.Currency}";
}
