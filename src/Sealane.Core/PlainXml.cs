using System.Xml;
using System.Xml.Linq;

namespace Sealane.Core;

/// <summary>
/// XML of others. A document type definition is refused: it can make much out of little and ask for other files, and
/// no vendor's answer has one. What has one is a page of something in between.
/// </summary>
public static class PlainXml
{
    /// <exception cref="XmlException">It is no XML, or has a document type definition.</exception>
    public static XElement Root(string text, bool spaces = false)
    {
        using var lines = new StringReader(text);
        using var reader = XmlReader.Create(lines, new() { IgnoreWhitespace = !spaces });
        return XDocument.Load(reader, spaces ? LoadOptions.PreserveWhitespace : LoadOptions.None).Root!;
    }
}
