using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;

namespace Sealane.Cli;

/// <summary>
/// One writer on one machine: whoever works on a link holds an open file that nobody else can open. The system lets go
/// of it
/// when the process ends, however it ends, so a killed run holds nothing.
/// </summary>
internal sealed class Lease : IDisposable
{
    /// <summary>How the systems say that the file is open elsewhere: EWOULDBLOCK of flock(2),
    /// ERROR_SHARING_VIOLATION.</summary>
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly FileStream _held;

    private Lease(FileStream held, string owner)
    {
        _held = held;
        Owner = owner;
    }

    /// <summary>
    /// The file of a link of real accounts: in the user's own directory and not beside the spec, because two
    /// directories can
    /// hold copies of one file. Named for what the link connects first, so that two links of one name do not wait
    /// for each other; further networks come and go.
    /// </summary>
    public static string PathOf(NetworkDesign design, IEnumerable<Uri?> endpoints)
    {
        var ends = string.Join('\n',
        [
            design.Name, design.Aws.Account, design.Aws.Region,
            .. design.Vpcs.Where(vpc => vpc.Key.IsNone).Select(vpc => vpc.Id),
            design.Azure.Subscription, design.Azure.ResourceGroup,
            .. design.Vnets.Where(vnet => vnet.Key.IsNone).Select(vnet => vnet.Label()),
            .. endpoints.Select(endpoint => endpoint?.ToString() ?? ""),
        ]);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ends)))[..12];
        return Path.Combine(Home, $"{design.Name}-{key}.lease");
    }

    private static string Home
    {
        get
        {
            var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData,
                Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(own.Length > 0 ? own : Path.Combine(Path.GetTempPath(),
                $"sealane-{Environment.UserName}"), "sealane", "leases");
        }
    }

    /// <summary>The lease of a link of real accounts.</summary>
    public static Lease Of(NetworkDesign design, Endpoints endpoints, string what) =>
        Take(PathOf(design, endpoints.All), what, TimeProvider.System);

    /// <summary>The lease of a sandbox's world.</summary>
    public static Lease OfWorld(string directory, string what) =>
        Take(Path.Combine(directory, "world.lease"), what, TimeProvider.System);

    /// <exception cref="LinkBusy">Somebody holds it.</exception>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of permission.</exception>
    public static Lease Take(string path, string what, TimeProvider clock)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        FileStream held;
        try
        {
            held = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException busy) when (busy.HResult is LinuxWouldBlock or BsdWouldBlock or WindowsSharingViolation)
        {
            throw new LinkBusy(what, Holder(path));
        }
        var who = new JsonObject
        {
            ["command"] = what,
            ["process"] = Environment.ProcessId,
            ["since"] = clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["directory"] = Environment.CurrentDirectory,
        };
        // Beside the held file, which nobody else can read while it is held.
        File.WriteAllText($"{path}.holder", who.ToJsonString(Json.Line));
        return new(held, OwnerOf(path));
    }

    /// <summary>
    /// A name that this machine gave itself when it first worked on the link. Host names will not do: machines that
    /// come
    /// and go, such as those of a pipeline, share them.
    /// </summary>
    public string Owner { get; }

    public void Dispose() => _held.Dispose();

    private static string OwnerOf(string path)
    {
        var file = $"{path}.owner";
        if (!File.Exists(file))
        {
            File.WriteAllText(file, Guid.NewGuid().ToString());
        }
        return File.ReadAllText(file).Trim();
    }

    private static string Holder(string path)
    {
        try
        {
            var who = JsonNode.Parse(File.ReadAllText($"{path}.holder"))!;
            return $"{who["command"]}, process {who["process"]}, since {who["since"]}, in {who["directory"]}";
        }
        catch (Exception error) when (error
            is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return "a run that has just begun";
        }
    }
}

/// <summary>Another run works on this link: nothing was done, exit code 1.</summary>
internal sealed class LinkBusy(string what, string holder) : Exception(
    $"error: {what}: another run works on this link: {holder}\n"
    + "  fix: wait until it ends and run the command again; a run that was killed holds nothing");
