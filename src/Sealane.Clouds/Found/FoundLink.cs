using Sealane.Core;

namespace Sealane.Clouds.Found;

/// <summary>What was read of a link that somebody else built, as a spec says it.</summary>
/// <param name="picks">Ids that a person named beside the two networks: they decide between several.</param>
public sealed class FoundLink(IReadOnlyCollection<string> picks)
{
    /// <summary>By path of the spec's keys.</summary>
    public IDictionary<string, string> Values { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Cloud ids by the objects' names in plan and status, for the section <c>existing</c>.</summary>
    public IDictionary<string, string> Existing { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IList<FoundTunnel> Tunnels { get; } = [];

    /// <summary>What could not be told: a person must.</summary>
    public IList<string> Questions { get; } = [];

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

    internal void Use(string name, string? id)
    {
        if (id is { Length: > 0 })
        {
            Existing[name] = id;
        }
    }

    /// <summary>The only one, or the one that a person picked; none or several are a question, never a guess.</summary>
    internal T? One<T>(string what, IEnumerable<T> candidates, Func<T, string?> id)
        where T : class
    {
        var all = candidates.ToList();
        var picked = all.Where(each => picks.Contains(id(each) ?? "", StringComparer.OrdinalIgnoreCase)).ToList();
        if (picked is [var one] || (picked.Count == 0 && all is [var only] && (one = only) is not null))
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
