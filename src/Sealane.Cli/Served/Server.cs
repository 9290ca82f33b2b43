using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Core;

namespace Sealane.Cli.Served;

/// <summary>A service that keeps links, as a program calls it: docs/operating.md.</summary>
internal sealed class Server : IDisposable
{
    public const string Usual = "http://localhost:7420";
    public const string TokenVariable = "SEALANE_TOKEN";

    /// <summary>A file of tokens as the service writes it, the first of which is taken; or one token alone.</summary>
    public const string TokenFileVariable = "SEALANE_TOKEN_FILE";

    /// <summary>A verify waits for all evidence, which takes minutes where a cloud is slow.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(12);

    private readonly HttpClient _http;

    public Server(string address)
    {
        // A token goes over the network in the clear only where there is no network.
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            throw new UsageError($"error: --server {Plain.Line(address)}: an https address, or an http one of this "
                + $"machine, is wanted\n  fix: for instance --server {Usual}");
        }
        var sockets = CloudReach.Sockets();
        sockets.UseProxy = !uri.IsLoopback;
        _http = new(sockets)
        {
            BaseAddress = uri,
            Timeout = Longest,
        };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token());
    }

    public void Dispose() => _http.Dispose();

    public Task<JsonNode?> Get(string path, CancellationToken ct) => Call(HttpMethod.Get, path, null, null, ct);

    public Task<JsonNode?> Send(
        HttpMethod method, string path, JsonObject? body, CancellationToken ct, string? key = null) =>
        Call(method, path, body ?? [], key, ct);

    /// <summary>The steps of a run as they happen, to its end; nothing is lost where the connection is.</summary>
    public async IAsyncEnumerable<JsonNode> Steps(
        string run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/runs/{run}/events");
        using var reply = await Answer(request, HttpCompletionOption.ResponseHeadersRead, ct).ConfigureAwait(false);
        using var reader = new StreamReader(await reply.Content.ReadAsStreamAsync(ct).ConfigureAwait(false));
        var kind = "";
        while (await reader.ReadLineAsync(ct).ConfigureAwait(false) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
            {
                kind = line[7..];
            }
            else if (kind == "end" && line.Length == 0)
            {
                yield break;
            }
            else if (kind == "step" && line.StartsWith("data: ", StringComparison.Ordinal)
                && JsonNode.Parse(line[6..]) is { } step)
            {
                yield return step;
            }
        }
    }

    private async Task<JsonNode?> Call(
        HttpMethod method, string path, JsonObject? body, string? key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(Json.Line), Encoding.UTF8, "application/json");
        }
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        using var reply = await Answer(request, HttpCompletionOption.ResponseContentRead, ct).ConfigureAwait(false);
        var text = await reply.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw NoAnswer("answers as no service of Sealane does");
        }
    }

    private async Task<HttpResponseMessage> Answer(
        HttpRequestMessage request, HttpCompletionOption until, CancellationToken ct)
    {
        try
        {
            var reply = await _http.SendAsync(request, until, ct).ConfigureAwait(false);
            await Require(reply, ct).ConfigureAwait(false);
            return reply;
        }
        catch (HttpRequestException error)
        {
            throw NoAnswer($"does not answer: {Plain.Line(error.Message)}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw NoAnswer($"does not answer within {Durations.Words(Longest)}");
        }
    }

    private ServerError NoAnswer(string why) => new(ExitCode.Cloud, $"error: {_http.BaseAddress} {why}\n"
        + "  fix: start it with sealane serve, or name another: --server URL");

    private static async Task Require(HttpResponseMessage reply, CancellationToken ct)
    {
        if (reply.IsSuccessStatusCode)
        {
            return;
        }
        var text = await reply.Content.ReadAsStringAsync(ct).ConfigureAwait(false);
        throw new ServerError(ExitCode.No, reply.StatusCode switch
        {
            HttpStatusCode.Unauthorized => "error: the service does not know this token\n"
                + $"  fix: {TokenVariable}=TOKEN or {TokenFileVariable}=FILE, from the file that the service named",
            HttpStatusCode.Forbidden when text.Length == 0 => "error: this token's role may not do that",
            _ => $"error: {Plain.Lines(Told(text) ?? $"the service answered {(int)reply.StatusCode}")}",
        });
    }

    private static string? Told(string text)
    {
        try
        {
            return (string?)(JsonNode.Parse(text) as JsonObject)?["error"];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Token()
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            return token;
        }
        var file = Environment.GetEnvironmentVariable(TokenFileVariable) is { Length: > 0 } named ? named
            : Path.Combine(ServeArguments.UsualData, "tokens");
        try
        {
            return File.ReadLines(file).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .FirstOrDefault(words => words is [var first, ..] && first[0] != '#')?[^1]
                ?? throw new UsageError($"error: there is no token in {file}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageError($"error: the token cannot be read: {Plain.Line(error.Message)}\n"
                + $"  fix: {TokenVariable}=TOKEN or {TokenFileVariable}=FILE");
        }
    }
}

/// <summary>The service refused, or does not answer.</summary>
internal sealed class ServerError(int code, string message) : Exception(message)
{
    public int Code => code;
}
