namespace Sealane.Core.Spec;

/// <summary>What makes a file unreadable as a spec: the place, what is wrong, and what to do.</summary>
public sealed record SpecProblem(SourceMark Mark, string Message, string? Hint = null)
{
    public override string ToString() => Hint is null ? $"{Mark} error: {Message}"
        : $"{Mark} error: {Message}\n  fix: {Hint}";
}

/// <summary>Either a spec or every problem that was found; never both empty.</summary>
public sealed record SpecResult(NetworkSpec? Spec, IReadOnlyList<SpecProblem> Problems);
