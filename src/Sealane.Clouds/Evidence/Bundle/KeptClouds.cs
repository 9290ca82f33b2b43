using System.Net;
using System.Text;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// The three clouds as they answered once: the same question gets the kept reply; asked again, the one that came next,
/// and the last one stays. No network, no credentials. A question that was never asked gets no answer, and the walk
/// says so.
/// </summary>
public sealed class KeptClouds(IEnumerable<KeptReply> replies) : HttpMessageHandler
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<KeptReply>> _answers = replies
        .GroupBy(reply => reply.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => new Queue<KeptReply>(group), StringComparer.Ordinal);

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ReplyKeeper.IsSigningIn(request))
        {
            return new(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent("""{"access_token":"kept","token_type":"Bearer","expires_in":86400}""",
                    Encoding.UTF8, "application/json"),
            };
        }
        var asked = request.Content is null ? ""
            : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var question = ReplyKeeper.Question(request, asked);
        return Next(question.Key) is { } kept ? Answer(kept, request, question.Origin)
            : throw new HttpRequestException(
                $"the bundle holds no reply to {question.Method} {question.Target} {question.Action}");
    }

    private KeptReply? Next(string key)
    {
        lock (_gate)
        {
            return !_answers.TryGetValue(key, out var queue) ? null : queue.Count > 1 ? queue.Dequeue() : queue.Peek();
        }
    }

    private static HttpResponseMessage Answer(KeptReply kept, HttpRequestMessage request, string origin)
    {
        if (kept.Status == 0)
        {
            throw new HttpRequestException(kept.Reply);
        }
        // Addresses in a reply lead back to where the question went, not to where it went then.
        string Here(string text) => text.Replace(kept.Origin, origin, StringComparison.OrdinalIgnoreCase);
        var response = new HttpResponseMessage((HttpStatusCode)kept.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Here(kept.Reply))),
        };
        foreach (var header in kept.Headers.Where(header => !IsOfTheConnection(header.Name)))
        {
            if (!response.Headers.TryAddWithoutValidation(header.Name, Here(header.Value)))
            {
                response.Content.Headers.TryAddWithoutValidation(header.Name, Here(header.Value));
            }
        }
        return response;
    }

    private static bool IsOfTheConnection(string header) => header.ToLowerInvariant() is "content-length"
        or "content-encoding" or "transfer-encoding" or "connection" or "keep-alive";
}
