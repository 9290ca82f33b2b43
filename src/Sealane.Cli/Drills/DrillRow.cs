using System.Text.Json.Nodes;
using Sealane.Clouds.Drills;

namespace Sealane.Cli.Drills;

/// <summary>How the drill of one element ended.</summary>
internal enum DrillResult
{
    /// <summary>It was seen to be down, and the rest carried in every look.</summary>
    Held,

    /// <summary>As agreed to beforehand: nothing else could carry.</summary>
    Outage,

    /// <summary>It was failed, and no look saw it down: nothing is proved.</summary>
    NotSeen,

    /// <summary>Nothing else carried, against the proof: given back at once.</summary>
    Lost,

    /// <summary>The clouds stopped telling whether anything carries: given back at once.</summary>
    Blind,

    /// <summary>The cloud did not take the call.</summary>
    Refused,

    /// <summary>Given back, and the link is not as it was before.</summary>
    NotWhole,

    /// <summary>It could not be given back.</summary>
    NotRestored,

    /// <summary>Stopped by the user, and given back.</summary>
    Interrupted,
}

/// <summary>What one element's failure showed.</summary>
internal sealed class DrillRow(DrillElement element, bool carried)
{
    public DrillElement Element => element;

    /// <summary>By its proof, without the element.</summary>
    public bool Carried => carried;

    /// <summary>Announced work because of which the rest cannot be relied on now; null where there is none.</summary>
    public string? Against { get; init; }
    public DrillResult Result { get; set; }

    /// <summary>What is wrong; null where nothing is.</summary>
    public string? Why { get; set; }
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>Until a look saw it.</summary>
    public TimeSpan? SeenDown { get; set; }
    public int Looks { get; set; }

    /// <summary>Looks in which every flow arrived inside ESP without the element.</summary>
    public int LooksCarried { get; set; }

    /// <summary>Between two looks: what is shorter can have been missed.</summary>
    public TimeSpan LongestGap { get; set; }

    /// <summary>That nothing was carried, by the probe, or by the simulated world itself; null: nobody
    /// counted.</summary>
    public TimeSpan? Loss { get; set; }
    public DateTimeOffset? RestoredAt { get; set; }

    /// <summary>From the call that gives it back (or that failed it, where it comes back by itself) until the link was
    /// as before.</summary>
    public TimeSpan? Whole { get; set; }

    /// <summary>A directory with what the last look without the element was made of.</summary>
    public string? Evidence { get; set; }

    /// <summary>Whether the loss ended as fast as a silent death would be noticed; null where nothing was counted, or
    /// an outage was agreed to.</summary>
    public bool? LossAsPredicted => Carried && Loss is { } loss ? loss.TotalSeconds <= Element.Timers.Hold : null;

    public bool IsGood => Result is DrillResult.Held or DrillResult.Outage;

    public JsonObject ToJson() => new()
    {
        ["element"] = Element.Id,
        ["means"] = Element.Means,
        ["wayBack"] = Element.WayBack,
        ["carriesWithout"] = Carried,
        ["announcedAgainst"] = Against,
        ["predicted"] = Predicted(Element),
        ["result"] = FailedAt is null && Why is null ? "planned" : Word(Result),
        ["why"] = Why,
        ["failedAt"] = FailedAt,
        ["seenDownAfterSeconds"] = Seconds(SeenDown),
        ["looks"] = Looks,
        ["looksCarried"] = LooksCarried,
        ["longestGapSeconds"] = Seconds(LongestGap),
        ["lossSeconds"] = Seconds(Loss),
        ["lossAsPredicted"] = LossAsPredicted,
        ["restoredAt"] = RestoredAt,
        ["wholeAfterSeconds"] = Seconds(Whole),
        ["evidence"] = Evidence,
    };

    public static string Word(DrillResult result) => result switch
    {
        DrillResult.Held => "held",
        DrillResult.Outage => "outage",
        DrillResult.NotSeen => "not seen",
        DrillResult.Lost => "lost",
        DrillResult.Blind => "blind",
        DrillResult.Refused => "refused",
        DrillResult.NotWhole => "not whole",
        DrillResult.NotRestored => "not restored",
        _ => "interrupted",
    };

    private static JsonObject Predicted(DrillElement element) => new()
    {
        ["withBfdSeconds"] = element.HasBfd ? Core.Design.SessionTimers.BfdSeconds : null,
        ["silentFromSeconds"] = element.Timers.SilentFrom,
        ["silentToSeconds"] = element.Timers.Hold,
    };

    private static double? Seconds(TimeSpan? time) => time is { } some ? Math.Round(some.TotalSeconds, 3) : null;
}
