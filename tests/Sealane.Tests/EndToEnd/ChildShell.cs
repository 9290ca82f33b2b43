using System.Diagnostics;

namespace Sealane.Tests.EndToEnd;

/// <summary>The program as a process of its own, with exactly the environment that a test gives it.</summary>
internal static class ChildShell
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "sealane.dll");

    /// <summary>A released program that all that is typed is asked of, in place of the one that was built with the
    /// tests.</summary>
    public static string? Released { get; } = Environment.GetEnvironmentVariable("SEALANE_PROGRAM");

    /// <summary>The environment of this process.</summary>
    public static IReadOnlyDictionary<string, string> Here =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(one => (string)one.Key, one => (string)one.Value!, StringComparer.Ordinal);

    /// <summary>Longer than anything that a test starts; a hanging child must not hang the suite.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<Shell> Run(string directory, IReadOnlyDictionary<string, string> environment,
        params string[] arguments)
    {
        using var process = Start(directory, environment, arguments);
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"sealane {string.Join(' ', arguments)} did not end");
        }
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>
    /// At a clock that runs hundreds of times faster a machine that is busy for two seconds has used up a step's
    /// patience, and is told to run the command again. So it is run again, as a person would.
    /// </summary>
    public static async Task<Shell> ToItsEnd(string directory, IReadOnlyDictionary<string, string> environment,
        params string[] arguments)
    {
        for (var attempt = 1; ; attempt++)
        {
            var run = await Run(directory, environment, arguments);
            if (run.ExitCode == 0 || attempt == 6
                || !run.Error.Contains("run the command again", StringComparison.Ordinal))
            {
                return run.Exits(0);
            }
        }
    }

    public static Process Start(string directory, IReadOnlyDictionary<string, string> environment,
        params string[] arguments)
    {
        var start = new ProcessStartInfo(Released ?? "dotnet", Released is null ? [Program, .. arguments] : arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Nothing of the machine's own credentials may reach a test.
        foreach (var name in start.Environment.Keys.Where(IsOfAClient).ToList())
        {
            start.Environment.Remove(name);
        }
        start.Environment["HOME"] = directory;
        start.Environment["AWS_EC2_METADATA_DISABLED"] = "true";
        start.Environment["AWS_CONFIG_FILE"] = Path.Combine(directory, "no-aws-config");
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = Path.Combine(directory, "no-aws-credentials");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    private static bool IsOfAClient(string name) =>
        name.StartsWith("AWS_", StringComparison.Ordinal) || name.StartsWith("AZURE_", StringComparison.Ordinal)
        || name.StartsWith("MEGAPORT_", StringComparison.Ordinal)
            || name.StartsWith("SEALANE_", StringComparison.Ordinal)
        || name.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase);
}
