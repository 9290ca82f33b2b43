using System.Text.Json.Nodes;
using Sealane.Cli.Evidence;

namespace Sealane.Service.Links;

/// <summary>
/// The auditor's bundle of a link (docs/proof.md), made by a run of its own: all evidence is read once more, by the
/// service's credentials, and each reply is kept with secrets masked. It stays in the records with its run.
/// </summary>
internal static class LinkBundle
{
    public const string Kind = "evidence";

    /// <summary>With names and tags of others replaced.</summary>
    public const string Redacted = Kind + "-redacted";

    public static IReadOnlyList<string> Kinds { get; } = [Kind, Redacted];

    /// <param name="keep">Takes the files: text by its path in the bundle.</param>
    public static Task<Ended> Make(FleetLink link, string kind, Action<JsonObject> keep, CancellationToken ct) =>
        link.Change(link.Options("verify") with { KeepReplies = true }, async session =>
        {
            // What is still coming up is waited for where waiting takes no time.
            var verified = await (session.Reach.InProcess is null ? Verifying.Once(session, ct)
                : Verifying.WhenReadable(session, ct)).ConfigureAwait(false);
            var directory = Directory.CreateTempSubdirectory("sealane-evidence-").FullName;
            try
            {
                var told = await Bundle.Write(session, verified, new(directory, null, kind == Redacted), ct)
                    .ConfigureAwait(false);
                keep(BundleFiles.Packed(directory));
                // Where it lay meanwhile is nobody's business.
                return new Ended(Records.RunStates.Done, string.Join('\n', told.Where(line =>
                    !line.Contains(directory, StringComparison.Ordinal))
                    .Prepend(verified.Verification.Judgement.Text)));
            }
            finally
            {
                Directory.Delete(directory, recursive: true);
            }
        }, writer: false, ct);
}
