using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// What every tool asks of Megaport before it orders: its countries, the company's markets, and how far places are from
/// one another.
/// </summary>
/// <remarks>github.com/megaport/megaportgo location.go, billing_markets.go and their tests.</remarks>
internal sealed class CompanyCalls(SandboxWorld world)
{
    /// <summary>Of the data of one company that pays in one market.</summary>
    private const int FirstParty = 808;
    private const int SecondParty = 41950;

    private static readonly Dictionary<string, string> LongCodes = new()
    {
        ["AU"] = "AUS",
        ["JP"] = "JPN",
        ["US"] = "USA",
        ["GB"] = "GBR",
        ["DE"] = "DEU",
    };

    private MegaportState State => world.Megaport;

    public (string Message, JsonNode? Data) NetworkRegions() =>
        ("List all public network regions", new JsonArray(new JsonObject
        {
            ["networkRegion"] = "MP1",
            ["countries"] = new JsonArray(
            [
                .. State.Locations.GroupBy(location => (location.Market, location.Country)).Select(sites =>
                    new JsonObject
                    {
                        ["siteCount"] = sites.Count(),
                        ["code"] = LongCodes.GetValueOrDefault(sites.Key.Market, sites.Key.Market),
                        ["prefix"] = sites.Key.Market,
                        ["name"] = sites.Key.Country,
                    }),
            ]),
        }));

    public (string Message, JsonNode? Data) Markets() =>
        ($"Markets for company {SecondParty}", new JsonArray(new JsonObject
        {
            ["id"] = 5982,
            ["wellKnownSupplier"] = "MEGAPORT_AU",
            ["supplierName"] = "Megaport (Australia) Pty Ltd",
            ["currencyEnum"] = "AUD",
            ["language"] = "en",
            ["billingContactName"] = "Sandbox",
            ["billingContactEmail"] = "sandbox@example.com",
            ["billingContactPhone"] = "+61 7 00000000",
            ["address1"] = "1 Example St",
            ["postcode"] = "4000",
            ["country"] = "AU",
            ["city"] = "Brisbane",
            ["state"] = "QLD",
            ["invoiceTemplate"] = "invoice_AU",
            ["taxRate"] = 0.1,
            ["estimateInvoice"] = 0.0,
            ["firstPartyId"] = FirstParty,
            ["secondPartyId"] = SecondParty,
            ["attachInvoiceToEmail"] = true,
            ["region"] = "AU",
            ["paymentTermInDays"] = 30,
            ["stripeAccountPublishableKey"] = "",
            ["stripeSupportedBankCurrencies"] = new JsonArray("AUD"),
            ["vatExempt"] = false,
            ["active"] = true,
            ["securedHash"] = world.Hex("megaport/market", 32),
        }));

    /// <summary>Medians of a month, in milliseconds. Staging has none.</summary>
    public (string Message, JsonNode? Data) RoundTrips(Dictionary<string, string> query)
    {
        var (from, year, month) = (Number(query, "srcLocation"), Number(query, "year"), Number(query, "month"));
        if (year is < 0 or > 99 || month is < 1 or > 12)
        {
            throw new Refusal(400, "Bad Request", "year must have two digits and month be 1 to 12");
        }
        var source = State.Staging ? null : State.LocationOf(from);
        return (string.Create(CultureInfo.InvariantCulture,
            $"List RTT by location={from} , year={year}, month={month}"), new JsonArray(
        [
            .. State.Locations.Where(other => source is not null && other != source).Select(other => new JsonObject
            {
                ["srcLocation"] = from,
                ["dstLocation"] = other.Id,
                ["medianRTT"] = Median(source!, other),
            }),
        ]));
    }

    /// <summary>An invention: short within a metro, and the same both ways.</summary>
    private double Median(Location one, Location other) => one.Metro == other.Metro ? 0.35
        : 5 + (Convert.ToInt32(world.Hex($"rtt/{Math.Min(one.Id, other.Id)}/{Math.Max(one.Id, other.Id)}", 4), 16)
            / 300.0);

    private static int Number(Dictionary<string, string> query, string name) =>
        int.TryParse(query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new Refusal(400, "Bad Request", $"{name} is required");
}
