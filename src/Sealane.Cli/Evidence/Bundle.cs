using Sealane.Cli.Output;
using Sealane.Core.Routing;

namespace Sealane.Cli.Evidence;

/// <summary>How a bundle is to be written.</summary>
/// <param name="SigningKey">PEM file; null: not signed.</param>
internal sealed record BundleWishes(string Directory, string? SigningKey, bool Redact);

/// <summary>The auditor's bundle, from a verdict just reached.</summary>
internal static class Bundle
{
    /// <summary>
    /// Written only when the verdict can be worked out from it again: what would be handed over is judged before it is.
    /// </summary>
    /// <returns>What to tell, the manifest's digest among it.</returns>
    public static async Task<IReadOnlyList<string>> Write(
        LinkSession link, Verified verified, BundleWishes wishes, CancellationToken ct)
    {
        var replies = link.Reach.Keeper!.Kept(link.Design, link.Reach.Keys);
        var content = new BundleContent(verified.Verification.At, BundleContent.OwnVersion,
            link.Design.Spec.Source.Text, wishes.Redact ? Redaction.Of(link.Design, replies) : replies, wishes.Redact);
        var again = await KeptLink.Judge(content, ct).ConfigureAwait(false);
        if (Differs(verified, again) is { } difference)
        {
            throw new UsageError("error: no bundle was written: worked out again from the kept replies, "
                + $"{difference}\n  "
                + "fix: verify again, the clouds may have changed while they were read"
                + (wishes.Redact ? "; or leave --redact out: a name of others that the link depends on cannot be hidden"
                    : ""));
        }
        var design = KeptLink.Design(content);
        var report = new StringWriter { NewLine = "\n" };
        VerifyMarkdown.Write(report, again);
        var digest = BundleFiles.Write(
            wishes.Directory, content, Statement.Of(content, design, again),
            VerifyJson.Of(again.Verification, again.Readings), report.ToString(), wishes.SigningKey);
        return
        [
            $"Evidence: {wishes.Directory}, {content.Replies.Count} replies, worked out again from them: "
                + $"{again.Verification.Judgement.Text}.",
            $"Manifest SHA-256: {digest}",
            $"On any machine, without an account: sealane verify --from {wishes.Directory} --digest {digest}",
        ];
    }

    /// <summary>Null: the same word, checks, locks and holes.</summary>
    public static string? Differs(Verified one, Verified two)
    {
        var (a, b) = (one.Verification, two.Verification);
        if (a.Judgement.Text != b.Judgement.Text)
        {
            return $"it is '{b.Judgement.Text}' and not '{a.Judgement.Text}'";
        }
        var check = a.Checks.Zip(b.Checks).FirstOrDefault(pair => pair.First.Status != pair.Second.Status);
        if (check.First is not null)
        {
            return $"{check.First.Check.Id} is {check.Second.Status} and not {check.First.Status}: "
                + check.Second.Evidence;
        }
        return Locks(a.Proof) != Locks(b.Proof) ? "the locks are others"
            : a.Judgement.Holes.Count != b.Judgement.Holes.Count ? "the holes are others" : null;
    }

    private static (int?, int?) Locks(ProofReport proof) =>
        (proof.AwsToAzure.Delivery.Count, proof.AzureToAws.Delivery.Count);
}
