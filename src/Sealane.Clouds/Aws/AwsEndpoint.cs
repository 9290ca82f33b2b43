using System.Text;
using Sealane.Clouds.Http;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>One call as it goes out.</summary>
/// <param name="Operation">The vendor's name without the service: <c>CreateVpnConnection</c>.</param>
/// <param name="Writes">Whether it can change anything: such a call is never repeated blindly.</param>
/// <param name="Secrets">Keys in the body: a service that repeats one in its refusal must not bring it into a
/// log.</param>
internal sealed record AwsCall(
    string Operation, byte[] Body, string ContentType, string? Target, bool Writes, IReadOnlyList<Secret> Secrets)
{
    public string Mask(string message) =>
        Secrets.Aggregate(message,
            (text, secret) => text.Replace(secret.Reveal(), secret.ToString(), StringComparison.Ordinal));
}

/// <summary>What an error reply says, whatever its protocol.</summary>
internal sealed record AwsFault(string? Code, string Message, string? RequestId);

/// <summary>One service in one region: signs, sends, repeats what is safe, and turns every failure into a <see
/// cref="CloudError"/>.</summary>
/// <param name="account">Whose credentials they are, where not the link's own account's.</param>
public sealed class AwsEndpoint(CloudContext context, AwsCredentialSource credentials, Uri uri, string region,
    string service, string? account = null)
{
    /// <summary>EC2 refuses a request whose time is more than 15 minutes off, other services may be stricter.</summary>
    /// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (RequestExpired)</remarks>
    private static readonly TimeSpan TolerableSkew = TimeSpan.FromMinutes(2);

    private readonly Retries _retries = Retries.On(context);
    private TimeSpan _skew;

    /// <param name="read">
    /// Makes something of a good answer, or throws <see cref="UnreadableReply"/>: a reading call is then repeated like
    /// one
    /// that was not answered at all.
    /// </param>
    internal async Task<T> Post<T>(
        AwsCall call, Func<string, HttpResponseMessage, AwsFault> readFault, Func<string, T> read,
            CancellationToken ct) =>
        await context.Look.Once(
            $"{account}{uri} {call.Target}{call.Operation} {Encoding.UTF8.GetString(call.Body)}", call.Writes,
            async () => await _retries.ExecuteAsync(
                async token => await Once(call, readFault, read, mayCorrectClock: true, token).ConfigureAwait(false),
                ct).ConfigureAwait(false)).ConfigureAwait(false);

    private CloudError Unreadable(AwsCall call, int status, string what) => new(
        Cloud.Aws, Name(call), call.Writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable, status, null,
        $"the reply could not be read: {call.Mask(what)}", advice: UnreadableReply.Advice);

    private string Name(AwsCall call) => $"{service}:{call.Operation}";

    private async Task<T> Once<T>(
        AwsCall call, Func<string, HttpResponseMessage, AwsFault> readFault, Func<string, T> read, bool mayCorrectClock,
        CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, uri);
        request.Content = new ByteArrayContent(call.Body);
        request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
        request.Options.Set(CallOptions.Cloud, Cloud.Aws);
        request.Options.Set(CallOptions.Operation, Name(call));
        request.Options.Set(CallOptions.Writes, call.Writes);
        if (account is not null)
        {
            request.Options.Set(CallOptions.Account, account);
        }
        // Signed inside the retry loop: a signature carries its time.
        AwsSigner.Sign(request, call.Body, call.ContentType, call.Target,
            await credentials.Get(Name(call)).ConfigureAwait(false), region, service,
            context.Clock.GetUtcNow() + _skew);

        // The connections belong to the transport that was passed in; the client over it is only a wrapper with a time
        // limit.
        using var http = new HttpClient(context.Transport, disposeHandler: false);
        // What could change something is either not begun or finished.
        ct.ThrowIfCancellationRequested();
        var inFlight = call.Writes ? CancellationToken.None : ct;
        using var response = await Send(http, request, call, inFlight).ConfigureAwait(false);
        var body = await Read(response, call, inFlight).ConfigureAwait(false);
        if (response.IsSuccessStatusCode)
        {
            try
            {
                return read(body);
            }
            catch (UnreadableReply what)
            {
                throw Unreadable(call, (int)response.StatusCode, what.Message);
            }
        }
        var fault = readFault(body, response);
        fault = fault with { Message = call.Mask(fault.Message) };
        if (mayCorrectClock && AwsErrors.MayBeClockSkew(fault.Code) && CorrectClock(response))
        {
            return await Once(call, readFault, read, mayCorrectClock: false, ct).ConfigureAwait(false);
        }
        throw AwsErrors.Error(Name(call), (int)response.StatusCode, fault, call.Writes,
            response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Takes the cloud's time from its Date header. Such a refusal comes before anything is done, so the call
    /// may be repeated.</summary>
    private bool CorrectClock(HttpResponseMessage response)
    {
        if (response.Headers.Date is not { } theirs)
        {
            return false;
        }
        var skew = theirs - context.Clock.GetUtcNow();
        if ((skew - _skew).Duration() < TolerableSkew)
        {
            return false;
        }
        _skew = skew;
        return true;
    }

    private async Task<HttpResponseMessage> Send(HttpClient http, HttpRequestMessage request, AwsCall call,
        CancellationToken ct)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError is HttpRequestError.NameResolutionError
            or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError)
        {
            // Nothing was sent, so nothing can have happened.
            throw new CloudError(Cloud.Aws, Name(call), CloudErrorKind.Unavailable, null, null,
                $"{uri.Authority} cannot be reached: {error.Message}",
                advice: "check the network, the proxy, and the region or endpoint named in the spec", inner: error);
        }
        catch (Exception error) when (Lost(error, ct))
        {
            throw LostReply(call, error);
        }
    }

    private async Task<string> Read(HttpResponseMessage response, AwsCall call, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        }
        catch (Exception error) when (Lost(error, ct))
        {
            throw LostReply(call, error);
        }
    }

    private static bool Lost(Exception error, CancellationToken ct) =>
        error is HttpRequestException or IOException
            || (error is OperationCanceledException && !ct.IsCancellationRequested);

    private CloudError LostReply(AwsCall call, Exception error) => new(
        Cloud.Aws, Name(call), call.Writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable, null, null,
        error is OperationCanceledException ? "no answer in time" : $"the connection broke: {error.Message}",
        inner: error);
}
