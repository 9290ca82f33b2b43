namespace Sealane.Core.Routing;

/// <summary>The four words about a link. Later ones beat earlier ones.</summary>
public enum LinkWord
{
    /// <summary>Every flow that should arrive does, inside ESP; nothing is clear now or in any single
    /// failure.</summary>
    Encrypted,

    /// <summary>Nothing is clear, but some flow that should arrive does not.</summary>
    Down,

    /// <summary>Nothing is seen to be clear, but something that could carry or hide a packet could not be looked
    /// into.</summary>
    Unproven,

    /// <summary>Some packet enters the transport outside ESP, now or in a failure, delivered or not.</summary>
    Clear,
}

/// <summary>The words as people and programs read them: one place for verify, trace, check, watch and JSON.</summary>
public static class Words
{
    public static string Of(LinkWord word) => word switch
    {
        LinkWord.Encrypted => "encrypted",
        LinkWord.Down => "down",
        LinkWord.Unproven => "unproven",
        _ => "clear",
    };

    /// <summary>
    /// The word for what was proved. Down is where a flow that is meant to arrive does not: one behind a route table
    /// that
    /// the design leaves alone is no fault of the link, but it may leak or lead out of sight like any other.
    /// </summary>
    public static LinkWord Of(ProofReport proof, Func<Flow, bool> isMeant)
    {
        if (proof.Verdict == Verdict.Clear || proof.Exposed)
        {
            return LinkWord.Clear;
        }
        if (proof.Verdict == Verdict.Unknown || proof.Holes.Count > 0)
        {
            return LinkWord.Unproven;
        }
        var meant = proof.Flows.Where(isMeant).ToList();
        return proof.Converged && meant.Count > 0 && meant.TrueForAll(flow => flow.Verdict == Verdict.Encrypted)
            ? LinkWord.Encrypted : LinkWord.Down;
    }

    /// <summary>A flow's own word: encrypted, clear, down or unknown; local for what stays on its side.</summary>
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Local => "local",
        Verdict.Encrypted => "encrypted",
        Verdict.Down => "down",
        Verdict.Unknown => "unknown",
        _ => "clear",
    };
}
