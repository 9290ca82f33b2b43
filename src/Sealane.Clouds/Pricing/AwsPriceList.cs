using System.Globalization;
using System.Text.Json;
using Sealane.Core.Pricing;

namespace Sealane.Clouds.Pricing;

/// <summary>AWS's bulk price list: one static file an offer and region, for everybody, without credentials.</summary>
/// <remarks>https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html (reading the price list
/// files)</remarks>
internal sealed class AwsPriceList(ListReader reader, Uri at, DateTimeOffset now)
{
    public static Uri Vendor { get; } = new("https://pricing.us-east-1.amazonaws.com/");

    /// <returns>A line for each item, in their order.</returns>
    public async Task<IReadOnlyList<PriceLine>> Ask(IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        var rules = items.Select(AwsPriceRule.Of).ToList();
        var lines = new PriceLine[items.Count];
        foreach (var file in items.Index().GroupBy(each => (rules[each.Index]?.Offer, each.Item.Place)))
        {
            if (file.Key.Offer is not { } offer)
            {
                foreach (var (index, item) in file)
                {
                    lines[index] = new(item, null, "AWS's price list has no place for it");
                }
                continue;
            }
            var address = new Uri(at,
                $"offers/v1.0/aws/{offer}/current/{Uri.EscapeDataString(file.Key.Place)}/index.json");
            using var list = await reader.Read(address, ct).ConfigureAwait(false);
            var source = Source(list.RootElement, address);
            var rows = Rows(list.RootElement).ToList();
            foreach (var (index, item) in file)
            {
                var rule = rules[index]!;
                lines[index] = Matches.Line(item,
                    rows.Where(row => rule.IsUnit(row.Unit) && rule.Fits(row)).Select(row =>
                        new Quote(row.Dollars, PriceBook.Dollars, source, DateOnly.FromDateTime(now.UtcDateTime), true)
                        {
                            IsLive = true,
                        }),
                    "AWS's price list");
            }
        }
        return lines;
    }

    private static string Source(JsonElement list, Uri address) =>
        list.Moment("publicationDate") is { } published
            ? string.Create(CultureInfo.InvariantCulture, $"{address} of {published:yyyy-MM-dd}") : $"{address}";

    /// <summary>Products with their prices on demand that are in force. A row of price 0 belongs to another way to be
    /// billed.</summary>
    private IEnumerable<AwsPriceRow> Rows(JsonElement list)
    {
        if (list.Member("products") is not { ValueKind: JsonValueKind.Object } products
            || list.Member("terms")?.Member("OnDemand") is not { } terms)
        {
            throw new PriceTrouble("its file has no products, or no prices on demand");
        }
        return from product in ((JsonElement?)products).Entries()
               let attributes = product.Value.Member("attributes")
               from dimension in InForce(terms.Member(product.Name))
               let dollars = dimension.Member("pricePerUnit")?.Amount(PriceBook.Dollars)
               where dollars > 0
               select new AwsPriceRow(product.Value.Text("productFamily"),
                   name => attributes?.Text(name) ?? "", dimension.Text("unit"), dollars.Value);
    }

    /// <summary>The newest terms that have begun; all their steps.</summary>
    private IEnumerable<JsonElement> InForce(JsonElement? terms) =>
        terms.Entries()
            .Select(term => (term.Value, From: term.Value.Moment("effectiveDate") ?? DateTimeOffset.MinValue))
            .Where(term => term.From <= now)
            .GroupBy(term => term.From).OrderByDescending(group => group.Key).Take(1)
            .SelectMany(group => group)
            .SelectMany(term => term.Value.Member("priceDimensions").Entries()).Select(dimension => dimension.Value);
}
