using Sealane.Core.Routing;

namespace Sealane.Core.Checks.Live;

/// <summary>A hole that the owner of the link has looked at and lives with, for a while.</summary>
/// <param name="LeadsTo">What stood behind it then; null: whatever it is. Changed, the acceptance is void.</param>
public sealed record AcceptedHole(string Id, string Reason, DateTimeOffset Until, string? LeadsTo = null)
{
    public bool Covers(Hole hole, DateTimeOffset now) =>
        hole.Id == Id && now < Until && (LeadsTo is null || LeadsTo == hole.LeadsTo);
}

/// <summary>The verdict on a living link: the one place where proof and checks become a word.</summary>
public sealed record Judgement
{
    public required LinkWord Word { get; init; }

    /// <summary>Less stands than was built. Beside the word, never in its place.</summary>
    public required bool Degraded { get; init; }
    public required Redundancy Redundancy { get; init; }

    /// <summary>Why it is not encrypted, in the order of their weight.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What could not be looked into and counts.</summary>
    public required IReadOnlyList<Hole> Holes { get; init; }

    /// <summary>Set where nothing but accepted holes stands between the link and encrypted: the word stays, the exit
    /// code
    /// does not.</summary>
    public IReadOnlyList<AcceptedHole> Accepted { get; init; } = [];

    /// <summary>Checks that failed: drift, missing objects, an open lock.</summary>
    public required int Failed { get; init; }

    /// <summary>As it is printed: <c>encrypted, degraded</c>, <c>unproven (accepted: ID)</c>.</summary>
    public string Text => Words.Of(Word)
        + (Accepted.Count > 0 ? $" (accepted: {string.Join(", ", Accepted.Select(one => one.Id))})" : "")
        + (Degraded && Word == LinkWord.Encrypted ? ", degraded" : "");

    /// <summary>Whether the exit code says yes.</summary>
    /// <param name="strict">A degraded link is not good enough.</param>
    public bool IsGood(bool strict = false) =>
        (Word == LinkWord.Encrypted || Accepted.Count > 0) && Failed == 0 && !(strict && Degraded);

    /// <param name="accepted">From the spec.</param>
    public static Judgement Of(
        LinkObservation seen, ProofReport proof, IReadOnlyList<CheckResult> results,
        IReadOnlyList<AcceptedHole>? accepted = null, DateTimeOffset now = default)
    {
        var hidden = results.Where(Hides).ToList();
        var proved = Words.Of(proof, flow =>
            seen.IsConnected(flow.Direction == FlowDirection.AwsToAzure ? flow.Source : flow.Destination));
        var word = hidden.Count > 0 && proved < LinkWord.Unproven ? LinkWord.Unproven : proved;
        var used = (accepted ?? []).Where(one => proof.Holes.Any(hole => one.Covers(hole, now))).ToList();
        var isAccepted = word == LinkWord.Unproven && hidden.Count == 0 && proof.Holes.Count > 0
            && proof.Holes.All(hole => used.Exists(one => one.Covers(hole, now)));
        return new()
        {
            Word = word,
            Degraded = proof.Redundancy.Degraded || results.Any(result => result.Status == CheckStatus.Degraded),
            Redundancy = proof.Redundancy,
            Reasons = Why(word, proof, hidden),
            Holes = proof.Holes,
            Accepted = isAccepted ? used : [],
            Failed = results.Count(result => result.Status == CheckStatus.Fail),
        };
    }

    private static bool Hides(CheckResult result) =>
        (result.Status == CheckStatus.Unknown && (result.Check.AboutLeaks || result.Check.BelongsToProof))
        || (result.Status == CheckStatus.Fail && result.Check.BelongsToProof);

    private static List<string> Why(LinkWord word, ProofReport proof, List<CheckResult> hidden) => word switch
    {
        LinkWord.Clear =>
        [
            .. proof.Flows.Where(IsLeak).Select(flow => Say(flow, "now")),
            .. proof.Failures.SelectMany(failure => failure.Broken.Where(IsLeak).Take(1)
                .Select(flow => Say(flow, failure.Name))),
        ],
        LinkWord.Unproven =>
        [
            .. proof.Holes.Select(hole => $"{hole}; {hole.Fix}"),
            .. hidden.Select(result => $"{result.Check.Id}: {result.Evidence}"),
        ],
        LinkWord.Down =>
        [
            .. proof.Flapping.Select(tunnel => $"{tunnel} comes and goes"),
            .. proof.Flows.Where(flow => flow.Verdict == Verdict.Down).Select(flow => Say(flow, "now")),
        ],
        _ => [],
    };

    private static bool IsLeak(Flow flow) => flow.Verdict == Verdict.Clear || flow.Exposed;

    private static string Say(Flow flow, string when) =>
        $"{when}: {flow.Source} to {flow.Destination}: {Words.Of(flow.Verdict)}, {flow.Reason}";
}
