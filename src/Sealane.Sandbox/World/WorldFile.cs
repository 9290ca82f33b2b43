using System.Text.Json;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Sandbox.World.Net;

namespace Sealane.Sandbox.World;

/// <summary>A world as it lies in its file.</summary>
public sealed record StoredWorld
{
    /// <summary>Raised whenever a file of the version before can no longer be read.</summary>
    public const int CurrentVersion = 1;

    public required int Version { get; init; }
    public required long Seed { get; init; }

    /// <summary>World time at the moment of saving; a virtual clock should start here.</summary>
    public required DateTimeOffset Now { get; init; }
    public required AwsState Aws { get; init; }
    public required AzureState Azure { get; init; }
    public required MegaportState Megaport { get; init; }
    public SessionState Sessions { get; set; } = new();
    public ClearTime Clear { get; set; } = new();

    /// <summary>The world as it is now; it shares the world's objects until it is written down.</summary>
    internal static StoredWorld Of(SandboxWorld world) => new()
    {
        Version = CurrentVersion,
        Seed = world.Seed,
        Now = world.Now,
        Aws = world.Aws,
        Azure = world.Azure,
        Megaport = world.Megaport,
        Sessions = world.Sessions,
        Clear = world.Clear,
    };

    /// <summary>The world goes on from <see cref="Now"/> at the pace of the clock.</summary>
    public SandboxWorld Wake(TimeProvider clock) => new(clock, Seed, Now, Aws, Azure, Megaport, Sessions, Clear);
}

/// <summary>The world's file is there and cannot be used.</summary>
public sealed class WorldFileError(string path, string what, Exception? inner = null)
    : Exception($"{path}: {what}. Delete the file to start with a new world.", inner)
{
    public string Path { get; } = path;
}

/// <summary>Keeps a sandbox world between commands in <c>world.json</c> of the sandbox directory.</summary>
public static class WorldFile
{
    public const string Name = "world.json";

    /// <exception cref="WorldFileError">It is damaged, or of another version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    /// <returns>Null when there is none.</returns>
    public static StoredWorld? Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            return null;
        }
        var text = File.ReadAllBytes(path);
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number)
            {
                throw new WorldFileError(path, "this is not the file of a sandbox world");
            }
            if (version.GetDouble() != StoredWorld.CurrentVersion)
            {
                throw new WorldFileError(
                    path, $"it was written by another version of Sealane (format {version}, this one reads "
                        + $"{StoredWorld.CurrentVersion})");
            }
            return root.Deserialize(WorldJson.Whole)
                ?? throw new WorldFileError(path, "the file holds nothing");
        }
        catch (Exception e)
            when (e is JsonException or FormatException or InvalidOperationException or ArgumentException)
        {
            throw new WorldFileError(path, "the file is damaged", e);
        }
    }

    /// <summary>Writes beside the old file and then takes its place, so that there is always a whole one.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    /// <param name="durably">Whether it must outlive the machine too, and not only the process.</param>
    public static void Save(string directory, SandboxWorld world, bool durably = true)
    {
        byte[] text;
        lock (world.Gate)
        {
            text = JsonSerializer.SerializeToUtf8Bytes(StoredWorld.Of(world), WorldJson.Whole);
        }
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $"{Name}.{Environment.ProcessId}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None
        };
        if (!OperatingSystem.IsWindows())
        {
            // The keys that clients gave to the simulated clouds are inside.
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        File.Delete(temporary);
        using (var file = new FileStream(temporary, options))
        {
            file.Write(text);
            file.Flush(flushToDisk: durably);
        }
        File.Move(temporary, Path.Combine(directory, Name), overwrite: true);
    }
}
