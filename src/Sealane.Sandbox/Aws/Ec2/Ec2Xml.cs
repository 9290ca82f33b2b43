using System.Globalization;
using System.Xml.Linq;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Members of an EC2 reply. An absent member is no element, an empty list is an empty one.</summary>
internal static class Ec2Xml
{
    public static XElement? Text(string name, string? value) => value is null ? null : new(name, value);

    public static XElement? Number(string name, long? value) =>
        value is { } number ? new(name, number.ToString(CultureInfo.InvariantCulture)) : null;

    public static XElement? Flag(string name, bool? value) => value is { } flag ? new(name, flag ? "true" : "false")
        : null;

    public static XElement? Time(string name, DateTimeOffset? value) =>
        value is { } time
            ? new(name, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            : null;

    public static XElement Group(string name, params XElement?[] members) => new(name, members);

    public static XElement Item(params XElement?[] members) => new("item", members);

    /// <summary>A list of structures.</summary>
    public static XElement Set(string name, IEnumerable<XElement> items) => new(name, items);

    /// <summary>A list of texts.</summary>
    public static XElement Texts(string name, IEnumerable<string> items) =>
        new(name, items.Select(item => new XElement("item", item)));

    public static XElement Tags(IReadOnlyDictionary<string, string> tags) =>
        Set("tagSet", tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => Item(Text("key", tag.Key), Text("value", tag.Value))));

    // Made anew each time: an element belongs to the reply that it is put into.
    public static IEnumerable<XElement?> Done => [Flag("return", true)];
}
