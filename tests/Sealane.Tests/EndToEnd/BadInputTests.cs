using System.Runtime.Versioning;
using Sealane.Tests.Cli;

namespace Sealane.Tests.EndToEnd;

/// <summary>Whatever a person types or feeds: a clear message, exit 2, nothing done, never a stack trace.</summary>
public sealed class BadInputTests
{
    private static readonly string[] Verbs = ["check", "plan", "apply", "verify", "status", "destroy"];
    private static readonly string Sydney = Repository.PathOf("examples", "sydney.yaml");

    /// <summary>Content of the file, and what must be said about it.</summary>
    private static readonly (string Name, byte[] Content, string Because)[] Files =
    [
        ("empty.yaml", [], "error"),
        ("prose.yaml", "Dear Sealane, please build it.\n"u8.ToArray(), "error"),
        ("broken.yaml", "sealane: 1\nname: [\n"u8.ToArray(), "error"),
        ("tab.yaml", "sealane: 1\n\tname: x\n"u8.ToArray(), "error"),
        ("binary.yaml", [0x7F, 0x45, 0x4C, 0x46, 0xFF, 0xFE, 0x00, 0x01], "not UTF-8"),
        ("list.yaml", "- 1\n- 2\n"u8.ToArray(), "error"),
        ("keys.yaml", "sealane: 1\nnmae: sydney\n"u8.ToArray(), "did you mean name?"),
    ];

