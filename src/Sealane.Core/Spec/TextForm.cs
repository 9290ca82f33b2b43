using System.Text.RegularExpressions;

namespace Sealane.Core.Spec;

/// <summary>The form of a text value: what it is called, the pattern for editors, and what is wrong with a given
/// text.</summary>
/// <param name="Expected">Completes "must be …": <c>an IPv4 prefix such as 10.1.0.0/16</c>.</param>
/// <param name="Pattern">Regular expression in the common ground of .NET and ECMA-262, anchored at both ends, in
/// which no text can be divided in two ways: it takes no time that would need a limit, and a limit has refused a good
/// text on a busy machine.</param>
public sealed record TextForm(string Expected, string Pattern)
{
    /// <summary>A rule that a pattern cannot say; returns what is wrong, or null.</summary>
    public Func<string, string?> Further { get; init; } = static _ => null;

    /// <summary>What the writer most likely meant, or null.</summary>
    public Func<string, string?> Meant { get; init; } = static _ => null;

    /// <summary>What is wrong with the text, as the end of a sentence, or null when it fits.</summary>
    public string? Problem(string text) =>
        Regex.IsMatch(text, Pattern, RegexOptions.CultureInvariant)
            ? Further(text)
            : $"must be {Expected}";
}
