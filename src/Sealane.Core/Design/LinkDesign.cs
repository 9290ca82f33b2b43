namespace Sealane.Core.Design;

/// <summary>What all parts of a link share.</summary>
public sealed record LinkDesign
{
    public required string Name { get; init; }

    /// <summary>How much of it is there twice.</summary>
    public Resilience Resilience { get; init; }

    public BuildOrder Order { get; init; } = BuildOrder.LocksFirst;

    /// <summary>Not to be built: what an earlier spec may have left is looked for by it.</summary>
    /// <seealso cref="FormerParts"/>
    public bool IsFormer { get; init; }

    /// <summary>On every object that can carry tags: those of the spec, and <see cref="LinkTag"/>, by which it is
    /// found again and known as ours.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Tags that the spec adds to Azure's objects alone.</summary>
    public IReadOnlyDictionary<string, string> AzureTags { get; init; } = new Dictionary<string, string>();

    /// <summary>Cloud ids of objects that exist already and are used, by their names in plan and status.</summary>
    public IReadOnlyDictionary<string, string> Existing { get; init; } = new Dictionary<string, string>();

    /// <summary>Used objects that may be changed in place, by their names in plan and status.</summary>
    public IReadOnlyList<string> ChangeUsed { get; init; } = [];

    /// <summary>Whether such an object is changed in place. In the guide's order nothing that bears a note stands
    /// early enough.</summary>
    public bool Changes(string name) => Order != BuildOrder.Guide && ChangeUsed.Contains(name);

    /// <summary>Those that the spec asks for, in the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, string>> AskedTags() =>
        Tags.Where(tag => tag.Key != LinkTag.Key).OrderBy(tag => tag.Key, StringComparer.Ordinal);

    /// <summary>All that an Azure object has; Azure's names of tags differ by more than case
    /// (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources).</summary>
    public IReadOnlyDictionary<string, string> TagsInAzure()
    {
        var all = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in AzureTags.Concat(AskedTags()))
        {
            all.TryAdd(name, value);
        }
        all[LinkTag.Key] = Name;
        return all;
    }
}

/// <summary>The tag that says which link an object belongs to.</summary>
public static class LinkTag
{
    public const string Key = "sealane";

    /// <summary>Its value on an object that was given away: no name of a link, so it is no link's.</summary>
    public static string DisownedBy(string link) => $"{Disowned}{link}";

    public static bool IsDisowned(string link) => link.StartsWith(Disowned, StringComparison.Ordinal);

    private const string Disowned = "disowned by ";
}

/// <summary>Presets in one word: each adds parts with keys beside those without.</summary>
public enum Resilience
{
    /// <summary>One of everything, as in the guide.</summary>
    None,

    /// <summary>Both paths of the circuit, from one router.</summary>
    Paths,

    /// <summary>Two routers, each with a cross connect to AWS and to one path of the circuit.</summary>
    Routers,

    /// <summary>Two routers at two sites, each with a cross connect to AWS and to both paths of its own
    /// circuit.</summary>
    Locations,
}

/// <summary>What comes before what while the link is built.</summary>
public enum BuildOrder
{
    /// <summary>By the first law: each lock is closed before the thing that it guards exists.</summary>
    LocksFirst,

    /// <summary>
    /// The manual guide's steps one after the other, with its choices: see <see cref="NetworkDesign.InGuideOrder"/>.
    /// </summary>
    Guide,
}
