namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Tags as they come in, and AWS's rules for them.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions</remarks>
internal static class Ec2Tags
{
    /// <summary>The tags that a create call gives its object.</summary>
    public static Dictionary<string, string> Specified(Ec2Call call, string list, string resourceType)
    {
        var tags = new Dictionary<string, string>();
        foreach (var specification in call.Parameters.Items(list))
        {
            var type = specification.Required("ResourceType");
            if (type != resourceType)
            {
                throw AwsRefusal.Ec2("InvalidParameterValue",
                    $"'{type}' is not a valid taggable resource type for this operation.");
            }
            foreach (var tag in specification.Items("Tag"))
            {
                if (!tags.TryAdd(tag.Required("Key"), tag.Text("Value") ?? ""))
                {
                    throw AwsRefusal.Ec2("InvalidParameterValue", $"Tag keys must be unique: '{tag.Text("Key")}'");
                }
            }
        }
        Check(tags);
        return tags;
    }

    public static void Check(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            {
                throw AwsRefusal.Ec2("InvalidParameterValue",
                    "Tag keys starting with 'aws:' are reserved for internal use");
            }
            if (key.Length is 0 or > 128)
            {
                throw AwsRefusal.Ec2("InvalidTagKey.Malformed",
                    "The tag key length must be between 1 and 128 characters.");
            }
            if (value.Length > 256)
            {
                throw AwsRefusal.Ec2("InvalidParameterValue", "Tag value exceeds the maximum length of 256 characters");
            }
        }
        if (tags.Count > AwsLimits.Tags)
        {
            throw AwsRefusal.Ec2("TagLimitExceeded", "The maximum number of tags per resource has been reached.");
        }
    }
}
