using System.Collections.Concurrent;
using System.Net;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Service.Accounts;

/// <summary>
/// Stands before all calls of a session: counts them by account, holds them back while the account is put off, whoever
/// was told so, and passes on what its own were told. Where the account's grain does not answer they go out: the
/// vendor's own limit is still there.
/// </summary>
/// <param name="isRun">Whether each call is taken as it goes; a look has taken its calls before.</param>
internal sealed class PacedCalls(HttpMessageHandler near, LinkAccounts accounts, Func<string, IAccountGrain> grains,
    bool isRun) : DelegatingHandler(near)
{
    /// <summary>Clients give up a call in a hundred seconds; after this it is for the vendor to say no again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);

    /// <summary>Calls so far, by account.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (accounts.Of(request) is not { } account)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        var held = await Asked(account, grain => grain.Take(isRun ? 1 : 0, waits: false)).ConfigureAwait(false);
        if (held > TimeSpan.Zero)
        {
            await Task.Delay(held < Longest ? held : Longest, cancellationToken).ConfigureAwait(false);
        }
        _sent.AddOrUpdate(account, 1, (_, sent) => sent + 1);
        var reply = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (await IsPutOff(request, reply, cancellationToken).ConfigureAwait(false))
        {
            var after = reply.Headers.RetryAfter is { } said
                ? said.Delta ?? said.Date - TimeProvider.System.GetUtcNow() : null;
            await Asked(account, async grain =>
            {
                await grain.PutOff(after).ConfigureAwait(false);
                return TimeSpan.Zero;
            }).ConfigureAwait(false);
        }
        return reply;
    }

    /// <summary>Azure and Megaport say it by the status, AWS by a code.</summary>
    private static async Task<bool> IsPutOff(
        HttpRequestMessage request, HttpResponseMessage reply, CancellationToken ct)
    {
        if (reply.StatusCode == HttpStatusCode.TooManyRequests)
        {
            return true;
        }
        if (reply.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadRequest)
            || !request.Options.TryGetValue(CallOptions.Cloud, out var cloud) || cloud != Cloud.Aws)
        {
            return false;
        }
        await reply.Content.LoadIntoBufferAsync(ct).ConfigureAwait(false);
        var text = await reply.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        return text.Contains("RequestLimitExceeded", StringComparison.Ordinal)
            || text.Contains("Throttl", StringComparison.Ordinal)
            || text.Contains("TooManyRequests", StringComparison.Ordinal);
    }

    private async Task<TimeSpan> Asked(string account, Func<IAccountGrain, Task<TimeSpan>> ask)
    {
        try
        {
            return await ask(grains(account)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            return TimeSpan.Zero;
        }
    }
}
