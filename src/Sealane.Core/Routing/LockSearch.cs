namespace Sealane.Core.Routing;

/// <summary>How many mistakes stand between a direction and a clear path.</summary>
/// <param name="Count">The fewest changes of the stated set that open a path; 0: it is open; null: no set was
/// found.</param>
/// <param name="Changes">One such set, in words.</param>
/// <param name="Tried">
/// Every set of up to this many changes was tried and is closed, unless it is one of those counted. Count - 1 where
/// the count is certain; less where the network has so many settings that not all sets could be tried.
/// </param>
public sealed record LockCount(int? Count, IReadOnlyList<string> Changes, int Tried)
{
    public override string ToString() => Count is { } count ? $"{count}" : $"more than {Tried}";
}

/// <summary>
/// The smallest set of changes that opens something. First fast: every closed set that cannot grow leaves a remainder
/// of which an opening set must hold a change, so the smallest set that meets all remainders is tried next. That rests
/// on a change never closing what others opened, which a route into nowhere can do; so then all smaller sets are
/// tried, breadth first.
/// </summary>
public sealed class LockSearch(int changes, Func<bool[], bool> isOpen)
{
    /// <summary>Four locks and one more.</summary>
    public const int Bound = 5;

    // Where nothing opens, all sets up to this size are tried, as long as there are not more than this many.
    private const int BlindSize = 3;
    private const int MostSets = 2000;

    private readonly List<int[]> _remainders = [];

    /// <summary>Indexes of a smallest opening set, or null; and the size up to which every set was tried.</summary>
    public (List<int>? Set, int Tried) Smallest()
    {
        var guess = Guess();
        var sets = 1L;
        var size = 0;
        for (var most = (guess?.Count ?? (BlindSize + 1)) - 1; size <= most && sets <= MostSets; size++)
        {
            var found = TryAll(new bool[changes], 0, size);
            if (found is not null)
            {
                return (found, size - 1);
            }
            sets = sets * Math.Max(1, changes - size) / (size + 1);
        }
        return (guess, size - 1);
    }

    private List<int>? TryAll(bool[] set, int from, int left)
    {
        if (left == 0)
        {
            return isOpen(set) ? [.. Enumerable.Range(0, changes).Where(i => set[i])] : null;
        }
        for (var i = from; i <= changes - left; i++)
        {
            set[i] = true;
            if (TryAll(set, i + 1, left - 1) is { } found)
            {
                return found;
            }
            set[i] = false;
        }
        return null;
    }

    private List<int>? Guess()
    {
        while (true)
        {
            List<int>? candidate = null;
            for (var size = 0; size <= Bound && candidate is null; size++)
            {
                candidate = Hit([], size);
            }
            if (candidate is null)
            {
                return null;
            }
            var set = new bool[changes];
            candidate.ForEach(index => set[index] = true);
            if (isOpen(set))
            {
                return candidate;
            }
            Grow(set, [.. Enumerable.Range(0, changes).Where(i => !set[i])]);
            _remainders.Add([.. Enumerable.Range(0, changes).Where(i => !set[i])]);
            if (_remainders[^1].Length == 0)
            {
                return null;
            }
        }
    }

    // Adds what keeps the set closed, in order: half of it at once where the half opens nothing.
    private void Grow(bool[] set, ReadOnlySpan<int> more)
    {
        Set(set, more, true);
        if (more.Length == 0 || !isOpen(set))
        {
            return;
        }
        Set(set, more, false);
        if (more.Length > 1)
        {
            Grow(set, more[..(more.Length / 2)]);
            Grow(set, more[(more.Length / 2)..]);
        }
    }

    private static void Set(bool[] set, ReadOnlySpan<int> indexes, bool value)
    {
        foreach (var index in indexes)
        {
            set[index] = value;
        }
    }

    private List<int>? Hit(List<int> chosen, int left)
    {
        var missed = _remainders.Find(remainder => !remainder.Any(chosen.Contains));
        if (missed is null)
        {
            return chosen;
        }
        if (left > 0)
        {
            foreach (var index in missed)
            {
                if (Hit([.. chosen, index], left - 1) is { } found)
                {
                    return found;
                }
            }
        }
        return null;
    }
}
