using System.Text.Json.Serialization;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Evidence;
using Sealane.Clouds.Http;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Watch;

/// <summary>A link that can be looked at again and again: the living one, or a test's.</summary>
internal interface IWatched
{
    string Name { get; }
    TimeProvider Clock { get; }

    /// <summary>The link's own objects against the spec: few calls, and too little for a verdict.</summary>
    Task<BulkLook> Bulk(CancellationToken ct);

    /// <summary>The same, from less where that is enough to see that nothing has changed. It may only take a verdict
    /// away.</summary>
    Task<BulkLook> Glance(CancellationToken ct) => Bulk(ct);

    /// <summary>All evidence, everybody's objects: what <c>verify</c> reads.</summary>
    Task<Verified> Full(CancellationToken ct);

    /// <summary>What the clouds announce, of the objects that the last bulk look saw.</summary>
    Task<Announcements> Announced(CancellationToken ct);

    /// <summary>How often each cloud was called so far.</summary>
    CallCount Calls { get; }
}

/// <summary>One of the link's own objects, as a bulk look shows it.</summary>
/// <param name="State">The vendor's word; null: absent.</param>
/// <param name="Differences">From the spec; never a secret.</param>
/// <param name="Means">What follows from the differences, in words.</param>
internal sealed record ObjectLook(
    string? State, bool IsReady, IReadOnlyList<string> Differences, string Means, DateTimeOffset? BoundUntil)
{
    public bool SameAs(ObjectLook other) => State == other.State && Differences.SequenceEqual(other.Differences);
}

/// <summary>What a bulk look could see: an object that a silent cloud hides is not in it.</summary>
internal sealed record BulkLook(IReadOnlyDictionary<string, ObjectLook> Objects, IReadOnlyList<Cloud> Silent)
{
    /// <summary>How much older than this look the listing is that it rests on; zero: it asked for itself.</summary>
    [JsonIgnore]
    public TimeSpan Age { get; init; }

    /// <summary>Objects that are not as they were in an earlier look, of those that both saw.</summary>
    public IReadOnlyList<string> ChangedSince(BulkLook earlier) =>
    [
        .. Objects.Where(now => earlier.Objects.TryGetValue(now.Key, out var then) && !now.Value.SameAs(then))
            .Select(now => now.Key).Order(StringComparer.Ordinal),
    ];
}

/// <summary>The living link of a session, read as <c>verify</c> and <c>status</c> read it.</summary>
internal sealed class LinkUnderWatch(LinkSession link) : IWatched
{
    private LinkSurvey _seen = new(new(), []);

    public string Name => link.Design.Name;
    public TimeProvider Clock => link.Clock;

    /// <summary>What the last bulk look saw.</summary>
    public Known Seen => _seen.Known;

    /// <summary>Nothing hid from the last bulk look.</summary>
    public bool SawAll => _seen.Unread.Count == 0;

    public CallCount Calls => link.Calls;

    public Task<Verified> Full(CancellationToken ct) => Verifying.Once(link, ct);

    public async Task<BulkLook> Bulk(CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(link.Clock);
        using var look = link.Reach.Look.Begin();
        _seen = await LinkSurvey.Take(link.Graph, ct).ConfigureAwait(false);
        return Of(_seen, Plan.Of(link.Graph, _seen.Known));
    }

    /// <summary>Looks at one object anew; the others are as they were. What hides is not remembered as
    /// hidden.</summary>
    /// <param name="one">Null: none.</param>
    public async Task<BulkLook> Again(Resource? one, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(link.Clock);
        using var look = link.Reach.Look.Begin();
        var seen = await LinkSurvey.Take(link.Graph, ct, before: _seen, again: one).ConfigureAwait(false);
        _seen = seen.Unread.Count == 0 ? seen : _seen;
        return Of(seen, Plan.Of(link.Graph, seen.Known));
    }

    public async Task<Announcements> Announced(CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(link.Clock);
        return await new AnnouncementReader(link.Design, link.Reach.Aws, link.Reach.Megaport).Read(_seen, ct)
            .ConfigureAwait(false);
    }

    /// <summary>What hangs on something unread cannot be compared, and says nothing either way.</summary>
    private static BulkLook Of(LinkSurvey survey, Plan plan)
    {
        var unread = survey.Unread.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return new(plan.Steps
            .Where(step => !unread.Contains(step.Id) && !step.Resource.Retires
                && !plan.Graph.Needs(step.Id).Any(unread.Contains))
            .ToDictionary(step => step.Id, step => Of(step, survey.Known[step.Id]), StringComparer.Ordinal),
            survey.Silent);
    }

    private static ObjectLook Of(PlanStep step, Sighting? seen) => new(
        seen?.State, seen?.IsReady == true, step.Change.Differences, Meaning(step), seen?.View.BoundUntil);

    private static string Meaning(PlanStep step)
    {
        var locks = Explain.LockStories.Words(step.Resource.Closes);
        return (locks.Length > 0 ? $"it closes {locks}; " : "") + step.Action switch
        {
            StepAction.Refuse => "apply refuses to touch it",
            StepAction.Replace => $"apply would make it anew; traffic: {step.Change.Traffic}",
            StepAction.Create => "apply would make it",
            StepAction.Wait => "apply would wait for it",
            _ => $"apply puts it back; traffic: {step.Change.Traffic}",
        };
    }
}
