namespace Sealane.Clouds.Evidence;

/// <summary>Reads one kind of object and reaches for what it leads to. The walk sees to it that none is read
/// twice.</summary>
internal abstract class Reader
{
    /// <summary>The vendor's noun.</summary>
    public abstract string Kind { get; }

    /// <summary>Every call that it makes.</summary>
    public abstract IReadOnlyList<Question> Questions { get; }

    /// <param name="id">The vendor's id of the object.</param>
    public abstract Task Read(Walk walk, string id);
}
