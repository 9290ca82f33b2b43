namespace Sealane.Service.Accounts;

/// <summary>The way to the account grains, wherever they are. One that does not answer is done without, which is said
/// here alone: a link then asks the clouds itself, whose own limits are still there.</summary>
internal sealed class AllAccounts(IGrainFactory grains, ServeOptions options)
{
    public LookRooms Looks { get; } = new(32 * Environment.ProcessorCount, 16 * Environment.ProcessorCount);

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
