using System.Text;
using Sealane.Core;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Sealane.Cli.Output;

/// <summary>Text in columns of a terminal, where a Chinese character takes two and a control character none at
/// all.</summary>
internal static class Columns
{
    private const int NarrowestUseful = 20;

    /// <summary>Of this terminal; 80 where nobody knows.</summary>
    public static int Width => AnsiConsole.Profile.Width is >= NarrowestUseful and var width ? width : 80;

    /// <summary>Exactly so wide: cut with an ellipsis or filled with blanks. What would move the cursor is shown as a
    /// question mark.</summary>
    public static string Fit(string text, int width)
    {
        var result = new StringBuilder();
        var used = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var shown = Plain.MayBeShown(rune) ? rune.ToString() : "?";
            var wide = Of(shown);
            result.Append(shown);
            used += wide;
            if (used > width)
            {
                break;
            }
        }
        if (used <= width)
        {
            return result.Append(' ', Math.Max(0, width - used)).ToString();
        }
        // Cut back until an ellipsis fits.
        while (result.Length > 0 && used > width - 1)
        {
            var last = result[^1];
            var low = char.IsLowSurrogate(last) && result.Length > 1;
            var removed = low ? result.ToString(result.Length - 2, 2) : last.ToString();
            used -= Of(removed);
            result.Length -= removed.Length;
        }
        return width <= 0 ? "" : result.Append('…').Append(' ', Math.Max(0, width - 1 - used)).ToString();
    }

    private static int Of(string text) => Segment.CellCount([new Segment(text)]);
}
