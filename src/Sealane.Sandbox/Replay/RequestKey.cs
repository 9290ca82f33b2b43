using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Replay;

/// <summary>
/// A request in one form of writing: parameters and members sorted, escapes undone. Two requests that say the same have
/// the same key. Headers do not count, except for the one that names an operation.
/// </summary>
internal static class RequestKey
{
    public static string Of(string cloud, string method, string path, string query, string? target, string body)
    {
        var way = Uri.UnescapeDataString(path);
        return string.Join('\n',
            $"{cloud} {method} {(cloud == "azure" ? way.ToLowerInvariant() : way)}", $"?{Sorted(query)}", target ?? "",
            OfBody(body));
    }

    public static string Of(Exchange exchange) => Of(
        exchange.Cloud, exchange.Method, exchange.Path, exchange.Query, exchange.Header("X-Amz-Target"), exchange.Body);

    /// <summary>Fields of a form or a query, decoded, in the order in which they stand.</summary>
    public static IEnumerable<(string Name, string Value)> Form(string text) =>
        text.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=', 2))
            .Select(pair => (WebUtility.UrlDecode(pair[0]), WebUtility.UrlDecode(pair.ElementAtOrDefault(1) ?? "")));

    public static JsonNode? Json(string text)
    {
        if (!text.StartsWith('{') && !text.StartsWith('['))
        {
            return null;
        }
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string OfBody(string body)
    {
        var text = body.Trim();
        return Json(text) is { } json ? Written(json)
            : text.Contains('=', StringComparison.Ordinal) && !text.StartsWith('<') ? Sorted(text)
            : text;
    }

    private static string Sorted(string form) =>
        string.Join('&', Form(form).Select(pair => $"{pair.Name}={pair.Value}").Order(StringComparer.Ordinal));

    private static string Written(JsonNode? node) => node switch
    {
        JsonObject members => "{" + string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{member.Key}:{Written(member.Value)}")) + "}",
        JsonArray items => "[" + string.Join(',', items.Select(Written)) + "]",
        null => "null",
        _ => node.GetValueKind() == JsonValueKind.String ? $"\"{node.GetValue<string>()}\"" : node.ToJsonString(),
    };
}
