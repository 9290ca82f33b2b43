using System.Diagnostics;
using System.Runtime.Versioning;

namespace Sealane.Tests.Cli;

/// <summary>What <c>./sealane</c> of a clone says while it builds itself, with a compiler that is played.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FirstBuildTests : IDisposable
{
    private readonly DirectoryInfo _clone = Directory.CreateTempSubdirectory("sealane-clone-");

    public FirstBuildTests()
    {
        foreach (var file in new[]
        {
            "sealane", "global.json", "Directory.Build.props", "Directory.Packages.props",
        })
        {
            File.Copy(Repository.PathOf(file), Path.Combine(_clone.FullName, file));
        }
        _clone.CreateSubdirectory("src");
    }

    private string Lock => Path.Combine(_clone.FullName, "artifacts", "sealane", ".lock.d");

    public void Dispose() => _clone.Delete(recursive: true);

    [Fact]
    public async Task Beside_another_build_it_says_whom_it_waits_for_and_goes_on_after_it()
    {
        Compiler("");
        Directory.CreateDirectory(Lock);
        await File.WriteAllTextAsync(Path.Combine(Lock, "pid"), $"{Environment.ProcessId}");
        using var run = Start();
        Assert.StartsWith("building Sealane: ", await run.StandardError.ReadLineAsync(Stop));
        Assert.Equal($"waiting for another build of Sealane (process {Environment.ProcessId}) ...",
            await run.StandardError.ReadLineAsync(Stop));
        Directory.Delete(Lock, recursive: true);
        Assert.Equal("sealane.dll --help\n", await run.StandardOutput.ReadToEndAsync(Stop));
        Assert.Equal("", await run.StandardError.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task A_builder_that_is_gone_is_not_waited_for()
    {
        Compiler("");
        Directory.CreateDirectory(Lock);
        using (var gone = Process.Start("true"))
        {
            await gone.WaitForExitAsync(Stop);
            await File.WriteAllTextAsync(Path.Combine(Lock, "pid"), $"{gone.Id}");
        }
        using var run = Start();
        Assert.Equal("sealane.dll --help\n", await run.StandardOutput.ReadToEndAsync(Stop));
        Assert.DoesNotContain("waiting", await run.StandardError.ReadToEndAsync(Stop));
    }

    [Fact]
    public async Task Without_a_network_the_first_build_says_so_and_not_the_whole_log()
    {
        Compiler("for i in $(seq 300); do echo \"error NU1301: no feed answers\"; done; exit 1");
        using var run = Start();
        Assert.Equal("", await run.StandardOutput.ReadToEndAsync(Stop));
        var said = await run.StandardError.ReadToEndAsync(Stop);
        Assert.Contains("the first build needs a network, later ones do not", said);
        Assert.Contains("build.log", said);
        Assert.InRange(said.Split('\n').Length, 3, 8);
        await run.WaitForExitAsync(Stop);
        Assert.Equal(2, run.ExitCode);
        Assert.False(Directory.Exists(Lock));
    }

    /// <summary>A <c>dotnet</c> that publishes so, and otherwise says what it was asked to run.</summary>
    private void Compiler(string publishes)
    {
        var path = Path.Combine(_clone.CreateSubdirectory("bin").FullName, "dotnet");
        File.WriteAllText(path, "#!/bin/sh\nif [ \"$1\" = publish ]; then\n" + publishes
            + "\nexit 0\nfi\necho \"$(basename \"$1\") $2\"\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(Path.Combine(_clone.FullName, "sealane"), ["--help"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{_clone.FullName}/bin:{Environment.GetEnvironmentVariable("PATH")}";
        return Process.Start(start)!;
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;
}
