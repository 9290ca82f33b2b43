using Sealane.Core.Reconcile;

namespace Sealane.Core.Pricing;

/// <summary>A sum in one currency. Currencies are never added: nobody here knows a rate.</summary>
/// <param name="IsComplete">False where an item of that cloud, or of unknown currency, has no price.</param>
public sealed record PriceTotal(string Currency, decimal Monthly, bool IsComplete)
{
    public decimal Hourly => Monthly / PriceSheet.HoursAMonth;
}

/// <summary>What a link costs a month, item by item. List prices without tax.</summary>
public sealed record PriceSheet(IReadOnlyList<PriceLine> Lines)
{
    /// <summary>As all three vendors' calculators count.</summary>
    public const int HoursAMonth = 730;

    /// <summary>What has to be said of the figures as a whole: which vendor was not reached, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>By the built-in book.</summary>
    public static PriceSheet Of(IEnumerable<PriceItem> items) => new([.. items.Select(ByBook)]);

    public static PriceLine ByBook(PriceItem item) => new(item, PriceBook.Find(item));

    public IEnumerable<PriceLine> Unknown => Lines.Where(line => line.Quote is null);

    public IReadOnlyList<PriceTotal> Totals =>
    [
        .. from line in Lines
           where line.Quote is not null
           group line by line.Quote!.Currency into currency
           orderby currency.Key descending
           select new PriceTotal(
               currency.Key, currency.Sum(line => line.Monthly!.Value),
                   !Unknown.Any(line => MayBeIn(line, currency.Key))),
    ];

    /// <summary>The clouds' lists are in US dollars; Megaport bills in the market's own currency.</summary>
    private static bool MayBeIn(PriceLine line, string currency) =>
        line.Item.Cloud == Cloud.Megaport || currency == PriceBook.Dollars;
}
