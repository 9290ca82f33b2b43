using System.Diagnostics;

namespace Sealane.Lab.Namespaces;

/// <summary>Runs a script of the shell. What it starts in the background outlives this program.</summary>
public static class Shell
{
    internal static async Task<string> Run(string script, CancellationToken ct)
    {
        var (code, output, error) = await Try(script, ct).ConfigureAwait(false);
        return code == 0 ? output
            : throw new LabError($"a command failed (exit {code}): {error.Trim().Split('\n')[0]}");
    }

    internal static async Task<(int Code, string Output, string Error)> Try(string script, CancellationToken ct)
    {
        var start = new ProcessStartInfo("/bin/sh", "-e")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new LabError("/bin/sh cannot be started");
        await process.StandardInput.WriteAsync(script.AsMemory(), ct).ConfigureAwait(false);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return (process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    /// <summary>A program in a namespace whose output nobody reads; the caller ends it.</summary>
    internal static Process Background(string space, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo("nsenter", ["--net=" + NetNs.PathOf(space), .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var process = Process.Start(start) ?? throw new LabError("nsenter cannot be started");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>A program in a namespace, with this terminal; its exit code.</summary>
    public static async Task<int> Interactive(string space, IReadOnlyList<string> command, CancellationToken ct)
    {
        using var process = Process.Start(new ProcessStartInfo("nsenter", ["--net=" + NetNs.PathOf(space), .. command]))
            ?? throw new LabError("nsenter cannot be started");
        await process.WaitForExitAsync(ct).ConfigureAwait(false);
        return process.ExitCode;
    }
}
