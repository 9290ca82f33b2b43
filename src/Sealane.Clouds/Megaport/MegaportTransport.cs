using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Megaport;

/// <summary>One call: what it is named, whether it may change anything, and which texts no error may quote.</summary>
/// <param name="Operation">The call as reports print it, without ids and keys: <c>PUT product/vxc</c>.</param>
internal sealed record MegaportCall(HttpMethod Method, string Path, string Operation, bool Writes)
{
    public object? Body { get; init; }
    public IReadOnlyList<Secret?> Hide { get; init; } = [];
    public ReplyShape? Expects { get; init; }

    public static MegaportCall Get(string path, string operation, ReplyShape expects) =>
        new(HttpMethod.Get, path, operation, Writes: false) { Expects = expects };
    public static MegaportCall Post(string path, string operation, object? body = null) =>
        new(HttpMethod.Post, path, operation, Writes: true) { Body = body };
    public static MegaportCall Put(string path, string operation, object body) =>
        new(HttpMethod.Put, path, operation, Writes: true) { Body = body };
    public static MegaportCall Delete(string path, string operation) =>
        new(HttpMethod.Delete, path, operation, Writes: true);
}

/// <summary>Sends calls: token, retries of what is safe to repeat, errors as <see cref="CloudError"/>.</summary>
internal sealed class MegaportTransport : IDisposable
{
    /// <summary>Buying can be slow: the vendor's own clients give it two minutes and more.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(150);

    private readonly HttpClient _http;
    private readonly MegaportSettings _settings;
    private readonly MegaportToken _token;
    private readonly Retries _retries;
    private readonly SameLook _look;

    public MegaportTransport(CloudContext context, MegaportSettings settings)
    {
        _http = new(context.Transport, disposeHandler: false) { Timeout = CallTimeout };
        _settings = settings;
        _token = new(_http, settings, context.Clock);
        _retries = Retries.On(context);
        _look = context.Look;
        Clock = context.Clock;
    }

    public TimeProvider Clock { get; }

    public void Dispose() => _http.Dispose();

    public Task Authenticate(CancellationToken ct) => _token.Get(ct);

    /// <summary>The reply's <c>data</c>; null where there is none.</summary>
    public async Task<T?> Data<T>(MegaportCall call, CancellationToken ct)
    {
        var reply = await Send<T>(call, ct).ConfigureAwait(false);
        return reply.Status == 202 ? throw Pending(call, reply) : reply.Envelope.Data;
    }

    /// <summary>The reply's <c>data</c> as it was written.</summary>
    public async Task<JsonObject> Document(MegaportCall call, CancellationToken ct)
    {
        var data = await Data<JsonElement>(call, ct).ConfigureAwait(false);
        return JsonNode.Parse(data.GetRawText(), CarriedBack.Reading)!.AsObject();
    }

    /// <summary>A call whose reply's <c>data</c> nobody reads: it may be missing, or still show the old
    /// values.</summary>
    public Task Do(MegaportCall call, CancellationToken ct) => Data<JsonElement?>(call, ct);

    /// <summary>With the status, for calls where 202 says "not ready yet".</summary>
    public async Task<MegaportReply<T>> Send<T>(MegaportCall call, CancellationToken ct) =>
        await _look.Once(
            $"{_settings.Api}{call.Path}", call.Method != HttpMethod.Get,
            async () => await _retries.ExecuteAsync(
                async stop => await SendOnce<T>(call, stop).ConfigureAwait(false), ct).ConfigureAwait(false))
            .ConfigureAwait(false);

