namespace Sealane.Core.Routing;

/// <summary>How many mistakes stand between a direction and a clear path.</summary>
/// <param name="Count">
/// The fewest changes of the stated set that open a path; 0: it is open; null: no set of up to <see cref="LockSearch.Bound"/>
/// changes does.
/// </param>
/// <param name="Changes">One such set, in words.</param>
public sealed record LockCount(int? Count, IReadOnlyList<string> Changes)
{
    public override string ToString() => Count is { } count ? $"{count}" : $"more than {LockSearch.Bound}";
}

/// <summary>
/// The smallest set of changes that opens a path. Every closed set that cannot grow leaves a remainder of which an opening
/// set must hold at least one change; the smallest set that meets all remainders is tried, and is either open, and then
/// smallest, or grows into a further closed set. This needs that a change never closes what others opened, which the tests
/// compare with trying every set.
/// </summary>
public sealed class LockSearch(int changes, Func<bool[], bool> isOpen)
{
    /// <summary>Four locks and one more.</summary>
    public const int Bound = 5;

    private readonly List<int[]> _remainders = [];

    /// <summary>Indexes of one smallest opening set, or null.</summary>
    public List<int>? Smallest()
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
            for (var i = 0; i < changes; i++)
            {
                if (!set[i])
                {
                    set[i] = true;
                    set[i] = !isOpen(set);
                }
            }
            _remainders.Add([.. Enumerable.Range(0, changes).Where(i => !set[i])]);
            if (_remainders[^1].Length == 0)
            {
                return null;
            }
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
