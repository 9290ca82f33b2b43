using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

/// <summary>The query protocol of EC2 and STS: a form goes out, XML comes back. Elements are read by local
/// name.</summary>
internal static class QueryProtocol
{
    private const string ContentType = "application/x-www-form-urlencoded; charset=utf-8";

    /// <param name="make">
    /// Makes of the reply what is asked for; throws <see cref="UnreadableReply"/> where it does not say it.
    /// </param>
    public static Task<T> Call<T>(
        AwsEndpoint endpoint, string action, string version, QueryForm form, bool writes, Func<XElement, T> make,
        CancellationToken ct) =>
        endpoint.Post(
            new(action, form.Body(action, version), ContentType, null, writes, form.Secrets), ReadFault,
            text => make(Root(action, text)), ct);

    private static XElement Root(string action, string text)
    {
        try
        {
            var root = PlainXml.Root(text);
            return root.Name.LocalName == $"{action}Response"
                ? root : throw new UnreadableReply($"it is a <{root.Name.LocalName}> and not an answer to {action}");
        }
        catch (XmlException error)
        {
            throw new UnreadableReply(error.Message);
        }
    }

    private static AwsFault ReadFault(string body, HttpResponseMessage response)
    {
        var header = response.Headers.TryGetValues("x-amzn-RequestId", out var ids) ? ids.FirstOrDefault() : null;
        try
        {
            var root = PlainXml.Root(body);
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

    /// <summary>A member without which the rest says nothing: a list that may be empty, an object.</summary>
    public static XElement Must(this XElement element, string name) =>
        element.Child(name) ?? throw new UnreadableReply($"it has no {name}");

    /// <summary>An id: what has none cannot be told from what is not there.</summary>
    public static string Id(this XElement element, string name) =>
        element.Text(name) ?? throw new UnreadableReply($"it has something without its {name}");

    public static long? Number(this XElement? element, string name) =>
        long.TryParse(element.Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number
            : null;

    /// <summary>A moment; null where it is absent or none.</summary>
    public static DateTimeOffset? Time(this XElement? element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
            out var time) ? time.ToUniversalTime() : null;

    public static bool Flag(this XElement? element, string name) => element.Text(name) == "true";

    /// <summary>The items of a list; none where the wrapper is absent.</summary>
    public static IEnumerable<XElement> Items(this XElement? element, string wrapper) =>
        element.Child(wrapper)?.Rows() ?? [];

    /// <summary>The items inside of a list.</summary>
    public static IEnumerable<XElement> Rows(this XElement list) =>
        list.Elements().Where(child => child.Name.LocalName == "item");

    /// <summary>The same as IAM writes them.</summary>
    public static IEnumerable<XElement> Members(this XElement list) =>
        list.Elements().Where(child => child.Name.LocalName == "member");

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
