using System.ComponentModel;
using System.Diagnostics;

namespace Sealane.Tests.Cli;

/// <summary>On a real terminal, which <c>script</c> makes: what can only append, and whoever asks for lines, gets a
/// line an event and no escape sequence that moves the cursor.</summary>
public sealed class DumbTerminalTests : IDisposable
{
    private const string Colour = "\e\\[[0-9;]*m";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sealane-dumb-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("xterm", "", true)]
    [InlineData("dumb", "", false)]
    [InlineData("xterm", " --progress lines", false)]
    public async Task A_run_is_drawn_again_only_where_that_can_be_seen(string terminal, string options, bool drawn)
    {
        var text = await OnTerminal(terminal, "apply", $" --yes{options}");
        Assert.Contains("Applied: ", text);
        Assert.Equal(drawn, Moves(text));
        Assert.Equal(!drawn, text.Contains("create    megaport/mcr (usually", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("xterm", true)]
    [InlineData("dumb", false)]
    public async Task So_is_a_status_that_is_watched(string terminal, bool drawn)
    {
        var text = await OnTerminal(terminal, "status", " --watch --for 2m");
        Assert.Equal(drawn, Moves(text));
        Assert.Contains("absent", text);
    }

    /// <summary>Colour repeats what the words say, and goes where it is wanted: never into a file.</summary>
    [Fact]
    public async Task Answers_have_colour_on_a_terminal_that_wants_it()
    {
        foreach (var verb in new[] { "check", "plan", "verify", "status" })
        {
            if (verb == "verify")
            {
                await OnTerminal("dumb", "apply", " --yes");
            }
            var coloured = await OnTerminal("xterm", verb, "");
            Assert.Matches(Colour, coloured);
            var plain = await OnTerminal("xterm", verb, "", ("NO_COLOR", "1"));
            Assert.DoesNotMatch(Colour, plain);
            Assert.Equal(plain, System.Text.RegularExpressions.Regex.Replace(coloured, Colour, ""));
            Assert.DoesNotMatch(Colour, await OnTerminal("xterm", verb, " > answer && cat answer"));
        }
    }

    /// <summary>Cursor up, or to a column: what a terminal that only appends shows as it is.</summary>
    private static bool Moves(string text) =>
        System.Text.RegularExpressions.Regex.IsMatch(text, "\e\\[[0-9;]*[AGHJK]");

    private async Task<string> OnTerminal(
        string terminal, string verb, string options, params (string Name, string Value)[] variables)
    {
        var sealane = Path.Combine(AppContext.BaseDirectory, "sealane.dll");
        var line = $"dotnet '{sealane}' {verb} '{Repository.PathOf("examples", "minimal.yaml")}' "
            + (verb == "check" ? options : $"--sandbox='{_folder.FullName}/world'{options}");
        var start = new ProcessStartInfo("script", ["-qec", line, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.FullName,
        };
        start.Environment["TERM"] = terminal;
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        try
        {
            using var process = Process.Start(start)!;
            var text = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, text);
            return text;
        }
        catch (Win32Exception)
        {
            Assert.Skip("script (util-linux) is not installed");
            throw;
        }
    }
}
