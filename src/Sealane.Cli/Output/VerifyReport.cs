using Sealane.Core;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>The answer of <c>verify</c> with its evidence, for people.</summary>
internal static class VerifyReport
{
    /// <param name="unread">What was asked and not answered, and is no hole.</param>
    public static void Write(TextWriter output, Verification verified, IReadOnlyList<string> unread, Ink? ink = null)
    {
        ink ??= Ink.None;
        var (proof, judgement) = (verified.Proof, verified.Judgement);
        foreach (var result in verified.Checks)
        {
            var guide = result.Check.GuideStep is { } step ? $"guide {step,-2}" : "        ";
            output.WriteLine($"  {Painted(ink, result.Status)} "
                + Plain.Line($"{result.Check.Id} {guide}  {result.Check.Title}"));
            output.Line($"                      {result.Evidence}");
            if (result.Status is CheckStatus.Fail or CheckStatus.Degraded)
            {
                output.Line($"                      fix: {result.Check.Fix}");
            }
        }
        output.WriteLine();
        foreach (var flow in proof.Flows)
        {
            output.Line($"  {Sentence(flow)}");
        }
        output.Line($"  {Excluded(proof)}");
        output.Line($"  {InFailures(proof)}");
        WriteLocks(output, "AWS → Azure", proof.AwsToAzure);
        WriteLocks(output, "Azure → AWS", proof.AzureToAws);
        output.Line($"  Up: {judgement.Redundancy}.");
        WriteLeaks(output, proof);
        output.WriteLine();
        foreach (var one in unread)
        {
            output.Line(ShortIds.In($"  not read: {one}"));
        }
        foreach (var reason in Reasons(judgement))
        {
            output.Line(ShortIds.In($"  {reason}"));
        }
        output.WriteLine(Painted(ink, judgement, Plain.Line(Last(verified))));
    }

    /// <summary>Name, word and counts: the line that a person looks for.</summary>
    public static string Last(Verification verified)
    {
        var results = verified.Checks;
        return $"{verified.Seen.Design.Name}: {verified.Judgement.Text}, {Number(CheckStatus.Pass)} checks passed, "
            + (Number(CheckStatus.Degraded) is > 0 and var less ? $"{less} degraded, " : "")
            + $"{Number(CheckStatus.Fail)} failed, {Number(CheckStatus.Unknown)} unknown";

        int Number(CheckStatus status) => results.Count(result => result.Status == status);
    }

    /// <summary>Why it is unproven or down, and which acceptances of the spec have no effect.</summary>
    public static IEnumerable<string> Reasons(Judgement judgement) =>
    [
        .. judgement.Word is LinkWord.Unproven or LinkWord.Down
            ? judgement.Reasons.Select(reason => $"{Words.Of(judgement.Word)}: {reason}") : [],
        .. judgement.Accepted.Select(one =>
            $"accepted until {one.Until.AddDays(-1):yyyy-MM-dd}: {one.Id}: {one.Reason}"),
        .. judgement.Void.Select(one => $"accepted no more: {one}"),
    ];

    public static string Sentence(Flow flow)
    {
        var way = flow.Direction == FlowDirection.AwsToAzure ? "AWS → Azure" : "Azure → AWS";
        return $"{way}: {flow.Source} to {flow.Destination}: {Words.Of(flow.Verdict)}"
            + (flow.Reason.Length > 0 ? $", {ShortIds.In(flow.Reason)}" : "");
    }

    /// <summary>What the verdict is not about.</summary>
    public static string Excluded(ProofReport proof) => proof.Excluded.Count == 0
        ? "Not among the flows: nothing; no tunnel endpoint is known."
        : $"Not among the flows: the tunnels' endpoints {string.Join(", ", proof.Excluded)}, which the transport is to "
            + "carry.";

    public static string InFailures(ProofReport proof)
    {
        var clear = proof.Failures.Where(failure => failure.AwsToAzure == Verdict.Clear
            || failure.AzureToAws == Verdict.Clear).ToList();
        return $"In {proof.Failures.Count} failures (each tunnel, VXC, session, path, attachment and gateway instance, "
            + "and all tunnels at once): "
            + (clear.Count == 0 ? "never in the clear."
                : ShortIds.In($"in the clear in {string.Join(", ", clear.Select(failure => failure.Name))}."));
    }

    public static string Mark(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass   ",
        CheckStatus.Degraded => "DEGRADED",
        CheckStatus.Fail => "FAIL   ",
        _ => "unknown",
    };

    private static string Painted(Ink ink, CheckStatus status) => status switch
    {
        CheckStatus.Pass => ink.Green(Mark(status)),
        CheckStatus.Fail => ink.Red(Mark(status)),
        _ => ink.Yellow(Mark(status)),
    };

    private static string Painted(Ink ink, Judgement judgement, string line) => judgement switch
    {
        { Word: LinkWord.Encrypted, Degraded: false } => ink.Green(line),
        { Word: LinkWord.Encrypted or LinkWord.Unproven } => ink.Yellow(line),
        _ => ink.Red(line),
    };

    /// <summary>Every way in the clear once, hop by hop: most failures leave it as it is.</summary>
    private static void WriteLeaks(TextWriter output, ProofReport proof)
    {
        var leaks = proof.Traces.Where(leak => leak.Trace.Verdict == Verdict.Clear || leak.Trace.Exposed);
        foreach (var way in leaks.GroupBy(leak => string.Join(' ', leak.Trace.Path), StringComparer.Ordinal))
        {
            var failures = way.Select(leak => leak.Failure).OfType<string>().ToList();
            output.WriteLine();
            output.Line(ShortIds.In(failures.Count == way.Count() ? $"With {string.Join(" or ", failures)} down:"
                : failures.Count == 0 ? "As things are now:"
                    : $"As things are now, and in {failures.Count} failures:"));
            output.Write(ShortIds.In(TraceText.Of(way.First().Trace)));
        }
    }

    private static void WriteLocks(TextWriter output, string direction, DirectionLocks locks)
    {
        output.Line($"  {direction}: {locks.Delivery} {(locks.Delivery.Count == 1 ? "lock holds" : "locks hold")}"
            + (locks.Delivery.Changes.Count > 0 ? "; it would take" : ""));
        foreach (var change in locks.Delivery.Changes)
        {
            output.Line($"      - {ShortIds.In(change)}");
        }
    }
}
