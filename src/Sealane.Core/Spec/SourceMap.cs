using System.Collections.Frozen;
using System.Globalization;

namespace Sealane.Core.Spec;

/// <summary>A place in a file, lines and columns from 1, printed as compilers do: <c>sydney.yaml:31:7</c>.</summary>
public readonly record struct SourceMark(string File, int Line, int Column)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}

/// <summary>Where each key of a spec stands, by dotted path; list items are <c>aws.subnets[0]</c>.</summary>
public sealed class SourceMap(string file, IReadOnlyDictionary<string, SourceMark> marks)
{
    private readonly FrozenDictionary<string, SourceMark> _marks = marks.ToFrozenDictionary(StringComparer.Ordinal);

    public static SourceMap Empty { get; } = new("", new Dictionary<string, SourceMark>());

    public string File { get; } = file;

    /// <summary>The whole file, for whoever keeps what a verdict was made of. Keys are never in it.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the user wrote this key.</summary>
    public bool Has(string path) => _marks.ContainsKey(path);

    /// <summary>The place of a key, or of the nearest key above it where the user left it out.</summary>
    public SourceMark Of(string path)
    {
        for (var at = path; ;)
        {
            if (_marks.TryGetValue(at, out var mark))
            {
                return mark;
            }
            var cut = at.LastIndexOfAny(['.', '[']);
            if (cut <= 0)
            {
                return new(File, 1, 1);
            }
            at = at[..cut];
        }
    }
}
