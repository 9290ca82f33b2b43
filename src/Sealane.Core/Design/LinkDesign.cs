namespace Sealane.Core.Design;

/// <summary>What all parts of a link share.</summary>
public sealed record LinkDesign
{
    public required string Name { get; init; }

    public BuildOrder Order { get; init; } = BuildOrder.LocksFirst;

    /// <summary>Tags on every object that can carry them; by these it is found again and known as ours.</summary>
    public IReadOnlyDictionary<string, string> Tags => new Dictionary<string, string>
    {
        [LinkTag.Key] = Name,
    };
}

/// <summary>The tag that says which link an object belongs to.</summary>
public static class LinkTag
{
    public const string Key = "sealane";
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
