using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Sealane.Clouds.Http;

namespace Sealane.Clouds.Aws;

/// <summary>The query protocol of EC2 and STS: a form goes out, XML comes back. Elements are read by local
/// name.</summary>
internal static class QueryProtocol
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <param name="must">A member without which the reply says nothing: an empty list is there, and is empty.</param>
    public static Task<XElement> Call(
        AwsEndpoint endpoint, string action, string version, QueryForm form, bool writes, CancellationToken ct,
        string? must = null) =>
        endpoint.Post(
            new(action, form.Body(action, version), ContentType, null, writes, form.Secrets), ReadFault,
            text => Read(action, text, must), ct);

    private static XElement Read(string action, string text, string? must)
    {
        XElement root;
        try
        {
            root = XDocument.Parse(text).Root!;
        }
        catch (XmlException error)
        {
            throw new UnreadableReply(error.Message);
        }
        return root.Name.LocalName != $"{action}Response"
            ? throw new UnreadableReply($"it is a <{root.Name.LocalName}> and not an answer to {action}")
            : must is not null && root.Child(must) is null
            ? throw new UnreadableReply($"it has no {must}")
            : root;
    }

    private static AwsFault ReadFault(string body, HttpResponseMessage response)
    {
        var header = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.FirstOrDefault() : null;
        try
        {
            var root = XDocument.Parse(body).Root!;
            var error = root.DescendantsAndSelf().FirstOrDefault(element => element.Name.LocalName == "Error") ?? root;
            // RequestID in errors of EC2, RequestId in those of STS.
            var id = root.Descendants().FirstOrDefault(element =>
                string.Equals(element.Name.LocalName, "RequestId", StringComparison.OrdinalIgnoreCase))?.Value;
            return new(error.Text("Code"), error.Text("Message") ?? "the service gave no reason", id ?? header);
        }
        catch (XmlException)
        {
            return new(null, $"HTTP {(int)response.StatusCode} without a readable reason", header);
        }
    }

    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>The text of a member; null where it is absent or empty.</summary>
    public static string? Text(this XElement? element, string name) =>
        element.Child(name)?.Value is { Length: > 0 } text ? text : null;

    public static long? Number(this XElement? element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : null;

    public static bool Flag(this XElement? element, string name) => element.Text(name) == "true";

    /// <summary>The items of a list; none where the wrapper is absent.</summary>
    public static IEnumerable<XElement> Items(this XElement? element, string wrapper) =>
        element.Child(wrapper)?.Elements().Where(child => child.Name.LocalName == "item") ?? [];

    public static IReadOnlyList<string> Texts(this XElement? element, string wrapper) =>
        [.. element.Items(wrapper).Select(item => item.Value)];

    /// <summary>The <c>value</c> members of a list of algorithms; null where the list is absent, which means
    /// "all".</summary>
    public static IReadOnlyList<string>? Values(this XElement? element, string wrapper) =>
        element.Child(wrapper) is null ? null
            : [.. element.Items(wrapper).Select(item => item.Text("value")).OfType<string>()];

    public static IReadOnlyDictionary<string, string> Tags(this XElement? element) =>
        element.Items("tagSet").Where(item => item.Text("key") is not null)
            .DistinctBy(item => item.Text("key"))
            .ToDictionary(item => item.Text("key")!, item => item.Text("value") ?? "", StringComparer.Ordinal);
}
