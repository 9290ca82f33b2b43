using System.Text.Json.Nodes;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using Sealane.Core.Routing;

namespace Sealane.Cli.Output;

/// <summary>The answer of <c>verify</c> for programs, and in a bundle of evidence.</summary>
internal static class VerifyJson
{
    public static JsonObject Of(Verification verified, IReadOnlyList<Reading> readings)
    {
        var (proof, judgement) = (verified.Proof, verified.Judgement);
        return new()
        {
            ["formatVersion"] = 1,
            ["name"] = verified.Seen.Design.Name,
            ["at"] = verified.At.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
            ["verdict"] = Words.Of(judgement.Word),
            ["text"] = judgement.Text,
            ["degraded"] = judgement.Degraded,
            ["reasons"] = Texts(judgement.Reasons),
            ["holes"] = Array(judgement.Holes, hole => new()
            {
                ["id"] = hole.Fingerprint,
                ["what"] = hole.Id,
                ["kind"] = hole.Kind.ToString().ToLowerInvariant(),
                ["hides"] = hole.Hides,
                ["fix"] = hole.Fix,
                ["leadsTo"] = hole.LeadsTo,
            }),
            ["accepted"] = Array(judgement.Accepted, one => new()
            {
                ["id"] = one.Id,
                ["reason"] = one.Reason,
                ["until"] = one.Until.AddDays(-1).ToString(
                    "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            }),
            ["acceptedNoMore"] = Texts(judgement.Void),
            ["askAgainMinutes"] = judgement.AskAgainMinutes,
            ["redundancy"] = new JsonObject
            {
                ["tunnels"] = Up(judgement.Redundancy.Tunnels),
                ["tunnelSessions"] = Up(judgement.Redundancy.TunnelSessions),
                ["transportSessions"] = Up(judgement.Redundancy.TransportSessions),
                ["paths"] = Up(judgement.Redundancy.Paths),
            },
            ["locks"] = new JsonObject
            {
                ["awsToAzure"] = Count(proof.AwsToAzure.Delivery),
                ["azureToAws"] = Count(proof.AzureToAws.Delivery),
            },
            ["exposure"] = new JsonObject
            {
                ["awsToAzure"] = Count(proof.AwsToAzure.Exposure),
                ["azureToAws"] = Count(proof.AzureToAws.Exposure),
            },
            ["opening"] = new JsonObject
            {
                ["awsToAzure"] = Texts(proof.AwsToAzure.Delivery.Changes),
                ["azureToAws"] = Texts(proof.AzureToAws.Delivery.Changes),
            },
            ["checks"] = Array(verified.Checks, result => new()
            {
                ["id"] = result.Check.Id,
                ["guideStep"] = result.Check.GuideStep,
                ["title"] = result.Check.Title,
                ["status"] = result.Status.ToString().ToLowerInvariant(),
                ["evidence"] = result.Evidence,
            }),
            ["flows"] = Array(proof.Flows, flow => new()
            {
                ["direction"] = flow.Direction == FlowDirection.AwsToAzure ? "awsToAzure" : "azureToAws",
                ["source"] = flow.Source.ToString(),
                ["destination"] = flow.Destination.ToString(),
                ["verdict"] = Words.Of(flow.Verdict),
                ["reason"] = flow.Reason,
            }),
            ["excluded"] = Texts([.. proof.Excluded.Select(address => address.ToString())]),
            ["failures"] = Array(proof.Failures, failure => new()
            {
                ["name"] = failure.Name,
                ["awsToAzure"] = Words.Of(failure.AwsToAzure),
                ["azureToAws"] = Words.Of(failure.AzureToAws),
            }),
            ["read"] = readings.Count(row => row.Answer == Answer.Read),
            ["notRead"] = Array(readings.Where(row => row.Answer != Answer.Read), row => new()
            {
                ["question"] = row.Question.Call,
                ["about"] = row.Subject,
                ["answer"] = row.Answer.ToString().ToLowerInvariant(),
                ["why"] = row.Why,
                ["hole"] = row.IsHole,
            }),
        };
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> of) =>
        [.. items.Select(item => (JsonNode)of(item))];

    private static JsonObject Up(UpOf count) => new() { ["up"] = count.Up, ["of"] = count.All };

    /// <summary>The search is bounded: more than the bound is told as the next number.</summary>
    private static int Count(LockCount count) => count.Count ?? (LockSearch.Bound + 1);

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
