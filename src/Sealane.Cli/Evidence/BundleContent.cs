using System.Security.Cryptography;
using System.Text;
using Sealane.Clouds.Evidence;

namespace Sealane.Cli.Evidence;

/// <summary>What a verdict was made of, and all that is needed to work it out again.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Version">Of the Sealane that read it.</param>
/// <param name="SpecText">The spec as it was; keys are never in it.</param>
/// <param name="Replies">Secrets masked.</param>
internal sealed record BundleContent(
    DateTimeOffset At, string Version, string SpecText, IReadOnlyList<KeptReply> Replies, bool Redacted)
{
    /// <summary>Of the layout of the directory; raised when an older Sealane would misread it.</summary>
    public const int Format = 1;

    public const string SpecFile = "spec.yaml";
    public const string StatementFile = "statement.json";
    public const string VerdictFile = "verdict.json";
    public const string ReportFile = "report.md";
    public const string ManifestFile = "manifest.json";
    public const string SignatureFile = "manifest.sig";
    public const string RepliesFolder = "replies";

    /// <summary>This Sealane's version.</summary>
    public static string OwnVersion { get; } =
        typeof(BundleContent).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public string SpecSha256 => Sha256(Encoding.UTF8.GetBytes(SpecText));
}
