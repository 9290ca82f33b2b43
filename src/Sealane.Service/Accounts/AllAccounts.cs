namespace Sealane.Service.Accounts;

/// <summary>The way to the account grains, wherever they are. One that does not answer is done without, which is said
/// here alone: a link then asks the clouds itself, whose own limits are still there.</summary>
internal sealed class AllAccounts(IGrainFactory grains, ServeOptions options)
{
    private readonly SemaphoreSlim _full = new(32 * Environment.ProcessorCount);
    private readonly SemaphoreSlim _bulk = new(16 * Environment.ProcessorCount);

    /// <summary>Looks that are taken at once in this process: they wait for clouds most of the time, but after a start
    /// all links are looked at whole, and a silo that has no time left is dead to the others. A bulk look, which takes
    /// a verdict away, does not stand behind all of these.</summary>
    public SemaphoreSlim Room(string kind) => kind == "full" ? _full : _bulk;

    /// <summary>How old a listing may be that a bulk look rests on: a few readings serve all links of an account for an
    /// interval.</summary>
    public TimeSpan Most { get; } = options.Pace.Bulk / 4;

    /// <returns>What the account's grain answers, or what there is without it.</returns>
    public async Task<T> Of<T>(string account, Func<IAccountGrain, Task<T>> ask, T without)
    {
        try
        {
            return await ask(grains.GetGrain<IAccountGrain>(account)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            return without;
        }
    }

    /// <returns>Null: no listing can be had.</returns>
    public Task<Listed?> Ask(string link, string account, string[] marks, TimeSpan most) =>
        Of(account, async grain => (Listed?)await grain.Listed(link, marks, most).ConfigureAwait(false), null);

    /// <returns>How long to wait before so many calls are made.</returns>
    public Task<TimeSpan> Take(string account, int calls, bool waits) =>
        Of(account, grain => grain.Take(calls, waits), TimeSpan.Zero);

    /// <summary>The vendor said that there were too many calls.</summary>
    public Task PutOff(string account, TimeSpan? after) => Of(account, async grain =>
    {
        await grain.PutOff(after).ConfigureAwait(false);
        return true;
    }, false);

    /// <summary>Takes calls of several accounts, and waits until all are there.</summary>
    public async Task Take(IReadOnlyDictionary<string, int> calls, bool waits, CancellationToken ct)
    {
        var wait = TimeSpan.Zero;
        foreach (var (account, number) in calls.Where(each => each.Value != 0))
        {
            var more = await Take(account, number, waits).ConfigureAwait(false);
            wait = more > wait ? more : wait;
        }
        if (waits && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, ct).ConfigureAwait(false);
        }
    }
}
