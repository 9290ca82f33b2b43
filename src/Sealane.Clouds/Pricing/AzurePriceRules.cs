using System.Globalization;
using System.Text.Json;
using Sealane.Core.Pricing;

namespace Sealane.Clouds.Pricing;

/// <summary>Which meters of Azure's retail prices an item may be.</summary>
/// <param name="Service">The service's name, case and all.</param>
/// <param name="Regions">Regions as the list names them, the better first: a circuit's is a zone.</param>
/// <param name="Meters">Names that the meter may have; it has one of them.</param>
/// <param name="Sku">Null: whatever size the row is of.</param>
/// <param name="Unit">As the list writes it.</param>
internal sealed record AzurePriceRule(
    string Service, string Product, IReadOnlyList<string> Regions, IReadOnlyList<string> Meters, string? Sku,
    string Unit)
{
    private const string ExpressRoute = "ExpressRoute";
    private const string AnHour = "1 Hour";

    /// <summary>Null for what no list has.</summary>
    /// <remarks>Names of meters as the list shows them: https://prices.azure.com/api/retail/prices. Those of the tier
    /// Local were read in two forms; neither is guessed.</remarks>
    public static AzurePriceRule? Of(PriceItem item) => item.Key.Split('/') switch
    {
        ["er-circuit", "Local", _, var mbps] => new(ExpressRoute, ExpressRoute, [item.Place],
            [$"Local Unlimited Data {Bandwidth(mbps)} Circuit", $"Local {Bandwidth(mbps)} Circuit"], null, "1/Month"),
        // Standard and Premium have one SKU: only the meter tells them apart.
        ["er-circuit", var tier, var family, var mbps] => new(ExpressRoute, ExpressRoute, [item.Place],
            [$"{tier} {Billing(family)} {Bandwidth(mbps)} Circuit"], $"{Bandwidth(mbps)} {Billing(family)}",
            "1/Month"),
        ["er-outbound"] => new(ExpressRoute, ExpressRoute, [item.Place],
            ["Metered Data - Data Transfer Out"], null, "1 GB"),
        ["er-gateway", "Standard"] => Former(item, "Standard"),
        ["er-gateway", "HighPerformance"] => Former(item, "High Performance"),
        ["er-gateway", "UltraPerformance"] => Former(item, "Ultra High Performance"),
        ["er-gateway", var sku] when sku.EndsWith("AZ", StringComparison.Ordinal) => new(
            ExpressRoute, "ExpressRoute Gateway", [item.Place], [$"{sku} Gateway"], null, AnHour),
        ["vpn-gateway", var sku] => new("VPN Gateway", "VPN Gateway", [item.Place], [sku], sku, AnHour),
        ["public-ip"] => new("Virtual Network", "IP Addresses", [item.Place, "Global"],
            ["Standard IPv4 Static Public IP"], "Standard", AnHour),
        _ => null,
    };

    /// <summary>What is asked for in one go: everything of a service in a region.</summary>
    public string Filter => $"serviceName eq '{Service}' and "
        + (Regions is [var only] ? Region(only) : $"({string.Join(" or ", Regions.Select(Region))})")
        + (Service == "Virtual Network" ? $" and productName eq '{Product}'" : "")
        + " and priceType eq 'Consumption'";

    /// <summary>Rows of the first region that has any; of each meter what is in force.</summary>
    public IEnumerable<JsonElement> Fitting(IReadOnlyList<JsonElement> rows, string currency, DateTimeOffset now) =>
        Regions.Select(region => InForce(rows.Where(row => Fits(row, region, currency)), now).ToList())
            .FirstOrDefault(found => found.Count > 0) ?? [];

    private bool Fits(JsonElement row, string region, string currency) =>
        row.Text("type") == "Consumption" && row.Flag("isPrimaryMeterRegion") == true
        && row.Amount("tierMinimumUnits") == 0 && row.Text("armRegionName") == region
        && row.Text("serviceName") == Service && row.Text("productName") == Product
        && Meters.Contains(row.Text("meterName")) && (Sku is null || row.Text("skuName") == Sku)
        && row.Text("unitOfMeasure") == Unit && row.Text("currencyCode") == currency
        && row.Amount("retailPrice") > 0;

    private static IEnumerable<JsonElement> InForce(IEnumerable<JsonElement> rows, DateTimeOffset now) =>
        rows.GroupBy(row => (row.Text("meterName"), row.Text("skuName"))).SelectMany(meter =>
            meter.Where(row => Since(row) <= now).GroupBy(Since).OrderByDescending(group => group.Key).Take(1)
                .SelectMany(group => group));

    private static DateTimeOffset Since(JsonElement row) =>
        row.Moment("effectiveStartDate") ?? DateTimeOffset.MinValue;

    private static AzurePriceRule Former(PriceItem item, string size) => new(
        ExpressRoute, $"ExpressRoute {size} Gateway", [item.Place], [$"{size} Gateway"], null, AnHour);

    private static string Region(string name) => $"armRegionName eq '{name.Replace("'", "''",
        StringComparison.Ordinal)}'";

    private static string Billing(string family) => family == "UnlimitedData" ? "Unlimited Data" : "Metered Data";

    /// <summary>50 is 50 Mbps, and 1000 is 1 Gbps.</summary>
    private static string Bandwidth(string mbps) =>
        int.TryParse(mbps, CultureInfo.InvariantCulture, out var rate) && rate >= 1000 ? $"{rate / 1000} Gbps"
            : $"{mbps} Mbps";
}
