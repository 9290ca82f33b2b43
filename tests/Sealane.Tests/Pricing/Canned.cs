using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Clouds.Pricing;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Pricing;

/// <summary>Vendors that answer what a test writes down, and remember what they were asked.</summary>
internal sealed class Canned(Func<Uri, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public List<Uri> Asked { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken ct)
    {
        lock (Asked)
        {
            Asked.Add(request.RequestUri!);
        }
        return await answer(request.RequestUri!, ct);
    }

    public static Task<HttpResponseMessage> Reply(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        Task.FromResult(new HttpResponseMessage(status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        });

    public static async Task<PriceLine> Line(string body, PriceItem item)
    {
        using var vendor = new Canned((_, _) => Reply(body));
        var sheet = await new LivePrices(vendor, new(null, null, null), new At(Now), TimeSpan.FromSeconds(20))
            .Ask([item], TestContext.Current.CancellationToken);
        Assert.Empty(sheet.Notes);
        return Assert.Single(sheet.Lines);
    }

    public static PriceItem Item(Cloud cloud, string key, string place) => new(
        "aws/any", cloud, "anything", key, place, PriceUnit.Hour, 730)
    {
        Sites = ["EQSY3", "NDCM1"],
    };

    /// <summary>An offer of AWS; each row with its members, those of the terms among them.</summary>
    public static string Offer(params JsonObject[] rows)
    {
        var (products, terms) = (new JsonObject(), new JsonObject());
        foreach (var (index, row) in rows.Index())
        {
            var attributes = new JsonObject(row.Where(member => char.IsLower(member.Key[0])
                    && member.Key is not ("family" or "unit" or "price" or "from" or "term"))
                .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));
            products[$"S{index}"] = new JsonObject
            {
                ["productFamily"] = row["family"]?.DeepClone(),
                ["attributes"] = attributes,
            };
            var kind = (string?)row["term"] ?? "OnDemand";
            terms[kind] ??= new JsonObject();
            terms[kind]![$"S{index}"] = new JsonObject
            {
                [$"S{index}.T"] = new JsonObject
                {
                    ["effectiveDate"] = row["from"]?.DeepClone() ?? "2025-01-01T00:00:00Z",
                    ["priceDimensions"] = new JsonObject
                    {
                        ["D"] = new JsonObject
                        {
                            ["unit"] = row["unit"]?.DeepClone(),
                            ["pricePerUnit"] = new JsonObject { ["USD"] = row["price"]?.DeepClone() },
                        },
                    },
                },
            };
        }
        return new JsonObject
        {
            ["publicationDate"] = "2026-11-20T00:00:00Z",
            ["products"] = products,
            ["terms"] = terms,
        }.ToJsonString();
    }

    public sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
