using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>
/// An order that was seen may still be missing from the next list: a run that is stopped while it is young leaves its
/// intent to the next run, which then looks for it instead of ordering again.
/// </summary>
public sealed class IntentsTests
{
    private const string Order = "megaport/mcr";
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(3);

    private readonly Kept _journal = new();
    private readonly Hand _clock = new();
    private readonly Intents _intents;

    public IntentsTests() => _intents = new(_clock, _journal, _ => Lag);

    [Fact]
    public void A_young_order_that_was_seen_is_open_for_the_next_run_and_not_for_this_one()
    {
        Begin(Order);
        SeenAfter(TimeSpan.FromMinutes(1));
        Assert.Empty(_intents.Open);
        Assert.Equal([Order], _journal.Open.Keys);
    }

    [Fact]
    public void An_order_that_has_outlived_the_lag_of_the_lists_is_closed_when_it_is_seen()
    {
        Begin(Order);
        SeenAfter(Lag);
        Assert.Empty(_journal.Open);
    }

    [Fact]
    public void A_young_order_that_is_seen_again_later_is_closed()
    {
        Begin(Order);
        SeenAfter(TimeSpan.FromMinutes(1));
        SeenAfter(TimeSpan.FromMinutes(2));
        Assert.Empty(_journal.Open);
    }

    [Fact]
    public void What_is_begun_again_is_open_again_and_as_young_as_new()
    {
        Begin(Order);
        SeenAfter(TimeSpan.FromMinutes(2));
        Begin(Order);
        Assert.Equal([Order], _intents.Open.Keys);
        SeenAfter(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(2), _intents.Young());
    }

    [Fact]
    public void An_intent_of_an_earlier_run_is_none_for_this_one_when_its_object_is_seen()
    {
        _journal.Begin(Order, StepAction.Create, _clock.Date.AddMinutes(-1));
        Assert.Equal([Order], _intents.Open.Keys);
        SeenAfter(TimeSpan.Zero);
        Assert.Empty(_intents.Open);
        // The lists may go back on it for as long as if this run had ordered it.
        Assert.Equal([Order], _journal.Open.Keys);
        Assert.Equal(TimeSpan.FromMinutes(2), _intents.Young());
    }

    /// <summary>However a run ends, it may be repeated within the lag of the lists.</summary>
    [Fact]
    public void A_run_that_ends_leaves_what_lists_may_go_back_on()
    {
        Begin(Order);
        Begin("aws/vpn-connection");
        SeenAfter(TimeSpan.FromMinutes(2));
        _intents.Close();
        Assert.Equal(["aws/vpn-connection", Order], _journal.Open.Keys.Order(StringComparer.Ordinal));
        _clock.Pass(TimeSpan.FromMinutes(1));
        _intents.Close();
        // What it did not see stays: its create may have happened.
        Assert.Equal(["aws/vpn-connection"], _journal.Open.Keys);
    }

    [Fact]
    public void A_date_that_was_set_back_makes_no_order_younger_than_the_run()
    {
        _journal.Begin(Order, StepAction.Create, _clock.Date.AddHours(1));
        SeenAfter(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.FromMinutes(2), _intents.Young());
    }

    private void Begin(string id) => _intents.Begin(id, StepAction.Create, _clock.Date);

    private void SeenAfter(TimeSpan time)
    {
        _clock.Pass(time);
        _intents.End(Order, _clock.Date);
    }

    private sealed class Hand : TimeProvider
    {
        private TimeSpan _passed;

        public DateTimeOffset Date => DateTimeOffset.UnixEpoch.AddYears(56) + _passed;
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _passed += time;
        public override DateTimeOffset GetUtcNow() => Date;
        public override long GetTimestamp() => _passed.Ticks;
    }

    private sealed class Kept : IJournal
    {
        private readonly Dictionary<string, DateTimeOffset> _open = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, DateTimeOffset> Open => _open;

        public void Begin(string id, StepAction action, DateTimeOffset at) => _open[id] = at;

        public void End(string id, DateTimeOffset at) => _open.Remove(id);
    }
}
