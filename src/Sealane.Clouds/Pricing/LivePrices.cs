using System.Text.Json;
using Sealane.Clouds.Megaport;
using Sealane.Core;
using Sealane.Core.Pricing;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Pricing;

/// <summary>Where prices are asked for.</summary>
/// <param name="Aws">Base of the bulk price list; null: the vendor's own.</param>
/// <param name="Azure">Base of the retail prices; null: the vendor's own.</param>
/// <param name="Megaport">Null where there is no API key: its prices are for accounts only.</param>
public sealed record PriceSources(Uri? Aws, Uri? Azure, MegaportClient? Megaport)
{
    /// <summary>Whom not to ask, and why.</summary>
    public IReadOnlyDictionary<Cloud, string> Unasked { get; init; } = new Dictionary<Cloud, string>();
}

/// <summary>
/// Asks the three vendors at once what things cost. Whoever is not reached, or not within the time, or answers what
/// nobody can read, is stood in for by the built-in book: a command never fails for a price, and waits for none for
/// longer than that.
/// </summary>
/// <param name="lists">The way to the public lists, past what counts and records calls: they are megabytes.</param>
/// <param name="limit">Of real time, for each vendor.</param>
public sealed class LivePrices(HttpMessageHandler lists, PriceSources sources, TimeProvider clock, TimeSpan limit)
{
    /// <summary>For a vendor, all calls together.</summary>
    public static TimeSpan UsualLimit { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Clouds in the same process are never silent, but a busy machine may be slow.</summary>
    public static TimeSpan InProcessLimit { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Of one file or page.</summary>
    internal int LargestBytes { get; init; } = 64 << 20;

    public async Task<PriceSheet> Ask(IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        using var http = new HttpClient(lists, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        var reader = new ListReader(http, LargestBytes);
        var clouds = await Task.WhenAll(items.Index().GroupBy(each => each.Item.Cloud).Select(async cloud =>
        {
            var (lines, note) = await Ask(cloud.Key, reader, [.. cloud.Select(each => each.Item)], ct)
                .ConfigureAwait(false);
            return (Lines: cloud.Select(each => each.Index).Zip(lines), Cloud: cloud.Key, Note: note);
        })).ConfigureAwait(false);
        return new([.. clouds.SelectMany(cloud => cloud.Lines).OrderBy(line => line.First)
            .Select(line => line.Second)])
        {
            Notes = [.. clouds.Where(cloud => cloud.Note is not null).OrderBy(cloud => cloud.Cloud)
                .Select(cloud => cloud.Note!)],
        };
    }

    private async Task<(IReadOnlyList<PriceLine> Lines, string? Note)> Ask(
        Cloud cloud, ListReader reader, IReadOnlyList<PriceItem> items, CancellationToken ct)
    {
        if (sources.Unasked.TryGetValue(cloud, out var why))
        {
            return ByBook(cloud, items, why);
        }
        using var patience = new CancellationTokenSource(limit, TimeProvider.System);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var now = clock.GetUtcNow();
        try
        {
            return (cloud switch
            {
                Cloud.Aws => await new AwsPriceList(reader, sources.Aws ?? AwsPriceList.Vendor, now)
                    .Ask(items, stop.Token).ConfigureAwait(false),
                Cloud.Azure => await new AzureRetailPrices(reader, sources.Azure ?? AzureRetailPrices.Vendor, now)
                    .Ask(items, stop.Token).ConfigureAwait(false),
                _ => await new MegaportPrices(
                        sources.Megaport ?? throw new PriceTrouble("it takes an API key, and there is none"),
                        DateOnly.FromDateTime(now.UtcDateTime))
                    .Ask(items, stop.Token).ConfigureAwait(false),
            }, null);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return ByBook(cloud, items, $"no whole answer within {limit.TotalSeconds:0} s");
        }
        catch (Exception error) when (error is PriceTrouble or CloudError or HttpRequestException or IOException)
        {
            return ByBook(cloud, items, error.Message);
        }
        // No text of it: it may hold anything, bytes that are no letters among them.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return ByBook(cloud, items, "the reply could not be read");
        }
    }

    private static (IReadOnlyList<PriceLine> Lines, string? Note) ByBook(
        Cloud cloud, IReadOnlyList<PriceItem> items, string why) =>
        ([.. items.Select(PriceSheet.ByBook)],
            $"{cloud switch { Cloud.Aws => "AWS", Cloud.Azure => "Azure", _ => "Megaport" }} by the built-in book: "
            + Plain.Line(why));
}
