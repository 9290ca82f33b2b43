using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sealane.Cli.Evidence;

/// <summary>Whether a bundle is as it was written.</summary>
/// <param name="Digest">Of the manifest: to be compared with the one that was printed when it was written.</param>
/// <param name="Trouble">What was altered, taken away or added, each by name.</param>
internal sealed record BundleCheck(string Digest, int Files, IReadOnlyList<string> Trouble, bool Signed)
{
    /// <param name="digest">As it was printed then; null: not compared.</param>
    /// <param name="signer">PEM of the public key or certificate; null: a signature is not looked at.</param>
    public static BundleCheck Of(string directory, string? digest, string? signer)
    {
        var path = Path.Combine(directory, BundleContent.ManifestFile);
        if (!File.Exists(path))
        {
            throw new UsageError($"error: {directory} is no bundle of evidence: it has no "
                + $"{BundleContent.ManifestFile}");
        }
        var bytes = File.ReadAllBytes(path);
        var own = BundleContent.Sha256(bytes);
        var trouble = new List<string>();
        if (digest is not null && !digest.Trim().Equals(own, StringComparison.OrdinalIgnoreCase))
        {
            trouble.Add($"altered: {BundleContent.ManifestFile}: its digest is {own}, not the one given");
        }
        var listed = Listed(bytes, trouble);
        foreach (var (name, sha256) in listed)
        {
            var file = Path.Combine(directory, name);
            if (!File.Exists(file))
            {
                trouble.Add($"missing: {name}");
            }
            else if (BundleContent.Sha256(File.ReadAllBytes(file)) != sha256)
            {
                trouble.Add($"altered: {name}");
            }
        }
        string[] beside = [BundleContent.ManifestFile, BundleContent.SignatureFile];
        trouble.AddRange(Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(directory, file).Replace('\\', '/'))
            .Where(name => !listed.ContainsKey(name) && !beside.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => $"added: {name}"));
        var signature = Path.Combine(directory, BundleContent.SignatureFile);
        var signed = File.Exists(signature);
        if (signer is not null)
        {
            if (!signed)
            {
                trouble.Add($"missing: {BundleContent.SignatureFile}");
            }
            else if (!BundleSignature.Fits(signer, bytes, File.ReadAllBytes(signature)))
            {
                trouble.Add($"altered: {BundleContent.ManifestFile} or {BundleContent.SignatureFile}: the signature is "
                    + "not of this key over this manifest");
            }
        }
        return new(own, listed.Count, trouble, signed);
    }

    private static Dictionary<string, string> Listed(byte[] manifest, List<string> trouble)
    {
        try
        {
            return JsonNode.Parse(manifest)!["files"]!.AsArray().ToDictionary(
                file => Inside((string)file!["path"]!), file => (string)file!["sha256"]!, StringComparer.Ordinal);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException
            or ArgumentException or NullReferenceException)
        {
            trouble.Add($"altered: {BundleContent.ManifestFile}: it is no manifest any more");
            return [];
        }
    }

    /// <summary>A manifest of somebody else must not lead to files elsewhere.</summary>
    public static string Inside(string name) =>
        Path.IsPathRooted(name) || name.Split('/', '\\').Contains("..") ? throw new FormatException(name) : name;
}
