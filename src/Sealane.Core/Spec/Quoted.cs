using System.Text;

namespace Sealane.Core.Spec;

/// <summary>Foreign text in messages: cut to a length that fits a line, control characters shown and not
/// sent.</summary>
internal static class Quoted
{
    public static string Of(string text) => $"'{Plain(text, 48)}'";

    public static string Plain(string text, int lengthMax)
    {
        var result = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (result.Length >= lengthMax)
            {
                return result.Append('…').ToString();
            }
            _ = Rune.IsControl(rune) || rune == Rune.ReplacementChar ? result.Append('?')
                : result.Append(rune.ToString());
        }
        return result.ToString();
    }
}
