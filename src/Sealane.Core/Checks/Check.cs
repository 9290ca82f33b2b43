using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Core.Checks;

public enum Severity
{
    /// <summary>Good to know; never changes the exit code.</summary>
    Note,

    /// <summary>Works, but not as well, as cheaply or as safely as it could.</summary>
    Warning,

    /// <summary>A cloud would refuse it, the link would not come up, or traffic could leave in the clear.</summary>
    Error,
}

/// <summary>A rule and its story. Ids are never reused.</summary>
/// <remarks>
/// SL1xx shape of the spec, SL2xx addresses and ASNs, SL3xx encrypted path, SL4xx limits and SKUs, SL5xx cost and
/// operation, SL6xx what the clouds say before anything is ordered, SL9xx what was observed in them.
/// </remarks>
public abstract record Check
{
    public required string Id { get; init; }
    public required Severity Severity { get; init; }

    /// <summary>The rule as a sentence that holds when all is well.</summary>
    public required string Title { get; init; }

    /// <summary>What happens otherwise.</summary>
    public required string Why { get; init; }

    /// <summary>What to write instead.</summary>
    public required string Fix { get; init; }

    /// <summary>Public pages that say so.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>An error of the encrypted path cannot be silenced: it would be the first law's hole.</summary>
    public bool MayBeSilenced => Severity != Severity.Error || !Id.StartsWith("SL3", StringComparison.Ordinal);
}

/// <summary>A rule that needs nothing but the design: it costs no call and no money.</summary>
public sealed record DesignCheck : Check
{
    public required Func<NetworkDesign, IEnumerable<Flaw>> Find { get; init; }

    /// <summary>Asked only of a design without errors: it would say the same again, or stumble over them.</summary>
    public bool NeedsSoundDesign { get; init; }
}

/// <summary>What a check found: the key that is to blame, and what is wrong there.</summary>
public sealed record Flaw(string Path, string Message);

/// <summary>A flaw with its place in the file, ready to be printed.</summary>
public sealed record Finding(Check Check, SourceMark Mark, string Message)
{
    public override string ToString() => $"{Mark} {Check.Severity.Word()} {Check.Id}: {Message}";
}

public static class SeverityWords
{
    /// <summary>As compilers and SARIF write it.</summary>
    public static string Word(this Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
