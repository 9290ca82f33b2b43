using Sealane.Core;

namespace Sealane.Clouds.Found;

/// <summary>What was read of a link that somebody else built, as a spec says it.</summary>
/// <param name="picks">Ids that a person named beside the networks: they decide between several.</param>
public sealed class FoundLink(IReadOnlyCollection<string> picks)
{
    /// <summary>By path of the spec's keys; those of a written part as <c>aws.vpcs[second].vpc</c>.</summary>
    public IDictionary<string, string> Values { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Cloud ids by the objects' names in plan and status, for the section <c>existing</c>.</summary>
    public IDictionary<string, string> Existing { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IList<FoundTunnel> Tunnels { get; } = [];

    /// <summary>What could not be told: a person must.</summary>
    public IList<string> Questions { get; } = [];

    /// <summary>What was seen and does not stand in the spec, or cannot be read at all: nothing is missing
    /// without it.</summary>
    public IList<string> Notes { get; } = [];

    /// <summary>The key of a part by its place among its kind; the first has none.</summary>
    internal static string Key(int index) =>
        index switch { 0 => "", 1 => "second", 2 => "third", _ => $"n{index + 1}" };

    /// <summary>An object's name in plan and status.</summary>
    internal static string On(string name, string key) => key.Length == 0 ? name : $"{name}-{key}";

    /// <summary>What no answer tells is left out, and is a question.</summary>
    internal void Set(string path, string? value, string what)
    {
        if (value is { Length: > 0 })
        {
            Values[path] = value;
        }
        else
        {
            Questions.Add($"{path}: {what} is not told by any answer");
        }
    }

    internal void Set(string path, long? value, string what) =>
        Set(path, value?.ToString(System.Globalization.CultureInfo.InvariantCulture), what);

    /// <summary>One that can be given again; what has none gets the link's when it becomes ours.</summary>
    internal void Name(string path, string? name)
    {
        if (name is { Length: > 0 })
        {
            Values[path] = name;
        }
    }

    /// <summary>One number for all parts of a kind: the spec has it once.</summary>
    internal void Same(string path, long? value, string part)
    {
        if (value is not null && Values.TryGetValue(path, out var first) && first != $"{value}")
        {
            Questions.Add($"{path} is one for all, {first}, and that of {part} is {value}");
        }
    }

    internal void Use(string name, string? id)
    {
        if (id is { Length: > 0 })
        {
            Existing[name] = id;
        }
    }

    /// <summary>Those that a person picked, or all where none is.</summary>
    internal IReadOnlyList<T> Picked<T>(IEnumerable<T> candidates, Func<T, string?> id)
    {
        var all = candidates.ToList();
        var picked = all.FindAll(each => picks.Contains(id(each) ?? "", StringComparer.OrdinalIgnoreCase));
        return picked.Count > 0 ? picked : all;
    }

    /// <summary>The only one, or the one that a person picked; none or several are a question, never a guess.</summary>
    internal T? One<T>(string what, IEnumerable<T> candidates, Func<T, string?> id)
        where T : class
    {
        var all = Picked(candidates, id);
        if (all is [var one])
        {
            return one;
        }
        Questions.Add(all.Count == 0 ? $"no {what} was found"
            : $"which {what} is the link's: {string.Join(", ", all.Select(id))}? Run again with its id in --from");
        return null;
    }
}

/// <summary>One tunnel with both its ends.</summary>
/// <param name="LocalGateway">Azure's names, where its end was found.</param>
public sealed record FoundTunnel(Prefix Inside, string? LocalGateway, string? Connection);
