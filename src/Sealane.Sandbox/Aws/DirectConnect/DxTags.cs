using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Tags of Direct Connect: key and value in lower case, two exceptions of their own.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Tag.html</remarks>
internal static partial class DxTags
{
    private static readonly DxShape Shape = new("*key:string value:string");

    public static Dictionary<string, string> Read(DxInput input)
    {
        var tags = new Dictionary<string, string>();
        foreach (var tag in input.Items("tags", Shape))
        {
            var (key, value) = (tag.Required("key"), tag.Text("value") ?? "");
            if (key.Length > 128 || value.Length > 256 || !Characters().IsMatch(key + value)
                || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw AwsRefusal.DirectConnect($"The tag key {key} or its value is invalid.");
            }
            if (!tags.TryAdd(key, value))
            {
                throw new AwsRefusal(400, "DuplicateTagKeysException", "");
            }
        }
        return tags.Count <= AwsLimits.Tags ? tags : throw new AwsRefusal(400, "TooManyTagsException", "");
    }

    public static JsonArray Write(IReadOnlyDictionary<string, string> tags) => new(
    [
        .. tags.OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => (JsonNode?)DxJson.Of(("key", tag.Key), ("value", tag.Value))),
    ]);

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$")]
    private static partial Regex Characters();
}
