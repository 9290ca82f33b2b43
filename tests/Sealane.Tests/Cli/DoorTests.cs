using System.CommandLine;
using Sealane.Cli;
using Sealane.Cli.Commands;
using Sealane.Core.Reconcile;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Cli;

/// <summary>What happens at the door itself: odd command lines, and whatever a command runs into.</summary>
public sealed class DoorTests
{
    public static TheoryData<string> Commands => [.. Leaves(Program.Root()).Select(Arguments.PathOf)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task No_command_ends_in_a_stack_trace(string path)
    {
        foreach (var fault in new Exception[]
        {
            new InvalidOperationException("a broken invariant"), new KeyNotFoundException("no such key"),
                new IOException("No space left on device"),
            new AggregateException(new UnauthorizedAccessException("no permission")),
                new System.Security.Cryptography.CryptographicException("ASN1"),
            new CloudError(Cloud.Azure, "GET", CloudErrorKind.Denied, 403, "AuthorizationFailed", "no"),
                new OperationCanceledException(),
        })
        {
            var root = Program.Root();
            var command = Leaves(root).Single(leaf => Arguments.PathOf(leaf) == path);
            command.SetAction((_, _) => throw fault);
            // Whatever the command wants: the fault comes after the parser.
            foreach (var argument in command.Arguments)
            {
                argument.Arity = ArgumentArity.ZeroOrMore;
            }
            foreach (var option in command.Options)
            {
                option.Required = false;
            }
            var run = await Shell.Run(() => Guard.Run(root, path.Split(' ')[1..]));
            Assert.Contains(run.ExitCode,
                new[] { ExitCode.Usage, ExitCode.Cloud, ExitCode.Defect, ExitCode.Interrupted });
            Assert.DoesNotContain("   at ", run.All, StringComparison.Ordinal);
            Assert.True(fault is OperationCanceledException
                || run.Error.StartsWith("error: ", StringComparison.Ordinal), run.Error);
        }
    }

    [Fact]
    public async Task A_defect_says_that_it_is_one_and_where()
    {
        var root = new RootCommand("test");
        root.SetAction((_, _) => throw new InvalidOperationException("a broken invariant"));
        var run = await Shell.Run(() => Guard.Run(root, ["--"]));
        Assert.Equal(ExitCode.Defect, run.ExitCode);
        Assert.Contains(
            "error: this is a defect of Sealane, not of your file: InvalidOperationException: a broken invariant\n  "
                + "where: ", run.Error);
        Assert.Contains("SEALANE_DEBUG=1", run.Error);
    }

    [Theory]
    [InlineData("chek", "'chek' is not known here; did you mean check?")]
    [InlineData("sandbox braek", "'braek' is not known here; did you mean break?")]
    [InlineData("apply x.yaml --sandbx", "'--sandbx' is not known here; did you mean --sandbox?")]
    [InlineData("apply x.yaml --seed abc", "--seed takes a whole number, not 'abc'")]
    [InlineData("sandbox serve x.yaml --speed fast", "--speed takes a number, not 'fast'")]
    public async Task A_wrong_word_is_told_with_the_right_one(string typed, string told)
    {
        var run = (await Shell.Run(typed.Split(' '))).Exits(ExitCode.Usage);
        Assert.Contains(told, run.Error);
        Assert.DoesNotContain("System.", run.Error);
    }

    [Theory]
    [InlineData("sandbox serve", "See: sealane sandbox serve --help")]
    [InlineData("verify", "See: sealane verify --help")]
    [InlineData("chek", "See: sealane --help")]
    public async Task Help_is_named_by_its_whole_path(string typed, string told) =>
        Assert.Contains(told, (await Shell.Run(typed.Split(' '))).Exits(ExitCode.Usage).Error);

    /// <summary>A list of all that may be typed would push what help says off the screen; to work it out builds the
    /// whole link, which help has no time for.</summary>
    [Fact]
    public async Task What_help_names_fits_beside_what_it_says()
    {
        foreach (var command in All(Program.Root()))
        {
            var help = (await Shell.Run([.. Arguments.PathOf(command).Split(' ')[1..], "--help"])).Exits(0).Output;
            Assert.All(help[help.IndexOf("Usage:", StringComparison.Ordinal)..].Split('\n'), line =>
                Assert.True(line.Trim().Split("  ")[0].Length <= 80, line.Trim()));
        }
    }

    [Fact]
    public async Task No_word_at_all_and_help_give_help_and_version_gives_the_version()
    {
        Assert.Contains("apply", (await Shell.Run()).Exits(0).Output);
        Assert.Contains("--strict", (await Shell.Run("help", "check")).Exits(0).Output);
        Assert.Equal((await Shell.Run("--version")).Exits(0).Output, (await Shell.Run("version")).Exits(0).Output);
    }

    [Fact]
    public void A_sandbox_without_a_directory_leaves_the_file_that_follows_alone()
    {
        var parsed = Program.Root().Parse(Arguments.Of(["verify", "--sandbox", "x.yaml"]));
        Assert.Empty(parsed.Errors);
        Assert.Equal("x.yaml", parsed.GetValue<string>("FILE"));
        Assert.Equal(LinkOptions.DefaultSandbox, parsed.GetValue<string>("--sandbox"));
    }

    [Fact]
    public async Task An_authority_file_that_is_missing_or_no_certificate_is_told_calmly()
    {
        using var link = Link.Sydney;
        foreach (var content in new[] { null, "not a certificate" })
        {
            var file = Path.Combine(link.Root, "ca.pem");
            if (content is not null)
            {
                await File.WriteAllTextAsync(file, content);
            }
            var run = await ChildShell.Run(link.Root, new Dictionary<string, string>
            {
                ["SEALANE_CA_FILE"] = file,
                ["SEALANE_LINK_KEY"] = new string('k', 64),
                ["MEGAPORT_ACCESS_KEY"] = "a",
                ["MEGAPORT_SECRET_KEY"] = "b",
            }, "plan", link.Spec);
            run.Exits(ExitCode.Usage);
            Assert.Contains("SEALANE_CA_FILE", run.Error);
        }
    }

    [Fact]
    public async Task A_rehearsal_ignores_the_endpoints_and_credentials_of_its_surroundings_and_says_so()
    {
        using var link = Link.Sydney;
        await File.AppendAllTextAsync(link.Spec, "\nendpoints:\n  arm: https://127.0.0.1:1\n");
        var run = await ChildShell.Run(link.Root, new Dictionary<string, string>
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:1",
            ["AZURE_AUTHORITY_HOST"] = "http://127.0.0.1:1",
            ["AWS_PROFILE"] = "nobody",
            ["SEALANE_MEGAPORT_ENDPOINT"] = "http://127.0.0.1:1",
            ["SEALANE_AWS_PRICES_ENDPOINT"] = "http://127.0.0.1:1",
            ["SEALANE_AZURE_PRICES_ENDPOINT"] = "http://127.0.0.1:1",
        }, "plan", link.Spec, $"--sandbox={link.Sandbox}");
        run.Exits(0);
        Assert.Contains("Megaport live 2026-01-01, AWS live 2026-01-01, Azure live 2026-01-01", run.Output);
        Assert.Contains("note: a rehearsal goes to no network; not used: AWS_ENDPOINT_URL, AZURE_AUTHORITY_HOST, "
            + "SEALANE_MEGAPORT_ENDPOINT, SEALANE_AWS_PRICES_ENDPOINT, SEALANE_AZURE_PRICES_ENDPOINT, "
            + "endpoints: of the spec", run.Error);
    }

    private static IEnumerable<Command> All(Command command) =>
        command.Subcommands.Where(each => !each.Hidden).SelectMany(All).Prepend(command);

    private static IEnumerable<Command> Leaves(Command command) =>
        command.Subcommands.Count == 0 ? [command] : command.Subcommands.SelectMany(Leaves);
}
