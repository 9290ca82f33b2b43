using System.Text.Json;
using System.Text.RegularExpressions;

namespace Sealane.Lab.Namespaces;

/// <summary>
/// What a lab keeps in /run, which a restart empties: its record, written before anything is made so that
/// <c>down</c> knows what is the lab's own even after a crash, and each box's daemon files.
/// </summary>
public sealed partial class LabFiles(string name)
{
    /// <summary>Paths of unix sockets hold 107 bytes, so this is short.</summary>
    public const string Root = "/run/sealane";

    public const string DefaultName = "lab";

    public string Name => name;
    public string Directory => $"{Root}/{name}";
    private string RecordPath => $"{Directory}/lab.json";

    /// <summary>A directory without a record.</summary>
    public bool IsUnfinished => !Exists && System.IO.Directory.Exists(Directory);

    public bool Exists => File.Exists(RecordPath);

    public string Box(string box) => $"{Directory}/{box}";

    /// <summary>The namespace of a box. A lab's name has no dot, so no name is the beginning of another's.</summary>
    public string Space(string box) => $"sealane.{name}.{box}";

    public LabRecord Read() => Exists
        ? JsonSerializer.Deserialize(File.ReadAllText(RecordPath), LabTypes.Default.LabRecord)
            ?? throw new LabError($"{RecordPath} is empty\n  fix: sealane lab down --name {name}")
        : throw new LabError($"there is no lab {name}\n  fix: sealane lab up FILE"
            + (name == DefaultName ? "" : $" --name {name}"));

    public void Write(LabRecord record)
    {
        System.IO.Directory.CreateDirectory(Directory);
        File.WriteAllText(RecordPath + ".new", JsonSerializer.Serialize(record, LabTypes.Default.LabRecord));
        File.Move(RecordPath + ".new", RecordPath, overwrite: true);
    }

    public void Remove()
    {
        for (var attempt = 0; attempt < 3 && System.IO.Directory.Exists(Directory); attempt++)
        {
            try
            {
                System.IO.Directory.Delete(Directory, recursive: true);
            }
            catch (DirectoryNotFoundException)
            {
                // A daemon that ends removes its own files at the same moment.
            }
        }
        if (System.IO.Directory.Exists(Root) && !System.IO.Directory.EnumerateFileSystemEntries(Root).Any())
        {
            System.IO.Directory.Delete(Root);
        }
    }

    public static LabFiles Of(string name) => NamePattern().IsMatch(name)
        ? new(name)
        : throw new LabError($"'{name}' cannot name a lab\n  fix: up to 16 lower-case letters, digits and hyphens");

    /// <summary>Names of the labs on this machine.</summary>
    public static IReadOnlyList<string> All => System.IO.Directory.Exists(Root)
        ? [.. System.IO.Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)!)
            .Where(one => NamePattern().IsMatch(one)).Order(StringComparer.Ordinal)]
        : [];

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,15}$")]
    private static partial Regex NamePattern();
}

/// <param name="Spaces">Namespaces that this lab makes: none of them existed when this was written.</param>
/// <param name="Broken">Words of <c>lab break</c> that are in force.</param>
/// <param name="Spec">Text of the spec, so that later commands need no file.</param>
/// <param name="Guide">Built in the guide's order, with its choices.</param>
/// <param name="Rotated">How often all tunnels were given new keys.</param>
public sealed record LabRecord(
    IReadOnlyList<string> Spaces, IReadOnlyList<string> Broken, bool Bfd, string Spec, bool Guide = false,
    int Rotated = 0);
