namespace Sealane.Core.Reconcile;

public enum ChangeKind
{
    None,

    /// <summary>The vendor's API changes it on the living object.</summary>
    InPlace,

    /// <summary>Delete and create again, with everything that is built on it.</summary>
    Replace,

    /// <summary>Not possible, or too dangerous to do unasked.</summary>
    Refused,
}

/// <summary>The difference between what is wanted and what was seen.</summary>
/// <param name="Kind">What it takes.</param>
/// <param name="Differences">One line a field: <c>mtu 1500 → 8500</c>. Never a secret: say <c>pre-shared key
/// differs</c>.</param>
/// <param name="Traffic">What happens to traffic meanwhile, for the person who decides.</param>
public sealed record Change(ChangeKind Kind, IReadOnlyList<string> Differences, string Traffic = "none")
{
    public static Change None { get; } = new(ChangeKind.None, []);

    /// <summary>Whether it is sure that no packet gets through while it is made.</summary>
    public bool Stops { get; init; }

    public static Change InPlace(IReadOnlyList<string> differences, string traffic = "none") =>
        differences.Count == 0 ? None : new(ChangeKind.InPlace, differences, traffic);

    /// <param name="stops">False where something else carries meanwhile.</param>
    public static Change Replace(IReadOnlyList<string> differences, string traffic, bool stops = true) =>
        differences.Count == 0 ? None : new(ChangeKind.Replace, differences, traffic) { Stops = stops };

    public static Change Refused(IReadOnlyList<string> differences, string traffic = "none") =>
        differences.Count == 0 ? None : new(ChangeKind.Refused, differences, traffic);
}

/// <summary>Collects the fields that differ, one line each.</summary>
public sealed class Differences
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    public Differences Field<T>(string name, T wanted, T seen)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, seen))
        {
            _lines.Add($"{name} {Show(seen)} → {Show(wanted)}");
        }
        return this;
    }

    /// <summary>The same for a value that an answer may leave out: then nothing is known to differ.</summary>
    public Differences Told<T>(string name, T wanted, T? seen)
        where T : struct =>
        seen is { } told ? Field(name, wanted, told) : this;

    /// <summary>Vendor words whose case is not stable. A word that an answer leaves out says nothing.</summary>
    public Differences Word(string name, string wanted, string? seen)
    {
        if (!string.IsNullOrEmpty(seen) && !string.Equals(wanted, seen, StringComparison.OrdinalIgnoreCase))
        {
            _lines.Add($"{name} {Show(seen)} → {wanted}");
        }
        return this;
    }

    /// <summary>Sets whose order means nothing.</summary>
    public Differences Set<T>(string name, IEnumerable<T> wanted, IEnumerable<T> seen)
    {
        var w = wanted.Distinct().OrderBy(item => item?.ToString(), StringComparer.Ordinal).ToList();
        var s = seen.Distinct().OrderBy(item => item?.ToString(), StringComparer.Ordinal).ToList();
        if (!w.SequenceEqual(s))
        {
            _lines.Add($"{name} {{{string.Join(", ", s)}}} → {{{string.Join(", ", w)}}}");
        }
        return this;
    }

    /// <summary>A field whose values must not be shown.</summary>
    public Differences Hidden(string name, bool same)
    {
        if (!same)
        {
            _lines.Add($"{name} differs");
        }
        return this;
    }

    private static string Show<T>(T value) => value?.ToString() is { Length: > 0 } text ? text : "(none)";
}
