using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Sealane.Service.Links;
using Sealane.Service.Records;

namespace Sealane.Service.Api;

/// <summary>
/// Server-sent events, read from the records by number: whoever comes back with <c>Last-Event-ID</c> misses nothing. A
/// stream ends when the service stops, which would otherwise wait for the reader to leave.
/// </summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html</remarks>
internal static class Streams
{
    private const int AtOnce = 200;

    /// <summary>Of all links, from now on or from the number that the reader names.</summary>
    public static IResult Changes(HttpContext context, Store store, Bell bell, IHostApplicationLifetime life) =>
        TypedResults.ServerSentEvents(Follow(Last(context) ?? store.LastChange(),
            last => [.. store.HistoryAfter(null, last, AtOnce).Select(row => (row.Id, "change",
                JsonSerializer.Serialize(ChangeView.Of(row), JsonSerializerOptions.Web)))], () => false, bell,
            life.ApplicationStopping, context.RequestAborted));

    /// <summary>Of one run, from its beginning to its end.</summary>
    public static IResult Run(HttpContext context, long run, Store store, Bell bell, IHostApplicationLifetime life) =>
        TypedResults.ServerSentEvents(Follow(Last(context) ?? 0,
            last => [.. store.EventsAfter(run, last).Select(row => (row.Seq, "step", row.Json))],
            () => store.Run(run)?.IsOpen != true, bell, life.ApplicationStopping, context.RequestAborted));

    private static long? Last(HttpContext context) => long.TryParse(context.Request.Headers["Last-Event-ID"],
        NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    private static async IAsyncEnumerable<SseItem<string>> Follow(
        long last, Func<long, IReadOnlyList<(long Id, string Type, string Data)>> after, Func<bool> isOver, Bell bell,
        CancellationToken stopping, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping, ct);
        while (!stop.IsCancellationRequested)
        {
            var (next, over) = (bell.Next, isOver());
            var rows = after(last);
            foreach (var (id, type, data) in rows)
            {
                last = id;
                yield return new(data, type) { EventId = id.ToString(CultureInfo.InvariantCulture) };
            }
            if (over && rows.Count == 0)
            {
                yield return new("{}", "end");
                yield break;
            }
            if (rows.Count == 0 && !await Waited(next, stop.Token).ConfigureAwait(false))
            {
                yield break;
            }
            if (rows.Count == 0 && !next.IsCompleted)
            {
                // Nothing for a while: shows both ends that the other is there.
                yield return new("{}", "still");
            }
        }
    }

    private static async Task<bool> Waited(Task next, CancellationToken ct)
    {
        try
        {
            await Bell.Wait(next, ct).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
