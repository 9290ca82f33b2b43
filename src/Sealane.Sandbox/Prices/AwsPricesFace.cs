using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Prices;

/// <summary>AWS's bulk price list: a file an offer and region, for everybody.</summary>
/// <remarks>https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html</remarks>
public sealed class AwsPricesFace : IFace
{
    private const string Published = "2026-09-30T20:12:25Z";
    private const string Terms = "JRTCKXETXF";

    public WireReply Answer(WireRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Method is "GET" or "HEAD"
            && request.Path.Split('/') is ["", "offers", "v1.0", "aws", var offer, "current", var region, "index.json"]
            && AwsOfferRows.Of(offer, region) is { } rows
                ? new() { Status = 200, ContentType = "application/json", Body = File(offer, region, rows) }
                : Missing;
    }

    public WireReply Say(Fault fault, WireRequest request) => new()
    {
        Status = 503,
        ContentType = "application/xml",
        Body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>SlowDown</Code><Message>Please reduce your "
            + "request rate.</Message></Error>",
    };

    /// <summary>As a store of files answers that lists none to strangers.</summary>
    private static WireReply Missing { get; } = new()
    {
        Status = 403,
        ContentType = "application/xml",
        Body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied"
            + "</Message></Error>",
    };

    private static string File(string offer, string region, IReadOnlyList<OfferRow> rows)
    {
        var (products, onDemand, reserved) = (new JsonObject(), new JsonObject(), new JsonObject());
        var (prefix, title) = AwsOfferRows.Names(region);
        foreach (var (index, row) in rows.Index())
        {
            var sku = Sku($"{offer}/{region}/{index}");
            var attributes = new JsonObject
            {
                ["servicecode"] = offer,
                ["location"] = title,
                ["locationType"] = "AWS Region",
                ["regionCode"] = row.Region ?? region,
            };
            foreach (var (name, value) in row.Attributes)
            {
                attributes[name] = value.Replace("{prefix}", prefix, StringComparison.Ordinal);
            }
            var product = new JsonObject { ["sku"] = sku, ["attributes"] = attributes };
            if (row.Family.Length > 0)
            {
                product["productFamily"] = row.Family;
            }
            products[sku] = product;
            var own = new JsonObject
            {
                [$"{sku}.{Terms}"] = Term(sku, Terms, "2025-01-01T00:00:00Z", row, row.Dollars),
            };
            if (row.Before is { } before)
            {
                own[$"{sku}.OLDTERMS01"] = Term(sku, "OLDTERMS01", "2023-06-01T00:00:00Z", row, before);
                own[$"{sku}.NEWTERMS01"] = Term(sku, "NEWTERMS01", "2099-01-01T00:00:00Z", row, before * 3);
            }
            onDemand[sku] = own;
            reserved[sku] = new JsonObject
            {
                [$"{sku}.38NPMPTW36"] = Term(sku, "38NPMPTW36", "2025-01-01T00:00:00Z", row, row.Dollars / 2),
            };
        }
        return new JsonObject
        {
            ["formatVersion"] = "v1.0",
            ["disclaimer"] = "This pricing list is for informational purposes only.",
            ["offerCode"] = offer,
            ["version"] = "20260930201225",
            ["publicationDate"] = Published,
            ["products"] = products,
            ["terms"] = new JsonObject { ["OnDemand"] = onDemand, ["Reserved"] = reserved },
            ["attributesList"] = new JsonObject(),
        }.ToJsonString();
    }

    private static JsonObject Term(string sku, string code, string from, OfferRow row, decimal dollars) => new()
    {
        ["offerTermCode"] = code,
        ["sku"] = sku,
        ["effectiveDate"] = from,
        ["priceDimensions"] = new JsonObject
        {
            [$"{sku}.{code}.6YS6EN2CT7"] = new JsonObject
            {
                ["rateCode"] = $"{sku}.{code}.6YS6EN2CT7",
                ["description"] = $"${dollars.ToString(CultureInfo.InvariantCulture)} per {row.Unit}",
                ["beginRange"] = "0",
                ["endRange"] = "Inf",
                ["unit"] = row.Unit,
                ["pricePerUnit"] = new JsonObject
                {
                    ["USD"] = dollars.ToString("0.0000000000", CultureInfo.InvariantCulture),
                },
                ["appliesTo"] = new JsonArray(),
            },
        },
        ["termAttributes"] = new JsonObject(),
    };

    private static string Sku(string of) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(of)))[..16];
}
