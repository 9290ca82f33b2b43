using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// <c>$filter</c> of resource lists: <c>resourceType</c>, <c>name</c>, <c>location</c>, <c>tagName</c> and
/// <c>tagValue</c>,
/// joined by <c>and</c>.
/// </summary>
/// <remarks>https://learn.microsoft.com/rest/api/resources/resources/list</remarks>
internal static partial class ResourceFilter
{
    /// <summary>Null when it is not such a filter.</summary>
    public static Func<ArmResource, bool>? Read(string text)
    {
        if (text.Trim().Length == 0)
        {
            return _ => true;
        }
        var terms = And().Split(text.Trim()).Select(term => Term().Match(term.Trim())).ToList();
        if (terms.Any(term => !term.Success))
        {
            return null;
        }
        var tag = terms.FirstOrDefault(term => ResourceId.Same(term.Groups["name"].Value, "tagName"))?.Groups["value"]
            .Value;
        return resource =>
            terms.All(term => Holds(resource, term.Groups["name"].Value, term.Groups["value"].Value, tag));
    }

    private static bool Holds(ArmResource resource, string name, string value, string? tag) =>
        name.ToLowerInvariant() switch
        {
            "resourcetype" => ResourceId.Same(resource.Type, value),
            "name" => ResourceId.Same(resource.Name, value),
            "location" => ResourceId.Same(resource.Location, value),
            "tagname" => resource.Body.At("tags", value) is not null,
            _ => tag is not null && resource.Body.Text("tags", tag) == value,
        };

    [GeneratedRegex(@"\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex And();

    [GeneratedRegex(@"\A(?<name>resourceType|name|location|tagName|tagValue)\s+eq\s+'(?<value>[^']*)'\z",
        RegexOptions.IgnoreCase)]
    private static partial Regex Term();
}
