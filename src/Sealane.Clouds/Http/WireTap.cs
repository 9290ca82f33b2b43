using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Http;

/// <summary>Marks on a request that only we know: which cloud it goes to, what it is called, whether it may change
/// anything.</summary>
public static class CallOptions
{
    public static readonly HttpRequestOptionsKey<Cloud> Cloud = new("sealane.cloud");
    public static readonly HttpRequestOptionsKey<string> Operation = new("sealane.operation");
    public static readonly HttpRequestOptionsKey<bool> Writes = new("sealane.writes");

    /// <summary>Which AWS account asks, where it is not the link's own: two may see one thing differently.</summary>
    public static readonly HttpRequestOptionsKey<string> Account = new("sealane.account");
}

/// <summary>Takes whole exchanges, already masked.</summary>
public interface IWireLog
{
    Task Record(HttpRequestMessage request, string? requestBody, HttpResponseMessage response, string responseBody);
}

/// <summary>Counts every exchange and shows it to the wire log.</summary>
public sealed class WireTap(HttpMessageHandler inner, CallCount count, IWireLog? log) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        if (request.Options.TryGetValue(CallOptions.Cloud, out var cloud))
        {
            count.Add(cloud);
        }
        var refused = false;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            // A time-out of something in between (408) says nothing of what was done behind it.
            refused = (int)response.StatusCode is >= 400 and < 500 and not 408;
        }
        finally
        {
            // Without an answer it may have happened.
            if (request.Options.TryGetValue(CallOptions.Writes, out var writes) && writes)
            {
                count.AddWrite(refused);
            }
        }
        if (log is not null)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            var sent = request.Content is null ? null
                : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var got = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            await log.Record(request, sent, response, got).ConfigureAwait(false);
        }
        return response;
    }
}
