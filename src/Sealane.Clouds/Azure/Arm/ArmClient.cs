using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Azure;

/// <summary>
/// Azure Resource Manager over HTTP: thin, tolerant of members it does not know. Writes only start an operation and
/// return;
/// <see cref="Observe"/> tells what became of it. Throws <see cref="CloudError"/> and nothing else.
/// </summary>
/// <remarks>
/// https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations,
/// https://learn.microsoft.com/rest/api/virtualnetwork/
/// </remarks>
public sealed class ArmClient
{
    public static readonly Uri PublicEndpoint = new("https://management.azure.com");

    /// <summary>Between polls of an action where the answer names no pause (10 s is what ARM usually names).</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>An action that has not answered by then will not (route tables take seconds, at worst a minute or
    /// two).</summary>
    private static readonly TimeSpan ActionDeadline = TimeSpan.FromMinutes(10);

    private readonly CloudContext _context;
    private readonly Uri _endpoint;
    private readonly HttpPipeline _pipeline;
    private readonly ArmTokenPolicy _login;
    private readonly Retries _retries;
    private readonly ArmOperations _operations;

    private sealed class Options : ClientOptions;

    /// <param name="endpoint">Null: the public cloud.</param>
    public ArmClient(CloudContext context, AzureCredentialSource credentials, Uri? endpoint = null)
    {
        _context = context;
        _endpoint = endpoint ?? PublicEndpoint;
        _retries = Retries.On(context);
        _operations = new((url, ct) => Send(RequestMethod.Get, url, Expected.Operation, ct));
        var options = new Options
        {
            Transport = new HttpClientTransport(new HttpClient(new ArmCallMarks(context.Transport),
                disposeHandler: false)),
        };
        // Azure.Core would wait by the machine's clock; and its log would hold bodies.
        options.Retry.MaxRetries = 0;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        var scope = $"{_endpoint.GetLeftPart(UriPartial.Authority)}/.default";
        _login = new(credentials, scope, context.Clock);
        _pipeline = HttpPipelineBuilder.Build(options, [], [_login], new ResponseClassifier());
    }

    /// <summary>Gets the token that the next call would get.</summary>
    /// <exception cref="CloudError">Denied: there are no credentials, or they are not taken.</exception>
    public Task Authenticate(CancellationToken ct) => _login.Token(ct).AsTask();

    /// <summary>The body as it is; null where there is no such object.</summary>
    public Task<JsonObject?> Get(string id, CancellationToken ct) => Get(id, ApiVersions.Of(id), ct);

    /// <summary>The same, as a newer version of the API shows it.</summary>
    public async Task<JsonObject?> Get(string id, string apiVersion, CancellationToken ct)
    {
        var reply = await Send(RequestMethod.Get, UrlOf(id, apiVersion: apiVersion), Expected.Object, ct)
            .ConfigureAwait(false);
        return reply.Body as JsonObject;
    }

    /// <summary>The object with the state of the operation that we last started on it; null where there is
    /// none.</summary>
    /// <exception cref="CloudError">
    /// Also when an asynchronous delete or create ended in failure and left no object to show it on. Thrown once; of
    /// kind
    /// <see cref="CloudErrorKind.Busy"/> where the same call is worth sending again.
    /// </exception>
    public async Task<ArmObject?> Observe(string id, CancellationToken ct) =>
        await _operations.Judge(id, await Get(id, ct).ConfigureAwait(false), ct).ConfigureAwait(false);

    /// <summary>Starts creating or replacing an object. ARM's PUT replaces it as a whole.</summary>
    /// <param name="ifMatch">Etag of the version that the body was made from; a different one by now is refused as
    /// busy.</param>
    public async Task Put(string id, JsonObject body, CancellationToken ct, string? ifMatch = null)
    {
        var reply = await Send(RequestMethod.Put, UrlOf(id), Expected.Anything, ct, body, ifMatch).ConfigureAwait(
            false);
        _operations.Started(id, reply, deletes: false);
    }

    /// <summary>The version that was read, with these members changed; refused where it is not the newest.</summary>
    internal Task PutOver(ArmObject read, JsonObject wanted, CancellationToken ct) => Put(read.Id,
        CarriedBack.Over(ReadOnlyMembers.Without(read.Id, read.Body), wanted), ct, read.Body.Text("etag"));

