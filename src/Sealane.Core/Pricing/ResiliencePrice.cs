using System.Globalization;
using Sealane.Core.Design;

namespace Sealane.Core.Pricing;

/// <summary>What more of the same would cost, for whoever has to choose: by the book, without traffic.</summary>
public static class ResiliencePrice
{
    /// <summary>The words of a finding: <c>; resilience: paths adds 120.60 AUD a month by list price</c>. Empty where
    /// the spec has chosen already, or writes its parts out.</summary>
    /// <param name="preset">Of <c>resilience</c>.</param>
    public static string Words(NetworkDesign design, string preset)
    {
        var spec = design.Spec;
        if (spec.Resilience == preset || spec.Resilience is not (null or "paths"))
        {
            return "";
        }
        var (now, then) = (Bill(design), Bill(Designer.Design(spec with { Resilience = preset })));
        if (then.Lines.Count <= now.Lines.Count)
        {
            return "";
        }
        var change = PriceChange.Between(now, then);
        var sums = string.Join(" and ", change.Sums.Select(sum =>
            $"{(change.Unknown.Count > 0 ? "at least " : "")}"
            + $"{sum.Monthly.ToString("#,##0.00", CultureInfo.InvariantCulture)} {sum.Currency}"));
        return $"; resilience: {preset} adds {(sums.Length > 0 ? $"{sums} a month by list price"
            : "an amount that is not known")}";
    }

    private static PriceSheet Bill(NetworkDesign design) => PriceSheet.Of(BillOfMaterials.Parts(design));
}
