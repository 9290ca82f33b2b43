using System.Text.Json.Nodes;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>The answer of <c>verify</c> with its evidence.</summary>
internal static class VerifyReport
{
    public static void Write(TextWriter output, string name, Judgement judgement, ProofReport proof,
        IReadOnlyList<CheckResult> results)
    {
        foreach (var result in results)
        {
            var guide = result.Check.GuideStep is { } step ? $"guide {step,-2}" : "        ";
            output.WriteLine($"  {Mark(result.Status)} {result.Check.Id} {guide}  {result.Check.Title}");
            output.WriteLine($"                      {result.Evidence}");
            if (result.Status == CheckStatus.Fail)
            {
                output.WriteLine($"                      fix: {result.Check.Fix}");
            }
        }
        output.WriteLine();
        foreach (var flow in proof.Flows)
        {
            var way = flow.Direction == FlowDirection.AwsToAzure ? "AWS → Azure" : "Azure → AWS";
            output.WriteLine(
                $"  {way}: {flow.Source} to {flow.Destination}: "
                + $"{Words.Of(flow.Verdict)}{(flow.Reason.Length > 0 ? $", {ShortIds.In(flow.Reason)}" : "")}");
        }
        var clear = proof.Failures.Where(failure => failure.AwsToAzure == Verdict.Clear
            || failure.AzureToAws == Verdict.Clear).ToList();
        output.WriteLine($"  In {proof.Failures.Count} failures (each tunnel, VXC, session, path and gateway "
            + $"instance, and all tunnels at once): "
            + (clear.Count == 0 ? "never in the clear."
                : ShortIds.In($"in the clear in {string.Join(", ", clear.Select(failure => failure.Name))}.")));
        WriteLocks(output, "AWS → Azure", proof.AwsToAzure);
        WriteLocks(output, "Azure → AWS", proof.AzureToAws);
        WriteLeaks(output, proof);
        output.WriteLine();
        foreach (var reason in judgement.Word == LinkWord.Unproven ? judgement.Reasons : [])
        {
            output.WriteLine(ShortIds.In($"  unproven: {reason}"));
        }
        output.WriteLine($"{name}: {judgement.Text}, {Number(CheckStatus.Pass)} checks passed, "
            + (Number(CheckStatus.Degraded) is > 0 and var less ? $"{less} degraded, " : "")
            + $"{Number(CheckStatus.Fail)} failed, {Number(CheckStatus.Unknown)} unknown");

        int Number(CheckStatus status) => results.Count(result => result.Status == status);
    }

    public static JsonObject ToJson(string name, Judgement judgement, ProofReport proof,
        IReadOnlyList<CheckResult> results) => new()
        {
            ["name"] = name,
            ["verdict"] = Words.Of(judgement.Word),
        ["degraded"] = judgement.Degraded,
        ["reasons"] = Texts(judgement.Reasons),
            ["locks"] = new JsonObject
            {
                ["awsToAzure"] = Count(proof.AwsToAzure),
                ["azureToAws"] = Count(proof.AzureToAws)
            },
            ["exposure"] = new JsonObject
            {
                ["awsToAzure"] = proof.AwsToAzure.Exposure.Count ?? (LockSearch.Bound + 1),
                ["azureToAws"] = proof.AzureToAws.Exposure.Count ?? (LockSearch.Bound + 1),
            },
            ["opening"] = new JsonObject
            {
                ["awsToAzure"] = Texts(proof.AwsToAzure.Delivery.Changes),
                ["azureToAws"] = Texts(proof.AzureToAws.Delivery.Changes),
            },
            ["checks"] = new JsonArray([.. results.Select(result => (JsonNode)new JsonObject
        {
            ["id"] = result.Check.Id,
            ["guideStep"] = result.Check.GuideStep,
            ["title"] = result.Check.Title,
            ["status"] = result.Status.ToString().ToLowerInvariant(),
            ["evidence"] = result.Evidence,
        })]),
            ["flows"] = new JsonArray([.. proof.Flows.Select(flow => (JsonNode)new JsonObject
        {
            ["direction"] = flow.Direction == FlowDirection.AwsToAzure ? "awsToAzure" : "azureToAws",
            ["source"] = flow.Source.ToString(),
            ["destination"] = flow.Destination.ToString(),
            ["verdict"] = Words.Of(flow.Verdict),
            ["reason"] = flow.Reason,
        })]),
            ["failures"] = new JsonArray([.. proof.Failures.Select(failure => (JsonNode)new JsonObject
        {
            ["name"] = failure.Name,
            ["awsToAzure"] = failure.AwsToAzure.ToString().ToLowerInvariant(),
            ["azureToAws"] = failure.AzureToAws.ToString().ToLowerInvariant(),
        })]),
        };

    /// <summary>Every way in the clear once, hop by hop: most failures leave it as it is.</summary>
    private static void WriteLeaks(TextWriter output, ProofReport proof)
    {
        var leaks = proof.Traces.Where(leak => leak.Trace.Verdict == Verdict.Clear || leak.Trace.Exposed);
        foreach (var way in leaks.GroupBy(leak => string.Join(' ', leak.Trace.Path), StringComparer.Ordinal))
        {
            var failures = way.Select(leak => leak.Failure).OfType<string>().ToList();
            output.WriteLine();
            output.WriteLine(ShortIds.In(failures.Count == way.Count() ? $"With {string.Join(" or ", failures)} down:"
                : failures.Count == 0 ? "As things are now:"
                    : $"As things are now, and in {failures.Count} failures:"));
            output.Write(ShortIds.In(TraceText.Of(way.First().Trace)));
        }
    }

    private static void WriteLocks(TextWriter output, string direction, DirectionLocks locks)
    {
        output.WriteLine($"  {direction}: {locks.Delivery} {(locks.Delivery.Count == 1 ? "lock holds" : "locks hold")}"
            + (locks.Delivery.Changes.Count > 0 ? "; it would take" : ""));
        foreach (var change in locks.Delivery.Changes)
        {
            output.WriteLine($"      - {ShortIds.In(change)}");
        }
    }

    /// <summary>The search is bounded: more than the bound is told as the next number.</summary>
    private static int Count(DirectionLocks locks) => locks.Delivery.Count ?? (LockSearch.Bound + 1);

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static string Mark(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "pass   ",
        CheckStatus.Degraded => "DEGRADED",
        CheckStatus.Fail => "FAIL   ",
        _ => "unknown",
    };
}
