using System.Runtime.InteropServices;

namespace Sealane.Tests.Cli;

/// <summary>
/// Looks at files as the user nobody, on this thread alone, so that root's tests see a refusal too. Does nothing for a
/// user who is not root: there the file's own mode refuses.
/// </summary>
internal sealed partial class Nobody : IDisposable
{
    private const uint NobodysId = 65534;
    private readonly uint _before;

    private Nobody()
    {
        _before = setfsuid(NobodysId);
    }

    public static Nobody OnThisThread() => new();

    public void Dispose() => _ = setfsuid(_before);

    /// <summary>setfsuid(2): the identity for file access of the calling thread; returns the one before.</summary>
    [LibraryImport("libc")]
    private static partial uint setfsuid(uint id);
}
