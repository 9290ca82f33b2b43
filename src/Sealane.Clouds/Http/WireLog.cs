using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Core;

namespace Sealane.Clouds.Http;

/// <summary>
/// Writes every exchange in the form of the contract files under <c>tests/contracts</c>: request line, headers, body, a
/// blank line, status, headers, body. Secrets are masked (<see cref="WireMask"/>), so that a log can be sent in.
/// </summary>
public sealed class WireLog : IWireLog, IDisposable
{
    private readonly Lock _gate = new();
    private readonly TextWriter _writer;
    private readonly WireMask _mask;
    private readonly TimeProvider _clock;
    private int _count;

    /// <param name="known">Secrets that are masked wherever they turn up.</param>
    public WireLog(TextWriter writer, IEnumerable<Secret> known, TimeProvider clock)
    {
        _writer = writer;
        _mask = new(known, Named);
        _clock = clock;
    }

    /// <summary>
    /// A link of two circuits has two service keys, and who plays its log again must know which was asked about. So
    /// each has a name, the same one in every log: its digest, which says nothing about an identifier made by chance
    /// (122 bits of it, RFC 4122). Keys that somebody may have thought up have none.
    /// </summary>
    private static string Named(string value) => Guid.TryParse(value, out var key)
        ? $"{{{{secret-{Convert.ToHexStringLower(SHA256.HashData(key.ToByteArray()))[..8]}}}}}" : WireMask.Masked;

    /// <summary>A log in a file that only its owner reads; what was in it is gone.</summary>
    public static WireLog ToFile(string path, IEnumerable<Secret> known, TimeProvider clock)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return new(new StreamWriter(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            options)
        { NewLine = "\n" }, known, clock);
    }

    public Task Record(HttpRequestMessage request, string? requestBody, HttpResponseMessage response,
        string responseBody)
    {
        lock (_gate)
        {
            // Twice: what the first pass learns from the reply may stand in the request.
            _ = Exchange(request, requestBody, response, responseBody);
            var text = Exchange(request, requestBody, response, responseBody);
            _count++;
            _writer.Write(text);
            _writer.Flush();
        }
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _writer.Dispose();
        }
    }

    private string Exchange(HttpRequestMessage request, string? requestBody, HttpResponseMessage response,
        string responseBody)
    {
        var text = new StringBuilder();
        var address = request.RequestUri!.PathAndQuery;
        var cloud = request.Options.TryGetValue(CallOptions.Cloud, out var known) ? known.ToString().ToLowerInvariant()
            : "unknown";
        var operation = request.Options.TryGetValue(CallOptions.Operation, out var name) ? name : request.Method.Method;
        text.Append(CultureInfo.InvariantCulture, $"# {_count + 1} {cloud} {_mask.Known(operation)}");
        text.Append(CultureInfo.InvariantCulture,
            $"      status: recorded      read: {_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.FFFFFFFZ}\n");
        text.Append(CultureInfo.InvariantCulture, $"{request.Method.Method} {_mask.Address(address)} HTTP/1.1\n");
        text.Append(CultureInfo.InvariantCulture, $"Host: {request.RequestUri.Authority}\n");
        Headers(text, request.Headers.Where(header => header.Key != "Host"));
        Headers(text, request.Content?.Headers.AsEnumerable() ?? []);
        Body(text, requestBody, request.Content?.Headers.ContentType?.MediaType, address);
        text.Append(CultureInfo.InvariantCulture,
            $"\nHTTP/1.1 {(int)response.StatusCode} {response.ReasonPhrase ?? response.StatusCode.ToString()}\n");
        Headers(text, response.Headers);
        Headers(text, response.Content.Headers);
        Body(text, responseBody, response.Content.Headers.ContentType?.MediaType, address);
        return text.Append('\n').ToString();
    }

    private void Headers(StringBuilder text, IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}: {_mask.Header(name, value)}\n");
            }
        }
    }

    private void Body(StringBuilder text, string? body, string? mediaType, string address)
    {
        if (!string.IsNullOrEmpty(body))
        {
            text.Append('\n').Append(_mask.Body(body, mediaType, address).TrimEnd('\n')).Append('\n');
        }
    }
}
