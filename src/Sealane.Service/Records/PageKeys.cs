using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Sealane.Service.Records;

/// <summary>The keys of cookies and forms in the records, where several silos answer one browser. Whoever can read the
/// database can make a cookie.</summary>
internal sealed class PageKeys(Store store) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. store.PageKeys().Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        store.KeepPageKey(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}

internal sealed partial class Store
{
    public IReadOnlyList<string> PageKeys() => All("select xml from page_keys order by name", row => row.Text("xml"));

    public void KeepPageKey(string name, string xml) => Run("""
        insert into page_keys values (@name, @xml) on conflict (name) do update set xml = @xml
        """, ("name", name), ("xml", xml));

    /// <summary>The name under which all silos of this cluster hold claims in the clouds: what one of them left behind
    /// is the others' to go on with.</summary>
    public string Owner => Write(now =>
    {
        now.Run("insert into service values ('owner', @value) on conflict (name) do nothing",
            ("value", Guid.NewGuid().ToString()));
        return (string)now.One("select value from service where name = 'owner'")!;
    });
}
