using System.Globalization;
using System.Text;

namespace Sealane.Core;

/// <summary>
/// Text of others as it may be shown: names, tags and messages that come from a cloud were written by whoever may write
/// there. Whatever moves a cursor, begins a line, reorders letters or cannot be seen is shown by its number.
/// </summary>
public static class Plain
{
    /// <summary>As a part of one line.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }
        var result = new StringBuilder(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            // By the numbers of its UTF-16 units, as JSON escapes it too.
            foreach (var unit in MayBeShown(rune) ? "" : rune.ToString())
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
            if (MayBeShown(rune))
            {
                result.Append(rune.ToString());
            }
        }
        return result.ToString();
    }

    /// <summary>A piece of text in which our own line ends stay.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Join('\n', text.Split('\n').Select(Line));
    }

    /// <summary>Neither moves anything nor hides.</summary>
    public static bool MayBeShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar;
}
