using System.Text;

namespace Sealane.Core.Checks;

/// <summary>A check told at length: on the terminal by <c>explain</c>, and as its page under docs/checks.</summary>
public static class CheckStory
{
    public static string Text(Check check)
    {
        var story = new StringBuilder()
            .Append(check.Id).Append(" (").Append(check.Severity.Word()).Append("): ").Append(check.Title)
                .Append("\n\n")
            .Append("why: ").Append(check.Why).Append('\n')
            .Append("fix: ").Append(check.Fix).Append('\n');
        foreach (var source in check.Sources)
        {
            story.Append("see: ").Append(source).Append('\n');
        }
        return story.Append('\n').Append(SilenceRule(check)).Append('\n').ToString();
    }

    public static string Markdown(Check check)
    {
        var page = new StringBuilder()
            .Append("# ").Append(check.Id).Append(": ").Append(check.Title).Append("\n\n")
            .Append("Severity: ").Append(check.Severity.Word()).Append(". ").Append(SilenceRule(check)).Append("\n\n")
            .Append("## Why\n\n").Append(check.Why).Append("\n\n")
            .Append("## Fix\n\n").Append(check.Fix).Append("\n\n")
            .Append("## Sources\n\n");
        foreach (var source in check.Sources)
        {
            page.Append("- <").Append(source).Append(">\n");
        }
        return page.ToString();
    }

    /// <summary>The table of docs/checks/README.md.</summary>
    public static string Index(IEnumerable<Check> design, IEnumerable<Check> ahead)
    {
        var page = new StringBuilder("# Checks\n\n`sealane check FILE` applies these rules without any call to a "
            + "cloud; "
            + "`sealane explain ID` prints one.\n\n");
        Table(page, design);
        page.Append("\n`sealane plan` and `apply` ask the clouds these before anything is ordered, where something "
            + "is to be "
            + "ordered at all. What cannot be asked\nis told with the plan. `plan` also applies the rules above to "
            + "the prefixes "
            + "that the clouds tell where the spec names none.\n\n");
        Table(page, ahead);
        return page.ToString();
    }

    private static void Table(StringBuilder page, IEnumerable<Check> checks)
    {
        page.Append("| id | severity | rule |\n|---|---|---|\n");
        foreach (var check in checks)
        {
            page.Append("| [").Append(check.Id).Append("](").Append(check.Id).Append(".md) | ")
                .Append(check.Severity.Word()).Append(" | ").Append(check.Title).Append(" |\n");
        }
    }

    private static string SilenceRule(Check check) => check.MayBeSilenced
        ? $"A spec may silence it with a reason: `silence: [{{ check: {check.Id}, reason: … }}]`."
        : "It cannot be silenced: it guards the encrypted path.";
}
