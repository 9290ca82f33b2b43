using System.Globalization;

namespace Sealane.Core.Places;

/// <summary>A data centre as a list names it: the account's own, or the one that is built in.</summary>
public readonly record struct NamedSite(int? Id, string? Name, string? Metro)
{
    /// <summary>The name without the metro in its middle: people write <c>Equinix SY1</c> for Equinix Sydney
    /// SY1.</summary>
    public string WithoutMetro => string.IsNullOrEmpty(Metro) ? Name ?? "" : string.Join(' ',
        (Name ?? "").Replace(Metro, "", StringComparison.OrdinalIgnoreCase)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Which data centre a person meant by what stands in a spec.</summary>
public static class SiteNames
{
    private const int AlikeMax = 5;

    /// <summary>By number, by name, or by the name without its metro where that is one data centre only.</summary>
    public static T? Find<T>(IEnumerable<T> sites, Func<T, NamedSite> of, string written)
        where T : class
    {
        var all = sites.Select(site => (Site: site, Named: of(site))).ToList();
        return all.Find(each => each.Named.Id?.ToString(CultureInfo.InvariantCulture) == written).Site
            ?? all.Find(each => Same(each.Named.Name, written)).Site
            ?? (all.FindAll(each => Same(each.Named.WithoutMetro, written)) is [var only] ? only.Site : null);
    }

    /// <summary><c>did you mean A?</c>: by spelling, else by a word that both have, the metro among them.</summary>
    public static string? Question<T>(IEnumerable<T> sites, Func<T, NamedSite> of, string written)
    {
        var all = sites.Select(of).Where(site => site.Name is not null).ToList();
        if (int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            return null;
        }
        var near = Nearest.All(written, [.. all.SelectMany(site => (string[])[site.Name!, site.WithoutMetro])
            .Where(name => name.Length > 0).Distinct()]);
        var alike = near.Count > 0
            ? all.Where(site => near.Contains(site.Name) || near.Contains(site.WithoutMetro))
            // A word that many names have, such as the operator's, tells nothing.
            : written.Split([' ', '-', ',', '/'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word.Length > 2)
                .Select(word => all.FindAll(site => Same(site.Metro, word)
                    || site.Name!.Contains(word, StringComparison.OrdinalIgnoreCase)))
                .Where(found => found.Count <= AlikeMax).SelectMany(found => found);
        return Nearest.Question([.. alike.Select(site => site.Name!).Distinct().Take(AlikeMax)]);
    }

    private static bool Same(string? name, string written) =>
        string.Equals(name, written, StringComparison.OrdinalIgnoreCase);
}
