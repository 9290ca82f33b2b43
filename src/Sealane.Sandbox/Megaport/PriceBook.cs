using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// Megaport's prices as its price API was seen to tell them (https://github.com/jcvib/tco-calculator, July 2026): one
/// number in the own currency of each market, less by the term. What was not read is chosen, and says so.
/// </summary>
internal static class PriceBook
{
    private const string Dollars = "USD";

    /// <summary>Units to a US dollar, as the API converted them in July 2026.</summary>
    private static readonly Dictionary<string, decimal> Rates = new()
    {
        [Dollars] = 1,
        ["AUD"] = 1.44m,
        ["GBP"] = 0.75m,
        ["SGD"] = 1.3m,
    };

    private static readonly Dictionary<string, string> Markets = new()
    {
        ["AU"] = "AUD",
        ["GB"] = "GBP",
        ["SG"] = "SGD",
    };

    /// <summary>Read: 1, 5 and 10 Gbps. Between and above them by the step: our own choice.</summary>
    public static decimal Mcr(int speedMbps) => speedMbps switch
    {
        <= 1000 => 600,
        <= 2500 => 780,
        <= 5000 => 1080,
        <= 10000 => 1200,
        _ => 1200 + ((speedMbps - 10000) * 0.024m),
    };

    /// <summary>Within a metro 120 (240 above 1 Gbps) and 0.012 a Mbps for a cloud's port. Between metros as Sydney to
    /// Melbourne at 1 Gbps and New York to Los Angeles at 50 Mbps; by the pair really.</summary>
    public static decimal Vxc(int rateMbps, bool sameMetro, bool toCloud) => sameMetro
        ? (rateMbps <= 1000 ? 120 : 240) + (toCloud ? rateMbps * 0.012m : 0)
        : 120 + (rateMbps * 0.36m);

    /// <summary>Off the list price; of 48 and 60 months no price was read.</summary>
    private static decimal Discount(int term) => term switch
    {
        >= 36 => 25m,
        24 => 20.83m,
        12 => 16.67m,
        _ => 0,
    };

    /// <summary>The price of an order line, as validation gives it.</summary>
    public static JsonObject Line(string name, string productType, Location? location, decimal monthly, int term)
    {
        var rate = Math.Round(monthly * (1 - (Discount(term) / 100)), 2);
        return new()
        {
            ["serviceName"] = name,
            ["productType"] = productType,
            ["productUid"] = null,
            ["error"] = null,
            ["metro"] = location?.Metro,
            ["market"] = location?.Market,
            ["price"] = new JsonObject
            {
                ["hourlySetup"] = 0,
                ["dailySetup"] = 0,
                ["monthlySetup"] = 0,
                ["hourlyRate"] = 0,
                ["dailyRate"] = 0,
                ["monthlyRate"] = rate,
                ["monthlyRackRate"] = monthly,
                ["fixedRecurringCharge"] = 0,
                ["longHaulMbpsRate"] = 0,
                ["mbpsRate"] = 0,
                ["currency"] = CurrencyOf(location),
                ["postPaidBaseRate"] = null,
                ["key"] = $"{productType}/{name}",
                ["productType"] = productType,
            },
        };
    }

    public static (string Message, JsonNode? Data) Price(MegaportState state, JsonElement body)
    {
        var type = body.Text("productType");
        var speed = body.SmallNumber("speed") is > 0 and var mbps ? mbps : throw Refusal.Invalid("Invalid speed");
        var term = body.SmallNumber("term") ?? 1;
        if (!OrderCalls.Terms.Contains(term))
        {
            throw Refusal.Invalid("Invalid term");
        }
        Location Place(string member) => state.LocationOf(body.SmallNumber(member) ?? 0)
            ?? throw Refusal.Invalid("Invalid location");
        var (home, list) = type switch
        {
            "MCR2" => (Place("locationId"), Mcr(speed)),
            "VXC" => (Place("aLocationId"), Vxc(speed, Place("aLocationId").Metro == Place("bLocationId").Metro,
                body.Text("connectType") is "AWSHC" or "AWS" or "AZURE")),
            _ => throw Refusal.Invalid("Invalid product type"),
        };
        var currency = body.Text("currency") ?? CurrencyOf(home);
        if (!Rates.TryGetValue(currency, out var rate))
        {
            throw Refusal.Invalid("Invalid currency");
        }
        var monthly = Math.Round(list / Rates[CurrencyOf(home)] * rate, 2);
        var discount = Math.Round(monthly * Discount(term) / 100, 2);
        return ("OK", new JsonObject
        {
            ["productType"] = type,
            ["currency"] = currency,
            ["monthlyRate"] = monthly - discount,
            ["monthlyRackRate"] = monthly,
            ["prices"] = new JsonArray((JsonNode?)new JsonObject
            {
                ["chargeReason"] = "CORE",
                ["frequency"] = "MONTHLY",
                ["amount"] = monthly,
            }),
            ["discounts"] = new JsonArray(discount > 0 ? [(JsonNode?)OfTerm(term, discount)] : []),
        });
    }

    private static JsonObject OfTerm(int term, decimal discount) => new()
    {
        ["discountReason"] = "TERM",
        ["amount"] = discount,
        ["discountDetails"] = new JsonObject
        {
            ["uid"] = CatalogueUid.Of("discount/term"),
            ["code"] = $"TERM{term}",
            ["description"] = $"{term} months",
            ["percentageAmount"] = Discount(term),
            ["shared"] = false,
        },
    };

    private static string CurrencyOf(Location? location) => Markets.GetValueOrDefault(location?.Market ?? "", Dollars);
}
