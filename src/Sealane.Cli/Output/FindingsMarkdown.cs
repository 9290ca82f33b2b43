using Sealane.Cli.Commands;
using Sealane.Core.Checks;

namespace Sealane.Cli.Output;

/// <summary>Findings for a pull request.</summary>
internal static class FindingsMarkdown
{
    public static void Write(TextWriter output, IReadOnlyList<CheckedFile> files)
    {
        foreach (var file in files)
        {
            output.WriteLine($"### {PlainOutput.Cell(file.Reading.Name)}");
            output.WriteLine();
            if (file.Report is not { } report)
            {
                output.WriteLine("| place | what | fix |");
                output.WriteLine("|---|---|---|");
                foreach (var problem in file.Reading.AllProblems)
                {
                    output.WriteLine(
                        $"| {problem.Mark.Line}:{problem.Mark.Column} | {PlainOutput.Cell(problem.Message)} | "
                            + $"{PlainOutput.Cell(problem.Hint ?? "")} |");
                }
            }
            else
            {
                output.WriteLine(PlainOutput.Cell(FindingsText.Counts(file.Reading.Name, report)));
                Rows(output, report);
            }
            output.WriteLine();
        }
    }

    public static void Rows(TextWriter output, CheckReport report)
    {
        if (report.Findings.Count == 0)
        {
            return;
        }
        output.WriteLine();
        output.WriteLine("| severity | rule | place | what | fix |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var finding in FindingsText.InOrder(report.Findings))
        {
            output.WriteLine($"| {finding.Check.Severity.Word()} | {finding.Check.Id} "
                + $"| {finding.Mark.Line}:{finding.Mark.Column} | {PlainOutput.Cell(finding.Message)} | "
                + $"{PlainOutput.Cell(finding.Check.Fix)} "
                + $"|");
        }
    }
}
