using System.Text.Json.Serialization;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>Anything in the account that carries tags.</summary>
public abstract class AwsObject : Entity
{
    /// <summary>Where it lives. Empty for a Direct Connect gateway, which is global.</summary>
    public required string Region { get; init; }
    public Dictionary<string, string> Tags { get; set; } = [];

    /// <summary>The same as an account sees it that has these tags on it.</summary>
    internal AwsObject With(Dictionary<string, string> tags)
    {
        var seen = (AwsObject)MemberwiseClone();
        seen.Tags = tags;
        return seen;
    }

    /// <summary>Still there: neither gone nor on its way out.</summary>
    [JsonIgnore]
    public bool IsLive => State is not ("deleting" or "deleted");
}
