using Sealane.Core;

namespace Sealane.Cli.Output;

/// <summary>
/// Ways to show text that others have written, one for each form of output: <see cref="Plain"/> for terminals and logs,
/// and here what Markdown needs beyond it. JSON, XML and SVG are written by writers that quote by themselves.
/// </summary>
internal static class PlainOutput
{
    /// <summary>One line on a terminal or in a log, whatever is in it. Colours of our own are put on
    /// afterwards.</summary>
    public static void Line(this TextWriter output, string text)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.WriteLine(Plain.Line(text));
    }

    /// <summary>
    /// A code span: no table, picture, HTML, mention, issue number or address in it becomes one.
    /// </summary>
    /// <remarks>https://github.github.com/gfm/#code-spans and #tables-extension- (the bar)</remarks>
    public static string Code(string text)
    {
        var plain = Plain.Line(text).Trim();
        if (plain.Length == 0)
        {
            return "";
        }
        var (run, longest) = (0, 0);
        foreach (var c in plain)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        var fence = new string('`', longest + 1);
        var pad = plain[0] == '`' || plain[^1] == '`' ? " " : "";
        return $"{fence}{pad}{plain.Replace("|", "\\|", StringComparison.Ordinal)}{pad}{fence}";
    }

    /// <summary>A cell holds one line, and nothing in it may be read as a table, a link or a picture.</summary>
    public static string Cell(string text) => string.Concat(Plain.Line(text).Select(c => c switch
    {
        '|' or '<' or '>' or '[' or ']' or '*' or '`' => $"\\{c}",
        _ => $"{c}",
    }));
}
