using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Places;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Pricing;

/// <summary>Megaport's price book, as it is for the account that asks: term and discounts are in it.</summary>
/// <remarks>POST /v4/pricebook/product; github.com/megaport/megaportgo, pricing_types.go</remarks>
internal sealed class MegaportPrices(MegaportClient api, DateOnly today)
{
    private const string Source = "Megaport's price book for this account (v4/pricebook/product)";

    /// <returns>A line for each item, in their order.</returns>
    public async Task<IReadOnlyList<PriceLine>> Ask(IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        var locations = await api.Locations(ct).ConfigureAwait(false);
        var said = new Dictionary<string, JsonObject?>(StringComparer.Ordinal);
        var lines = new List<PriceLine>();
        foreach (var item in items)
        {
            if (Question(item, locations) is not var (question, isSure))
            {
                lines.Add(PriceSheet.ByBook(item));
                continue;
            }
            var key = question.ToJsonString();
            if (!said.TryGetValue(key, out var price))
            {
                said[key] = price = await Price(question, ct).ConfigureAwait(false);
            }
            lines.Add(Line(item, price, isSure));
        }
        return lines;
    }

    /// <summary>Null where Megaport sells no such thing: that is an answer, and not a trouble.</summary>
    private async Task<JsonObject?> Price(JsonObject question, CancellationToken ct)
    {
        try
        {
            return await api.Price(question, ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.Invalid or CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    private PriceLine Line(PriceItem item, JsonObject? price, bool isSure) =>
        Number(price?["monthlyRate"]) is > 0 and var monthly
        && price?["currency"] is JsonValue text && text.TryGetValue<string>(out var currency)
        && currency is { Length: 3 } && currency.All(char.IsAsciiLetterUpper)
            ? new(item, new(monthly, currency, Source, today, isSure) { IsLive = true })
            : new(item, null, "Megaport's price book has no price of it");

    private static decimal? Number(JsonNode? node) => decimal.TryParse(
        (node as JsonValue)?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    /// <summary>Null where an end cannot be told: then nobody can be asked.</summary>
    private static (JsonObject Question, bool IsSure)? Question(PriceItem item, IReadOnlyList<Location> all)
    {
        int Speed() => int.Parse(item.Key.Split('/')[1], CultureInfo.InvariantCulture);
        var kind = item.Key.StartsWith("mcr/", StringComparison.Ordinal) ? "MCR2" : "VXC";
        if (item.Sites is not [var from, ..] || Site(all, from) is not { } home)
        {
            return null;
        }
        var asked = new JsonObject
        {
            ["productType"] = kind,
            ["speed"] = Speed(),
            ["term"] = item.TermMonths ?? 1,
        };
        if (PriceBook.CurrencyOf(item.Place) is { } currency)
        {
            asked["currency"] = currency;
        }
        if (kind == "MCR2")
        {
            asked["locationId"] = home.Id!.Value;
            return (asked, true);
        }
        var toAws = item.Of.StartsWith("megaport/aws-vxc", StringComparison.Ordinal);
        if (item.Sites is not [_, var to] || (toAws ? Site(all, to) : Edge(all, to) ?? InMetro(home, to))
            is not { } far)
        {
            return null;
        }
        asked["aLocationId"] = home.Id!.Value;
        asked["bLocationId"] = far.Id!.Value;
        asked["connectType"] = toAws ? "AWSHC" : "AZURE";
        asked["aEndProductType"] = "MCR2";
        return (asked, toAws || Edge(all, to) is not null);
    }

    private static Location? Site(IReadOnlyList<Location> all, string written)
    {
        try
        {
            return McrPlace.Find(all, written);
        }
        catch (CloudError)
        {
            return null;
        }
    }

    /// <summary>The site in which Microsoft's edge of a peering location stands.</summary>
    private static Location? Edge(IReadOnlyList<Location> all, string peering) =>
        KnownPlaces.FindPeering(peering)?.Site.Split(", ").Select(site => all.FirstOrDefault(place =>
                place is { Id: not null, Name: not null, Metro.Length: > 0 }
                && string.Equals(new NamedSite(place.Id, place.Name, place.Metro).WithoutMetro, site,
                    StringComparison.OrdinalIgnoreCase)))
            .FirstOrDefault(place => place is not null);

    /// <summary>The router's own site where the peering location is of the same metro, by which the price
    /// goes.</summary>
    private static Location? InMetro(Location home, string peering) =>
        string.Equals(home.Metro, peering.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'),
            StringComparison.OrdinalIgnoreCase) ? home : null;
}
