using System.Diagnostics;
using System.Text.RegularExpressions;
using Sealane.Cli;
using Sealane.Cli.Manual;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Cli;

public sealed class ManPageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-man-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_command_has_a_page_with_every_argument_and_option()
    {
        (await Shell.Run("man", "--out", _folder.FullName)).Exits(0);
        var commands = ManPage.Commands(Program.Root()).ToList();
        Assert.Equal(commands.Select(ManPage.NameOf).Order(StringComparer.Ordinal),
            _folder.GetFiles("*.1").Select(file => Path.GetFileNameWithoutExtension(file.Name))
                .Order(StringComparer.Ordinal));
        Assert.True(commands.Count > 30, $"{commands.Count} commands");
        foreach (var command in commands)
        {
            var page = await File.ReadAllTextAsync(Path.Combine(_folder.FullName, $"{ManPage.NameOf(command)}.1"),
                TestContext.Current.CancellationToken);
            Assert.All(ManPage.OptionsOf(command), option => Assert.Matches(
                $@"(?m)^\\fB[^\n]*{Regex.Escape(Roff.Escaped(option.Name))}\b", page));
            Assert.All(command.Arguments, argument => Assert.Contains(
                $"\n\\fB{Roff.Escaped(argument.Name)}\\fR\n", page));
            Assert.All(command.Subcommands.Where(sub => !sub.Hidden), sub => Assert.Contains(
                $"{ManPage.NameOf(sub)}(1)", page.Replace("\\-", "-")));
            Assert.All(ExitCode.All, each => Assert.Contains($"\\fB{each.Code}\\fR", page));
        }
    }

    [Fact]
    public async Task A_page_is_what_help_says()
    {
        var page = (await Shell.Run("man", "sandbox", "serve")).Exits(0).Output;
        var help = (await Shell.Run("sandbox", "serve", "--help")).Exits(0).Output;
        Assert.All(new[] { "Directory of the world", "Virtual seconds a second" }, words =>
        {
            Assert.Contains(words, help);
            Assert.Contains(words, page);
        });
        Assert.Equal((await Shell.Run("man")).Output, (await Shell.Run("man", "sealane")).Output);
        Assert.Contains("did you mean apply?", (await Shell.Run("man", "aply")).Exits(2).Error);
    }

    [Theory]
    [InlineData(".sh of a line", @"\&.sh of a line")]
    [InlineData("'tis", @"\(aqtis")]
    [InlineData(@"a\b", @"a\(rsb")]
    [InlineData("--a-b", @"\-\-a\-b")]
    [InlineData("⇄ ~^`\"", @"\[u21C4] \(ti\(ha\(ga\(dq")]
    [InlineData("two\nlines", "two lines")]
    public void Text_stays_text(string text, string escaped)
    {
        var page = new Roff();
        page.Text(text);
        Assert.Equal(escaped + "\n", page.ToString());
    }

    [Fact]
    public async Task Groff_has_nothing_to_say_about_any_page()
    {
        (await Shell.Run("man", "--out", _folder.FullName)).Exits(0);
        foreach (var file in _folder.GetFiles("*.1"))
        {
            var (output, errors) = Groff(file.FullName);
            Assert.True(errors.Length == 0, $"{file.Name}: {errors}");
            // A terminal's bold is a letter, one step back, and the letter again.
            Assert.Contains("EXIT STATUS", Regex.Replace(output, ".\b", ""));
        }
    }

    [Fact]
    public void Every_variable_that_is_read_is_told()
    {
        var told = string.Join(' ', Surroundings.Variables.Select(row => row.Head));
        var read = from project in new[] { "Sealane.Cli", "Sealane.Clouds" }
                   from file in Directory.EnumerateFiles(
                       Repository.PathOf("src", project), "*.cs", SearchOption.AllDirectories)
                   from Match name in Regex.Matches(
                       File.ReadAllText(file), "\"(SEALANE_[A-Z_]+|MEGAPORT_[A-Z]+_KEY)\"")
                   select name.Groups[1].Value;
        Assert.All(read.Distinct(), name => Assert.Contains(name, told));
    }

    [Fact]
    public async Task The_example_is_the_readme_s()
    {
        var readme = await File.ReadAllTextAsync(Repository.PathOf("README.md"),
            TestContext.Current.CancellationToken);
        Assert.All(Surroundings.FromNothing, line => Assert.Contains($"    ./{line}\n", readme));
    }

    private static (string Output, string Errors) Groff(string file)
    {
        try
        {
            using var groff = Process.Start(new ProcessStartInfo("groff", ["-man", "-Tutf8", "-ww", "-rLL=78n", file])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var output = groff.StandardOutput.ReadToEndAsync();
            var errors = groff.StandardError.ReadToEnd();
            return (output.Result, errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("groff is not installed");
            throw;
        }
    }
}
