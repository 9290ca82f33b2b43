using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>The claim is let go of when no list can leave out anything more that was ordered, and not before.</summary>
public sealed partial class EngineTests
{
    /// <summary>That a list may go back on an object of the toy cloud.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(1);
    private static readonly DateTimeOffset Ordered = new(2026, 11, 22, 10, 0, 0, 1, TimeSpan.Zero);

    [Fact]
    public async Task A_run_that_is_done_early_holds_its_claim_until_the_lists_must_show_what_it_ordered()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5));

        var report = await world.Apply();

        Assert.Equal((RunResult.Done, Ordered + Lag), (report.Result, world.Claim.ReleasedAt));
        Assert.InRange(report.Took, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));
        Assert.Contains(world.Recorder.Events.OfType<StepNote>(), note => note.Text.StartsWith("all is there; holding",
            StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_stopped_while_it_holds_on_leaves_claim_and_journal_to_the_next()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5));
        using var stop = new CancellationTokenSource();
        world.Recorder.Seen = happened =>
        {
            if (happened is StepNote)
            {
                stop.Cancel();
            }
        };

        Assert.Equal(RunResult.Done, (await world.Apply(stop.Token)).Result);
        Assert.Null(world.Claim.ReleasedAt);

        // That one finds all there, and holds on as well.
        await world.Apply();
        Assert.True(world.Claim.ReleasedAt >= Ordered + Lag);
    }

    /// <summary>The journal that would name them is lost: what an earlier run ordered, the claim alone knows.</summary>
    [Fact]
    public async Task What_goes_on_with_a_claim_that_was_left_behind_and_ends_early_leaves_it_too()
    {
        var world = new ToyRun(TimeSpan.FromMinutes(20)) { Claim = { Left = true } };
        using var stop = new CancellationTokenSource();
        (world.Cloud.CutAt, world.Cloud.Cut) = (1, stop.Cancel);
        await world.Apply(stop.Token);
        Assert.Null(world.Claim.ReleasedAt);

        world.Cloud.CutAt = int.MaxValue;
        await world.Apply();
        Assert.NotNull(world.Claim.ReleasedAt);
    }

    [Fact]
    public async Task A_claim_that_was_left_behind_goes_with_the_destroy_that_finds_nothing()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5)) { Claim = { Left = true } };

        Assert.Equal(RunResult.Done, (await world.Destroy()).Result);

        Assert.Equal(Start + Lag, world.Claim.ReleasedAt);
    }

    /// <summary>A run that died after its order, whose claim somebody took away: the journal alone knows.</summary>
    [Fact]
    public async Task What_the_journal_says_may_stand_is_looked_for_before_it_is_ordered_again()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5)) { Cloud = { ListingLag = TimeSpan.FromSeconds(40) } };
        world.Journal.Begin("r0", StepAction.Create, Start);
        world.Cloud.Create("r0", "a", TimeSpan.FromSeconds(5));

        Assert.Equal(RunResult.Done, (await world.Apply()).Result);

        Assert.Single(world.Cloud.Objects);
    }

    [Fact]
    public async Task What_is_on_its_way_out_is_waited_for_and_made_again()
    {
        var world = new ToyRun(TimeSpan.FromSeconds(5));
        world.Cloud.Create("r0", "a", TimeSpan.Zero);
        world.Cloud.Delete(world.Cloud.Find("r0")!);

        var report = await world.Apply();

        Assert.Equal((RunResult.Done, 1), (report.Result, report.Created));

        Assert.Null(world.Cloud.Find("r0")!.GoneAt);
    }

    private sealed class ToyClaim(TimeProvider clock) : IClaim
    {
        /// <summary>Of an earlier run.</summary>
        public bool Left { get; set; }
        public DateTimeOffset? ReleasedAt { get; private set; }

        public Task<ClaimTaken> Take(CancellationToken ct)
        {
            var taken = Left ? ClaimTaken.Left : ClaimTaken.Fresh;
            Left = true;
            return Task.FromResult(taken);
        }

        public Task<bool> IsLeft(CancellationToken ct) => Task.FromResult(Left);

        public Task Release(CancellationToken ct)
        {
            (Left, ReleasedAt) = (false, clock.GetUtcNow());
            return Task.CompletedTask;
        }
    }
}