    /// <summary>Ids of objects that lost their tag and were recognized as the link's all the same.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, bool> Unmarked { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of circuits of which a note of a used object is being written.</summary>
    internal System.Collections.Concurrent.ConcurrentDictionary<string, bool> Noting { get; } =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sets all tags. Whether PATCH merges or replaces is not documented, so the full set is sent.</summary>
    public Task PatchTags(string id, IReadOnlyDictionary<string, string> tags, CancellationToken ct) =>
        Send(
            RequestMethod.Patch, UrlOf(id), Expected.Anything, ct, new JsonObject { ["tags"] = ArmJson.Tags(tags) });

    /// <summary>Adds or takes away some tags, whoever's the others are.</summary>
    /// <param name="operation"><c>Merge</c> or <c>Delete</c>.</param>
    /// <remarks>https://learn.microsoft.com/rest/api/resources/tags/update-at-scope</remarks>
    public Task UpdateTags(
        string id, string operation, IReadOnlyDictionary<string, string> tags, CancellationToken ct) => Send(
            RequestMethod.Patch, UrlOf($"{id}{ApiVersions.TagsOfScope}"), Expected.Anything, ct, new JsonObject
            {
                ["operation"] = operation,
                ["properties"] = new JsonObject { ["tags"] = ArmJson.Tags(tags) },
            });

    /// <summary>Starts deleting; an object that is not there is deleted already.</summary>
    public async Task Delete(string id, CancellationToken ct)
    {
        var reply = await Send(RequestMethod.Delete, UrlOf(id), Expected.Anything, ct).ConfigureAwait(false);
        _operations.Started(id, reply, deletes: true);
    }

    /// <summary>A list, all pages of it; empty where the parent is absent.</summary>
    public async Task<IReadOnlyList<JsonNode>> List(string path, CancellationToken ct)
    {
        List<JsonNode> all = [];
        for (var url = UrlOf(path); url is not null;)
        {
            var reply = await Send(RequestMethod.Get, url, Expected.List, ct).ConfigureAwait(false);
            all.AddRange(reply.Body.Items("value"));
            url = Uri.TryCreate(reply.Body.Text("nextLink"), UriKind.Absolute, out var next) ? next : null;
        }
        return all;
    }

    /// <summary>What the policies at a scope would say of an object that is still to be made. Changes
    /// nothing.</summary>
    public async Task<JsonNode?> Restrictions(string scope, JsonObject question, CancellationToken ct) =>
        (await Send(RequestMethod.Post, UrlOf($"{scope}/providers/Microsoft.PolicyInsights/checkPolicyRestrictions"),
            Expected.Restrictions, ct, question).ConfigureAwait(false)).Body;

    /// <summary>An action that changes something: it has begun when this returns, and nothing waits for its
    /// end.</summary>
    /// <param name="query">Such as <c>gatewayVip=20.53.0.1</c>.</param>
    public Task Start(string path, CancellationToken ct, string? query = null) =>
        Send(RequestMethod.Post, UrlOf(path, query), Expected.Anything, ct);

    /// <summary>An action that ends in a result, waited for on the clock.</summary>
    /// <param name="query">Such as <c>peer=169.254.21.1</c>.</param>
    public async Task<JsonNode?> PostAndWait(string path, CancellationToken ct, string? query = null)
    {
        var deadline = _context.Clock.GetUtcNow() + ActionDeadline;
        var reply = await Send(RequestMethod.Post, UrlOf(path, query), Expected.Rows, ct).ConfigureAwait(false);
        var (status, result) = (reply.AsyncOperation, reply.Location);
        // With both headers the status URL is polled first and the result fetched from the other.
        while (status is not null)
        {
            await Wait(reply, path, deadline, ct).ConfigureAwait(false);
            reply = await Send(RequestMethod.Get, status, Expected.Operation, ct).ConfigureAwait(false);
            if (ArmOperations.Outcome(reply) is { } outcome)
            {
                if (outcome.Error is { } error)
                {
                    throw AzureErrors.OfOperation($"POST {path}", error, reply.RequestId);
                }
                if (result is null)
                {
                    return reply.Body.At("properties", "output") ?? reply.Body.At("properties") ?? reply.Body;
                }
                reply = await Send(RequestMethod.Get, result, Expected.Rows, ct).ConfigureAwait(false);
                break;
            }
        }
        while (reply.Status == 202 && (reply.Location ?? result) is { } url)
        {
            await Wait(reply, path, deadline, ct).ConfigureAwait(false);
            reply = await Send(RequestMethod.Get, url, Expected.Rows, ct).ConfigureAwait(false);
        }
        return reply.Body;
    }

