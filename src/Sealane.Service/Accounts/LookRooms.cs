namespace Sealane.Service.Accounts;

/// <summary>Looks that are taken at once in this process: they wait for clouds most of the time, but after a start all
/// links are looked at whole, and a silo that has no time left is dead to the others.</summary>
internal sealed class LookRooms(int full, int others) : IDisposable
{
    private readonly SemaphoreSlim _full = new(full);
    private readonly SemaphoreSlim _others = new(others);

    /// <summary>Waits for room and for the link's turn, and for neither while it has the other: a run goes before a
    /// look that waits for room, and other links are looked at before one that waits for a run. A bulk look, which
    /// takes a verdict away, does not stand behind full ones.</summary>
    /// <returns>Gives back both.</returns>
    public async Task<IDisposable> Enter(string kind, SemaphoreSlim turn, CancellationToken ct)
    {
        var room = kind == "full" ? _full : _others;
        while (true)
        {
            await room.WaitAsync(ct).ConfigureAwait(false);
            if (await turn.WaitAsync(0, CancellationToken.None).ConfigureAwait(false))
            {
                return new Both(room, turn);
            }
            room.Release();
            await turn.WaitAsync(ct).ConfigureAwait(false);
            turn.Release();
        }
    }

    public void Dispose()
    {
        _full.Dispose();
        _others.Dispose();
    }

    private sealed class Both(SemaphoreSlim room, SemaphoreSlim turn) : IDisposable
    {
        public void Dispose()
        {
            room.Release();
            turn.Release();
        }
    }
}
