using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Prices;

/// <summary>Azure's retail prices, with pages as short as a test wants them: the real ones hold 1,000 rows.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices</remarks>
public sealed class AzurePricesFace : IFace
{
    private const int PageSize = 3;

    /// <summary>Of the vendor's, whoever asks wherever: a client keeps to its own base.</summary>
    private const string NextPage = "https://prices.azure.com:443/api/retail/prices";

    /// <summary>Dollars in other currencies, as the list converts them; it moves. 1.5 and 0.9 are our own
    /// choice.</summary>
    private static readonly Dictionary<string, decimal> Rates = new() { ["USD"] = 1, ["AUD"] = 1.5m, ["EUR"] = 0.9m };

    public static bool IsPath(string path) => path.Equals("/api/retail/prices", StringComparison.OrdinalIgnoreCase);

    public WireReply Answer(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!IsPath(request.Path))
        {
            return Json(404, new() { ["Error"] = new JsonObject { ["Code"] = "NotFound" } });
        }
        var query = Query(request.Query);
        var currency = query.GetValueOrDefault("currencyCode", "'USD'").Trim('\'');
        try
        {
            var fits = query.TryGetValue("$filter", out var filter) ? RetailFilter.Read(filter) : _ => true;
            if (!Rates.TryGetValue(currency, out var rate))
            {
                throw new FormatException($"Invalid currency code {currency}");
            }
            var skip = int.TryParse(query.GetValueOrDefault("$skip", "0"), NumberStyles.None,
                CultureInfo.InvariantCulture, out var number) ? number : 0;
            var rows = AzureRetailRows.All.Where(fits).ToList();
            var page = rows.Skip(skip).Take(PageSize).ToList();
            var more = skip + page.Count < rows.Count;
            return Json(200, new()
            {
                ["BillingCurrency"] = currency,
                ["CustomerEntityId"] = "Default",
                ["CustomerEntityType"] = "Retail",
                ["Items"] = new JsonArray([.. page.Select(row => (JsonNode?)Item(row, currency, rate))]),
                ["NextPageLink"] = more ? Link(query, skip + page.Count) : null,
                ["Count"] = page.Count,
            });
        }
        catch (FormatException error)
        {
            return Json(400, new()
            {
                ["Error"] = new JsonObject { ["Code"] = "BadRequest", ["Message"] = error.Message },
            });
        }
    }

    public WireReply Say(Fault fault, WireRequest request) => fault == Fault.Throttled
        ? Json(429, new() { ["Error"] = new JsonObject { ["Code"] = "429", ["Message"] = "Too many requests." } })
            with
        { Headers = [("Retry-After", "5")] }
        : new() { Status = 503, ContentType = "text/plain", Body = "Service Unavailable" };

    private static string Link(Dictionary<string, string> query, int skip) => NextPage + "?" + string.Join('&',
        query.Where(entry => entry.Key != "$skip").Append(KeyValuePair.Create("$skip", $"{skip}"))
            .Select(entry => $"{entry.Key}={Uri.EscapeDataString(entry.Value)}"));

    private static JsonObject Item(RetailRow row, string currency, decimal rate) => new()
    {
        ["currencyCode"] = currency,
        ["tierMinimumUnits"] = row.From,
        ["retailPrice"] = row.Dollars * rate,
        ["unitPrice"] = row.Dollars * rate,
        ["armRegionName"] = row.Region,
        ["location"] = row.Region,
        ["effectiveStartDate"] = row.Since,
        ["meterId"] = Id(row, "meter"),
        ["meterName"] = row.Meter,
        ["productId"] = $"DZH{Id(row, "product")[..9].ToUpperInvariant()}",
        ["skuId"] = $"DZH{Id(row, "product")[..9].ToUpperInvariant()}/{Id(row, "sku")[..4].ToUpperInvariant()}",
        ["productName"] = row.Product,
        ["skuName"] = row.Sku,
        ["serviceName"] = row.Service,
        ["serviceId"] = $"DZH{Id(row, "service")[..9].ToUpperInvariant()}",
        ["serviceFamily"] = "Networking",
        ["unitOfMeasure"] = row.Unit,
        ["type"] = row.Type,
        ["isPrimaryMeterRegion"] = row.IsPrimary,
        ["armSkuName"] = "",
    };

    private static string Id(RetailRow row, string what) =>
        Uuids.Of(SHA256.HashData(Encoding.UTF8.GetBytes($"{what}/{row.Service}/{row.Product}/{row.Meter}")));

    private static Dictionary<string, string> Query(string query)
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
            {
                read[Uri.UnescapeDataString(pair[..at])] =
                    Uri.UnescapeDataString(pair[(at + 1)..].Replace('+', ' '));
            }
        }
        return read;
    }

    private static WireReply Json(int status, JsonObject body) =>
        new() { Status = status, ContentType = "application/json", Body = body.ToJsonString() };
}
