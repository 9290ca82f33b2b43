using Sealane.Core.Pricing;

namespace Sealane.Clouds.Pricing;

/// <summary>What a list says of an item: one figure, or none that can be told.</summary>
internal static class Matches
{
    /// <summary>
    /// Rows that agree are one figure. Where they do not, nobody knows which is ours: the smallest would understate the
    /// bill.
    /// </summary>
    /// <param name="quotes">Of all rows that fit.</param>
    public static PriceLine Line(PriceItem item, IEnumerable<Quote> quotes, string list)
    {
        var figures = quotes.DistinctBy(quote => (quote.Amount, quote.Currency)).ToList();
        return figures switch
        {
            [var one] => new(item, one),
            [] => new(item, null, $"{list} has no price of it"),
            _ => new(item, null, $"several matches in {list}: "
                + $"{string.Join(", ", figures.Select(quote => quote.Amount).Order().Take(3))}"
                + $"{(figures.Count > 3 ? " and more" : "")}"),
        };
    }
}
