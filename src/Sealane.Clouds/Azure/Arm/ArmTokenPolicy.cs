using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// Puts the bearer token on every request. Our own instead of Azure.Core's for two reasons: tokens age on the clock
/// that was passed in, and a sandbox on loopback may speak plain http. A token never leaves the machine over plain
/// http.
/// </summary>
internal sealed class ArmTokenPolicy(AzureCredentialSource source, string scope, TimeProvider clock)
    : HttpPipelinePolicy
{
    /// <summary>Renewed a little early, so that no request is on its way when the token ends.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    internal sealed record Held(string Token, DateTimeOffset Ends);

    private volatile Held? _held;

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var uri = message.Request.Uri.ToUri();
        if (uri.Scheme != Uri.UriSchemeHttps && !uri.IsLoopback)
        {
            throw new CloudError(Cloud.Azure, $"{message.Request.Method} {uri.Host}", CloudErrorKind.Invalid, null,
                null,
                "a token may not be sent over plain http", advice: "use an https endpoint");
        }
        var held = await Token(message.CancellationToken).ConfigureAwait(false);
        await Send(message, pipeline, held).ConfigureAwait(false);
        if (message.HasResponse && message.Response.Status == 401)
        {
            // Refused before anything was done, so the same request may go again, once, with a fresh token.
            if (ReferenceEquals(_held, held))
            {
                _held = null;
                source.StartOver();
            }
            var fresh = await Token(message.CancellationToken).ConfigureAwait(false);
            if (fresh.Token != held.Token)
            {
                message.Response.Dispose();
                await Send(message, pipeline, fresh).ConfigureAwait(false);
            }
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("ARM is only called asynchronously");

    private static ValueTask Send(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline, Held held)
    {
        message.Request.Headers.SetValue("Authorization", $"Bearer {held.Token}");
        return ProcessNextAsync(message, pipeline);
    }

    internal async ValueTask<Held> Token(CancellationToken ct)
    {
        if (_held is { } held && clock.GetUtcNow() < held.Ends - Early)
        {
            return held;
        }
        try
        {
            var token = await source.Current.GetTokenAsync(new([scope]), ct).ConfigureAwait(false);
            return _held = new(token.Token, token.ExpiresOn);
        }
        catch (Exception error)
            when (error is AuthenticationFailedException or RequestFailedException or HttpRequestException)
        {
            throw CauseOf(error) ?? AzureErrors.NoToken(ReasonOf(error), IsUnreachable(error), error);
        }
    }

    /// <summary>What stands before the network may have found the cause itself; Azure.Identity buries it.</summary>
    private static CloudError? CauseOf(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is CloudError cause)
            {
                return cause;
            }
        }
        return null;
    }

    /// <summary>No answer, or an answer that the login service is unwell: nothing was decided about the
    /// credentials.</summary>
    private static bool IsUnreachable(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e is HttpRequestException or RequestFailedException { Status: 0 or 429 or >= 500 }
                or Microsoft.Identity.Client.MsalServiceException { StatusCode: 429 or >= 500 })
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The login service's own line where there is one: Azure.Identity wraps it in advice that hides
    /// it.</summary>
    private static string ReasonOf(Exception error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            if (e.Message.IndexOf("AADSTS", StringComparison.Ordinal) is var at and >= 0)
            {
                return FirstLine(e.Message[at..]);
            }
        }
        return FirstLine(error.Message);
    }

    private static string FirstLine(string message) => message.Split('\n', 2)[0].Trim();
}
