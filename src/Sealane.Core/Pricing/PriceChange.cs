namespace Sealane.Core.Pricing;

/// <summary>What one bill is more or less than another, by currency.</summary>
/// <param name="Sums">A month; a currency in which nothing differs is not here.</param>
/// <param name="Unknown">What comes or goes, and has no price.</param>
public sealed record PriceChange(
    IReadOnlyList<(string Currency, decimal Monthly)> Sums, IReadOnlyList<PriceItem> Unknown)
{
    public bool IsNothing => Sums.Count == 0 && Unknown.Count == 0;

    public static PriceChange Between(PriceSheet before, PriceSheet after)
    {
        var (gone, come) = (Without(before.Lines, after.Lines), Without(after.Lines, before.Lines));
        return new(
            [
                .. from line in come.Select(line => (line.Quote, line.Monthly))
                       .Concat(gone.Select(line => (line.Quote, Monthly: -line.Monthly)))
                   where line.Quote is not null
                   group line by line.Quote!.Currency into currency
                   let sum = currency.Sum(line => line.Monthly!.Value)
                   where sum != 0
                   orderby currency.Key descending
                   select (currency.Key, sum),
            ],
            [.. come.Concat(gone).Where(line => line.Quote is null).Select(line => line.Item)]);
    }

    /// <summary>What both have cancels out, also where nobody knows its price.</summary>
    private static List<PriceLine> Without(IEnumerable<PriceLine> lines, IEnumerable<PriceLine> others)
    {
        var left = others.Select(Same).GroupBy(key => key).ToDictionary(group => group.Key, group => group.Count());
        return
        [
            .. lines.Where(line =>
            {
                var key = Same(line);
                var there = left.GetValueOrDefault(key);
                left[key] = there - 1;
                return there <= 0;
            }),
        ];
    }

    private static (string, string, string, int?) Same(PriceLine line) =>
        (line.Item.Of, line.Item.Key, line.Item.Place, line.Item.TermMonths);
}
