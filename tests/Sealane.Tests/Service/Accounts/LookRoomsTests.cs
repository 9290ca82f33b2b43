using Sealane.Service.Accounts;

namespace Sealane.Tests.Service.Accounts;

/// <summary>Which looks wait for which.</summary>
public sealed class LookRoomsTests : IDisposable
{
    private readonly LookRooms _rooms = new(1, 1);

    public void Dispose() => _rooms.Dispose();

    private Task<IDisposable> Enter(string kind, SemaphoreSlim turn) =>
        _rooms.Enter(kind, turn, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_bulk_look_does_not_stand_behind_full_ones()
    {
        var first = await Enter("full", new(1));
        var second = Enter("full", new(1));
        using var bulk = await Enter("bulk", new(1));
        Assert.False(second.IsCompleted);
        first.Dispose();
        (await second).Dispose();
    }

    /// <summary>A run takes the turn of its link for as long as it works.</summary>
    [Fact]
    public async Task A_look_that_waits_for_room_holds_up_no_run()
    {
        var turn = new SemaphoreSlim(1);
        var other = await Enter("full", new(1));
        var waits = Enter("full", turn);
        Assert.True(await turn.WaitAsync(0, TestContext.Current.CancellationToken));
        turn.Release();
        other.Dispose();
        using var look = await waits;
        Assert.False(await turn.WaitAsync(0, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_look_that_waits_for_a_run_holds_up_no_other_link()
    {
        var turn = new SemaphoreSlim(0);
        var waits = Enter("full", turn);
        (await Enter("full", new(1))).Dispose();
        Assert.False(waits.IsCompleted);
        turn.Release();
        (await waits).Dispose();
        Assert.Equal(1, turn.CurrentCount);
    }

    [Fact]
    public async Task One_that_is_broken_off_leaves_its_room()
    {
        using var stop = new CancellationTokenSource();
        var waits = _rooms.Enter("full", new SemaphoreSlim(0), stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits);
        (await Enter("full", new(1))).Dispose();
    }
}
