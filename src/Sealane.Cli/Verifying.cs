using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Live;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli;

/// <summary>A verdict with what was read for it.</summary>
internal sealed record Verified(Verification Verification, IReadOnlyList<Reading> Readings)
{
    /// <summary>Clouds that left a question without an answer.</summary>
    public IReadOnlyList<Cloud> Silent { get; init; } = [];

    /// <summary>What was asked, not answered, and could hide nothing: a line for each kind of question.</summary>
    public IReadOnlyList<string> Unread =>
    [
        .. Readings.Where(row => row.Answer != Answer.Read && !row.IsHole)
            .GroupBy(row => (row.Question.Call, row.Answer))
            .Select(rows => $"{rows.Key.Call} of {rows.First().Subject}"
                + (rows.Count() > 1 ? $" and {rows.Count() - 1} more" : "") + $": {Word(rows.Key.Answer)}"
                + (rows.Key.Answer == Answer.Refused ? $"; grant {rows.First().Question.Permission}" : "")),
    ];

    /// <summary>Whether every flow that is meant to arrive would do so inside ESP also without these elements of the
    /// network; null where that cannot be told.</summary>
    public bool? CarriesWithout(IReadOnlyList<string> lost)
    {
        var seen = Verification.Seen;
        var flows = Proof.Judge(seen.Network.Without(lost), seen.VpcPrefixes, seen.VnetPrefixes)
            .Where(seen.IsMeant).ToList();
        return flows.Count == 0 || Silent.Count > 0 ? null
            : flows.TrueForAll(flow => flow.Verdict == Verdict.Encrypted) ? true
            : flows.Exists(flow => flow.Verdict is Verdict.Down or Verdict.Clear) ? false : null;
    }

    private static string Word(Answer answer) => answer switch
    {
        Answer.Refused => "refused",
        Answer.NotOffered => "not offered here",
        Answer.Unreadable => "the reply cannot be read",
        Answer.Lagging => "not shown yet",
        _ => "no answer",
    };
}

/// <summary>Reads a link and judges it: what verify, trace and the end of apply have in common.</summary>
internal static class Verifying
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    // Objects remember what an earlier look told them: where replies are kept for a bundle, nothing may come from it.
    public static Task<Verified> Once(LinkSession link, CancellationToken ct) => Once(link,
        link.Reach.Keeper is null ? link.Graph : link.GraphWith(link.Reach.Keys), ct);

    /// <param name="graph">What of the link is looked at as its own, and with which keys.</param>
    public static async Task<Verified> Once(LinkSession link, ResourceGraph graph, CancellationToken ct)
    {
        await link.RequireAccount(ct).ConfigureAwait(false);
        var reach = link.Reach;
        reach.Doing = "reading what the link is made of";
        reach.Keeper?.Forget();
        try
        {
            return await Read(new(reach.Aws, reach.Azure, reach.Megaport, link.Clock, link.Design)
            {
                Progress = (answered, asked) => reach.Doing = $"reading: {answered} answers to {asked} questions so "
                    + "far",
            }, graph, ct).ConfigureAwait(false);
        }
        finally
        {
            reach.Doing = null;
        }
    }

    /// <summary>From living clouds or from kept replies: there is no other way from replies to a verdict.</summary>
    public static async Task<Verified> Read(LinkObserver observer, ResourceGraph graph, CancellationToken ct)
    {
        var (seen, evidence) = await observer.Observe(graph, ct).ConfigureAwait(false);
        return new(Verification.Of(seen, evidence.At), evidence.Readings) { Silent = evidence.Silent };
    }

    /// <summary>Again every minute while a table is within its lag, as long as such a lag can last.</summary>
    public static async Task<Verified> WhenReadable(LinkSession link, CancellationToken ct)
    {
        var end = link.Clock.GetUtcNow() + EdgeLag.Longest;
        for (; ; )
        {
            var verified = await Once(link, ct).ConfigureAwait(false);
            var left = end - link.Clock.GetUtcNow();
            if (verified.Verification.Judgement.AskAgainMinutes is null || left <= TimeSpan.Zero)
            {
                return verified;
            }
            link.Reach.Doing = "something is still coming up: asking again for up to "
                + $"{Math.Ceiling(left.TotalMinutes)} min";
            using (VirtualClock.Enter(link.Clock))
            {
                await Task.Delay(Pause, link.Clock, ct).ConfigureAwait(false);
            }
        }
    }
}
