namespace Sealane.Service.Accounts;

/// <summary>The way to the account grains, wherever they are. Where one does not answer, a link does without it: it
/// asks the clouds itself, whose own limits are still there.</summary>
internal sealed class AllAccounts(IGrainFactory grains, ServeOptions options)
{
    /// <summary>Looks that are taken at once in this process: they wait for clouds most of the time, but after a start
    /// all links are looked at whole, and a silo that has no time left is dead to the others.</summary>
    public SemaphoreSlim Looks { get; } = new(16 * Environment.ProcessorCount);

    /// <summary>How old a listing may be that a bulk look rests on: a few readings serve all links of an account for an
    /// interval.</summary>
    public TimeSpan Most { get; } = options.Pace.Bulk / 4;

    public IAccountGrain Grain(string account) => grains.GetGrain<IAccountGrain>(account);

    public async Task<Listed?> Ask(string link, string account, string[] marks, TimeSpan most)
    {
        try
        {
            return await Grain(account).Listed(link, marks, most).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Takes calls of several accounts, and waits until all are there.</summary>
    public async Task Take(IReadOnlyDictionary<string, int> calls, bool waits, CancellationToken ct)
    {
        var wait = TimeSpan.Zero;
        foreach (var (account, number) in calls.Where(each => each.Value != 0))
        {
            try
            {
                var more = await Grain(account).Take(number, waits).ConfigureAwait(false);
                wait = more > wait ? more : wait;
            }
            catch (Exception error) when (error is OrleansException or TimeoutException)
            {
                // The vendor's own limit is still there.
            }
        }
        if (waits && wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, ct).ConfigureAwait(false);
        }
    }
}
