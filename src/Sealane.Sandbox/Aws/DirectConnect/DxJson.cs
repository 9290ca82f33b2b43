using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Members of a JSON reply: an unset one is left out.</summary>
internal static class DxJson
{
    public static JsonObject Of(params (string Name, JsonNode? Value)[] members)
    {
        var json = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                json[name] = value;
            }
        }
        return json;
    }

    /// <summary>Seconds since 1970, with a fraction.</summary>
    public static JsonNode Time(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000.0);

    public static JsonArray Texts(IEnumerable<string> texts) =>
        new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    public static JsonArray Prefixes(IEnumerable<string> cidrs) =>
        new([.. cidrs.Select(cidr => (JsonNode?)Of(("cidr", cidr)))]);
}
