using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sealane.Cli.Output;
using Sealane.Clouds.Evidence;
using Sealane.Core;

namespace Sealane.Cli.Evidence;

/// <summary>A bundle as a directory that only its owner opens: a file for each part, and a manifest over all of
/// them.</summary>
internal static class BundleFiles
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Shape = new(Json.Document) { NewLine = "\n" };

    /// <summary>An empty place for it: nothing that is there is overwritten.</summary>
    public static void Require(string directory)
    {
        if (File.Exists(directory) || (Directory.Exists(directory)
            && Directory.EnumerateFileSystemEntries(directory).Any()))
        {
            throw new UsageError($"error: {directory} is there already and not an empty directory\n  fix: name a new "
                + "one; a bundle is never overwritten");
        }
    }

    /// <returns>The digest of the manifest.</returns>
    public static string Write(
        string directory, BundleContent content, JsonObject statement, JsonObject verdict, string report,
        string? signingKey)
    {
        Require(directory);
        Make(directory);
        Make(Path.Combine(directory, BundleContent.RepliesFolder));
        var files = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [BundleContent.SpecFile] = Encoding.UTF8.GetBytes(content.SpecText),
            [BundleContent.StatementFile] = Bytes(statement),
            [BundleContent.VerdictFile] = Bytes(verdict),
            [BundleContent.ReportFile] = Encoding.UTF8.GetBytes(report),
        };
        foreach (var (index, reply) in content.Replies.Index())
        {
            var name = string.Create(CultureInfo.InvariantCulture,
                $"{BundleContent.RepliesFolder}/{index + 1:0000}-{reply.Cloud}.json");
            files[name] = Bytes(JsonSerializer.SerializeToNode(reply, BundleTypes.Default.KeptReply)!);
        }
        foreach (var (name, bytes) in files)
        {
            Put(Path.Combine(directory, name), bytes);
        }
        var manifest = Bytes(new JsonObject
        {
            ["formatVersion"] = BundleContent.Format,
            ["files"] = new JsonArray([.. files.Select(file => (JsonNode)new JsonObject
            {
                ["path"] = file.Key,
                ["bytes"] = file.Value.Length,
                ["sha256"] = BundleContent.Sha256(file.Value),
            })]),
        });
        Put(Path.Combine(directory, BundleContent.ManifestFile), manifest);
        if (signingKey is not null)
        {
            Put(Path.Combine(directory, BundleContent.SignatureFile), BundleSignature.Sign(signingKey, manifest));
        }
        return BundleContent.Sha256(manifest);
    }

    public static BundleContent Read(string directory)
    {
        try
        {
            var statement = JsonNode.Parse(Text(directory, BundleContent.StatementFile))!.AsObject();
            if ((int?)statement["formatVersion"] != BundleContent.Format)
            {
                throw new UsageError($"error: {directory} has format {statement["formatVersion"]}; this Sealane reads "
                    + $"format {BundleContent.Format}");
            }
            var replies = Directory.GetFiles(Path.Combine(directory, BundleContent.RepliesFolder), "*.json")
                .Order(StringComparer.Ordinal)
                .Select(path => JsonSerializer.Deserialize(File.ReadAllText(path), BundleTypes.Default.KeptReply)!)
                .ToList();
            return new(
                DateTimeOffset.Parse((string)statement["at"]!, CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal),
                (string?)statement["sealane"] ?? "", Text(directory, BundleContent.SpecFile), replies,
                (bool?)statement["redacted"] == true);
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException
            or ArgumentNullException or NullReferenceException)
        {
            throw new UsageError($"error: {directory} is no bundle that this Sealane can read: {error.Message}");
        }
    }

    /// <summary>The verdict as it was written then.</summary>
    public static JsonObject Verdict(string directory) =>
        JsonNode.Parse(Text(directory, BundleContent.VerdictFile))!.AsObject();

    public static string Text(string directory, string name) => File.ReadAllText(Path.Combine(directory, name));

    // What hides or turns letters round is escaped: whoever opens a bundle opens it in a terminal too.
    private static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(Plain.Lines(node.ToJsonString(Shape)) + "\n");

    private static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            return;
        }
        Directory.CreateDirectory(directory, Private | UnixFileMode.UserExecute);
        // One that was there and empty may be open to others.
        File.SetUnixFileMode(directory, Private | UnixFileMode.UserExecute);
    }

    /// <summary>All files, text by path, to be sent; <see cref="Unpack"/> is the reverse.</summary>
    public static JsonObject Packed(string directory) => new(Directory
        .EnumerateFiles(directory, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(file => KeyValuePair.Create(Path.GetRelativePath(directory, file).Replace('\\', '/'),
            (JsonNode?)File.ReadAllText(file))));

    /// <summary>Into an empty place, and nowhere else.</summary>
    public static void Unpack(JsonObject files, string directory)
    {
        Require(directory);
        Make(directory);
        Make(Path.Combine(directory, BundleContent.RepliesFolder));
        foreach (var (name, text) in files)
        {
            Put(Path.Combine(directory, BundleCheck.Inside(name)), Encoding.UTF8.GetBytes((string)text!));
        }
    }

    /// <summary>With the key of whoever has it: whoever made the bundle need not.</summary>
    public static void Sign(string directory, string signingKey) => Put(
        Path.Combine(directory, BundleContent.SignatureFile), BundleSignature.Sign(signingKey,
            File.ReadAllBytes(Path.Combine(directory, BundleContent.ManifestFile))));

    private static void Put(string path, byte[] bytes)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = Private;
        }
        using var file = new FileStream(path, options);
        file.Write(bytes);
    }
}

/// <summary>The code is generated, so that it is there in a program without reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(KeptReply))]
internal sealed partial class BundleTypes : JsonSerializerContext;
