using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// What a recording calls by one name and the sandbox by another: ids, addresses and numbers that a cloud chose, and
/// keys
/// that the recording hides. Learned from pairs of answers, put into the requests that follow.
/// </summary>
public sealed partial class Counterparts
{
    /// <summary>
    /// Stands for every key that the caller chose. Within the rules of all three clouds; the same everywhere, so that
    /// the
    /// two ends of a session or a tunnel agree.
    /// </summary>
    public const string AnyKey = "aKeyThatWasRecorded1";

    /// <summary>Members whose numbers a cloud chooses.</summary>
    private static readonly HashSet<string> ChosenNumbers = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "vlan", "importWhitelist", "exportWhitelist", "productId", "prefixListId",
    };

    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _hidden = new(StringComparer.Ordinal);

    /// <summary>Compares an answer as it was recorded with the sandbox's own.</summary>
    public void Learn(Exchange recorded, string body, IEnumerable<(string Name, string Value)> headers)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        Learn(BodyShape.Read(recorded.ReplyBody), BodyShape.Read(body), "");
        var said = headers.ToLookup(header => header.Name, header => header.Value, StringComparer.OrdinalIgnoreCase);
        foreach (var (name,
            value) in recorded.ReplyHeaders.Where(header => header.Name is "Location" or "Azure-AsyncOperation"))
        {
            foreach (var (old, now) in Chosen().Matches(value).Zip(Chosen().Matches(said[name].FirstOrDefault() ?? "")))
            {
                Text(old.Value, now.Value);
            }
        }
    }

    /// <summary>Compares a request with another that asks the same: variables of the first are bound as well.</summary>
    internal void LearnRequest(Exchange written, Exchange sent) => Learn(Tree(written), Tree(sent), "");

    /// <summary>The request in the sandbox's words.</summary>
    public Exchange Translate(Exchange recorded)
    {
        ArgumentNullException.ThrowIfNull(recorded);
        var mark = recorded.Target.IndexOf('?', StringComparison.Ordinal);
        var path = string.Join('/', recorded.Path.Split('/')
            .Select((part, at) => Segment(part, at > 0 ? recorded.Path.Split('/')[at - 1] : "")));
        var query = mark < 0 ? "" : "?" + Form(recorded.Query);
        return recorded with { Target = path + query, Body = Body(recorded.Body) };
    }

    /// <summary>A body, the request's or the answer's, in the sandbox's words.</summary>
    internal string Body(string body) => RequestKey.Json(body) is { } json
        ? Node(json, "")!.ToJsonString() : body.Contains('=', StringComparison.Ordinal) ? Form(body) : Texts(body, "");

    private string Segment(string part, string before) =>
        _numbers.TryGetValue(part, out var number) ? number : Texts(Uri.UnescapeDataString(part), before) is var text
            && text == part ? part : Uri.EscapeDataString(text);

    private string Form(string text) => string.Join('&', RequestKey.Form(text).Select(pair =>
        $"{WebUtility.UrlEncode(pair.Name)}={WebUtility.UrlEncode(Texts(pair.Value, pair.Name))}"));

    private JsonNode? Node(JsonNode? node, string name) => node switch
    {
        JsonObject members =>
            new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Node(member.Value, member.Key)))),
        JsonArray items => new JsonArray([.. items.Select(item => Node(item, name))]),
        null => null,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.String => Texts(node.GetValue<string>(), name),
            JsonValueKind.Number when ChosenNumbers.Contains(name)
                && _numbers.TryGetValue(node.ToJsonString(), out var number) =>
                long.Parse(number, CultureInfo.InvariantCulture),
            _ => node.DeepClone(),
        },
    };

    private string Texts(string text, string name)
    {
        if (text == Exchange.Mask)
        {
            return _hidden.GetValueOrDefault(Plain(name), AnyKey);
        }
        if (_texts.TryGetValue(text, out var whole))
        {
            return whole;
        }
        return Chosen().Replace(text, match => _texts.GetValueOrDefault(match.Value, match.Value));
    }

    private void Learn(JsonNode? old, JsonNode? now, string name)
    {
        switch (old, now)
        {
            case (JsonObject from, JsonObject to):
                foreach (var (key, value) in from.Where(member => to.ContainsKey(member.Key)))
                {
                    Learn(value, to[key], key);
                }
                break;
            case (JsonArray from, JsonArray to) when from.Count == to.Count:
                foreach (var (one, two) in from.Zip(to))
                {
                    Learn(one, two, name);
                }
                break;
            case (JsonValue from, JsonValue to) when from.GetValueKind() == to.GetValueKind():
                Value(from, to, name);
                break;
        }
    }

    private void Value(JsonValue from, JsonValue to, string name)
    {
        if (from.GetValueKind() == JsonValueKind.Number)
        {
            if (ChosenNumbers.Contains(name[(name.LastIndexOf('.') + 1)..]))
            {
                _numbers[from.ToJsonString()] = to.ToJsonString();
            }
            return;
        }
        if (from.GetValueKind() != JsonValueKind.String)
        {
            return;
        }
        var (old, now) = (from.GetValue<string>(), to.GetValue<string>());
        if (old == Exchange.Mask)
        {
            _hidden[Plain(name)] = now;
            return;
        }
        if (Variable().IsMatch(old))
        {
            Text(old, now);
            return;
        }
        var (olds, news) = (Chosen().Matches(old), Chosen().Matches(now));
        if (olds.Count == news.Count)
        {
            foreach (var (one, two) in olds.Zip(news))
            {
                Text(one.Value, two.Value);
            }
        }
    }

    /// <summary>The first pair stays: it comes from the answer that made the object; later lists may be in another
    /// order.</summary>
    private void Text(string old, string now) => _texts.TryAdd(old, now);

    private static JsonObject Tree(Exchange exchange)
    {
        var parts = exchange.Path.Split('/').Select(Uri.UnescapeDataString).ToArray();
        var tree = new JsonObject
        {
            ["query"] = Fields(exchange.Query),
            ["body"] = RequestKey.Json(exchange.Body) ?? Fields(exchange.Body)
        };
        for (var at = 1; at < parts.Length; at++)
        {
            var name = string.Create(CultureInfo.InvariantCulture,
                $"{at}.{(parts[at - 1] == "azure" ? "azure" : "id")}");
            tree[name] = long.TryParse(parts[at], CultureInfo.InvariantCulture, out var number)
                ? JsonValue.Create(number) : JsonValue.Create(parts[at]);
        }
        return tree;
    }

    private static JsonObject Fields(string form)
    {
        var fields = new JsonObject();
        foreach (var (name, value) in RequestKey.Form(form))
        {
            fields[name] = value;
        }
        return fields;
    }

    /// <summary>
    /// A service key is <c>serviceKey</c>, <c>service_key</c> and, in a path, what follows <c>azure</c>.
    /// </summary>
    private static string Plain(string name)
    {
        var last = new StringBuilder(name[(name.LastIndexOf('.') + 1)..]).Replace("_", "").Replace("-", "").ToString()
            .ToLowerInvariant();
        return last == "azure" ? "servicekey" : last;
    }

    [GeneratedRegex(@"^\{\{[^{}]+\}\}$")]
    private static partial Regex Variable();

    // Ids of AWS, identifiers of Azure and Megaport, addresses, accounts, variables of a contract.
    [GeneratedRegex(
        @"\{\{[^{}]+\}\}|\b[0-9]{12}\b|[a-z]+(?:-[a-z]+)*-[0-9a-f]{17}\b|dx(?:con|vif|lag)-[a-z0-9]{8}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Chosen();
}
