using Sealane.Core.Routing;

namespace Sealane.Core.Checks.Live;

/// <summary>What was seen of a link, what was proved from it, and the word: the one way from evidence to verdict, for
/// living clouds and for kept replies.</summary>
public sealed record Verification(
    LinkObservation Seen, ProofReport Proof, Judgement Judgement, DateTimeOffset At)
{
    /// <summary>The checks in the light of the proof.</summary>
    public IReadOnlyList<CheckResult> Checks => Judgement.Checks;

    /// <param name="now">When it was read: lags and acceptances end.</param>
    public static Verification Of(LinkObservation seen, DateTimeOffset now)
    {
        var proof = Routing.Proof.Of(seen.Network, seen.VpcPrefixes, seen.VnetPrefixes);
        var results = AllLiveChecks.List.Select(check => check.Run(seen)).ToList();
        return new(seen, proof, Judgement.Of(seen, proof, results, Accepted(seen), now), now);
    }

    private static List<AcceptedHole> Accepted(LinkObservation seen) =>
        [.. seen.Design.Spec.Accept.Select(one => new AcceptedHole(one.Hole, one.Reason, one.Until))];
}
