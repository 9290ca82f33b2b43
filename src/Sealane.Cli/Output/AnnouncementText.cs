using System.Globalization;
using Sealane.Clouds.Announced;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Output;

/// <summary>An announcement in words.</summary>
internal static class AnnouncementText
{
    public static string Name(Cloud cloud) => cloud == Cloud.Aws ? "AWS" : $"{cloud}";

    /// <summary>With whose it is and its number, for a sentence.</summary>
    public static string Whole(Announcement one) =>
        $"{Name(one.Cloud)} {(one.IsOutage ? "outage" : "maintenance")} {one.Id} ({Of(one)})";

    /// <summary>State, times in UTC, and the link's objects: what makes two announcements different.</summary>
    public static string Of(Announcement one) => $"{one.State}, {Times(one)}, on "
        + string.Join(", ", one.Touches.Select(each => each.ObjectId));

    /// <summary>Whether redundancy is left.</summary>
    public static string Effect(Announcement one, Verified? proof) => one.IsCancelled ? "it does not take place"
        : proof?.CarriesWithout([.. one.Lost]) switch
        {
            true => "without what it touches the rest of the link carries, by its proof",
            false => "NOTHING ELSE CARRIES without what it touches: expect an outage",
            _ => "whether the rest of the link carries without what it touches is not known",
        };

    private static string Times(Announcement one) => (one.Begins, one.Ends) switch
    {
        ({ } begins, { } ends) => $"{Time(begins)} to {Time(ends)} UTC",
        ({ } begins, null) when one.IsOutage => $"since {Time(begins)} UTC",
        ({ } begins, null) => $"at some moment after {Time(begins)} UTC",
        (null, { } ends) => $"until {Time(ends)} UTC",
        _ => "no moment is named",
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
