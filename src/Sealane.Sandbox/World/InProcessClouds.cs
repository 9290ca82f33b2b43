using System.Net;
using System.Net.Http.Headers;

namespace Sealane.Sandbox.World;

/// <summary>
/// The three clouds behind their own host names without a socket: the transport of a rehearsal. A client keeps the
/// addresses that it would use in earnest; any other name fails as one that DNS does not know.
/// </summary>
public sealed class InProcessClouds(SandboxWorld world, Faces faces, FaultPlan? faults = null, Action? keep = null)
    : HttpMessageHandler
{
    private readonly FrontDoor _door = new(world, faults ?? FaultPlan.None, keep);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var host = request.RequestUri?.Host ?? "";
        if (faces.Of(host) is not { } face)
        {
            throw new HttpRequestException(
                HttpRequestError.NameResolutionError, $"Name or service not known ({host}:{request.RequestUri?.Port})");
        }
        var sent = await ToWire(request, cancellationToken).ConfigureAwait(false);
        return await _door.Ask(sent, _ => face, cancellationToken).ConfigureAwait(false) is { } said
            ? ToMessage(said, request)
            : throw new HttpRequestException(
                HttpRequestError.ResponseEnded, $"The server closed the connection without an answer ({host})");
    }

    private static async Task<WireRequest> ToWire(HttpRequestMessage request, CancellationToken ct)
    {
        var uri = request.RequestUri!;
        var authority = request.Headers.Host ?? uri.Authority;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Host"] = authority };
        Add(request.Headers.NonValidated, headers);
        var body = Array.Empty<byte>();
        if (request.Content is { } content)
        {
            body = await content.ReadAsByteArrayAsync(ct).ConfigureAwait(false);
            Add(content.Headers.NonValidated, headers);
            headers["Content-Length"] = body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return new()
        {
            Method = request.Method.Method,
            Origin = $"{uri.Scheme}://{authority}",
            Path = uri.AbsolutePath,
            Query = uri.Query.Length > 0 ? uri.Query[1..] : "",
            Headers = headers,
            Body = body,
        };
    }

    /// <summary>The words of a User-Agent are one line, with blanks between them.</summary>
    private static void Add(HttpHeadersNonValidated sent, Dictionary<string, string> headers)
    {
        foreach (var (name, values) in sent)
        {
            headers[name] = string.Join(name == "User-Agent" ? ' ' : ',', values.ToArray());
        }
    }

    private static HttpResponseMessage ToMessage(DoorReply said, HttpRequestMessage request)
    {
        var body = request.Method == HttpMethod.Head ? [] : said.Body;
        var message = new HttpResponseMessage((HttpStatusCode)said.Reply.Status)
        {
            RequestMessage = request,
            Content = said.IsCut ? new HalfContent(body) : new ByteArrayContent(body),
        };
        foreach (var (name, value) in said.Reply.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }
        if (said.Reply.ContentType is { } type)
        {
            message.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }
        return message;
    }

    /// <summary>The connection closes in the middle of it.</summary>
    private sealed class HalfContent(byte[] whole) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(whole.AsMemory(0, whole.Length / 2)).ConfigureAwait(false);
            throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection was closed in mid-reply");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = whole.Length;
            return true;
        }
    }
}
