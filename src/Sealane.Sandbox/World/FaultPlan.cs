namespace Sealane.Sandbox.World;

/// <summary>
/// What goes wrong on purpose, and how often. Decided by the world's seed, <see cref="Salt"/> and the number of the
/// request, so that a run with faults repeats exactly. The default plan does nothing.
/// </summary>
public sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();

    /// <summary>Tells several plans over the same world apart.</summary>
    public string Salt { get; init; } = "";

    /// <summary>Share of requests, 0 to 1, that are refused with the vendor's "too many requests", before anything
    /// happens.</summary>
    public double Throttled { get; init; }

    /// <summary>Share of requests that fail with the vendor's 5xx before anything happens.</summary>
    public double ServerErrors { get; init; }

    /// <summary>Share of requests that the cloud carries out and whose reply never arrives.</summary>
    public double LostReplies { get; init; }

    /// <summary>After so many faults nothing goes wrong any more.</summary>
    public int AtMost { get; init; } = int.MaxValue;

    /// <summary>Only requests that satisfy this can be hit.</summary>
    public Func<WireRequest, bool> Only { get; init; } = _ => true;
}

/// <summary>Counts requests through a <see cref="FaultPlan"/> and says what happens to each.</summary>
internal sealed class FaultDraw(SandboxWorld world, FaultPlan plan)
{
    private long _requests;
    private int _faults;

    /// <summary>What happens to this request; <c>LostReply</c> is true when it is carried out and not
    /// answered.</summary>
    public (Fault? Refusal, bool LostReply) Next(WireRequest request)
    {
        if (plan.Throttled + plan.ServerErrors + plan.LostReplies <= 0 || _faults >= plan.AtMost || !plan.Only(request))
        {
            return (null, false);
        }
        var chance = world.Chance($"fault/{plan.Salt}/{_requests++}");
        (Fault? Refusal, bool LostReply) drawn =
            chance < plan.Throttled ? (Fault.Throttled, false)
            : chance < plan.Throttled + plan.ServerErrors ? (Fault.ServerError, false)
            : (null, chance < plan.Throttled + plan.ServerErrors + plan.LostReplies);
        _faults += drawn is (null, false) ? 0 : 1;
        return drawn;
    }
}
