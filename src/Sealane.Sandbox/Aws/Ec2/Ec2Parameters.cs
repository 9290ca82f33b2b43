using System.Globalization;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>Parameters seen from one place of their dotted tree. Forms were checked by <see
/// cref="Ec2Shape"/>.</summary>
internal sealed class Ec2Parameters(IReadOnlyDictionary<string, string> all, string at = "")
{
    /// <summary>Null when absent or empty.</summary>
    public string? Text(string name) => all.TryGetValue(at + name, out var value) && value.Length > 0 ? value : null;

    public string Required(string name) => Text(name) ?? throw AwsRefusal.Missing(at + name);

    public long? Long(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public int? Integer(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool? Flag(string name) => Text(name) is { } text ? text == "true" : null;

    /// <summary>A flattened list: <c>SubnetIds.1</c>, <c>SubnetIds.2</c>, in the order of the indices, which may have
    /// gaps.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. Indices(name).Select(index => all.GetValueOrDefault($"{at}{name}.{index}", ""))];

    /// <summary>A flattened list of structures.</summary>
    public IReadOnlyList<Ec2Parameters> Items(string name) =>
        [.. Indices(name).Select(index => new Ec2Parameters(all, $"{at}{name}.{index}."))];

    public Ec2Parameters At(string name) => new(all, $"{at}{name}.");

    /// <summary>Whether anything is said below this place.</summary>
    public bool IsEmpty => !all.Keys.Any(key => key.StartsWith(at, StringComparison.Ordinal));

    private IEnumerable<int> Indices(string name)
    {
        var start = $"{at}{name}.";
        return all.Keys.Where(key => key.StartsWith(start, StringComparison.Ordinal))
            .Select(key => int.Parse(key[start.Length..].Split('.')[0], CultureInfo.InvariantCulture))
            .Distinct().Order();
    }
}
