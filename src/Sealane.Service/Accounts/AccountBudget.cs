namespace Sealane.Service.Accounts;

/// <summary>How many calls a vendor takes: a bucket of so many, refilled at so many a second.</summary>
internal sealed record CallRate(int Most, double PerSecond)
{
    /// <summary>
    /// Published for EC2's reading calls (100, 20 a second; half of that, for others call there too) and for Azure's
    /// reads (250, 25 a second). Direct Connect's is not published. Megaport's documentation says 500 calls in five
    /// minutes for an address; whether that is enforced is not known.
    /// </summary>
    /// <returns>Null: none is known, as where the address is not the vendor's own.</returns>
    public static CallRate? Of(string account) => account.Contains('@', StringComparison.Ordinal) ? null
        : account.Split('/') switch
        {
            ["megaport", ..] => new(500, 500 / 300.0),
            ["azure", ..] => new(250, 25),
            [_, _, _, "ec2" or "directconnect"] => new(50, 10),
            _ => null,
        };
}

/// <summary>
/// The calls that all links of one account have together. Looks take what they will need before they begin, and wait
/// for it; a run takes as it goes and never waits for looks, which then wait longer. When the vendor says that there
/// were too many, nobody calls until the time that it named is over.
/// </summary>
internal sealed class AccountBudget(CallRate? rate, TimeProvider clock)
{
    /// <summary>Where the vendor names no time; doubled each time until a while passes without.</summary>
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Last = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private double _left = rate?.Most ?? 0;
    private long _at = clock.GetTimestamp();
    private (long From, TimeSpan For)? _held;

    /// <summary>How often the vendor put calls off.</summary>
    public int PutOffs { get; private set; }

    /// <returns>How long to wait before they are made.</returns>
    public TimeSpan Take(int calls, bool waits)
    {
        lock (_gate)
        {
            var held = _held is var (from, time) ? time - clock.GetElapsedTime(from) : TimeSpan.Zero;
            var wait = held > TimeSpan.Zero ? held : TimeSpan.Zero;
            if (rate is null)
            {
                return wait;
            }
            _left = Math.Min(rate.Most, _left + (clock.GetElapsedTime(_at).TotalSeconds * rate.PerSecond)) - calls;
            _at = clock.GetTimestamp();
            var missing = waits && _left < 0 ? TimeSpan.FromSeconds(-_left / rate.PerSecond) : TimeSpan.Zero;
            return missing > wait ? missing : wait;
        }
    }

    /// <param name="after">The vendor's word; null: none.</param>
    public void PutOff(TimeSpan? after)
    {
        lock (_gate)
        {
            PutOffs++;
            var left = TimeSpan.Zero;
            var usual = First;
            if (_held is var (from, before))
            {
                left = before - clock.GetElapsedTime(from);
                // Of what was in flight together, the first alone counts.
                usual = left > TimeSpan.Zero ? left : clock.GetElapsedTime(from) < Last * 2 ? before * 2 : First;
            }
            var time = after ?? (usual < Last ? usual : Last);
            if (time > left)
            {
                _held = (clock.GetTimestamp(), time);
            }
        }
    }
}
