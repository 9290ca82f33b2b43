using System.Diagnostics;

namespace Sealane.Tests.EndToEnd;

/// <summary>Against sockets: the program as it would be run on real accounts, with a served sandbox in their
/// place.</summary>
public sealed class ServedTests : IAsyncLifetime
{
    private readonly ServedSandbox _clouds = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _clouds.InitializeAsync();

    public ValueTask DisposeAsync() => _clouds.DisposeAsync();

    [Fact]
    public async Task The_whole_life_of_a_link_over_real_sockets()
    {
        var up = (await _clouds.Ends("apply")).Done;
        Assert.Equal("applied", (string?)up["result"]);
        Assert.Equal("encrypted", (string?)(await _clouds.Run("verify", "--format", "json")).Exits(0).Json["verdict"]);
        (await _clouds.Run("plan", "--exit-code")).Exits(0);
        Assert.Equal(0, (int)(await _clouds.Run("apply", "--yes", "--format", "jsonl")).Exits(0).Done["writes"]!);
        var down = (await _clouds.Ends("destroy")).Done;
        Assert.Equal(("destroyed", 0), ((string?)down["result"], down["stillBilled"]!.AsArray().Count));
    }

    /// <summary>What a closed terminal sends, and what a supervisor sends.</summary>
    [Theory]
    [InlineData("HUP")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_run_in_order(string signal)
    {
        using var run = ChildShell.Start(_clouds.Link.Root, _clouds.Environment, "apply", _clouds.Link.Spec, "--yes");
        var lines = new List<string>();
        while (await run.StandardOutput.ReadLineAsync(Token) is { } line)
        {
            lines.Add(line);
            if (line.Contains("create    azure/vpn-gateway", StringComparison.Ordinal))
            {
                using var kill = Process.Start("kill", [$"-{signal}", $"{run.Id}"]);
                await kill.WaitForExitAsync(Token);
            }
        }
        await run.WaitForExitAsync(Token);
        Assert.True(run.ExitCode == 130, string.Join('\n', lines));
        await _clouds.Ends("apply");
    }

    /// <summary>On one machine a lease keeps them apart, on two the claim in the clouds; two directories are no two
    /// links.</summary>
    [Theory]
    [InlineData(".", ".")]
    [InlineData("other", ".")]
    [InlineData("other", "other")]
    public async Task Two_applies_are_one_and_a_word(string directory, string home)
    {
        var runs = await Task.WhenAll(Apply(_clouds.Link.Root, _clouds.Link.Root), Apply(Made(directory), Made(home)));
        Assert.Equal([0, 1], runs.Select(run => run.ExitCode).Order());
        Assert.Contains("another run works on ", runs.Single(run => run.ExitCode == 1).Error);
        Whole.Is(_clouds.Link);
        (await _clouds.Run("plan", "--exit-code")).Exits(0);
        Assert.Equal("destroyed", (string?)(await _clouds.Run("destroy", "--yes", "--format", "jsonl")).Done["result"]);

        string Made(string name) => Directory.CreateDirectory(Path.Combine(_clouds.Link.Root, name)).FullName;

        Task<Shell> Apply(string where, string user) => ChildShell.Run(
            where, new Dictionary<string, string>(_clouds.Environment) { ["HOME"] = user }, "apply",
            _clouds.Link.Spec, "--yes", "--format", "jsonl");
    }
}
