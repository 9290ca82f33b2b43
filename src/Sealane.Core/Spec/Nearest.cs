namespace Sealane.Core.Spec;

/// <summary>The known word that a misspelt one most likely meant.</summary>
public static class Nearest
{
    private const int LengthMax = 64;

    /// <summary>Null when nothing is near: more than a third of the letters would have to change.</summary>
    public static string? To(string word, IReadOnlyCollection<string> known)
    {
        if (word.Length is 0 or > LengthMax)
        {
            return null;
        }
        // Half a word is not near by count of letters, but it is what was meant.
        if (word.Length >= 4
            && known.FirstOrDefault(candidate => candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            is { } longer)
        {
            return longer;
        }
        var best = known
            .Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.distance)
            .FirstOrDefault();
        return best.candidate is { } found && best.distance < word.Length
            && best.distance <= Math.Max(1, Math.Max(word.Length, found.Length) / 3) ? found : null;
    }

    /// <summary>Levenshtein's distance, with two neighbouring letters swapped counted as one change.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            cost[i, 0] = i;
        }
        for (var j = 0; j <= b.Length; j++)
        {
            cost[0, j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(change, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }
        return cost[a.Length, b.Length];
    }
}