    public static TheoryData<string, string> Everything
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var verb in Verbs.Append("trace").Append("sandbox serve"))
            {
                foreach (var file in Files)
                {
                    data.Add(verb, file.Name);
                }
            }
            return data;
        }
    }

    public static TheoryData<string> AllVerbs => [.. Verbs, "trace", "sandbox serve"];

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_file_that_is_no_spec(string verb, string name)
    {
        using var folder = new Folder();
        var (_, content, because) = Files.Single(file => file.Name == name);
        var file = Path.Combine(folder.Path, name);
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        var run = (await Shell.Run(Words(verb, file, folder))).Exits(2);
        Assert.Equal("", run.Output);
        Assert.Contains(because, run.Error);
        Assert.Contains(name, run.Error);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [MemberData(nameof(AllVerbs))]
    public async Task A_file_that_is_not_there_or_a_directory(string verb)
    {
        using var folder = new Folder();
        Assert.Contains("there is no such file",
            (await Shell.Run(Words(verb, Path.Combine(folder.Path, "none.yaml"), folder))).Exits(2).Error);
        // check takes whole folders, and says when there is nothing in one.
        Assert.Contains(verb == "check" ? "there is no YAML file in this folder" : "this is a directory",
            (await Shell.Run(Words(verb, folder.Path, folder))).Exits(2).Error);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Theory]
    [MemberData(nameof(AllVerbs))]
    [SupportedOSPlatform("linux")]
    public async Task A_file_without_permission(string verb)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "takes permissions away by a call that only Linux has");
        Assert.SkipUnless(ChildShell.Released is null, "takes them from this process, and the released one is another");
        using var folder = new Folder();
        var file = Path.Combine(folder.Path, "link.yaml");
        File.Copy(Sydney, file);
        File.SetUnixFileMode(file, UnixFileMode.None);
        Task<Shell> run;
        // The spec is read before anything else, on the thread that starts the command.
        using (Nobody.OnThisThread())
        {
            run = Shell.Run(Words(verb, file, folder));
        }
        Assert.Contains("no permission", (await run).Exits(2).Error);
    }

    [Theory]
    [InlineData("aply|x.yaml")]
    [InlineData("apply")]
    [InlineData("apply|a.yaml|b.yaml")]
    [InlineData("apply|SYDNEY|--sandbx")]
    [InlineData("apply|SYDNEY|--sandbox|--format|xml|--yes")]
    [InlineData("plan|SYDNEY|--sandbox|--format|jsonl")]
    [InlineData("plan|SYDNEY|--sandbox|--seed|one")]
    [InlineData("plan|SYDNEY|--sandbox|--seed|99999999999999999999")]
    [InlineData("plan|SYDNEY|--sandbox|--seed")]
    [InlineData("trace|SYDNEY|10.1.0.1|--sandbox")]
    [InlineData("explain")]
    [InlineData("explain|SL999")]
    [InlineData("sandbox")]
    [InlineData("sandbox|serve")]
    [InlineData("sandbox|serve|SYDNEY|--speed|0")]
    [InlineData("sandbox|serve|SYDNEY|--speed|fast")]
    [InlineData("sandbox|serve|SYDNEY|--speed|1e9")]
    [InlineData("sandbox|serve|SYDNEY|--format|yaml")]
    [InlineData("sandbox|sevre|SYDNEY")]
    public async Task Wrong_usage(string line)
    {
        var words = line.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Replace("SYDNEY", Sydney, StringComparison.Ordinal));
        var run = (await Shell.Run([.. words])).Exits(2);
        Assert.Equal("", run.Output);
        Assert.NotEmpty(run.Error);
    }

    [Theory]
    [InlineData("apply")]
    [InlineData("destroy")]
    public async Task Without_a_terminal_and_without_yes_nothing_is_done(string verb)
    {
        using var link = Link.Sydney;
        if (verb == "destroy")
        {
            await link.Apply();
        }
        else
        {
            (await link.Run("plan")).Exits(0);
        }
        var before = Inventory.Of(link.World());
        var run = (await ChildShell.Run(link.Root, new Dictionary<string, string>(), verb, link.Spec,
            $"--sandbox={link.Sandbox}")).Exits(2);
        Assert.Contains("add --yes", run.Error);
        Assert.Equal(before, Inventory.Of(link.World()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\": 1}")]
    [InlineData("{\"version\": 99}")]
    [InlineData("{\"version\": 1, \"seed\": \"x\", \"now\": \"yesterday\", \"aws\": 1, \"azure\": null, \"megaport\": "
        + "[]}")]
    public async Task A_damaged_world(string content)
    {
        using var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        var file = Path.Combine(link.WorldDirectory, "world.json");
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        foreach (var verb in new[] { "plan", "verify", "status", "apply", "destroy" })
        {
            var run = (await link.Run(verb, verb is "apply" or "destroy" ? ["--yes"] : [])).Exits(2);
            Assert.Contains(file, run.Error);
            Assert.Contains("Delete the file", run.Error);
            Assert.Equal(content, await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
    }

    /// <summary>A world that lost the members which anything rests on is damaged too, wherever it was cut.</summary>
    [Fact]
    public async Task A_world_cut_anywhere()
    {
        using var link = await Link.Built("sydney");
        var file = Path.Combine(link.WorldDirectory, "world.json");
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        for (var length = 1; length < whole.Length; length += whole.Length / 23)
        {
            await File.WriteAllBytesAsync(file, whole[..length], TestContext.Current.CancellationToken);
            Assert.Contains("Delete the file", (await link.Run("plan")).Exits(2).Error);
        }
    }

    [Fact]
    public async Task A_sandbox_directory_that_cannot_be_one()
    {
        using var link = Link.Sydney;
        var run = (await Shell.Run("apply", link.Spec, $"--sandbox={link.Spec}", "--yes")).Exits(2);
        Assert.StartsWith("error: ", run.Error);
    }

    [Fact]
    public async Task A_wire_log_that_cannot_be_written()
    {
        using var link = Link.Sydney;
        var run = (await link.Run("plan", "--wire-log", Path.Combine(link.Root, "no", "folder", "wire.log"))).Exits(2);
        Assert.StartsWith("error: ", run.Error);
    }

    [Fact]
    public async Task A_design_that_its_own_checks_call_wrong_is_not_built()
    {
        using var link = Link.Sydney.Edit("allowedPrefixes: [10.254.1.0/24]",
            "allowedPrefixes: [10.254.1.0/24, 10.1.0.0/16]");
        var run = (await link.Run("apply", "--yes")).Exits(1);
        Assert.Contains("SL301", run.Error);
        Assert.Empty(link.World().Megaport.Mcrs);
    }

    [Fact]
    public async Task A_world_of_another_account_is_not_touched()
    {
        using var link = await Link.Built("sydney");
        link.Edit("111122223333", "999988887777");
        var run = (await link.Run("apply", "--yes")).Exits(3);
        Assert.Contains("999988887777", run.Error);
        Assert.Equal(Whole.Standing, Inventory.Of(link.World()));
    }

    private static string[] Words(string verb, string file, Folder folder) => verb switch
    {
        "sandbox serve" => ["sandbox", "serve", file, "--world", Path.Combine(folder.Path, "sandbox")],
        "check" => ["check", file],
        "trace" => ["trace", file, "10.1.0.1", "10.2.0.9", $"--sandbox={Path.Combine(folder.Path, "sandbox")}"],
        "apply" or "destroy" => [verb, file, $"--sandbox={Path.Combine(folder.Path, "sandbox")}", "--yes"],
        _ => [verb, file, $"--sandbox={Path.Combine(folder.Path, "sandbox")}"],
    };

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("sealane-bad-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
