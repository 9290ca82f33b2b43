using System.Text;
using Sealane.Clouds.Evidence;

namespace Sealane.Tests.Docs;

/// <summary>The part of docs/proof.md that is made from the readers: every read, and whether its absence is a
/// hole.</summary>
internal static class ReadsPage
{
    private const string Begin = "<!-- from the readers: SEALANE_UPDATE=1 rewrites it -->\n";
    private const string End = "<!-- end -->\n";

    /// <summary>The page with that part as the readers say it.</summary>
    public static string In(string page)
    {
        var (from, to) = (page.IndexOf(Begin, StringComparison.Ordinal), page.IndexOf(End, StringComparison.Ordinal));
        Assert.True(from >= 0 && to > from, "docs/proof.md has lost the marks of the table of reads");
        return page[..(from + Begin.Length)] + Table() + page[to..];
    }

    private static string Table()
    {
        var text = new StringBuilder("| read | shows | leads to | not answered |\n|---|---|---|---|\n");
        foreach (var reader in AllReaders.List)
        {
            foreach (var question in reader.Questions)
            {
                text.Append($"| `{question.Call}` | {question.Shows} | {question.LeadsTo} | {Hole(question)} |\n");
            }
        }
        return text.ToString();
    }

    private static string Hole(Question question) => question.Hides is not { } hides ? "listed as not read"
        : question.OnlyWhereEntered ? $"**hole** where the networks have a way there: {hides}"
        : $"**hole**: {hides}";
}
