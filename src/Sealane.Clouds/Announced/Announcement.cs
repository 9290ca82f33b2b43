using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Announced;

/// <summary>An object of the link that an announcement names.</summary>
/// <param name="ObjectId">As the other commands name it: <c>megaport/azure-vxc</c>, <c>aws/vpn-tunnel-1</c>.</param>
/// <param name="CloudId">The vendor's own id of it.</param>
/// <param name="Lost">Ids of the model's network that are gone when it is down.</param>
public sealed record Touched(string ObjectId, string CloudId, IReadOnlyList<string> Lost);

/// <summary>Work or a fault of which a cloud tells, on objects of this link. Texts are the vendor's, of one line's
/// length.</summary>
/// <param name="IsOutage">A fault that is there, and no work that was planned.</param>
/// <param name="Id">The vendor's own, or that of the object where it gives none.</param>
/// <param name="State">In the vendor's word: <c>Scheduled</c>, <c>Running</c>, <c>Cancelled</c>,
/// <c>Ongoing</c>.</param>
/// <param name="Begins">Null where the cloud names no moment.</param>
/// <param name="Ends">The same.</param>
/// <param name="Says">What the vendor says of it besides.</param>
public sealed record Announcement(
    Cloud Cloud, bool IsOutage, string Id, string State, DateTimeOffset? Begins, DateTimeOffset? Ends,
    IReadOnlyList<string> Says, IReadOnlyList<Touched> Touches)
{
    /// <summary>Whoever works begins early or late: from so long before the moment on it counts as begun.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(1);

    public bool IsCancelled => State.Equals("Cancelled", StringComparison.OrdinalIgnoreCase);

    private bool IsUnderWay => IsOutage || State.Equals("Running", StringComparison.OrdinalIgnoreCase);

    /// <summary>Ids of the model's network that can be gone because of it.</summary>
    public IEnumerable<string> Lost => Touches.SelectMany(one => one.Lost);

    /// <summary>
    /// Whether what it touches can be down at some moment between these two. What is under way lasts until the cloud
    /// says otherwise, whatever end it has announced; what names no beginning can begin at any moment.
    /// </summary>
    public bool MayCutBetween(DateTimeOffset from, DateTimeOffset until) => !IsCancelled
        && (IsUnderWay || ((Begins is null || Begins - Early <= until) && (Ends is null || Ends > from)));
}

/// <summary>A cloud that did not tell what it announces: that is not known then, and not nothing.</summary>
/// <param name="Why">Which question, and what the cloud said instead of an answer.</param>
public sealed record Untold(Cloud Cloud, Evidence.Answer Answer, string Why)
{
    /// <summary>One row of an answer says too little; the rest of it was read.</summary>
    public bool IsOneRow { get; init; }
}

/// <summary>What the clouds announce about one link.</summary>
public sealed record Announcements(IReadOnlyList<Announcement> All, IReadOnlyList<Untold> Untold)
{
    public static Announcements None { get; } = new([], []);

    /// <summary>With what was known before of clouds that did not tell now.</summary>
    public Announcements After(Announcements before) => this with
    {
        All =
        [
            .. All,
            .. before.All.Where(old => Untold.Any(one => one.Cloud == old.Cloud && !one.IsOneRow)
                && All.All(one => (one.Cloud, one.IsOutage, one.Id) != (old.Cloud, old.IsOutage, old.Id))),
        ],
    };
}
