using System.Xml;
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

    /// <summary>Characters that XML cannot carry could not even be repeated in a refusal.</summary>
    public static void CheckCharacters(IReadOnlyDictionary<string, string> parameters)
    {
        if (parameters.Any(p => !IsXml(p.Key) || !IsXml(p.Value)))
        {
            throw AwsRefusal.Ec2("MalformedQueryString", "The query string contains a syntax error.");
        }
    }

    private static bool IsXml(string text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if (at + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[at + 1], text[at]))
            {
                at++;
            }
            else if (!XmlConvert.IsXmlChar(text[at]))
            {
                return false;
            }
        }
        return true;
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
