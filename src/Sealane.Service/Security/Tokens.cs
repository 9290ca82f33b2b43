using System.Security.Cryptography;
using System.Text;

namespace Sealane.Service.Security;

/// <summary>What a token may do; each may do what those before it may.</summary>
internal enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Adds links, has them looked at, asks for runs and stops them.</summary>
    Operator,

    /// <summary>Agrees to what others asked for, and says what the service may do by itself.</summary>
    Approver,
}

/// <summary>Who somebody is to the service.</summary>
internal sealed record Person(string Name, Role Role);

/// <summary>
/// The file of tokens: a line for each, <c>NAME ROLE TOKEN</c>. Read again when it changes, so a line that is taken out
/// lets nobody in any more.
/// </summary>
internal sealed class Tokens
{
    /// <summary>Bytes of chance in a token that is made here; 256 bits are beyond guessing.</summary>
    private const int Bytes = 32;
    private const int LengthMin = 32;

    private readonly string _path;
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _of;
    private IReadOnlyList<(Person Person, byte[] Hash)> _all = [];

    /// <exception cref="UsageError">Others can read the file, or it is none.</exception>
    public Tokens(string path)
    {
        _path = path;
        if (!File.Exists(path))
        {
            using var made = new StreamWriter(new FileStream(path, DataFolder.OwnFile));
            made.Write($"# NAME ROLE TOKEN; roles: viewer, operator, approver. docs/operating.md\nowner approver "
                + $"{New()}\n");
        }
        Read();
    }

    public static string New() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)).Replace('+', '-').Replace('/', '_').TrimEnd('=');

    /// <summary>Compares with every token, and takes as long whichever it is.</summary>
    public Person? Find(string token)
    {
        lock (_gate)
        {
            try
            {
                Read();
            }
            catch (Exception error) when (error is UsageError or IOException or UnauthorizedAccessException)
            {
                // A file that cannot be relied on lets nobody in.
                return null;
            }
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
            Person? found = null;
            foreach (var (person, of) in _all)
            {
                found = CryptographicOperations.FixedTimeEquals(hash, of) ? person : found;
            }
            return found;
        }
    }

    /// <summary>Whether somebody is still in the file with this role: a cookie outlives no token.</summary>
    public bool Knows(Person person)
    {
        lock (_gate)
        {
            try
            {
                Read();
            }
            catch (Exception error) when (error is UsageError or IOException or UnauthorizedAccessException)
            {
                return false;
            }
            return _all.Any(one => one.Person == person);
        }
    }

    private void Read()
    {
        var file = new FileInfo(_path);
        if (_of == (file.LastWriteTimeUtc, file.Length))
        {
            return;
        }
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(_path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new UsageError($"error: others may read {_path}\n  fix: chmod 600 {_path}");
        }
        var all = new List<(Person, byte[])>();
        foreach (var (text, index) in File.ReadAllLines(_path).Select((line, index) => (line.Trim(), index)))
        {
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }
            if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var name, var word, var token]
                || !Enum.TryParse<Role>(word, ignoreCase: true, out var role) || !Enum.IsDefined(role)
                || token.Length < LengthMin || all.Exists(one => one.Item1.Name == name))
            {
                throw new UsageError($"error: {_path}, line {index + 1} is no NAME ROLE TOKEN with a name of its own, "
                    + $"a role of viewer, operator or approver, and a token of {LengthMin} characters or more\n"
                    + "  fix: openssl rand -base64 33 makes a token");
            }
            all.Add((new(name, role), SHA256.HashData(Encoding.UTF8.GetBytes(token))));
        }
        (_all, _of) = (all, (file.LastWriteTimeUtc, file.Length));
    }
}
