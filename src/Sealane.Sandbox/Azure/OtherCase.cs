using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// Ids as the service writes them at times: names are compared without case, and come back in another than they were
/// given in.
/// </summary>
/// <remarks>
/// github.com/erjosito/net-lab-builder, labs/expressroute-megaport-bgp/show-output/21: the gateway in its subnet's
/// <c>ipConfigurations</c>; https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules.
/// </remarks>
internal static class OtherCase
{
    /// <summary>A resource as shown; what belongs to it keeps the spelling of its own id.</summary>
    public static void Write(JsonObject shown, string ownId, bool inList)
    {
        if (inList && ResourceId.Read(ownId) is { } own)
        {
            shown["id"] = (own with { ResourceGroup = own.ResourceGroup.ToUpperInvariant() }).ToString();
        }
        Write(shown["properties"], ownId);
    }

    private static void Write(JsonNode? node, string ownId)
    {
        switch (node)
        {
            case JsonObject json:
                foreach (var (name, value) in json.ToList())
                {
                    if (name == "id" && value is JsonValue && Shouted(value.GetValue<string>(), ownId) is { } id)
                    {
                        json[name] = id;
                    }
                    else
                    {
                        Write(value, ownId);
                    }
                }
                break;
            case JsonArray array:
                foreach (var item in array)
                {
                    Write(item, ownId);
                }
                break;
        }
    }

    private static string? Shouted(string id, string ownId) =>
        !id.StartsWith(ownId, StringComparison.OrdinalIgnoreCase) && ResourceId.Read(id) is { } other
            ? (other with
            {
                ResourceGroup = other.ResourceGroup.ToUpperInvariant(),
                Parts = [.. other.Parts.Select((part, index) => index % 2 == 0 ? part : part.ToUpperInvariant())],
            }).ToString()
            : null;
}
