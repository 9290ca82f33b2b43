using System.Globalization;
using System.Text;

namespace Sealane.Cli.Manual;

/// <summary>
/// A page for man: lines of text in which nothing is a request, an escape or another character than it was.
/// </summary>
/// <remarks>groff_char(7), groff_man_style(7): a dash is typed as <c>\-</c>, a backslash as <c>\(rs</c>, a line that
/// begins with a dot or an apostrophe behind <c>\&amp;</c>.</remarks>
internal sealed class Roff
{
    private readonly StringBuilder _text = new();

    public void Title(string name, string source) =>
        Line($".TH \"{Escaped(name)}\" \"1\" \"\" \"{Escaped(source)}\" \"Sealane\"");

    public void Section(string title) => Line($".SH \"{Escaped(title)}\"");

    public void Text(string text) => Line(AtStart(Escaped(text)));

    public void Bold(string bold, string rest) => Line($"\\fB{Escaped(bold)}\\fR{Escaped(rest)}");

    public void Item(string head, string text)
    {
        Line(".TP");
        Line($"\\fB{Escaped(head)}\\fR");
        Text(text);
    }

    /// <summary>Lines as they stand.</summary>
    public void Example(IEnumerable<string> lines)
    {
        Line(".nf");
        foreach (var line in lines)
        {
            Text(line);
        }
        Line(".fi");
    }

    public override string ToString() => _text.ToString();

    internal static string Escaped(string text)
    {
        var result = new StringBuilder();
        foreach (var rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            result.Append(rune.Value switch
            {
                '\\' => "\\(rs",
                '-' => "\\-",
                '"' => "\\(dq",
                '\'' => "\\(aq",
                '`' => "\\(ga",
                '^' => "\\(ha",
                '~' => "\\(ti",
                > 126 => string.Create(CultureInfo.InvariantCulture, $"\\[u{rune.Value:X4}]"),
                _ => rune.ToString(),
            });
        }
        return result.ToString();
    }

    private static string AtStart(string escaped) => escaped.StartsWith('.') ? $"\\&{escaped}" : escaped;

    private void Line(string line) => _text.Append(line).Append('\n');
}
