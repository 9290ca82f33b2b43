using Sealane.Cli.Output;
using Sealane.Clouds.Announced;
using Sealane.Clouds.Evidence;
using Sealane.Core.Checks.Ahead;
using Sealane.Core.Reconcile;

namespace Sealane.Cli;

/// <summary>
/// What the clouds announce for the time of something that is about to be done to a link. Whatever work or a fault of
/// theirs touches counts as gone in that time, so that two ways are never taken away at once.
/// </summary>
internal sealed record WorkAhead(Announcements Told, DateTimeOffset From, DateTimeOffset Until)
{
    /// <param name="known">A survey in which everything was read.</param>
    /// <param name="length">How long what is to be done can last.</param>
    public static async Task<WorkAhead> Read(
        LinkSession link, Known known, TimeSpan length, CancellationToken ct)
    {
        using var turn = VirtualClock.Enter(link.Clock);
        var now = link.Clock.GetUtcNow();
        var told = await new AnnouncementReader(link.Design, link.Reach.Aws, link.Reach.Megaport)
            .Read(new(known, []), ct).ConfigureAwait(false);
        return new(told, now, now + length);
    }

    private IReadOnlyList<Announcement> Near => [.. Told.All.Where(one => one.MayCutBetween(From, Until))];

    /// <summary>
    /// Announcements because of which the rest of the link cannot be relied on while these elements are down; null
    /// where there are none, and where nothing else carries anyway.
    /// </summary>
    public string? Against(Verified verified, IReadOnlyList<string> lost)
    {
        var near = Near;
        if (near.Count == 0 || verified.CarriesWithout(lost) != true
            || verified.CarriesWithout([.. lost, .. near.SelectMany(one => one.Lost)]) == true)
        {
            return null;
        }
        var alone = near.Where(one => verified.CarriesWithout([.. lost, .. one.Lost]) != true).ToList();
        return string.Join("; ", (alone.Count > 0 ? alone : near).Select(AnnouncementText.Whole));
    }

    /// <summary>Clouds that have such a call and did not answer it; null where all did. An environment without the call
    /// has no such work either.</summary>
    public string? NotKnown => Told.Untold.Where(one => one.Answer != Answer.NotOffered).ToList() is { Count: > 0 } some
        ? string.Join("; ", some.Select(one => $"{AnnouncementText.Name(one.Cloud)}: {one.Why}")) : null;

    /// <summary>Warns of a plan that takes something away while a cloud works on the same link. It is no reason to
    /// refuse: what is broken is mended by a plan too.</summary>
    public static async Task Warn(LinkSession link, Plan plan, Known known, CancellationToken ct)
    {
        var cuts = plan.Steps.Where(Cuts).Select(step => step.Id).ToList();
        if (cuts.Count == 0)
        {
            return;
        }
        var work = await Read(link, known, plan.CriticalPath, ct).ConfigureAwait(false);
        AheadText.WriteUnasked(Console.Error, work.Told.Untold.Select(one =>
            new Unasked($"what {AnnouncementText.Name(one.Cloud)} announces", one.Why)));
        foreach (var one in work.Near)
        {
            Console.Error.Line($"warning: {AnnouncementText.Whole(one)}: what this plan interrupts meanwhile "
                + $"({string.Join(", ", cuts)}) may be all that carries then");
        }
    }

    private static bool Cuts(PlanStep step) => step.Action is StepAction.Replace or StepAction.Delete
        || (step.Action == StepAction.Update && !step.Change.Traffic.StartsWith("none", StringComparison.Ordinal));
}
