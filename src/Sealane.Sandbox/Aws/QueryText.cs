using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>Form-encoded parameters, from the body of a POST or the query of a GET.</summary>
internal static class QueryText
{
    public static IReadOnlyDictionary<string, string> Parse(WireRequest request)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        Read(request.Query, parameters);
        var type = request.Header("Content-Type") ?? "";
        if (request.Method == "POST" && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            Read(request.BodyText, parameters);
        }
        return parameters;
    }

    private static void Read(string text, Dictionary<string, string> into)
    {
        foreach (var pair in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            into[Decode(parts[0])] = parts.Length == 2 ? Decode(parts[1]) : "";
        }
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
