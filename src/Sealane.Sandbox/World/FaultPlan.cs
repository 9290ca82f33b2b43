namespace Sealane.Sandbox.World;

/// <summary>What can happen to one request on its way.</summary>
internal enum Trouble
{
    None,

    /// <summary>Refused with the vendor's "too many requests", before anything happens.</summary>
    Throttled,

    /// <summary>The same without a word of when to come back.</summary>
    ThrottledSilently,

    /// <summary>The vendor's 5xx, before anything happens.</summary>
    ServerError,

    /// <summary>HTTP 408 of a gateway in between, before anything happens.</summary>
    RequestTimeout,

    /// <summary>HTTP 401: the credentials are not taken for this once.</summary>
    Unauthorized,

    /// <summary>The connection closes before anything happens.</summary>
    Reset,

    /// <summary>Carried out; no reply arrives.</summary>
    LostReply,

    /// <summary>Carried out; the connection closes in the middle of the reply.</summary>
    CutReply,

    /// <summary>Carried out; a page of a proxy arrives instead of the reply.</summary>
    HtmlReply,

    /// <summary>Carried out; an empty body arrives.</summary>
    EmptyReply,

    /// <summary>Carried out after half a minute.</summary>
    Slow,
}

/// <summary>
/// What goes wrong on purpose, and how often: shares of requests, 0 to 1. Decided by the world's seed,
/// <see cref="Salt"/> and
/// the number of the request, so that a run with faults repeats exactly. The default plan does nothing.
/// </summary>
public sealed record FaultPlan
{
    public static FaultPlan None { get; } = new();

    /// <summary>Tells several plans over the same world apart.</summary>
    public string Salt { get; init; } = "";

    public double Throttled { get; init; }
    public double ThrottledSilently { get; init; }
    public double ServerErrors { get; init; }
    public double RequestTimeouts { get; init; }
    public double Unauthorized { get; init; }
    public double Resets { get; init; }
    public double LostReplies { get; init; }
    public double CutReplies { get; init; }
    public double HtmlReplies { get; init; }
    public double EmptyReplies { get; init; }
    public double Slow { get; init; }

    /// <summary>After so many faults nothing goes wrong any more.</summary>
    public int AtMost { get; init; } = int.MaxValue;

    /// <summary>Only requests that satisfy this can be hit.</summary>
    public Func<WireRequest, bool> Only { get; init; } = _ => true;

    internal IEnumerable<(Trouble Trouble, double Share)> Shares =>
    [
        (Trouble.Throttled, Throttled), (Trouble.ServerError, ServerErrors), (Trouble.LostReply, LostReplies),
        (Trouble.ThrottledSilently, ThrottledSilently), (Trouble.RequestTimeout, RequestTimeouts),
        (Trouble.Unauthorized, Unauthorized), (Trouble.Reset, Resets), (Trouble.CutReply, CutReplies),
        (Trouble.HtmlReply, HtmlReplies), (Trouble.EmptyReply, EmptyReplies), (Trouble.Slow, Slow),
    ];
}

/// <summary>Counts requests through a <see cref="FaultPlan"/> and says what happens to each.</summary>
internal sealed class FaultDraw(SandboxWorld world, FaultPlan plan)
{
    private readonly bool _any = plan.Shares.Sum(share => share.Share) > 0;
    private long _requests;
    private int _faults;

    public Trouble Next(WireRequest request)
    {
        if (!_any || _faults >= plan.AtMost || !plan.Only(request))
        {
            return Trouble.None;
        }
        var chance = world.Chance($"fault/{plan.Salt}/{_requests++}");
        foreach (var (trouble, share) in plan.Shares)
        {
            if (chance < share)
            {
                _faults++;
                return trouble;
            }
            chance -= share;
        }
        return Trouble.None;
    }
}
