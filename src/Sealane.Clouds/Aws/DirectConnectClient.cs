using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

/// <summary>Direct Connect, JSON 1.1 of 2012-10-25: the calls that a link needs, one method a call.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/directconnect/latest/APIReference/. Unknown gateways, associations and virtual
/// interfaces
/// are empty lists; an unknown connection is an error.
/// </remarks>
public sealed partial class DirectConnectClient(AwsEndpoint endpoint)
{
    private const string ContentType = "application/x-amz-json-1.1";

    private Task Write(string operation, JsonObject input, CancellationToken ct,
        params IReadOnlyList<Secret> secrets) =>
        Send(operation, input, writes: true, secrets, text => text, ct);

    private Task<T> Read<T>(
        string operation, JsonObject input, JsonTypeInfo<T> type, Func<T, object?> must, CancellationToken ct) =>
        Send(operation, input, writes: false, [], text => Read(text, type, must), ct);

    /// <param name="must">The list that is asked for: an empty one is there, and is empty.</param>
    private static T Read<T>(string text, JsonTypeInfo<T> type, Func<T, object?> must)
    {
        try
        {
            return JsonSerializer.Deserialize(text, type) is { } reply && must(reply) is not null
                ? reply : throw new UnreadableReply("it has no list");
        }
        catch (JsonException error)
        {
            // The exception's own message names a path and a position, never a value.
            throw new UnreadableReply(error.Message);
        }
    }

    private async Task<IReadOnlyList<TItem>> Pages<TReply, TItem>(
        string operation, JsonObject input, JsonTypeInfo<TReply> type, Func<TReply, IReadOnlyList<TItem>?> items,
        Func<TReply, string?> next, CancellationToken ct)
    {
        var all = new List<TItem>();
        for (var tokens = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var reply = await Read(operation, input, type, items, ct).ConfigureAwait(false);
            all.AddRange((items(reply) ?? []).Where(item => item is not null));
            // Examples of the vendor's show a token on the last page too: one that came before leads nowhere.
            if (next(reply) is not { Length: > 0 } token || !tokens.Add(token))
            {
                return all;
            }
            input["nextToken"] = token;
        }
    }

    /// <summary>All objects of a kind in the account and region, as they are written.</summary>
    public async Task<IReadOnlyList<JsonNode>> All(string operation, string list, CancellationToken ct)
    {
        var all = new List<JsonNode>();
        var input = new JsonObject();
        for (var tokens = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var reply = await Send(operation, input, writes: false, [], Whole, ct).ConfigureAwait(false);
            all.AddRange(((JsonArray)reply[list]!).OfType<JsonNode>());
            if (Word(reply["nextToken"]) is not { Length: > 0 } token || !tokens.Add(token))
            {
                return all;
            }
            input["nextToken"] = token;
        }

        JsonObject Whole(string text)
        {
            try
            {
                return JsonNode.Parse(text) is JsonObject reply && reply[list] is JsonArray
                    ? reply : throw new UnreadableReply("it has no list");
            }
            catch (JsonException error)
            {
                throw new UnreadableReply(error.Message);
            }
        }
    }

    private Task<T> Send<T>(
        string operation, JsonObject input, bool writes, IReadOnlyList<Secret> secrets, Func<string, T> read,
        CancellationToken ct) =>
        endpoint.Post(
            new(operation, Encoding.UTF8.GetBytes(input.ToJsonString()), ContentType, $"OvertureService.{operation}",
                writes, secrets),
            ReadFault, read, ct);

    /// <summary>The type may stand in the body or in a header, with a namespace before and an address after
    /// it.</summary>
    internal static AwsFault ReadFault(string body, HttpResponseMessage response)
    {
        string? Header(string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault()
            : null;

        JsonObject? error = null;
        try
        {
            error = JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            // A proxy's page: the status alone counts.
        }
        var type = Word(error?["__type"]) ?? Word(error?["code"]) ?? Header("x-amzn-ErrorType");
        type = type?[(type.IndexOf('#', StringComparison.Ordinal) + 1)..].Split(':')[0];
        return new(type, Word(error?["message"]) ?? Word(error?["Message"])
            ?? $"HTTP {(int)response.StatusCode} without a reason",
            Header("x-amzn-RequestId"));
    }

    private static string? Word(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text)
        ? text : null;

    private static JsonArray Tags(IEnumerable<(string Key, string Value)> tags) =>
        [.. tags.Select(tag => (JsonNode)new JsonObject { ["key"] = tag.Key, ["value"] = tag.Value })];
}
