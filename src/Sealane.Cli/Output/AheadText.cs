using System.Globalization;
using Sealane.Clouds.Ahead;
using Sealane.Core.Checks;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>What the clouds said before anything was ordered.</summary>
internal static class AheadText
{
    /// <summary>What speaks against the plan, and what nobody answered.</summary>
    public static void Write(TextWriter errors, string file, FoundAhead found, CheckReport report)
    {
        WriteUnasked(errors, found.Unasked);
        if (report.Findings.Count > 0)
        {
            FindingsText.Write(errors, file, report, Ink.Error);
        }
    }

    public static void WriteUnasked(TextWriter errors, IEnumerable<Unasked> questions)
    {
        foreach (var unasked in questions)
        {
            errors.Line($"note: no answer to {unasked.What}: {unasked.Why}");
        }
    }

    /// <summary>Under a plan: which orders Megaport has judged, at what price.</summary>
    public static void WriteOrders(TextWriter output, Plan plan, FoundAhead found)
    {
        var taken = found.Megaport.Orders.Where(order => order.Refusal is null).ToList();
        if (taken.Count > 0)
        {
            output.Line($"Megaport would take: {string.Join(", ", taken.Select(Priced))}.");
        }
        var later = plan.Steps.Where(step => step.Action == StepAction.Create && step.Resource is IPaidOrder
                && found.Megaport.Orders.All(order => order.Id != step.Id))
            .Select(step => step.Id).ToList();
        if (later.Count > 0)
        {
            output.WriteLine($"Not yet asked, because what they start from does not stand: {string.Join(", ", later)}. "
                + "Each is asked about before it is ordered.");
        }
    }

    private static string Priced(OrderFound order) => order.Monthly is { } monthly
        ? $"{order.Id} at {monthly.ToString("#,##0.00", CultureInfo.InvariantCulture)} {order.Currency} a month"
        : order.Id;
}
