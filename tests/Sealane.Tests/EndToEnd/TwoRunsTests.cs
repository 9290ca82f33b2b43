using Sealane.Cli;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;

namespace Sealane.Tests.EndToEnd;

/// <summary>
/// Two runs of one link at once, from two machines: every object is ordered once, both end with a clear word, and
/// destroy
/// works. A sample of the latencies; all 64 of them: SEALANE_EVERY_CUT=1.
/// </summary>
public sealed class TwoRunsTests
{
    private static readonly bool Every = Environment.GetEnvironmentVariable("SEALANE_EVERY_CUT") == "1";

    /// <summary>Milliseconds of each machine's calls, and seconds by which the second begins later.</summary>
    public static TheoryData<int, int, int> Latencies
    {
        get
        {
            var data = new TheoryData<int, int, int>();
            for (var i = 0; i < 64; i += Every ? 1 : 6)
            {
                data.Add(40 + (310 * (i % 8) / 7), 40 + (310 * (i / 8) / 7), i % 4 == 3 ? 120 : 0);
            }
            data.Add(100, 100, 900);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Latencies))]
    public async Task Every_object_is_ordered_once(int first, int second, int later)
    {
        using var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        using var both = new Both(link);
        using var one = both.Machine("one", first);
        using var two = both.Machine("two", second);
        var runs = await Task.WhenAll(one.Apply(), both.Later(later, two.Apply));
        Assert.Equal(1, runs.Count(run => run?.Result == RunResult.Done));
        var held = Assert.Single(new[] { one.Held, two.Held }.OfType<string>());
        Assert.Contains("another run works on link sydney: a run of ", held);
        Assert.Contains("--take-over", held);
        Whole.Is(link);
        Assert.DoesNotContain(link.World().Aws.SecurityGroups, group => group.GroupName == "sealane-sydney");
        await link.IsUnchanged();
        Assert.Equal("destroyed", (string?)(await link.Destroy()).Done["result"]);
    }

    /// <summary>A machine that is gone holds the link until somebody who has looked says so.</summary>
    [Fact]
    public async Task A_claim_that_was_left_is_taken_over_by_word_only()
    {
        using var link = Link.Sydney;
        Directory.CreateDirectory(link.WorldDirectory);
        using var both = new Both(link);
        using (var dead = both.Machine("gone", 50, Cut.DeathAfter, at: 12))
        {
            Assert.Null(await dead.Apply());
        }
        using (var other = both.Machine("other", 50))
        {
            Assert.Null(await other.Apply());
            Assert.Contains("a run of gone, since 2026-01-01T", other.Held);
        }
        using (var over = both.Machine("other", 50, takeOver: true))
        {
            Assert.Equal(RunResult.Done, (await over.Apply())!.Result);
        }
        Whole.Is(link);
    }

    private sealed class Both : IDisposable
    {
        private readonly Link _link;
        private readonly VirtualClock _clock;
        private readonly SandboxWorld _world;
        private readonly InProcessClouds _clouds;

        public Both(Link link)
        {
            _link = link;
            var stored = Rehearsal.New(link.Design, null);
            _clock = new(stored.Now);
            _world = stored.Wake(_clock);
            _clouds = new(_world, Rehearsal.Faces(_world, () => _world.Now));
        }

        public Rig Machine(string name, int latency, Cut cut = Cut.Stop, int at = 0, bool takeOver = false) => new(
            _link, _world, _clock, new Far(_clouds, _clock, TimeSpan.FromMilliseconds(latency)), cut, at, writes: true,
            Path.Combine(_link.Root, name, "sydney.journal.jsonl"), name, takeOver);

        public async Task<RunReport?> Later(int seconds, Func<Task<RunReport?>> run)
        {
            using (_clock.Enter())
            {
                await Task.Delay(TimeSpan.FromSeconds(seconds), _clock);
            }
            return await run();
        }

        public void Dispose() => _clouds.Dispose();
    }

    /// <summary>Clouds that are some milliseconds away, there and back.</summary>
    private sealed class Far(HttpMessageHandler clouds, TimeProvider clock, TimeSpan latency) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _clouds = new(clouds, disposeHandler: false);

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(latency / 2, clock, cancellationToken);
            var reply = await _clouds.SendAsync(request, cancellationToken);
            await Task.Delay(latency / 2, clock, cancellationToken);
            return reply;
        }
    }
}
