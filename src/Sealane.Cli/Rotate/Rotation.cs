using Sealane.Clouds;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Rotate;

/// <summary>One key, and what changing it does.</summary>
/// <param name="Plan">Everything that apply does for it, while all other keys stay as they are.</param>
/// <param name="Carried">Whether the link carries meanwhile, by its proof without what this key holds up.</param>
/// <param name="Up">Tunnels before it.</param>
internal sealed record RotationStep(KeySeen Key, Plan Plan, Known Seen, bool Carried, int Up)
{
    /// <summary>Work that is announced, because of which the rest cannot be relied on; null where there is
    /// none.</summary>
    public string? Against { get; init; }

    /// <summary>Clouds that did not tell what they announce; null where all did.</summary>
    public string? NotKnown { get; init; }

    public IEnumerable<PlanStep> Changes => Plan.Steps.Where(step => step.Changes);

    /// <summary>As long as the longest way through what is changed takes, usually.</summary>
    public TimeSpan Length => Plan.CriticalPath;
}

/// <summary>
/// New keys one after the other. Each step is an ordinary apply of a link whose other keys are those in use, so it has
/// apply's order, journal and claim, and can be gone on with after a crash: what was done is seen at the clouds.
/// </summary>
internal sealed class Rotation(LinkSession link)
{
    /// <summary>Azure shows a tunnel that came up minutes later at worst; what takes longer is no lag.</summary>
    private static readonly TimeSpan ProofTime = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan ProofPause = TimeSpan.FromMinutes(1);

    /// <summary>The keys to change, in the order in which they are: what is out of step already, then tunnels, which
    /// have
    /// others beside them, then sessions of the transport.</summary>
    public static IReadOnlyList<KeySeen> Pending(LinkSession link, Known known, Func<KeySeen, bool> chosen) =>
        [.. KeysSeen.Of(link.Design, known, link.Reach.Keys).Where(key => !key.IsSet && chosen(key))
            .OrderBy(key => key.Agrees).ThenBy(key => !key.IsTunnel)];

    public async Task<IReadOnlyList<KeySeen>> Pending(Func<KeySeen, bool> chosen, CancellationToken ct) =>
        Pending(link, await link.Survey(ct).ConfigureAwait(false), chosen);

    /// <summary>The graph of the link in which every key but one is the one in use.</summary>
    /// <param name="label">Null: all of them.</param>
    public async Task<ResourceGraph> GraphFor(string? label, CancellationToken ct)
    {
        var seen = KeysSeen.Of(link.Design, await link.Survey(ct).ConfigureAwait(false), link.Reach.Keys);
        return link.GraphWith(link.Reach.Keys.With(seen
            .Where(key => key.Label != label && !key.IsSet && key.InUse is not null)
            .ToDictionary(key => key.Label, key => key.InUse!, StringComparer.Ordinal)));
    }

    /// <summary>What one key takes, as the clouds are now.</summary>
    public async Task<RotationStep> Step(KeySeen key, CancellationToken ct)
    {
        var graph = await GraphFor(key.Label, ct).ConfigureAwait(false);
        var seen = await link.Survey(graph, ct).ConfigureAwait(false);
        var verified = await Verifying.Once(link, graph, ct).ConfigureAwait(false);
        var (plan, lost) = (Plan.Of(graph, seen), KeysSeen.Lost(link.Design, seen, key.Label));
        var work = await WorkAhead.Read(link, seen, plan.CriticalPath + ProofTime, ct).ConfigureAwait(false);
        var against = work.Against(verified, lost);
        return new(key, plan, seen,
            verified.Verification.Judgement.Word == LinkWord.Encrypted && against is null
                && verified.CarriesWithout(lost) == true,
            verified.Verification.Judgement.Redundancy.TunnelSessions.Up)
        {
            Against = against,
            NotKnown = work.NotKnown,
        };
    }

    /// <summary>What of the link is not as the spec says, keys apart: that is apply's, and comes first.</summary>
    public async Task<IReadOnlyList<string>> Otherwise(CancellationToken ct)
    {
        var graph = await GraphFor(null, ct).ConfigureAwait(false);
        var plan = Plan.Of(graph, await link.Survey(graph, ct).ConfigureAwait(false));
        var broken = (await Pending(key => !key.Agrees, ct).ConfigureAwait(false)).Count > 0;
        // A tunnel that lost its key half way is down, and what waits for it waits.
        return [.. plan.Steps.Where(step => step.Changes && !(broken && IsOnlyAKey(step))).Select(step => step.Id)];
    }

    /// <summary>Waits until the link is proved again with its new key.</summary>
    /// <returns>Why it is not; null where it is.</returns>
    public async Task<string?> ProvedAgain(RotationStep changed, CancellationToken ct)
    {
        var graph = await GraphFor(changed.Key.Label, ct).ConfigureAwait(false);
        var end = link.Clock.GetUtcNow() + ProofTime;
        for (; ; )
        {
            var judgement = (await Verifying.Once(link, graph, ct).ConfigureAwait(false)).Verification.Judgement;
            var up = judgement.Redundancy;
            if (judgement.Word == LinkWord.Encrypted && up.TunnelSessions.Up >= changed.Up)
            {
                return null;
            }
            if (link.Clock.GetUtcNow() >= end)
            {
                return $"{judgement.Text}, {up}";
            }
            using (VirtualClock.Enter(link.Clock))
            {
                await Task.Delay(ProofPause, link.Clock, ct).ConfigureAwait(false);
            }
        }
    }

    private static bool IsOnlyAKey(PlanStep step) =>
        step.Change.Differences.Count > 0 && step.Change.Differences.All(line =>
        line.EndsWith("key differs", StringComparison.Ordinal));
}