    private async Task Wait(ArmReply reply, string path, DateTimeOffset deadline, CancellationToken ct)
    {
        var pause = reply.RetryAfter is { } named && named > TimeSpan.Zero ? named : Pause;
        if (_context.Clock.GetUtcNow() + pause > deadline)
        {
            throw new CloudError(Cloud.Azure, $"POST {AzureIds.NameOf(path)}", CloudErrorKind.Unavailable, null, null,
                $"no result within {ActionDeadline.TotalMinutes:0} minutes", reply.RequestId);
        }
        await Task.Delay(pause, _context.Clock, ct).ConfigureAwait(false);
    }

    private Uri UrlOf(string id, string? query = null, string? apiVersion = null) => new(
        $"{_endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/')}{id}?api-version={apiVersion ?? ApiVersions.Of(id)}"
        + (query is null ? "" : $"&{query}"));

    private async Task<ArmReply> Send(
        RequestMethod method, Uri url, Expected expected, CancellationToken ct, JsonObject? body = null,
            string? ifMatch = null)
    {
        // Urls that answers give us are followed with our token on them, so not to just anywhere.
        if (!IsArm(url))
        {
            throw new CloudError(Cloud.Azure, $"{method} {url.Host}", CloudErrorKind.Invalid, null, null,
                $"an answer points to {url.Host}, which is not Azure Resource Manager");
        }
        return await _context.Look.Once(
            $"{url}", method != RequestMethod.Get,
            async () => await _retries.ExecuteAsync(
                async token => await Once(method, url, body, ifMatch, expected, token).ConfigureAwait(false),
                ct).ConfigureAwait(false)).ConfigureAwait(false);
    }

    // Regional hosts stand in front of the global one; on loopback the same sandbox has two names.
    private bool IsArm(Uri url) =>
        url.Host == _endpoint.Host
        || url.Host == PublicEndpoint.Host
        || url.Host.EndsWith($".{PublicEndpoint.Host}", StringComparison.OrdinalIgnoreCase)
        || (url.IsLoopback && _endpoint.IsLoopback);

    private async Task<ArmReply> Once(
        RequestMethod method, Uri url, JsonObject? body, string? ifMatch, Expected expected, CancellationToken ct)
    {
        var operation = ArmCallMarks.NameOf(method.Method, url.AbsolutePath);
        var writes = ArmCallMarks.Writes(method.Method, url.AbsolutePath);
        using var message = _pipeline.CreateMessage();
        message.BufferResponse = true;
        message.Request.Method = method;
        message.Request.Uri.Reset(url);
        message.Request.Headers.SetValue("Accept", "application/json");
        if (ifMatch is not null)
        {
            message.Request.Headers.SetValue("If-Match", ifMatch);
        }
        if (body is not null)
        {
            message.Request.Headers.SetValue("Content-Type", "application/json");
            message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString(
                CarriedBack.Writing)));
        }
        // What could change something is either not begun or finished.
        ct.ThrowIfCancellationRequested();
        var inFlight = writes ? CancellationToken.None : ct;
        try
        {
            await _pipeline.SendAsync(message, inFlight).ConfigureAwait(false);
        }
        catch (Exception error) when (ArmTransport.IsNoAnswer(error, inFlight))
        {
            throw ArmTransport.NoAnswer(operation, url, error, writes);
        }
        var reply = ArmReply.Of(message.Response, _context.Clock);
        if (!reply.IsError)
        {
            return reply.Unlike(expected) is { } what ? throw AzureErrors.Unreadable(operation, reply, writes, what)
                : reply;
        }
        // Status addresses are gone after a while, and some are never there: the object itself tells then. A result
        // address answers with the refusal itself when the operation has failed.
        if (expected is Expected.Operation && (reply.Status == 404 || ArmOperations.HasFailed(reply)))
        {
            return reply;
        }
        var failure = AzureErrors.Of(operation, reply, writes);
        // Absent is an answer to a question, and what a delete wanted.
        return failure.Kind == CloudErrorKind.NotFound
            && (method == RequestMethod.Get || method == RequestMethod.Delete)
            ? reply with { Body = null }
            : throw failure;
    }
}
