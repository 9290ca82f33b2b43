using System.Globalization;
using System.Text.Json;
using Sealane.Core.Pricing;

namespace Sealane.Clouds.Pricing;

/// <summary>Azure's retail prices: for everybody, without credentials, a page after the other.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices</remarks>
internal sealed class AzureRetailPrices(ListReader reader, Uri at, DateTimeOffset now)
{
    /// <summary>From this version on, names are compared with their case.</summary>
    private const string Version = "2023-01-01-preview";

    /// <summary>Far more than the rows of a service in a region fill.</summary>
    private const int MostPages = 40;

    public static Uri Vendor { get; } = new("https://prices.azure.com/");

    /// <returns>A line for each item, in their order.</returns>
    public async Task<IReadOnlyList<PriceLine>> Ask(IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        var rules = items.Select(AzurePriceRule.Of).ToList();
        var lines = new PriceLine[items.Count];
        foreach (var query in items.Index().GroupBy(each => rules[each.Index]?.Filter))
        {
            if (query.Key is null)
            {
                foreach (var (index, item) in query)
                {
                    lines[index] = new(item, null, "no meter of Azure's retail prices is known for it");
                }
                continue;
            }
            var rows = await Rows(query.Key, ct).ConfigureAwait(false);
            foreach (var (index, item) in query)
            {
                lines[index] = Matches.Line(item,
                    rules[index]!.Fitting(rows, PriceBook.Dollars, now).Select(Quote), "Azure's retail prices");
            }
        }
        return lines;
    }

    private Quote Quote(JsonElement row) => new(
        row.Amount("retailPrice")!.Value, row.Text("currencyCode"), string.Create(CultureInfo.InvariantCulture,
            $"{new Uri(at, "api/retail/prices")} (since {row.Moment("effectiveStartDate"):yyyy-MM-dd})"),
        DateOnly.FromDateTime(now.UtcDateTime), true)
    {
        IsLive = true,
    };

    private async Task<IReadOnlyList<JsonElement>> Rows(string filter, CancellationToken ct)
    {
        var rows = new List<JsonElement>();
        var next = new Uri(at, $"api/retail/prices?api-version={Version}&currencyCode='{PriceBook.Dollars}'"
            + $"&$filter={Uri.EscapeDataString(filter)}");
        for (var page = 0; page < MostPages; page++)
        {
            using var list = await reader.Read(next, ct).ConfigureAwait(false);
            if (list.RootElement.Member("Items") is not { ValueKind: JsonValueKind.Array } items)
            {
                throw new PriceTrouble("its page has no items");
            }
            rows.AddRange(((JsonElement?)items).Items().Select(row => row.Clone()));
            if (list.RootElement.Text("NextPageLink") is not { Length: > 0 } link)
            {
                // The links were empty for a day, on full pages too (Microsoft Q&A 1188465).
                return items.GetArrayLength() is 100 or 1000
                    ? throw new PriceTrouble("a full page names no next one") : rows;
            }
            next = Next(link) is { } address && address != next ? address
                : throw new PriceTrouble("the address of its next page leads nowhere");
        }
        throw new PriceTrouble($"it has more than {MostPages} pages");
    }

    /// <summary>Its path and query at our own base: its host is the vendor's, wherever we ask.</summary>
    private Uri? Next(string link) => Uri.TryCreate(at, link, out var said) && said.Scheme is "http" or "https"
        ? new(at, said.PathAndQuery) : null;
}
