using System.Collections.Concurrent;
using Sealane.Cli.Output;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// Between the clients and the network: knows what is being asked and for how long, and gives up on a host that never
/// answers. A read and its repetitions together are left in less than a minute, so nobody sits in front of a silent
/// terminal and wonders.
/// </summary>
internal sealed class CallWatch(HttpMessageHandler inner, TimeProvider clock) : DelegatingHandler(inner)
{
    /// <summary>One try. Reads of the three clouds answer in seconds; the slow work is behind operations that are
    /// polled.</summary>
    private static readonly TimeSpan Try = TimeSpan.FromSeconds(20);

    /// <summary>A read with its repetitions, whose pauses (1, 2, 4, 8 s) come on top.</summary>
    private static readonly TimeSpan Tries = TimeSpan.FromSeconds(40);

    /// <summary>A call that writes is never repeated here, and is given longer: what it did would have to be looked
    /// up.</summary>
    private static readonly TimeSpan Write = TimeSpan.FromSeconds(55);

    /// <summary>Megaport's own clients give a purchase two minutes and more (megaportgo,
    /// terraform-provider-megaport).</summary>
    private static readonly TimeSpan Purchase = TimeSpan.FromSeconds(150);

    /// <summary>From then on a wait is worth telling.</summary>
    public static TimeSpan Silent { get; } = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HttpRequestMessage, long> _asked = new();
    private readonly ConcurrentDictionary<string, long> _tried = new(StringComparer.Ordinal);

    /// <summary>What has been asked for longest and has no answer yet; null while everything answers within a
    /// second.</summary>
    public string? Waiting => _asked.ToArray()
        .Select(call => (Call: call.Key, For: clock.GetElapsedTime(call.Value)))
        .Where(call => call.For >= Silent)
        .OrderByDescending(call => call.For)
        .Select(call => $"asking for {Durations.Words(call.For)}: {Name(call.Call)}")
        .FirstOrDefault();

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (key, limit) = Limit(request);
        using var patience = new CancellationTokenSource(limit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        _asked[request] = clock.GetTimestamp();
        try
        {
            var response = await base.SendAsync(request, stop.Token).ConfigureAwait(false);
            // The body too: a connection may fall silent in the middle of a reply.
            await response.Content.LoadIntoBufferAsync(stop.Token).ConfigureAwait(false);
            _tried.TryRemove(key, out _);
            return response;
        }
        catch (OperationCanceledException) when (
            patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Not an error of the connection: the clients must take it as a request that may have arrived.
            throw new HttpRequestException(
                $"{request.RequestUri?.Authority} did not answer in {Durations.Words(limit)}; it, or a proxy on the "
                    + $"way, accepts and stays silent");
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            throw Untrusted(request, error);
        }
        finally
        {
            _asked.TryRemove(request, out _);
        }
    }

    private (string Key, TimeSpan Limit) Limit(HttpRequestMessage request)
    {
        var key = Name(request);
        if (request.Options.TryGetValue(CallOptions.Writes, out var writes) && writes)
        {
            return (key, key.Contains("networkdesign/buy", StringComparison.Ordinal) ? Purchase : Write);
        }
        var first = _tried.AddOrUpdate(key, _ => clock.GetTimestamp(),
            (_, began) => clock.GetElapsedTime(began) > TimeSpan.FromMinutes(1) ? clock.GetTimestamp() : began);
        var left = Tries - clock.GetElapsedTime(first);
        return (key, left > Try ? Try : left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1));
    }

    /// <summary><c>Azure: GET virtualNetworkGateways/sydney-vpngw</c>; a sign-in has no name of its own.</summary>
    private static string Name(HttpRequestMessage request) =>
        request.Options.TryGetValue(CallOptions.Cloud, out var cloud)
            && request.Options.TryGetValue(CallOptions.Operation, out var operation)
            ? $"{CloudNames.Of(cloud)}: {operation}"
            : $"{request.RequestUri?.Host}: {request.Method}";

    private static CloudError Untrusted(HttpRequestMessage request, HttpRequestException error) => new(
        request.Options.TryGetValue(CallOptions.Cloud, out var cloud) ? cloud : Cloud.Azure,
        $"TLS to {request.RequestUri?.Authority}", CloudErrorKind.Denied, null, "Untrusted",
        $"the certificate of {request.RequestUri?.Authority} is not trusted: {Innermost(error).Message}",
        advice: $"behind a proxy that opens TLS, or with a served sandbox, name its authority: export "
            + $"{Endpoints.AuthorityVariable}=FILE.pem",
        inner: error);

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
