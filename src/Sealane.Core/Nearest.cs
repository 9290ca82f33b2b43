using System.Text;

namespace Sealane.Core;

/// <summary>The known words that a misspelt one most likely meant.</summary>
public static class Nearest
{
    private const int LengthMax = 64;

    /// <summary>More than these are no help any more.</summary>
    private const int WordsMax = 8;

    /// <summary>A wrong digit names another thing (Sydney2, eu-west-1), a wrong letter is a slip.</summary>
    private const int DigitCost = 2;

    /// <summary>Null when nothing is near.</summary>
    public static string? To(string word, IReadOnlyCollection<string> known) =>
        All(word, known) is [var first, ..] ? first : null;

    /// <summary><c>did you mean A or B?</c>, or null.</summary>
    public static string? Question(string word, IReadOnlyCollection<string> known) => Question(All(word, known));

    /// <summary>The same as the end of a sentence, or nothing.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> known) =>
        Question(word, known) is { } question ? $"; {question}" : "";

    public static string? Question(IReadOnlyList<string> meant) => meant.Count == 0 ? null
        : $"did you mean {string.Join(", ", meant.Take(meant.Count - 1))}{(meant.Count > 1 ? " or " : "")}{meant[^1]}?";

    /// <summary>All that are equally near, in the order of the list; none when more than a third of the letters would
    /// have to change. Case, spaces, dashes and accents do not count.</summary>
    public static IReadOnlyList<string> All(string word, IReadOnlyCollection<string> known)
    {
        var letters = Letters(word);
        if (letters.Length is 0 or > LengthMax)
        {
            return [];
        }
        var near = known
            .Select(candidate => (Name: candidate, Letters: Letters(candidate)))
            .Select(candidate => (candidate.Name, candidate.Letters, Distance: Distance(letters, candidate.Letters)))
            .OrderBy(candidate => candidate.Distance).ToList();
        var best = near.Count > 0 ? near[0].Distance : int.MaxValue;
        // Half a word is not near by count of letters, but it is what was meant.
        var longer = best > 1 && letters.Length >= 4
            ? near.Where(candidate => candidate.Letters.StartsWith(letters, StringComparison.Ordinal)).ToList() : [];
        var meant = longer.Count > 0 ? longer : near.TakeWhile(candidate => candidate.Distance == best
            && best < letters.Length
            && best <= Math.Max(1, Math.Max(letters.Sum(Of), candidate.Letters.Sum(Of)) / 3)).ToList();
        // aws/transit-vif and aws.transitVif have the same letters: there the marks decide.
        return
        [
            .. meant.GroupBy(candidate => candidate.Letters)
                .Select(same => same.Select(candidate => candidate.Name)
                    .MinBy(name => Distance(word.ToLowerInvariant(), name.ToLowerInvariant()))!)
                .Take(WordsMax),
        ];
    }

    private static string Letters(string text) => string.Concat(text.Normalize(NormalizationForm.FormD)
        .Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));

    /// <summary>Levenshtein's distance, with two neighbouring letters swapped counted as one change.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 1; i <= a.Length; i++)
        {
            cost[i, 0] = cost[i - 1, 0] + Of(a[i - 1]);
        }
        for (var j = 1; j <= b.Length; j++)
        {
            cost[0, j] = cost[0, j - 1] + Of(b[j - 1]);
        }
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = cost[i - 1, j - 1] + Change(a[i - 1], b[j - 1]);
                cost[i, j] = Math.Min(change,
                    Math.Min(cost[i - 1, j] + Of(a[i - 1]), cost[i, j - 1] + Of(b[j - 1])));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[a.Length, b.Length];
    }

    private static int Change(char a, char b) => a == b ? 0
        : (a, b) is ('0', 'o') or ('o', '0') or ('1', 'l' or 'i') or ('l' or 'i', '1') ? 1 : Math.Max(Of(a), Of(b));

    private static int Of(char letter) => char.IsAsciiDigit(letter) ? DigitCost : 1;
}
