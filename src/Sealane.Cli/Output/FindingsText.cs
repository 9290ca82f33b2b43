using Sealane.Core.Checks;

namespace Sealane.Cli.Output;

/// <summary>Findings as compilers print them, each check's story under its first finding, the counts in the last
/// line.</summary>
internal static class FindingsText
{
    public static void Write(TextWriter output, string file, CheckReport report, Ink? ink = null)
    {
        ink ??= Ink.None;
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in InOrder(report.Findings))
        {
            output.WriteLine(Paint(ink, finding));
            if (told.Add(finding.Check.Id))
            {
                output.WriteLine($"  why: {finding.Check.Why}");
                output.WriteLine($"  fix: {finding.Check.Fix}");
                output.WriteLine($"  see: {string.Join(", ", finding.Check.Sources)}");
            }
        }
        output.WriteLine(Counts(file, report));
    }

    /// <summary>What stops a run comes first, then what may be lived with; within that, as the file reads.</summary>
    public static IEnumerable<Finding> InOrder(IEnumerable<Finding> findings) =>
        findings.OrderByDescending(finding => finding.Check.Severity);

    public static string Counts(string file, CheckReport report) =>
        $"{file}: {SpecFile.Plural(report.Count(Severity.Error), "error")}, "
        + $"{SpecFile.Plural(report.Count(Severity.Warning), "warning")}, "
        + $"{SpecFile.Plural(report.Count(Severity.Note), "note")}"
        + (report.Silenced.Count == 0 ? "" : $", {report.Silenced.Count} silenced");

    private static string Paint(Ink ink, Finding finding)
    {
        var word = finding.Check.Severity.Word();
        var painted = finding.Check.Severity switch
        {
            Severity.Error => ink.Red(word),
            Severity.Warning => ink.Yellow(word),
            _ => ink.Grey(word),
        };
        return $"{finding.Mark} {painted} {ink.Bold(finding.Check.Id)}: {finding.Message}";
    }
}
