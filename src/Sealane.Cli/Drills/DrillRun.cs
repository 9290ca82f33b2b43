using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Drills;

/// <summary>How a drill is to be done.</summary>
/// <param name="Hold">How long an element stays down once a look has seen it.</param>
/// <param name="Evidence">A directory to be made with a bundle for each element; null: none.</param>
internal sealed record DrillWishes(TimeSpan Hold, bool AcceptOutage, Probe? Probe, string? Evidence);

/// <summary>
/// Fails one element, looks, gives it back and waits until the link is as it was. Whatever happens in between, what was
/// failed is given back before this returns; and were this process no more, the record in the book says how.
/// </summary>
/// <param name="listen">Hears every line as well.</param>
internal sealed partial class DrillRun(
    LinkSession link, DrillWishes wishes, IDrillBook book, Action<string>? listen = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    /// <summary>An edit at Megaport shows after a minute; what no look has seen by then was not there to be
    /// seen.</summary>
    private static readonly TimeSpan SeenTime = TimeSpan.FromMinutes(5);

    /// <summary>Looks in a row that could not tell: one answer that is late is no reason.</summary>
    private const int MostBlind = 3;

    private readonly DateTimeOffset _begun = link.Clock.GetUtcNow();
    private readonly long _stamp = link.Clock.GetTimestamp();

    /// <summary>As waits pass: faster than dates with a served sandbox that runs faster.</summary>
    private DateTimeOffset Now => _begun + link.Clock.GetElapsedTime(_stamp);

    /// <summary>How long what is announced may not touch the rest, from before an element is failed: until it was
    /// seen, held, given back and waited for.</summary>
    public static TimeSpan Longest(DrillWishes wishes) => SeenTime + wishes.Hold + WholeTime;

    /// <summary>Null where it is proved that the rest carries, or an outage was agreed to; else why not.</summary>
    public static string? WhyNot(Verified verified, DrillElement element, bool acceptOutage) =>
        verified.Verification.Judgement is { Word: not LinkWord.Encrypted } judgement
            ? $"the link is {judgement.Text} before anything is failed"
        : acceptOutage || verified.CarriesWithout(element.Lost(verified.Verification.Seen)) == true ? null
            : $"nothing else carries while {element.Id} is down";

    /// <summary>Why nothing is failed beside work of a cloud's own.</summary>
    public static string Unsure(DrillElement element, string against) =>
        $"nothing else is sure to carry while {element.Id} is down: {against}";

    public static string Unknown(string silent) => $"whether a cloud is at work on the rest is not known: {silent}";

    public async Task<DrillRow> One(DrillElement element, CancellationToken stop)
    {
        // As the link is now: what carried when the list was shown may be down.
        var before = await Verifying.Once(link, stop).ConfigureAwait(false);
        var row = new DrillRow(element, before.CarriesWithout(element.Lost(before.Verification.Seen)) == true);
        if (WhyNot(before, element, wishes.AcceptOutage) is { } why)
        {
            (row.Result, row.Why) = (DrillResult.Lost, $"{why}; it was not failed");
            return row;
        }
        var work = await WorkAhead.Read(
            link, await link.Survey(stop).ConfigureAwait(false), Longest(wishes), stop).ConfigureAwait(false);
        if (work.NotKnown is { } silent)
        {
            (row.Result, row.Why) = (DrillResult.Blind, $"{Unknown(silent)}; it was not failed");
            return row;
        }
        if (work.Against(before, element.Lost(before.Verification.Seen)) is { } against)
        {
            (row.Result, row.Why) = (DrillResult.Lost, $"{Unsure(element, against)}; it was not failed");
            return row;
        }
        try
        {
            using var turn = VirtualClock.Enter(link.Clock);
            await element.TryWayBack(stop).ConfigureAwait(false);
        }
        catch (CloudError error)
        {
            (row.Result, row.Why) = (DrillResult.Refused, $"the way back is not open, so it was not failed: "
                + Said(error));
            return row;
        }
        book.Write(DrillRecord.Of(element, link.Clock.GetUtcNow()));
        var outage = link.Outage;
        using var probing = wishes.Probe?.Start();
        try
        {
            row.FailedAt = Now;
            Tell(row, "failing it");
            using (VirtualClock.Enter(link.Clock))
            {
                await element.Fail(wishes.Hold, stop).ConfigureAwait(false);
            }
            await Hold(row, probing, stop).ConfigureAwait(false);
        }
        catch (CloudError error)
        {
            (row.Result, row.Why) = (DrillResult.Refused, Said(error));
        }
        catch (OperationCanceledException)
        {
            row.Result = DrillResult.Interrupted;
        }
        finally
        {
            await Restore(row).ConfigureAwait(false);
        }
        if (row.Result is not (DrillResult.NotRestored or DrillResult.Interrupted))
        {
            await Whole(row, before, stop).ConfigureAwait(false);
        }
        row.Loss = probing?.Loss() ?? (link.Outage - outage);
        row.Why ??= row.LossAsPredicted == false
            ? $"traffic was lost for {Durations.Words(row.Loss!.Value)}, longer than the hold time of "
                + $"{Durations.Words(TimeSpan.FromSeconds(element.Timers.Hold))}: something did not see it go" : null;
        return row;
    }

    private async Task Hold(DrillRow row, Probe.Probing? probing, CancellationToken stop)
    {
        var (blind, last) = (0, row.FailedAt!.Value);
        while (true)
        {
            var (verified, carries, state) = await Look(row, stop).ConfigureAwait(false);
            row.LongestGap = Longer(row.LongestGap, Now - last);
            last = Now;
            blind = carries is null ? blind + 1 : 0;
            // The last path, or nobody knows: it is given back at once.
            if (row.Carried && (carries == false || blind >= MostBlind))
            {
                row.Result = carries == false ? DrillResult.Lost : DrillResult.Blind;
                row.Why = verified is not null && carries == false
                    ? $"nothing else carried, against the proof: {Tunnels(verified)}"
                    : "the clouds did not tell whether anything carries";
                return;
            }
            if (row.Carried && probing?.Failing() is { } silence && silence.TotalSeconds > row.Element.Timers.Hold)
            {
                (row.Result, row.Why) = (DrillResult.Lost, $"no probe succeeded for {Durations.Words(silence)}");
                return;
            }
            var end = row.FailedAt.Value + (row.SeenDown ?? SeenTime) + wishes.Hold;
            var over = Now >= end || (row.Element.EndsByItself && row.SeenDown is not null && state is { IsUp: true });
            if (over)
            {
                row.Result = row.SeenDown is null ? DrillResult.NotSeen
                    : row.Carried ? DrillResult.Held : DrillResult.Outage;
                row.Why = row.SeenDown is null ? "no look saw it down, so nothing is proved" : null;
                await Keep(row, verified, stop).ConfigureAwait(false);
                return;
            }
            await Wait(end - Now < Pause ? end - Now : Pause, stop).ConfigureAwait(false);
        }
    }

    private async Task<(Verified? Verified, bool? Carries, ElementState? State)> Look(
        DrillRow row, CancellationToken stop)
    {
        try
        {
            var verified = await Verifying.Once(link, stop).ConfigureAwait(false);
            var seen = verified.Verification.Seen;
            var (carries, state) = (verified.CarriesWithout(row.Element.Lost(seen)), row.Element.State(seen));
            row.Looks++;
            row.LooksCarried += carries == true ? 1 : 0;
            if (row.Element.IsDown(seen))
            {
                row.SeenDown ??= Now - row.FailedAt;
            }
            Tell(row, $"{state.Words}; {(carries switch
            {
                true => "the rest carries",
                false => "NOTHING ELSE CARRIES",
                _ => "not told whether the rest carries",
            })}: {Tunnels(verified)}");
            return (verified, carries, state);
        }
        catch (CloudError error)
        {
            row.Looks++;
            Tell(row, Said(error));
            return (null, null, null);
        }
    }

    private async Task Keep(DrillRow row, Verified? verified, CancellationToken stop)
    {
        if (wishes.Evidence is { } directory && verified is not null)
        {
            row.Evidence = Path.Combine(directory, row.Element.Id.Replace('/', '-'));
            try
            {
                foreach (var line in await Bundle.Write(link, verified, new(row.Evidence, null, false), stop)
                    .ConfigureAwait(false))
                {
                    Tell(row, line);
                }
            }
            catch (UsageError error)
            {
                // It cannot be worked out again from the kept replies: what was failed is given back all the same.
                row.Evidence = null;
                Tell(row, error.Message);
            }
        }
    }

    /// <summary>What traffic stands on. A session of the transport that is on its way up counts as up in the proof, so
    /// that figure would mislead here.</summary>
    private static string Tunnels(Verified verified) => verified.Verification.Judgement.Redundancy is var up
        ? $"tunnels {up.Tunnels}, BGP in them {up.TunnelSessions}" : "";

    /// <summary>On one line.</summary>
    private static string Said(CloudError error) =>
        string.Join("; ", error.Describe().Split('\n').Select(line => line.Trim()));

    private void Tell(DrillRow row, string what)
    {
        try
        {
            DrillText.WriteEvent(link.Options,
                (row.FailedAt ?? row.RestoredAt) is { } from ? Now - from : TimeSpan.Zero, what);
        }
        catch (IOException)
        {
            // The terminal is gone, and what is failed must be given back all the same.
            Console.SetOut(TextWriter.Null);
        }
        listen?.Invoke(what);
    }

    private async Task Wait(TimeSpan time, CancellationToken stop)
    {
        using var turn = VirtualClock.Enter(link.Clock);
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(time.TotalMilliseconds))), link.Clock, stop)
            .ConfigureAwait(false);
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
