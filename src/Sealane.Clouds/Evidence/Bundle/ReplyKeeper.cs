using Sealane.Clouds.Http;
using Sealane.Core.Design;

namespace Sealane.Clouds.Evidence;

/// <summary>
/// Between the clients and the network: keeps every reply, the failed ones too. What is about signing in is left out:
/// no verdict rests on it. In memory as it came; <see cref="Kept"/> gives it with secrets masked.
/// </summary>
public sealed class ReplyKeeper(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private readonly Lock _gate = new();
    private readonly List<KeptReply> _replies = [];
    private readonly List<(string Path, string? MediaType)> _forms = [];

    /// <summary>Begins anew: of several readings the last one counts.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _replies.Clear();
            _forms.Clear();
        }
    }

    /// <summary>
    /// All of it in an order that does not depend on which answer came first, except among answers to one question. In
    /// the place of each secret stands a name that is the same wherever the secret is: two places can be compared, and
    /// compared with the link's own keys, without either.
    /// </summary>
    public IReadOnlyList<KeptReply> Kept(NetworkDesign design, LinkKeys keys)
    {
        var names = keys.Labelled(design).DistinctBy(one => one.Key.Reveal(), StringComparer.Ordinal)
            .ToDictionary(one => one.Key.Reveal(), one => NameOf(one.Label), StringComparer.Ordinal);
        string Name(string value)
        {
            lock (names)
            {
                return names.TryGetValue(value, out var known) ? known
                    : names[value] = NameOf($"{names.Count + 1}");
            }
        }

        var mask = new WireMask(keys.Of(design), Name);
        List<(KeptReply Reply, (string Path, string? MediaType) Form)> all;
        lock (_gate)
        {
            all = [.. _replies.Zip(_forms)];
        }
        all = [.. all.OrderBy(one => one.Reply.Key, StringComparer.Ordinal)];
        // Twice: what the first pass learns from one reply may stand in another.
        foreach (var (reply, form) in all)
        {
            _ = Masked(mask, reply, form);
        }
        return [.. all.Select(one => Masked(mask, one.Reply, one.Form))];
    }

    /// <summary>What stands in the place of a secret: <c>{{secret-psk-tunnel-1}}</c>, <c>{{secret-7}}</c>.</summary>
    public static string NameOf(string label) =>
        $"{{{{secret-{label.Replace('/', '-').Replace('@', '-')}}}}}";

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (IsSigningIn(request))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        var asked = request.Content is null ? ""
            : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
            var reply = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            Keep(request, asked, (int)response.StatusCode,
                [.. response.Headers.Concat(response.Content.Headers).SelectMany(header => header.Value
                    .Select(value => new KeptHeader(header.Key, value)))], reply,
                response.Content.Headers.ContentType?.MediaType);
            return response;
        }
        catch (HttpRequestException error)
        {
            Keep(request, asked, 0, [], error.Message, null);
            throw;
        }
    }

    internal static string CloudOf(HttpRequestMessage request) =>
        request.Options.TryGetValue(CallOptions.Cloud, out var cloud) ? cloud.ToString().ToLowerInvariant() : "";

    internal static bool IsSigningIn(HttpRequestMessage request) =>
        request.Options.TryGetValue(CallOptions.Operation, out var operation)
            && operation.Split(' ')[^1] is "token" or "login"
        || request.RequestUri!.AbsolutePath.Contains("/oauth2/", StringComparison.OrdinalIgnoreCase);

    internal static KeptReply Question(HttpRequestMessage request, string asked) => new()
    {
        Cloud = CloudOf(request),
        Operation = request.Options.TryGetValue(CallOptions.Operation, out var operation) ? operation : "",
        Origin = request.RequestUri!.GetLeftPart(UriPartial.Authority),
        Method = request.Method.Method,
        Target = Uri.UnescapeDataString(request.RequestUri.PathAndQuery),
        Action = request.Headers.TryGetValues("X-Amz-Target", out var target) ? target.First() : "",
        Asked = asked,
        Account = request.Options.TryGetValue(CallOptions.Account, out var account) ? account : null,
        Status = 0,
        Reply = "",
    };

    private void Keep(HttpRequestMessage request, string asked, int status, IReadOnlyList<KeptHeader> headers,
        string reply, string? mediaType)
    {
        var kept = Question(request, asked) with { Status = status, Headers = headers, Reply = reply };
        lock (_gate)
        {
            _replies.Add(kept);
            _forms.Add((request.RequestUri!.AbsolutePath, mediaType));
        }
    }

    private static KeptReply Masked(WireMask mask, KeptReply reply, (string Path, string? MediaType) form) => reply with
    {
        Operation = mask.Known(reply.Operation),
        Target = mask.Address(reply.Target),
        Asked = mask.Body(reply.Asked, null, form.Path),
        Headers = [.. reply.Headers.Select(header => header with { Value = mask.Header(header.Name, header.Value) })],
        Reply = mask.Body(reply.Reply, form.MediaType, form.Path),
    };
}
