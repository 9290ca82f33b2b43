using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// kill -9 of the real process on sockets, again and again, at moments of apply and destroy that a seed chooses:
/// counted in lines of its output, so that a busy machine changes nothing. It converges, and nothing is ordered twice.
/// Fifty of them: SEALANE_LONG=1.
/// </summary>
public sealed class KilledTests : IAsyncLifetime
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";
    private readonly Link _link = Link.Sydney;
    private Process? _server;
    private Dictionary<string, string> _environment = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = ChildShell.Start(_link.Root, new Dictionary<string, string>(),
            "sandbox", "serve", _link.Spec, "--world", _link.Sandbox, "--speed", "300", "--format", "json");
        var line = await _server.StandardOutput.ReadLineAsync(Token)
            ?? throw new InvalidOperationException(await _server.StandardError.ReadToEndAsync(Token));
        _environment = JsonNode.Parse(line)!["env"]!.AsObject()
            .ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            _server.Kill();
            await _server.WaitForExitAsync(CancellationToken.None);
            _server.Dispose();
        }
        _link.Dispose();
    }

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_is_gone_on_with()
    {
        var before = Inventory.Of(Sealane.Cli.Rehearsal.New(_link.Design, null));
        var (kills, random) = (0, new Random(9));
        for (var lives = 0; kills < (Long ? 50 : 6); lives++)
        {
            kills += await Kill("apply", random, Long ? 4 : 3);
            await Run("apply");
            if (lives == 0)
            {
                Whole.Is(_link);
            }
            Assert.Equal(Whole.Standing, Inventory.Of(_link.World()));
            kills += await Kill("destroy", random, 2);
            await Run("destroy");
            Assert.Equal(before, Inventory.Of(_link.World()));
            Assert.Empty(_link.World().Megaport.Billed);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, nothing twice, nothing left");
    }

    /// <returns>How many runs were killed before their end.</returns>
    private async Task<int> Kill(string verb, Random random, int times)
    {
        var killed = 0;
        for (var i = 0; i < times; i++)
        {
            using var run = ChildShell.Start(_link.Root, _environment, verb, _link.Spec, "--yes", "--format", "jsonl");
            run.StandardInput.Close();
            var told = run.StandardError.ReadToEndAsync(Token);
            for (var left = random.Next(1, verb == "apply" ? 160 : 90); left > 0; left--)
            {
                if (await run.StandardOutput.ReadLineAsync(Token) is null)
                {
                    break;
                }
            }
            if (!run.HasExited)
            {
                run.Kill();
                killed++;
            }
            await run.WaitForExitAsync(Token);
            await told;
        }
        return killed;
    }

    private Task Run(string verb) =>
        ChildShell.ToItsEnd(_link.Root, _environment, verb, _link.Spec, "--yes", "--format", "jsonl");
}
