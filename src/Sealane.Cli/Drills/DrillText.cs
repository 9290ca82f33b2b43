using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;
using Sealane.Core.Design;

namespace Sealane.Cli.Drills;

/// <summary>What is to be failed, what happens, and what it showed.</summary>
internal static class DrillText
{
    private const int FormatVersion = 1;

    public static void WritePlan(LinkOptions options, string name, DrillWishes wishes, IReadOnlyList<DrillRow> rows)
    {
        if (options.Format == "json")
        {
            return;
        }
        var output = Console.Out;
        output.Line($"{name}: {Count(rows.Count)} to be failed, one after the other, each for "
            + $"{Durations.Words(wishes.Hold)} or until it is back by itself");
        var width = rows.Max(row => row.Element.Id.Length);
        foreach (var (number, row) in rows.Index())
        {
            output.WriteLine();
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"  {number + 1,2}  {row.Element.Id.PadRight(width)}  {Impact(row)}"));
            output.Line($"        failed by   {row.Element.Means}");
            output.Line($"        given back  {row.Element.WayBack}");
            output.Line($"        predicted   {Predicted(row.Element)}");
        }
        output.WriteLine();
    }

    public static void WriteBegin(LinkOptions options, int number, int of, DrillElement element)
    {
        if (options.Format != "json")
        {
            Console.Out.Line(string.Create(CultureInfo.InvariantCulture, $"Element {number} of {of}: {element.Id}"));
        }
    }

    /// <param name="at">Since the element was failed.</param>
    public static void WriteEvent(LinkOptions options, TimeSpan at, string what)
    {
        if (options.Format != "json")
        {
            Console.Out.Line($"  {Durations.Clock(at)}  {what}");
        }
    }

    public static void WriteTable(LinkOptions options, IReadOnlyList<DrillRow> rows)
    {
        if (options.Format == "json")
        {
            return;
        }
        var width = rows.Max(row => row.Element.Id.Length);
        var output = Console.Out;
        output.WriteLine();
        output.Line($"{"failed".PadRight(width)}  result        seen down  carried in   loss      as before");
        foreach (var row in rows)
        {
            output.Line(string.Create(CultureInfo.InvariantCulture,
                $"{row.Element.Id.PadRight(width)}  {DrillRow.Word(row.Result),-12}  {After(row.SeenDown),-9}  "
                + $"{$"{row.LooksCarried} of {row.Looks}",-11}  {Loss(row),-8}  {After(row.Whole)}"));
        }
        foreach (var row in rows.Where(row => row.Why is not null))
        {
            output.Line($"{row.Element.Id}: {row.Why}");
        }
        output.Line("carried in: looks in which every flow arrived inside ESP without it; up to "
            + $"{Durations.Words(rows.Max(row => row.LongestGap))} lay between two. loss: "
            + (rows.Any(row => row.Loss is not null) ? "counted" : "not counted, --probe does") + ".");
    }

    public static JsonObject Json(
        string name, string result, DrillWishes wishes, IReadOnlyList<DrillRow> rows, JsonObject calls) => new()
        {
            ["formatVersion"] = FormatVersion,
            ["link"] = name,
            ["result"] = result,
            ["holdSeconds"] = wishes.Hold.TotalSeconds,
            ["elements"] = new JsonArray([.. rows.Select(row => (JsonNode)row.ToJson())]),
            ["calls"] = calls,
        };

    /// <summary>What one element's failure showed, on one line.</summary>
    public static string Line(DrillRow row) => row.Why ?? string.Create(CultureInfo.InvariantCulture,
        $"seen down after {After(row.SeenDown)}, carried in {row.LooksCarried} of {row.Looks} looks, loss {Loss(row)}, "
        + $"as before after {After(row.Whole)}");

    /// <summary>What traffic loses that went over the element.</summary>
    public static string Predicted(DrillElement element)
    {
        var silent = string.Create(CultureInfo.InvariantCulture,
            $"{element.Timers.SilentFrom} to {element.Timers.Hold} s where only the hold time does");
        return element.HasBfd
            ? string.Create(CultureInfo.InvariantCulture,
                $"about a second where BGP says so or BFD sees it ({SessionTimers.BfdSeconds} s), {silent}")
            : $"{silent}, at once where BGP or IKE says so";
    }

    public static string Impact(DrillRow row) => row.Against is { } work ? $"NOT NOW: {work}"
        : row.Carried ? "the rest of the link carries, by its proof"
        : "OUTAGE: nothing else carries";

    private static string Count(int elements) => elements == 1 ? "1 element"
        : string.Create(CultureInfo.InvariantCulture, $"{elements} elements");

    private static string After(TimeSpan? time) => time is { } some ? $"{Durations.Minutes(some)} min" : "no";

    private static string Loss(DrillRow row) => row.Loss is { } some
        ? string.Create(CultureInfo.InvariantCulture, $"{some.TotalSeconds:0.0} s") : "-";
}
