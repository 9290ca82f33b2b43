using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>The bearer token of the client-credentials flow, kept until shortly before it ends.</summary>
/// <remarks>https://docs.megaport.com/api/api-overview/ (authentication)</remarks>
internal sealed class MegaportToken(HttpClient http, MegaportSettings settings, TimeProvider clock)
{
    private const string Operation = "POST oauth2/token";

    /// <summary>A token that ends while a call is under way fails that call, so it is renewed a little early.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private Secret? _token;
    private DateTimeOffset _renewAt;
    private bool _asking;

    public async Task<Secret> Get(CancellationToken ct)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_token is { } token && clock.GetUtcNow() < _renewAt)
                {
                    return token;
                }
                if (!_asking)
                {
                    _asking = true;
                    break;
                }
            }
            // Others wait on the clock and not on a semaphore: a virtual clock stands still for a waiter that it does
            // not see.
            await Task.Delay(Turn, clock, ct).ConfigureAwait(false);
        }
        try
        {
            var (token, lifetime) = await Ask(ct).ConfigureAwait(false);
            lock (_gate)
            {
                _token = token;
                _renewAt = clock.GetUtcNow() + (lifetime > Margin * 2 ? lifetime - Margin : lifetime / 2);
            }
            return token;
        }
        finally
        {
            lock (_gate)
            {
                _asking = false;
            }
        }
    }

    /// <summary>Called when the API answered 401 to a token that we thought was good.</summary>
    public void Forget(Secret refused)
    {
        lock (_gate)
        {
            if (refused.Equals(_token))
            {
                _token = null;
            }
        }
    }

    private async Task<(Secret Token, TimeSpan Lifetime)> Ask(CancellationToken ct)
    {
        if (settings.AccessKey.Length == 0)
        {
            throw new CloudError(Cloud.Megaport, Operation, CloudErrorKind.Denied, null, "NoCredentials",
                "no Megaport API key",
                advice: "set MEGAPORT_ACCESS_KEY and MEGAPORT_SECRET_KEY (Megaport portal: Company, API Keys)");
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, settings.Token);
        request.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        var pair = Convert.ToBase64String(
            Encoding.UTF8.GetBytes($"{settings.AccessKey}:{settings.SecretKey.Reveal()}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", pair);
        request.Headers.Accept.Add(new("application/json"));
        request.Options.Set(CallOptions.Cloud, Cloud.Megaport);
        request.Options.Set(CallOptions.Operation, Operation);
        request.Options.Set(CallOptions.Writes, false);
        try
        {
            using var response = await http.SendAsync(request, ct).ConfigureAwait(false);
            return await Read(response, ct).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw MegaportErrors.Transport(Operation, writes: false, error);
        }
        catch (OperationCanceledException error) when (!ct.IsCancellationRequested)
        {
            throw MegaportErrors.Transport(Operation, writes: false, error);
        }
    }

    // The reply is never quoted in an error, whatever it holds: it is the one body that is all secret.
    private async Task<(Secret, TimeSpan)> Read(HttpResponseMessage response, CancellationToken ct)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        if (status is 408 or 429 or >= 500)
        {
            throw new CloudError(
                Cloud.Megaport, Operation, status == 429 ? CloudErrorKind.Throttled : CloudErrorKind.Unavailable,
                status, null,
                "the token endpoint could not answer", MegaportErrors.TraceId(response))
            {
                RetryAfter = MegaportErrors.RetryAfter(response, clock),
            };
        }
        string? code = null;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                // A refusal can come with 200: the error member decides.
                code = json.RootElement.TryGetProperty("error", out var error) ? error.ToString() : null;
                if (code is null && response.IsSuccessStatusCode
                    && json.RootElement.TryGetProperty("access_token", out var token)
                        && token.GetString() is { Length: > 0 } text)
                {
                    var seconds = json.RootElement.TryGetProperty("expires_in", out var lifetime)
                        && double.TryParse(lifetime.ToString(), System.Globalization.CultureInfo.InvariantCulture,
                            out var given)
                            ? given : 300;
                    return (new(text), TimeSpan.FromSeconds(seconds));
                }
            }
        }
        catch (JsonException) when (status is not (400 or 401 or 403))
        {
            // A proxy's page is no refusal.
            throw new CloudError(
                Cloud.Megaport, Operation, CloudErrorKind.Unavailable, status, null,
                "the token endpoint's reply could not be read: it is no JSON", MegaportErrors.TraceId(response),
                UnreadableReply.Advice);
        }
        catch (JsonException)
        {
            code = null;
        }
        throw new CloudError(
            Cloud.Megaport, Operation, CloudErrorKind.Denied, status, code, "Megaport gave no token for this API key",
            MegaportErrors.TraceId(response),
            "set MEGAPORT_ACCESS_KEY and MEGAPORT_SECRET_KEY to an active API key of the same environment (production "
                + "or staging)");
    }
}
