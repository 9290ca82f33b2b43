using Sealane.Cli.Output;
using Sealane.Clouds.Announced;

namespace Sealane.Cli.Watch;

/// <summary>What the clouds announce, as things that are watched: each is told when it is new, when it changes, when it
/// is called off, and when it is over.</summary>
internal static class AnnouncedItems
{
    private const string Work = "maintenance ";
    private const string Fault = "outage ";
    private const string NotTold = "announcements ";

    public static bool Is(string id) => id.StartsWith(Work, StringComparison.Ordinal)
        || id.StartsWith(Fault, StringComparison.Ordinal) || id.StartsWith(NotTold, StringComparison.Ordinal);

    /// <param name="proof">The last that all evidence gave; null where there is none, or it is stale.</param>
    public static IEnumerable<WatchItem> Of(Announcements told, Verified? proof, DateTimeOffset now)
    {
        foreach (var one in told.All)
        {
            // What was called off is of no interest after the time at which it would have been over.
            if (!(one.IsCancelled && one.Ends <= now))
            {
                yield return new($"{(one.IsOutage ? Fault : Work)}{AnnouncementText.Name(one.Cloud)} {one.Id}",
                    AnnouncementText.Of(one), [.. Detail(one, proof)]);
            }
        }
        foreach (var cloud in told.Untold.GroupBy(one => one.Cloud))
        {
            yield return new(NotTold + AnnouncementText.Name(cloud.Key), "not known",
                [.. cloud.Select(one => one.Why)
                    .Append("whether work is announced there is not known; the verdict does not depend on it")]);
        }
    }

    private static IEnumerable<string> Detail(Announcement one, Verified? proof) =>
    [
        AnnouncementText.Effect(one, proof),
        .. one.Touches.Select(each => $"{each.ObjectId} is {each.CloudId}"),
        .. one.Says,
    ];
}
