namespace Sealane.Core.Checks.Live;

public enum CheckStatus
{
    Pass,

    /// <summary>It stands, with less than was built: one tunnel of two.</summary>
    Degraded,
    Fail,

    /// <summary>The APIs did not tell.</summary>
    Unknown,
}

/// <summary>The answer of one live check with what it rests on.</summary>
public sealed record CheckResult(LiveCheck Check, CheckStatus Status, string Evidence);

/// <summary>One question about a living link.</summary>
public sealed record LiveCheck
{
    /// <summary><c>SL9xx</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The step of the guide that asks it, or null for a question of ours.</summary>
    public int? GuideStep { get; init; }
    public required string Title { get; init; }
    public required string Fix { get; init; }

    /// <summary>
    /// What it asks would show a leak. Without an answer the link is unproven. Where it fails, a lock is open: the
    /// proof
    /// counts the others, from the same configuration.
    /// </summary>
    public bool AboutLeaks { get; init; }

    /// <summary>Where it fails, a cloud shows what the proof does not know: nothing may be called encrypted.</summary>
    public bool BelongsToProof { get; init; }
    public required Func<LinkObservation, (CheckStatus Status, string Evidence)> Look { get; init; }

    public CheckResult Run(LinkObservation seen)
    {
        var (status, evidence) = Look(seen);
        return new(this, status, evidence);
    }
}
