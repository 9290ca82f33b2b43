using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using static Sealane.Cli.Output.PlainOutput;

namespace Sealane.Cli.Output;

/// <summary>The answer of <c>verify</c> as a page: for a pull request, a ticket, an auditor's file.</summary>
internal static class VerifyMarkdown
{
    public static void Write(TextWriter output, Verified verified)
    {
        var (verification, judgement) = (verified.Verification, verified.Verification.Judgement);
        output.WriteLine($"# {Cell(verification.Seen.Design.Name)}: {Cell(judgement.Text)}");
        output.WriteLine();
        output.WriteLine($"Read at {verification.At:yyyy-MM-dd HH:mm:ss} UTC. {Cell(VerifyReport.InFailures(verification
            .Proof))}");
        Section(output, "Why", [.. VerifyReport.Reasons(judgement).Select(Code)]);
        Table(output, "Checks", "| | check | guide | what | seen |", 5, verification.Checks.Select(result =>
            $"| {Word(result.Status)} | {result.Check.Id} | {result.Check.GuideStep} | {Cell(result.Check.Title)} "
            + $"| {Code(result.Evidence)} |"));
        Section(output, "Flows", [.. verification.Proof.Flows.Select(flow => Code(VerifyReport.Sentence(flow))),
            Cell(VerifyReport.Excluded(verification.Proof))]);
        Section(output, "What it would take to open it",
        [
            .. Lock("AWS → Azure", verification.Proof.AwsToAzure.Delivery.Changes),
            .. Lock("Azure → AWS", verification.Proof.AzureToAws.Delivery.Changes),
        ]);
        Section(output, "Redundancy", [judgement.Redundancy.ToString()]);
        Table(output, "Not read", "| question | about | answer |", 3,
            verified.Readings.Where(row => row.Answer != Answer.Read).Select(row =>
                $"| {Code(row.Question.Call)} | {Code(row.Subject)} | {row.Answer} {Code(row.Why)} |"));
        output.WriteLine();
        output.WriteLine($"{verified.Readings.Count(row => row.Answer == Answer.Read)} questions were answered. What "
            + "is "
            + "proved, from what and under which assumptions: docs/proof.md of Sealane.");
    }

    private static IEnumerable<string> Lock(string direction, IReadOnlyList<string> changes) =>
        changes.Count == 0 ? [$"{direction}: nothing; it is open, or no few changes open it"]
            : changes.Select(change => $"{direction}: {Code(ShortIds.In(change))}");

    private static void Section(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
        {
            return;
        }
        output.WriteLine();
        output.WriteLine($"## {title}");
        output.WriteLine();
        foreach (var line in lines)
        {
            output.WriteLine($"- {line}");
        }
    }

    private static void Table(TextWriter output, string title, string head, int columns, IEnumerable<string> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }
        output.WriteLine();
        output.WriteLine($"## {title}");
        output.WriteLine();
        output.WriteLine(head);
        output.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", columns))}");
        all.ForEach(output.WriteLine);
    }

    private static string Word(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass",
        CheckStatus.Degraded => "**degraded**",
        CheckStatus.Fail => "**fail**",
        _ => "**unknown**",
    };
}
