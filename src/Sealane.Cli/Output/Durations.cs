using System.Globalization;

namespace Sealane.Cli.Output;

/// <summary>Durations as people read them.</summary>
internal static class Durations
{
    /// <summary><c>42 s</c>, <c>4 min 10 s</c>, <c>1 h 05 min</c>.</summary>
    public static string Words(TimeSpan time) =>
        time.TotalSeconds < 60 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s")
        : time.TotalMinutes < 60 ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min "
            + $"{time.Seconds:00} s")
        : string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min");

    /// <summary><c>0:04:10</c>, for columns.</summary>
    public static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");

    /// <summary><c>4:10</c>, for narrow columns and less than an hour.</summary>
    public static string Minutes(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes}:{time.Seconds:00}");
}
