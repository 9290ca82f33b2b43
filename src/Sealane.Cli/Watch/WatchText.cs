using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;

namespace Sealane.Cli.Watch;

/// <summary>Changes as a person reads them and as programs do: the same members in lines, in JSON lines and in what a
/// webhook is sent.</summary>
internal static class WatchText
{
    public const int FormatVersion = 1;

    /// <summary>Of a change that has many reasons, as many as fit a screen.</summary>
    private const int DetailsShown = 6;

    public static void Write(TextWriter output, WatchEvent change)
    {
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{change.At:yyyy-MM-dd HH:mm:ss}Z  {change.Link}  "
            + $"{change.Id}: {Change(change)}{Age(change)}"));
        foreach (var detail in change.Detail.Where(line => line.Length > 0).Take(DetailsShown))
        {
            output.Line(ShortIds.In($"    {detail}"));
        }
        if (change.Detail.Count > DetailsShown)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"    and {change.Detail.Count - DetailsShown} more"));
        }
    }

    public static JsonObject Json(WatchEvent change) => new()
    {
        ["formatVersion"] = FormatVersion,
        ["event"] = "change",
        ["link"] = change.Link,
        ["number"] = change.Number,
        ["at"] = Time(change.At),
        ["id"] = change.Id,
        ["was"] = change.Was,
        ["is"] = change.Is,
        ["detail"] = new JsonArray([.. change.Detail.Select(line => (JsonNode)line)]),
        ["evidenceFrom"] = change.EvidenceFrom is { } from ? Time(from) : null,
        ["evidenceAgeSeconds"] = change.EvidenceFrom is { } oldest
            ? Math.Round((change.At - oldest).TotalSeconds) : null,
    };

    /// <summary>The last line: how it stands, and what it took to know.</summary>
    public static JsonObject End(string link, DateTimeOffset at, WatchFigures figures, JsonObject calls) => new()
    {
        ["formatVersion"] = FormatVersion,
        ["event"] = "end",
        ["link"] = link,
        ["at"] = Time(at),
        ["verdict"] = figures.Verdict,
        ["evidenceFrom"] = figures.EvidenceFrom is { } from ? Time(from) : null,
        ["sweeps"] = new JsonObject
        {
            ["full"] = figures.Full,
            ["bulk"] = figures.BulkOnly,
            ["failed"] = figures.Failed,
        },
        ["calls"] = calls,
    };

    public static string End(string link, DateTimeOffset at, WatchFigures figures) => string.Create(
        CultureInfo.InvariantCulture, $"{link}: {figures.Verdict}"
        + $"{(figures.EvidenceFrom is { } from ? $", oldest evidence {Durations.Words(at - from)} old" : "")}; "
        + $"{figures.Full} times read whole, {figures.BulkOnly} times the link's own objects, {figures.Failed} in "
        + $"vain");

    private static string Change(WatchEvent change) => change switch
    {
        { Was: null } => ShortIds.In(change.Is!),
        { Is: null } => ShortIds.In($"no more (was: {change.Was})"),
        _ => ShortIds.In($"{change.Was} → {change.Is}"),
    };

    private static string Age(WatchEvent change) => change.Id == WatchItems.Verdict && change.EvidenceFrom is { } from
        ? $" (oldest evidence {Durations.Words(change.At - from)} old)" : "";

    private static string Time(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
