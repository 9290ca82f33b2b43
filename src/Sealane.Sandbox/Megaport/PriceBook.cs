using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Megaport;

/// <summary>Prices of the right shape and order of magnitude; real ones depend on place, term and contract.</summary>
internal static class PriceBook
{
    private const string Currency = "AUD";

    public static decimal Mcr(int speedMbps) => 250m + (speedMbps / 1000m * 50m);

    public static decimal Vxc(int rateMbps, bool sameMetro) => 40m + (rateMbps * (sameMetro ? 0.2m : 1.5m));

    /// <summary>The price of an order line, as validation gives it.</summary>
    public static JsonObject Line(string name, string productType, Location? location, decimal monthly) => new()
    {
        ["serviceName"] = name,
        ["productType"] = productType,
        ["productUid"] = null,
        ["error"] = null,
        ["metro"] = location?.Metro,
        ["market"] = location?.Market,
        ["price"] = new JsonObject
        {
            ["monthlySetup"] = 0,
            ["monthlyRate"] = monthly,
            ["monthlyRackRate"] = monthly,
            ["currency"] = Currency,
            ["postPaidBaseRate"] = null,
            ["key"] = $"{productType}/{name}",
            ["productType"] = productType,
        },
    };

    public static (string Message, JsonNode? Data) Price(MegaportState state, JsonElement body)
    {
        var type = body.Text("productType");
        var speed = body.SmallNumber("speed") is > 0 and var mbps ? mbps : throw Refusal.Invalid("Invalid speed");
        var term = body.SmallNumber("term") ?? 1;
        var monthly = type switch
        {
            "MCR2" when state.LocationOf(body.SmallNumber("locationId") ?? 0) is not null => Mcr(speed),
            "VXC" when state.LocationOf(body.SmallNumber("aLocationId") ?? 0) is { } a
                && state.LocationOf(body.SmallNumber("bLocationId") ?? 0) is { } b => Vxc(speed, a.Metro == b.Metro),
            "MCR2" or "VXC" => throw Refusal.Invalid("Invalid location"),
            _ => throw Refusal.Invalid("Invalid product type"),
        };
        var discount = term >= 12 ? Math.Round(monthly * 0.1m, 2) : 0;
        return ("OK", new JsonObject
        {
            ["productType"] = type,
            ["currency"] = body.Text("currency") ?? Currency,
            ["monthlyRate"] = monthly - discount,
            ["monthlyRackRate"] = monthly,
            ["prices"] = new JsonArray(new JsonObject
            {
                ["chargeReason"] = "CORE",
                ["frequency"] = "MONTHLY",
                ["amount"] = monthly,
            }),
            ["discounts"] = new JsonArray(discount > 0
                ?
                [
                    new JsonObject
                    {
                        ["discountReason"] = "TERM",
                        ["amount"] = discount,
                        ["discountDetails"] = new JsonObject
                        {
                            ["uid"] = CatalogueUid.Of("discount/term"),
                            ["code"] = $"TERM{term}",
                            ["description"] = $"{term} months",
                            ["percentageAmount"] = 10.0,
                            ["shared"] = false,
                        },
                    },
                ]
                : []),
        });
    }
}
