using System.Runtime.Versioning;
using Sealane.Cli;
using Sealane.Cli.Commands;

namespace Sealane.Tests.Cli;

/// <summary>Files that are no spec: a clear message on stderr, exit 2, nothing on stdout.</summary>
public sealed class SpecFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-spec-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_missing_file() =>
        await IsRefused(Path.Combine(_folder.FullName, "none.yaml"), "there is no such file");

    [Fact]
    public async Task A_file_in_a_missing_folder() =>
        await IsRefused(Path.Combine(_folder.FullName, "no", "none.yaml"), "there is no such file");

    [Fact]
    public async Task A_folder_without_files()
    {
        var refused = await Assert.ThrowsAsync<UsageError>(() =>
            Terminal.Run(CheckCommand.Create(), _folder.FullName));
        Assert.Contains("there is no YAML file in this folder", refused.Message);
    }

    [Fact]
    public async Task No_name() => await IsRefused("", "no file is named");

    [Fact]
    public async Task A_name_that_no_file_can_have() => await IsRefused("a\0b", "cannot be read");

    [Fact]
    public async Task A_file_that_is_too_large() =>
        await IsRefused(Write(new byte[(1 << 20) + 1]), "larger than 1 MiB");

    [Fact]
    public async Task A_file_that_never_ends()
    {
        Assert.SkipUnless(File.Exists("/dev/zero"), "needs /dev/zero");
        await IsRefused("/dev/zero", "larger than 1 MiB");
    }

    [Fact]
    public async Task Text_of_another_encoding() =>
        await IsRefused(Write([.. "sealane: 1\nname: "u8, 0xE4, 0xF6]), ":2:7 error: this is not UTF-8 text");

    [Fact]
    public async Task Utf_16() => await IsRefused(Write([0xFF, 0xFE, 0x73, 0x00]), "this is UTF-16, not UTF-8");

    [Fact]
    [SupportedOSPlatform("linux")]
    public void A_file_without_permission()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "takes permissions away by a call that only Linux has");
        var file = Write([]);
        File.SetUnixFileMode(file, UnixFileMode.None);
        var error = new StringWriter();
        using (Nobody.OnThisThread())
        {
            Assert.Null(SpecFile.Load(file, error));
        }
        Assert.Contains("no permission to read this file", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BrokenSpecs))]
    public async Task A_broken_spec(string file) =>
        await IsRefused(Repository.PathOf("tests", "specs", "broken", file), "error: ");

    public static TheoryData<string> BrokenSpecs =>
        [.. Directory.GetFiles(Repository.PathOf("tests", "specs", "broken"), "*.yaml")
            .Select(file => Path.GetFileName(file)).Order()];

    [Fact]
    public void Every_problem_is_told_and_counted()
    {
        var error = new StringWriter();
        Assert.Null(SpecFile.Load(Repository.PathOf("tests", "specs", "broken", "unknown-keys.yaml"), error));
        Assert.Contains("did you mean resourceGroup?", error.ToString());
        Assert.Contains("so nothing else was looked at", error.ToString());
    }

    private static async Task IsRefused(string path, string because)
    {
        var run = await Terminal.Run(CheckCommand.Create(), path);
        Assert.Equal((SpecFile.Unreadable, ""), (run.ExitCode, run.Output));
        Assert.Contains(because, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
    }

    private string Write(byte[] bytes)
    {
        var file = Path.Combine(_folder.FullName, "spec.yaml");
        File.WriteAllBytes(file, bytes);
        return file;
    }
}
