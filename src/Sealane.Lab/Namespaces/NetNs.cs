using System.Runtime.InteropServices;

namespace Sealane.Lab.Namespaces;

/// <summary>Work inside a network namespace: on a thread made for it and thrown away, because a thread stays where
/// setns put it. A socket made there belongs to the namespace for good and can be used from anywhere.</summary>
internal static partial class NetNs
{
    private const int CloneNewNet = 0x40000000;

    public static string PathOf(string name) => "/run/netns/" + name;

    /// <summary>Identity of the namespace that this process lives in: <c>net:[4026531840]</c>.</summary>
    public static string Own => new FileInfo("/proc/self/ns/net").LinkTarget ?? "";

    public static T Run<T>(string name, Func<T> work)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                result = work();
            }
#pragma warning disable CA1031 // Whatever happens on the thread is thrown again on the caller's.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = error;
            }
        })
        {
            IsBackground = true,
        };
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw failure;
    }

    /// <summary>Identity of a named namespace; null when there is none of that name.</summary>
    public static string? Identity(string name)
    {
        try
        {
            return Run(name, () => new FileInfo("/proc/thread-self/ns/net").LinkTarget);
        }
        catch (LabError)
        {
            return null;
        }
    }

    /// <summary>Names of the interfaces in a namespace.</summary>
    public static IReadOnlyList<string> Interfaces(string name) => Run<IReadOnlyList<string>>(name, () =>
        [.. File.ReadLines("/proc/thread-self/net/dev").Skip(2).Select(line => line.Split(':')[0].Trim())]);

    private static void Enter(string name)
    {
        using var file = File.OpenHandle(PathOf(name));
        if (SetNs((int)file.DangerousGetHandle(), CloneNewNet) != 0)
        {
            throw new LabError($"cannot enter namespace {name}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNs(int fd, int kind);
}
