using System.Collections.Concurrent;
using Sealane.Clouds.Http;

namespace Sealane.Service.Accounts;

/// <summary>
/// Stands before all calls of a session: counts them by account, holds them back while the account is put off, whoever
/// was told so, and passes on what its own were told.
/// </summary>
/// <param name="isRun">Whether each call is taken as it goes; a look has taken its calls before.</param>
internal sealed class PacedCalls(HttpMessageHandler near, LinkAccounts links, AllAccounts accounts, bool isRun)
    : DelegatingHandler(near)
{
    /// <summary>Clients give up a call in a hundred seconds; after this it is for the vendor to say no again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> _sent = new(StringComparer.Ordinal);

    /// <summary>Calls so far, by account.</summary>
    public IReadOnlyDictionary<string, int> Sent => _sent;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (links.Of(request) is not { } account)
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        if (CallInTurn.Now is { } call)
        {
            // What of the vendor's answers means too many is the client's to say.
            call.PutOff = after => accounts.PutOff(account, after);
        }
        var held = await accounts.Take(account, isRun ? 1 : 0, waits: false).ConfigureAwait(false);
        if (held > TimeSpan.Zero)
        {
            await Task.Delay(held < Longest ? held : Longest, cancellationToken).ConfigureAwait(false);
        }
        _sent.AddOrUpdate(account, 1, (_, sent) => sent + 1);
        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
