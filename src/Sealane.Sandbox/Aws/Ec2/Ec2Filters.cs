namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>
/// The filters of one Describe call: name → the object's values. Values of one filter are alternatives, filters add up,
/// <c>*</c> and <c>?</c> are wildcards, case counts.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Filtering.html</remarks>
internal sealed class Ec2Filters<T>(Func<T, IReadOnlyDictionary<string, string>>? tags = null)
    : Dictionary<string, Func<Ec2Call, T, IEnumerable<string?>>>
{
    public IEnumerable<T> Apply(Ec2Call call, IEnumerable<T> items)
    {
        foreach (var filter in call.Parameters.Items("Filter"))
        {
            var name = filter.Required("Name");
            var wanted = filter.List("Value");
            if (wanted.Count == 0)
            {
                throw AwsRefusal.Ec2("InvalidParameterValue", $"The filter '{name}' has no values");
            }
            var values = ValuesOf(name);
            items = [.. items.Where(item => values(call, item)
                .Any(value => value is not null && wanted.Any(w => Glob.Matches(w, value))))];
        }
        return items;
    }

    private Func<Ec2Call, T, IEnumerable<string?>> ValuesOf(string name)
    {
        if (TryGetValue(name, out var values))
        {
            return values;
        }
        return (tags, name) switch
        {
            (not null, "tag-key") => (_, item) => tags(item).Keys,
            (not null, _) when name.StartsWith("tag:", StringComparison.Ordinal) => (_, item) =>
                [tags(item).GetValueOrDefault(name[4..])],
            _ => throw AwsRefusal.Ec2("InvalidParameterValue", $"The filter '{name}' is invalid"),
        };
    }
}

/// <summary>EC2's wildcards; a backslash takes the next character as it is.</summary>
internal static class Glob
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        while (true)
        {
            if (pattern.IsEmpty)
            {
                return text.IsEmpty;
            }
            if (pattern[0] == '*')
            {
                for (var skip = 0; skip <= text.Length; skip++)
                {
                    if (Matches(pattern[1..], text[skip..]))
                    {
                        return true;
                    }
                }
                return false;
            }
            var any = pattern[0] == '?';
            if (pattern[0] == '\\' && pattern.Length > 1)
            {
                pattern = pattern[1..];
            }
            if (text.IsEmpty || (!any && pattern[0] != text[0]))
            {
                return false;
            }
            pattern = pattern[1..];
            text = text[1..];
        }
    }
}