    private async Task<MegaportReply<T>> SendOnce<T>(MegaportCall call, CancellationToken ct)
    {
        var token = await _token.Get(ct).ConfigureAwait(false);
        var (response, body) = await Exchange(call, token, ct).ConfigureAwait(false);
        if ((int)response.StatusCode == 401)
        {
            // The token ended early, or was made before a nightly overwrite of staging. Once, so that a wrong key ends.
            response.Dispose();
            _token.Forget(token);
            token = await _token.Get(ct).ConfigureAwait(false);
            (response, body) = await Exchange(call, token, ct).ConfigureAwait(false);
        }
        using (response)
        {
            if (!response.IsSuccessStatusCode)
            {
                throw MegaportErrors.Of(call.Operation, call.Writes, response, body, Clock, text => Hide(call, text));
            }
            var status = (int)response.StatusCode;
            try
            {
                // Half-written bodies are served for a moment after an order.
                return ReplyShape.Unlike(call, status, body) is { } what
                    ? throw new UnreadableReply(what)
                    : new(status, body.Length == 0 ? new() : JsonSerializer.Deserialize(
                        body, MegaportJson.Of<Envelope<T>>())!, MegaportErrors.TraceId(response));
            }
            catch (JsonException error)
            {
                // No inner exception: it may quote the body.
                throw Unreadable(call, response, $"it ends or breaks at {error.Path ?? "its beginning"}");
            }
            catch (UnreadableReply what)
            {
                throw Unreadable(call, response, what.Message);
            }
        }
    }

    private static CloudError Unreadable(MegaportCall call, HttpResponseMessage response, string what) => new(
        Cloud.Megaport, call.Operation, call.Writes ? CloudErrorKind.Uncertain : CloudErrorKind.Unavailable,
        (int)response.StatusCode, null, $"the reply could not be read: {what}", MegaportErrors.TraceId(response),
        UnreadableReply.Advice);

    private async Task<(HttpResponseMessage Response, string Body)> Exchange(MegaportCall call, Secret token,
        CancellationToken ct)
    {
        using var request = new HttpRequestMessage(call.Method, new Uri(_settings.Api, call.Path));
        request.Headers.Authorization = new("Bearer", token.Reveal());
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new("sealane", "0.1"));
        if (ProjectPage.Address is { } page)
        {
            request.Headers.UserAgent.Add(new($"(+{page})"));
        }
        request.Options.Set(CallOptions.Cloud, Cloud.Megaport);
        request.Options.Set(CallOptions.Operation, call.Operation);
        request.Options.Set(CallOptions.Writes, call.Writes);
        if (call.Body is { } payload)
        {
            var type = MegaportJson.Options.GetTypeInfo(payload.GetType());
            request.Content = new StringContent(
                JsonSerializer.Serialize(payload, type), Encoding.UTF8, "application/json");
        }
        // What could change something is either not begun or finished.
        ct.ThrowIfCancellationRequested();
        var inFlight = call.Writes ? CancellationToken.None : ct;
        try
        {
            var response = await _http.SendAsync(request, inFlight).ConfigureAwait(false);
            return (response, await response.Content.ReadAsStringAsync(inFlight).ConfigureAwait(false));
        }
        catch (HttpRequestException error)
        {
            throw MegaportErrors.Transport(call.Operation, call.Writes, error);
        }
        catch (OperationCanceledException error) when (!inFlight.IsCancellationRequested)
        {
            throw MegaportErrors.Transport(call.Operation, call.Writes, error);
        }
    }

    private static CloudError Pending<T>(MegaportCall call, MegaportReply<T> reply)
    {
        var (kind, advice) = MegaportErrors.Classify(reply.Status, reply.Envelope.Message ?? "", call.Writes);
        return new(
            Cloud.Megaport, call.Operation, kind, reply.Status, null, reply.Envelope.Message ?? "pending for approval",
            reply.TraceId, advice);
    }

    private static string Hide(MegaportCall call, string text) =>
        call.Hide.OfType<Secret>().Where(secret => secret.Length > 0)
            .Aggregate(text,
                (shown, secret) =>
                shown.Replace(secret.Reveal(), secret.ToString(), StringComparison.OrdinalIgnoreCase));
}

internal sealed record MegaportReply<T>(int Status, Envelope<T> Envelope, string? TraceId);
