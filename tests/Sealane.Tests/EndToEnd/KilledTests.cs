namespace Sealane.Tests.EndToEnd;

/// <summary>
/// kill -9 of the real process on sockets, again and again, at moments of apply and destroy that a seed chooses:
/// counted in lines of its output, so that a busy machine changes nothing. It converges, and nothing is ordered twice.
/// Fifty of them: SEALANE_LONG=1.
/// </summary>
public sealed class KilledTests : IAsyncLifetime
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("SEALANE_LONG") == "1";
    private readonly ServedSandbox _clouds = new();

    private Link Link => _clouds.Link;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _clouds.InitializeAsync();

    public ValueTask DisposeAsync() => _clouds.DisposeAsync();

    [Fact]
    public async Task A_process_that_is_killed_at_any_moment_is_gone_on_with()
    {
        var before = Inventory.Of(Sealane.Cli.Rehearsal.New(Link.Design, null));
        var (kills, random) = (0, new Random(9));
        for (var lives = 0; kills < (Long ? 50 : 5); lives++)
        {
            kills += await Kill("apply", random, 4);
            await _clouds.Ends("apply");
            if (lives == 0)
            {
                Whole.Is(Link);
            }
            Assert.Equal(Whole.Standing, Inventory.Of(Link.World()));
            kills += await Kill("destroy", random, 2);
            await _clouds.Ends("destroy");
            Assert.Equal(before, Inventory.Of(Link.World()));
            Assert.Empty(Link.World().Megaport.Billed);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{kills} kills, nothing twice, nothing left");
    }

    /// <returns>How many runs were killed before their end.</returns>
    private async Task<int> Kill(string verb, Random random, int times)
    {
        var killed = 0;
        for (var i = 0; i < times; i++)
        {
            using var run =
                ChildShell.Start(Link.Root, _clouds.Environment, verb, Link.Spec, "--yes", "--format", "jsonl");
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
}
