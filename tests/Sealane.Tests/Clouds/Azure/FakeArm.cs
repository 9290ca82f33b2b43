using System.Net;
using System.Text.Json.Nodes;
using System.Text;
using Azure.Core;
using Sealane.Clouds.Azure;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Azure;

/// <summary>Canned answers by method and path, in the order given; the last one stays. Keeps what was asked.</summary>
internal sealed class FakeArm
{
    private readonly Dictionary<string, Queue<Func<HttpResponseMessage>>> _answers =
        new(StringComparer.OrdinalIgnoreCase);

    public List<Asked> Requests { get; } = [];
    public VirtualClock Clock { get; } = new(new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    public CountingCredential Credential { get; } = new();

    public CloudContext Context => new(Clock, new Wire(this));

    public sealed record Asked(string Method, string Url, string Path, JsonNode? Body,
        IReadOnlyDictionary<string, string> Headers, HttpRequestMessage Message);

    public ArmClient Client(Uri? endpoint = null) => new(
        Context, AzureCredentialSource.Of(Credential), endpoint);

    /// <summary>The link's resource of a type, on this cloud.</summary>
    public T The<T>(NetworkDesign? design = null)
        where T : Resource =>
        AzureResources.All(design ?? AzureSample.Design, Client(), AzureSample.Keys).OfType<T>().First();

    public FakeArm Answer(
        string method, string path, HttpStatusCode status, string? body = null,
        params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var given = headers.ToArray();
        return Answer(method, path, () =>
        {
            var response =
                new HttpResponseMessage(status)
                {
                    Content =
                    new StringContent(body ?? "", Encoding.UTF8, "application/json")
                };
            foreach (var (name, value) in given)
            {
                response.Headers.TryAddWithoutValidation(name, value);
            }
            return response;
        });
    }

    public FakeArm Answer(string method, string path, Func<HttpResponseMessage> answer)
    {
        if (!_answers.TryGetValue($"{method} {path}", out var queue))
        {
            _answers[$"{method} {path}"] = queue = new();
        }
        queue.Enqueue(answer);
        return this;
    }

    public JsonNode BodyOf(string method, string path) =>
        Requests.Last(r => r.Method == method && r.Path.Equals(path, StringComparison.OrdinalIgnoreCase)).Body!;

    public int Count(string method, string path) =>
        Requests.Count(r => r.Method == method && r.Path.Equals(path, StringComparison.OrdinalIgnoreCase));

    private async Task<HttpResponseMessage> Take(HttpRequestMessage request, CancellationToken ct)
    {
        var path = request.RequestUri!.AbsolutePath;
        var text = request.Content is null ? "" : await request.Content.ReadAsStringAsync(ct);
        Requests.Add(new(request.Method.Method, request.RequestUri.AbsoluteUri, path,
            text.StartsWith('{') ? JsonNode.Parse(text) : null,
            request.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value)), request));
        if (!_answers.TryGetValue($"{request.Method} {path}", out var queue))
        {
            return new(HttpStatusCode.NotFound)
            {
                Content = new StringContent("""{"error":{"code":"ResourceNotFound","message":"not there"}}"""),
            };
        }
        return (queue.Count > 1 ? queue.Dequeue() : queue.Peek())();
    }

    private sealed class Wire(FakeArm arm) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request,
            CancellationToken cancellationToken) =>
            arm.Take(request, cancellationToken);
    }
}

/// <summary>A new token at each call, so that a test sees how often one was asked for.</summary>
internal sealed class CountingCredential : TokenCredential
{
    public int Count { get; private set; }
    public Exception? Failure { get; set; }
    public List<string> Scopes { get; } = [];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext,
        CancellationToken cancellationToken)
    {
        Scopes.AddRange(requestContext.Scopes);
        Count++;
        return Failure is null ? new(new AccessToken($"token-{Count}", DateTimeOffset.MaxValue)) : throw Failure;
    }
}
