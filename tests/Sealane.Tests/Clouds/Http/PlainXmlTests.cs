using System.Xml;
using Sealane.Core;

namespace Sealane.Tests.Clouds.Http;

/// <summary>XML of others: a proxy's page, or something that makes much out of little.</summary>
public sealed class PlainXmlTests
{
    [Theory]
    [InlineData("<!DOCTYPE html><html><body>502</body></html>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"cccccccccc\"><!ENTITY d \"&b;&b;&b;\">]><a>&d;</a>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>")]
    public void A_document_type_is_refused(string text) => Assert.Throws<XmlException>(() => PlainXml.Root(text));

    [Theory]
    [InlineData(false, "x")]
    [InlineData(true, " x")]
    public void Spaces_between_elements_stay_where_they_are_asked_for(bool spaces, string value) =>
        Assert.Equal(value, PlainXml.Root("<a> <b>x</b></a>", spaces).Value);
}
