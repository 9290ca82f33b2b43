using Sealane.Cli;
using Sealane.Cli.Commands;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Cli;

/// <summary>What a command finds around it: another folder than last time, no credentials yet.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData("status")]
    [InlineData("plan")]
    [InlineData("verify")]
    public async Task A_command_that_only_looks_leaves_no_rehearsal_behind(string verb)
    {
        using var folder = new Folder();
        File.Copy(Repository.PathOf("examples", "sydney.yaml"), Path.Combine(folder.Path, "sydney.yaml"));
        var run = await ChildShell.Run(folder.Path, NoCredentials, verb, "sydney.yaml", "--sandbox");
        Assert.Contains(run.ExitCode, new[] { 0, ExitCode.No });
        Assert.Equal(["sydney.yaml"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
        Assert.Equal(verb != "plan", run.Error.Contains("begins with nothing built", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rehearsal_that_is_kept_in_the_specs_folder_is_named_from_another_one()
    {
        using var first = new Folder();
        using var second = new Folder();
        var spec = Path.Combine(first.Path, "sydney.yaml");
        File.Copy(Repository.PathOf("examples", "sydney.yaml"), spec);
        (await ChildShell.Run(first.Path, NoCredentials, "apply", "sydney.yaml", "--sandbox", "--yes")).Exits(0);
        foreach (var verb in new[] { "status", "plan" })
        {
            Assert.DoesNotContain("note: no rehearsal",
                (await ChildShell.Run(first.Path, NoCredentials, verb, "sydney.yaml", "--sandbox")).Error);
            var run = (await ChildShell.Run(second.Path, NoCredentials, verb, spec, "--sandbox")).Exits(0);
            Assert.Contains($"one is kept in {Path.Combine(first.Path, LinkOptions.DefaultSandbox)}", run.Error);
        }
    }

    [Fact]
    public async Task Credentials_that_are_missing_are_told_of_all_clouds_at_once()
    {
        using var folder = new Folder();
        File.Copy(Repository.PathOf("examples", "minimal.yaml"), Path.Combine(folder.Path, "minimal.yaml"));
        var run = (await ChildShell.Run(folder.Path, NoCredentials, "plan", "minimal.yaml")).Exits(ExitCode.Cloud);
        foreach (var told in new[] { "AWS_ACCESS_KEY_ID", "AZURE_CLIENT_ID", "MEGAPORT_ACCESS_KEY" })
        {
            Assert.Contains(told, run.Error);
        }
        Assert.Equal(3, run.Error.Split("error: ").Length - 1);
    }

    /// <summary>And nobody to ask for any.</summary>
    private static IReadOnlyDictionary<string, string> NoCredentials { get; } = new Dictionary<string, string>
    {
        ["SEALANE_LINK_KEY"] = new string('k', 64),
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_SHARED_CREDENTIALS_FILE"] = "/none",
        ["AWS_CONFIG_FILE"] = "/none",
        ["HOME"] = "/none",
    };

    private sealed class Folder : IDisposable
    {
        // As a child names the folder that it runs in.
        public string Path { get; } = Directory.CreateTempSubdirectory("sealane-around-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
