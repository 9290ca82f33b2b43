using Sealane.Core.Routing;

namespace Sealane.Core.Checks.Live;

/// <summary>A hole that the owner of the link has looked at and lives with, for a while.</summary>
/// <param name="Id">The hole's <see cref="Hole.Fingerprint"/>: void when what it leads to changes.</param>
public sealed record AcceptedHole(string Id, string Reason, DateTimeOffset Until)
{
    public bool Covers(Hole hole, DateTimeOffset now) => hole.Fingerprint == Id && now < Until;
}

/// <summary>The verdict on a living link: the one place where proof and checks become a word.</summary>
public sealed record Judgement
{
    /// <summary>A session that did not come up at once is tried again after two minutes:
    /// https://www.rfc-editor.org/rfc/rfc4271#section-10 (ConnectRetryTime).</summary>
    private const int SessionMinutes = 3;

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

    /// <summary>Acceptances of the spec that have no effect, each with why.</summary>
    public IReadOnlyList<string> Void { get; init; } = [];

    /// <summary>Minutes until what lags behind can be read; null where nothing does.</summary>
    public int? AskAgainMinutes { get; init; }

    /// <summary>No flow could be judged, because what would tell the networks was not read.</summary>
    public required bool NothingJudged { get; init; }

    /// <summary>The checks in the light of the proof: no failed one about leaks stands beside <c>encrypted</c>. A lock
    /// that is open while the others hold is less than was built: degraded.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>Checks that failed: drift, missing objects.</summary>
    public int Failed => Checks.Count(result => result.Status == CheckStatus.Fail);

    /// <summary>As it is printed: <c>encrypted, degraded</c>, <c>unproven (accepted: ID)</c>, <c>unproven: ask again
    /// in 25 min</c>.</summary>
    public string Text => Words.Of(Word)
        + (Accepted.Count > 0 ? $" (accepted: {string.Join(", ", Accepted.Select(one => one.Id))})" : "")
        + (Word == LinkWord.Unproven && AskAgainMinutes is { } minutes ? $": ask again in {minutes} min" : "")
        + (Degraded && Word == LinkWord.Encrypted ? ", degraded" : "");

    /// <summary>Whether the exit code says yes.</summary>
    /// <param name="strict">A degraded link, or one that is not as designed, is not good enough.</param>
    public bool IsGood(bool strict = false) =>
        (Word == LinkWord.Encrypted || Accepted.Count > 0) && !(strict && (Degraded || Failed > 0));

    /// <param name="accepted">From the spec.</param>
    public static Judgement Of(
        LinkObservation seen, ProofReport proof, IReadOnlyList<CheckResult> results,
        IReadOnlyList<AcceptedHole>? accepted = null, DateTimeOffset now = default)
    {
        var hidden = results.Where(Hides).ToList();
        var proved = Words.Of(proof, seen.IsMeant);
        var word = hidden.Count > 0 && proved < LinkWord.Unproven ? LinkWord.Unproven : proved;
        var used = (accepted ?? []).Where(one => proof.Holes.Any(hole => one.Covers(hole, now))).ToList();
        var checks = word == LinkWord.Encrypted ? results.Select(Beside).ToList() : results;
        // A check that is unknown because the same question has no answer is accepted with it; one that fails never is.
        var unread = used.Exists(one => proof.Holes.Any(hole => one.Covers(hole, now)
            && hole.Kind is (HoleKind.Refused or HoleKind.NotOffered)));
        var isAccepted = word == LinkWord.Unproven && proof.Holes.Count > 0
            && hidden.TrueForAll(result => unread && result.Status == CheckStatus.Unknown)
            && proof.Holes.All(hole => used.Exists(one => one.Covers(hole, now)));
        return new()
        {
            Word = word,
            Degraded = proof.Redundancy.Degraded || checks.Any(result => result.Status == CheckStatus.Degraded),
            Redundancy = proof.Redundancy,
            Reasons = Why(word, proof, hidden),
            Holes = proof.Holes,
            Accepted = isAccepted ? used : [],
            Void = [.. (accepted ?? []).Where(one => !used.Contains(one)).Select(one => IsVoid(one, now))],
            AskAgainMinutes = proof.Holes.Max(hole => hole.ReadableFrom) is { } from && from > now
                ? (int)Math.Ceiling((from - now).TotalMinutes)
                : seen.ComingUp.Count > 0 && hidden.Exists(result => result.Check.BelongsToProof
                    && result.Status == CheckStatus.Unknown) ? SessionMinutes : null,
            NothingJudged = proof.Flows.Count == 0 && proof.Holes.Any(hole => hole.Kind != HoleKind.LeadsOut),
            Checks = checks,
        };
    }

    private static CheckResult Beside(CheckResult result) =>
        result is { Status: CheckStatus.Fail, Check.AboutLeaks: true }
            ? new(result.Check, CheckStatus.Degraded, $"{result.Evidence}; the other locks hold") : result;

    private static string IsVoid(AcceptedHole accepted, DateTimeOffset now) => now >= accepted.Until
        ? $"{accepted.Id}: the acceptance ended on {accepted.Until:yyyy-MM-dd}"
        : $"{accepted.Id}: no hole that counts has this id; it is closed, or what it leads to has changed";

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
            .. proof.Holes.Select(hole => $"{hole.Fingerprint} {hole}; {hole.Fix}"),
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
