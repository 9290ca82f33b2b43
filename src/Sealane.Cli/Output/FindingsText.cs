using Sealane.Core.Checks;

namespace Sealane.Cli.Output;

/// <summary>Findings as compilers print them, each check's story under its first finding, the counts in the last
/// line.</summary>
public static class FindingsText
{
    public static void Write(TextWriter output, string file, CheckReport report)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in report.Findings)
        {
            output.WriteLine(finding);
            if (told.Add(finding.Check.Id))
            {
                output.WriteLine($"  why: {finding.Check.Why}");
                output.WriteLine($"  fix: {finding.Check.Fix}");
                output.WriteLine($"  see: {string.Join(", ", finding.Check.Sources)}");
            }
        }
        output.WriteLine($"{file}: {SpecFile.Plural(report.Count(Severity.Error), "error")}, "
            + $"{SpecFile.Plural(report.Count(Severity.Warning), "warning")}, "
                + $"{SpecFile.Plural(report.Count(Severity.Note), "note")}"
            + (report.Silenced.Count == 0 ? "" : $", {report.Silenced.Count} silenced"));
    }
}
