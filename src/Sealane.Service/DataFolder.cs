namespace Sealane.Service;

/// <summary>The folder of the service: records, tokens, keys of cookies, journals. Its owner's alone.</summary>
internal sealed class DataFolder : IDisposable
{
    private const UnixFileMode OwnOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _held;

    private DataFolder(string path, FileStream held) => (Root, _held) = (path, held);

    public string Root { get; }
    public string Records => RecordsIn(Root);
    public string Tokens => Path.Combine(Root, "tokens");
    public string People => Path.Combine(Root, "people");
    public string Keys => Path.Combine(Root, "keys");
    public string State => Path.Combine(Root, "state");

    /// <summary>For a file that is made for its owner alone.</summary>
    public static FileStreamOptions OwnFile => OperatingSystem.IsWindows()
        ? new() { Mode = FileMode.CreateNew, Access = FileAccess.Write }
        : new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };

    public static string RecordsIn(string root) => Path.Combine(root, "records.db");

    /// <exception cref="UsageError">Others may read it, or another service works on it.</exception>
    public static DataFolder Open(string root)
    {
        root = Path.GetFullPath(root);
        Make(root);
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(root) & ~OwnOnly) != 0)
        {
            throw new UsageError($"error: others may look into {root}, and tokens are in it\n  fix: chmod 700 {root}");
        }
        FileStream held;
        try
        {
            held = new(Path.Combine(root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new UsageError($"error: another service works on {root}\n  fix: stop it, or name another folder: "
                + "--data DIR");
        }
        var folder = new DataFolder(root, held);
        Make(folder.Keys);
        Make(folder.State);
        return folder;
    }

    public void Dispose() => _held.Dispose();

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnOnly);
        }
    }
}
