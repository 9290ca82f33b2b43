namespace Sealane.Core.Checks.Live;

/// <summary>Small sentences that the live checks share.</summary>
internal static class Say
{
    public static (CheckStatus, string) Pass(string evidence) => (CheckStatus.Pass, evidence);
    public static (CheckStatus, string) Fail(string evidence) => (CheckStatus.Fail, evidence);
    public static (CheckStatus, string) Degraded(string evidence) => (CheckStatus.Degraded, evidence);
    public static (CheckStatus, string) Unknown(string evidence) => (CheckStatus.Unknown, evidence);

    /// <summary>Exactly these and no others.</summary>
    public static (CheckStatus, string) Exactly(string what, IEnumerable<Prefix>? seen,
        IReadOnlyCollection<Prefix> wanted)
    {
        if (seen is null)
        {
            return Unknown($"{what}: no answer");
        }
        if (wanted.Count == 0)
        {
            return seen.Any() ? Fail($"{what} {List(seen)}, though there are no tunnel endpoints")
                : Fail($"{what}: nothing; there are no tunnel endpoints");
        }
        var extra = seen.Except(wanted).ToList();
        var missing = wanted.Except(seen).ToList();
        return extra.Count > 0 ? Fail($"{what} also {List(extra)}, which must not be there")
            : missing.Count > 0 ? Fail($"{what} lacks {List(missing)}")
            : Pass($"{what}: {List(seen)} and nothing else");
    }

    public static string List<T>(IEnumerable<T> items)
    {
        var texts = items.Select(item => item?.ToString() ?? "").Distinct().Order(StringComparer.Ordinal).ToList();
        return texts.Count == 0 ? "nothing" : string.Join(", ", texts);
    }
}
