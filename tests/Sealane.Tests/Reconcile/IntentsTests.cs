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
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddYears(56);

    private readonly Kept _journal = new();
    private readonly Intents _intents;

    public IntentsTests() => _intents = new(_journal, _ => Lag);

    [Fact]
    public void A_young_order_that_was_seen_is_open_for_the_next_run_and_not_for_this_one()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.End(Order, Start.AddMinutes(1));
        Assert.Empty(_intents.Open);
        Assert.Equal([Order], _journal.Open);
    }

    [Fact]
    public void An_order_that_has_outlived_the_lag_of_the_lists_is_closed_when_it_is_seen()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.End(Order, Start + Lag);
        Assert.Empty(_journal.Open);
    }

    [Fact]
    public void A_young_order_that_is_seen_again_later_is_closed()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.End(Order, Start.AddMinutes(1));
        _intents.End(Order, Start + Lag);
        Assert.Empty(_journal.Open);
    }

    [Fact]
    public void A_run_that_is_done_leaves_nothing_of_what_it_saw()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.Begin("aws/vpn-connection", StepAction.Create, Start);
        _intents.End(Order, Start.AddMinutes(1));
        _intents.Close(Start.AddMinutes(2), done: true);
        // What it did not see stays: its create may have happened.
        Assert.Equal(["aws/vpn-connection"], _journal.Open);
    }

    [Fact]
    public void What_is_begun_again_is_open_again()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.End(Order, Start.AddMinutes(1));
        _intents.Begin(Order, StepAction.Replace, Start.AddMinutes(2));
        Assert.Equal([Order], _intents.Open);
    }

    [Fact]
    public void An_intent_of_an_earlier_run_is_none_for_this_one_when_its_object_is_seen()
    {
        _journal.Begin(Order, StepAction.Create, Start);
        Assert.Equal([Order], _intents.Open);
        _intents.End(Order, Start.AddSeconds(1));
        Assert.Empty(_intents.Open);
        // Nobody knows here when it was begun: the lists may go back on it for as long as on a new one.
        Assert.Equal([Order], _journal.Open);
        _intents.End(Order, Start.AddSeconds(1) + Lag);
        Assert.Empty(_journal.Open);
    }

    /// <summary>A run that fails a minute after an order is repeated within the lag of the lists.</summary>
    [Fact]
    public void A_run_that_fails_or_is_stopped_leaves_what_lists_may_go_back_on()
    {
        _intents.Begin(Order, StepAction.Create, Start);
        _intents.End(Order, Start.AddMinutes(1));
        _intents.Close(Start.AddMinutes(2), done: false);
        Assert.Equal([Order], _journal.Open);
        Assert.True(_intents.MayBeUnlisted);
        _intents.Close(Start + Lag, done: false);
        Assert.False(_intents.MayBeUnlisted);
    }

    private sealed class Kept : IJournal
    {
        private readonly HashSet<string> _open = new(StringComparer.Ordinal);

        public IReadOnlySet<string> Open => _open;

        public void Begin(string id, StepAction action, DateTimeOffset at) => _open.Add(id);

        public void End(string id, DateTimeOffset at) => _open.Remove(id);
    }
}
