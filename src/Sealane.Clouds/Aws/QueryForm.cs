using System.Globalization;
using System.Text;
using Sealane.Core;
using Sealane.Core.Design;

namespace Sealane.Clouds.Aws;

/// <summary>The form body of a query call, in the order written. Lists are flattened and count from 1.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Query-Requests.html</remarks>
internal sealed class QueryForm
{
    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<Secret> _secrets = [];
    private int _filters;

    /// <summary>The keys among the fields.</summary>
    public IReadOnlyList<Secret> Secrets => _secrets;

    /// <summary>Leaves an absent value out: EC2 has no null.</summary>
    public QueryForm Add(string name, string? value)
    {
        if (value is not null)
        {
            _fields.Add((name, value));
        }
        return this;
    }

    public QueryForm Add(string name, long value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public QueryForm Add(string name, bool value) => Add(name, value ? "true" : "false");

    public QueryForm Add(string name, Secret value)
    {
        _secrets.Add(value);
        return Add(name, value.Reveal());
    }

    public QueryForm List(string name, IEnumerable<string> values)
    {
        foreach (var (index, value) in values.Index())
        {
            Add($"{name}.{index + 1}", value);
        }
        return this;
    }

    /// <summary>Several values of one filter are alternatives, several filters must all match.</summary>
    public QueryForm Filter(string name, params IEnumerable<string> values)
    {
        _filters++;
        return Add($"Filter.{_filters}.Name", name).List($"Filter.{_filters}.Value", values);
    }

    /// <param name="parameter"><c>TagSpecification</c> or <c>TagSpecifications</c>: it differs from call to
    /// call.</param>
    public QueryForm Tags(string parameter, string resourceType, ObjectTags tags) =>
        Add($"{parameter}.1.ResourceType", resourceType).Tags($"{parameter}.1.", tags.All);

    public QueryForm Tags(string of, IEnumerable<(string Key, string Value)> tags)
    {
        foreach (var (index, (key, value)) in tags.Index())
        {
            Add($"{of}Tag.{index + 1}.Key", key).Add($"{of}Tag.{index + 1}.Value", value);
        }
        return this;
    }

    public QueryForm With(string name, string value)
    {
        var copy = new QueryForm();
        copy._fields.AddRange(_fields);
        copy._secrets.AddRange(_secrets);
        return copy.Add(name, value);
    }

    public byte[] Body(string action, string version) => Encoding.ASCII.GetBytes(string.Join('&',
        _fields.Prepend(("Version", version)).Prepend(("Action", action))
            .Select(field => $"{Uri.EscapeDataString(field.Item1)}={Uri.EscapeDataString(field.Item2)}")));
}

/// <summary>The tags of an object: its own name, the link that it belongs to, and those that the spec asks
/// for.</summary>
public sealed record ObjectTags(string Name, string Link)
{
    public IReadOnlyList<(string Key, string Value)> Asked { get; init; } = [];

    public IEnumerable<(string Key, string Value)> All => [("Name", Name), (LinkTag.Key, Link), .. Asked];

    public static ObjectTags Of(LinkDesign link, string name) => new(name, link.Name) { Asked = AskedOf(link) };

    public static IReadOnlyList<(string Key, string Value)> AskedOf(LinkDesign link) =>
        [.. link.AskedTags().Select(tag => (tag.Key, tag.Value))];
}
