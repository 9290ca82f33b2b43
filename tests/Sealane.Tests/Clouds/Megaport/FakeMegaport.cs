using System.Net;
using System.Text;
using Sealane.Clouds.Http;
using Sealane.Clouds.Megaport;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Megaport;

internal sealed record Sent(string Method, string Target, string Body, string? Authorization, string Operation,
    bool Writes);

/// <summary>Answers by method and target from a list, the last answer again and again, and keeps what was
/// sent.</summary>
internal sealed class FakeMegaport : HttpMessageHandler
{
    public const string Mcr = "5d0c3f1e-0000-4000-8000-0000000000c1";
    public const string AwsVxc = "7b7b0000-0000-4000-8000-0000000000a1";
    public const string AzureVxc = "7b7b0000-0000-4000-8000-0000000000a2";

    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _replies = new(StringComparer.Ordinal);

    public FakeMegaport()
    {
        On("POST /oauth2/token", 200, """{"access_token":"token-1","token_type":"Bearer","expires_in":3600}""");
        Context = new(Clock, this);
        Client = new(
            Context,
            new(MegaportSettings.ProductionApi, MegaportSettings.ProductionToken, "access", new("secret-key")));
        Run = Clock.Enter();
    }

    public CloudContext Context { get; }
    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    public MegaportClient Client { get; }
    /// <summary>How long each answer takes on the clock.</summary>
    public TimeSpan Latency { get; init; }
    public List<Sent> All { get; } = [];

    /// <summary>The link's resource of a type, on this cloud.</summary>
    public T The<T>(NetworkDesign? design = null, string? id = null)
        where T : Resource => MegaportResources.All(design ?? Link.Design(), Client, Link.Keys)
            .OfType<T>().First(resource => id is null || resource.Id == id);

    /// <summary>Without the token request.</summary>
    public IEnumerable<Sent> Calls => All.Where(sent => !sent.Target.StartsWith("/oauth2", StringComparison.Ordinal));
    public IEnumerable<Sent> Writes => All.Where(sent => sent.Writes);

    /// <summary>The test's own part in the virtual time.</summary>
    public IDisposable Run { get; }

    public FakeMegaport On(string call, int status, string body, params (string Name, string Value)[] headers) =>
        On(call, () =>
    {
        var reply = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content =
            new StringContent(body, Encoding.UTF8, "application/json")
        };
        foreach (var (name, value) in headers)
        {
            reply.Headers.TryAddWithoutValidation(name, value);
        }
        return reply;
    });

    public FakeMegaport On(string call, Func<HttpResponseMessage> reply)
    {
        if (!_replies.TryGetValue(call, out var queue))
        {
            _replies[call] = queue = new();
        }
        queue.Enqueue(reply);
        return this;
    }

    /// <summary>An envelope with this <c>data</c>.</summary>
    public FakeMegaport Data(string call, string data) =>
        On(call, 200, $$"""{"message":"ok","terms":"","data":{{data}}}""");

    public FakeMegaport Says(Contract contract) =>
        On($"{contract.Method} {contract.Target}", contract.Status, contract.ReplyBody);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
        CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var target = request.RequestUri!.PathAndQuery;
        request.Options.TryGetValue(CallOptions.Operation, out var operation);
        request.Options.TryGetValue(CallOptions.Writes, out var writes);
        Assert.True(request.Options.TryGetValue(CallOptions.Cloud, out var cloud) && cloud == Cloud.Megaport);
        All.Add(new(request.Method.Method, target, body, request.Headers.Authorization?.ToString(), operation!,
            writes));
        if (Latency > TimeSpan.Zero)
        {
            await Task.Delay(Latency, Clock, cancellationToken);
        }
        var call = $"{request.Method.Method} {target}";
        if (!_replies.TryGetValue(call, out var queue))
        {
            throw new InvalidOperationException($"the test has no answer to {call}");
        }
        return (queue.Count > 1 ? queue.Dequeue() : queue.Peek())();
    }

    protected override void Dispose(bool disposing)
    {
        Run.Dispose();
        Client.Dispose();
        base.Dispose(disposing);
    }
}
