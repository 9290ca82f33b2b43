using Sealane.Core.Reconcile;

namespace Sealane.Service.Accounts;

/// <summary>What a listing says of a link's marks.</summary>
/// <param name="Digests">One a mark, in their order.</param>
/// <param name="Age">How long before the answer the reading began.</param>
/// <param name="Shown">Operations whose objects are in it.</param>
/// <param name="Trouble">Why there is none; null: there is one.</param>
[GenerateSerializer]
internal sealed record Listed(
    [property: Id(0)] ulong[] Digests, [property: Id(1)] TimeSpan Age, [property: Id(2)] string[] Shown,
    [property: Id(3)] string? Trouble);

/// <summary>A listing that many ask for: one reads, and whoever asks meanwhile gets the same answer. How old it is goes
/// with it.</summary>
/// <param name="read">Throws <see cref="CloudError"/> where nothing could be read.</param>
internal sealed class SharedListing(Func<CancellationToken, Task<ListingIndex>> read, TimeProvider clock)
{
    /// <summary>So long a reading is waited for, by all together: whoever asks later does without at once.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Reading? _last;
    private Task? _reading;
    private long _since;

    /// <summary>How often it was read.</summary>
    public int Reads { get; private set; }

    /// <param name="most">The age up to which it will do: one that was read before is not asked for again.</param>
    public async Task<Listed> Of(IReadOnlyList<string> marks, TimeSpan most, CancellationToken ct)
    {
        var asked = clock.GetTimestamp();
        while (true)
        {
            Task reading;
            TimeSpan left;
            lock (_gate)
            {
                if (_last is { } last && (clock.GetElapsedTime(last.Began) <= most || last.Began >= asked))
                {
                    return new([.. marks.Select(mark => last.Index?.Of(mark) ?? 0)],
                        clock.GetElapsedTime(last.Began), [.. last.Index?.Shown ?? []], last.Trouble);
                }
                _since = _reading is null ? clock.GetTimestamp() : _since;
                reading = _reading ??= Task.Run(Read, CancellationToken.None);
                left = Patience - clock.GetElapsedTime(_since);
            }
            try
            {
                await reading.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, clock, ct).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                return new([], clock.GetElapsedTime(_since), [], "it is being read for longer than is waited for");
            }
        }
    }

    private async Task Read()
    {
        var began = clock.GetTimestamp();
        Reading? last = null;
        try
        {
            last = new(await read(CancellationToken.None).ConfigureAwait(false), began, null);
        }
        catch (Exception error) when (error is CloudError or UsageError or HttpRequestException or IOException)
        {
            // An answer too: not everybody asks a cloud that is unwell for himself.
            last = new(null, began, error is CloudError cloud ? cloud.Describe() : error.Message);
        }
        finally
        {
            lock (_gate)
            {
                (_reading, _last) = (null, last ?? _last);
                Reads++;
            }
        }
    }

    private sealed record Reading(ListingIndex? Index, long Began, string? Trouble);
}
