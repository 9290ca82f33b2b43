namespace Sealane.Tests.Checks;

/// <summary>The slips of a hand that writes a name: one at a time.</summary>
internal static class Slips
{
    public static IReadOnlyList<string> Of(string name) =>
    [
        .. new[]
        {
            from at in Letters(name) select name.Remove(at, 1),
            from at in Letters(name) select name.Insert(at, name[at].ToString()),
            from at in Letters(name)
            where at + 1 < name.Length && name[at] != name[at + 1]
            select name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            [
                name.ToUpperInvariant(), name.ToLowerInvariant(),
                name.Replace(" ", "", StringComparison.Ordinal), name.Replace(' ', '-'),
                name.Replace("-", "", StringComparison.Ordinal), name.Replace('-', '_'), name.Replace('-', ' '),
            ],
        }.SelectMany(slips => slips).Where(slip => slip != name && slip.Trim() == slip && slip.Length > 0).Distinct(),
    ];

    /// <summary>The names in <c>did you mean A, B or C?</c>; none where nothing is asked.</summary>
    public static IReadOnlyList<string> Meant(string text)
    {
        const string Question = "did you mean ";
        var start = text.LastIndexOf(Question, StringComparison.Ordinal);
        return start < 0 ? []
            : text[(start + Question.Length)..text.LastIndexOf('?')].Split([", ", " or "], StringSplitOptions.None);
    }

    private static IEnumerable<int> Letters(string name) =>
        Enumerable.Range(0, name.Length).Where(at => char.IsLetterOrDigit(name[at]));
}
