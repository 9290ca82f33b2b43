using System.Runtime.InteropServices;
using Sealane.Lab.Namespaces;

namespace Sealane.Lab.Running;

/// <summary>
/// Takes a lab down: the processes of its namespaces first (daemons outlive a namespace whose name is gone), then the
/// namespaces on its record, then its files. Works on half a lab and after a crash, and touches no namespace that the
/// record does not name.
/// </summary>
public sealed partial class Down(LabFiles files, TimeProvider time)
{
    private const int Terminate = 15, Kill = 9;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>How many processes were ended and namespaces removed.</summary>
    public async Task<(int Processes, int Spaces)> Run(CancellationToken ct)
    {
        if (files.IsUnfinished)
        {
            // Killed while it wrote its record, before anything was made.
            files.Remove();
            return (0, 0);
        }
        var spaces = files.Read().Spaces.Where(space => File.Exists(NetNs.PathOf(space))).ToList();
        var own = NetNs.Own;
        var identities = spaces.Select(NetNs.Identity).Where(identity => identity is not null && identity != own)
            .ToHashSet();
        var ended = 0;
        // What is being started by a bring-up that was killed a moment ago may still appear: until a look finds none.
        for (var round = 0; round < 5; round++)
        {
            var living = In(identities);
            if (living.Count == 0)
            {
                break;
            }
            ended += living.Count;
            await End(living, ct).ConfigureAwait(false);
        }
        foreach (var space in spaces)
        {
            await Shell.Try($"ip netns del {space}", ct).ConfigureAwait(false);
        }
        if (spaces.Find(space => File.Exists(NetNs.PathOf(space))) is { } left)
        {
            throw new LabError(
                $"the namespace {left} cannot be removed\n  fix: umount /run/netns/{left}; rm /run/netns/{left}");
        }
        files.Remove();
        return (ended, spaces.Count);
    }

    private async Task End(IReadOnlyList<int> processes, CancellationToken ct)
    {
        foreach (var process in processes)
        {
            _ = Signal(process, Terminate);
        }
        var start = time.GetTimestamp();
        while (processes.Any(Lives) && time.GetElapsedTime(start) < s_patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, ct).ConfigureAwait(false);
        }
        foreach (var process in processes.Where(Lives))
        {
            _ = Signal(process, Kill);
        }
        while (processes.Any(Lives) && time.GetElapsedTime(start) < 2 * s_patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), time, ct).ConfigureAwait(false);
        }
    }

    private static List<int> In(HashSet<string?> identities)
    {
        var found = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var process) && process != Environment.ProcessId
                && identities.Contains(SpaceOf(process)) && Lives(process))
            {
                found.Add(process);
            }
        }
        return found;
    }

    private static string? SpaceOf(int process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/net").LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A zombie has ended; somebody else collects it.
    private static bool Lives(int process)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{process}/stat");
            return text[text.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
