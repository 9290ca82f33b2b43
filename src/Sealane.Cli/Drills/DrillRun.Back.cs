using Sealane.Clouds.Drills;
using Sealane.Core.Reconcile;
using Sealane.Core.Routing;

namespace Sealane.Cli.Drills;

/// <summary>The way back.</summary>
internal sealed partial class DrillRun
{
    /// <summary>AWS replaces a tunnel's end in three to ten minutes, and sessions come up after that; what takes longer
    /// is no lag.</summary>
    private static readonly TimeSpan WholeTime = TimeSpan.FromMinutes(30);

    /// <summary>A call that was taken shows a while later: a look before that can show the link as it was before the
    /// failure, which is still to come. Edits at Megaport take 5-60 s, and its Terraform provider waits two minutes at
    /// most.</summary>
    private static readonly TimeSpan Lag = TimeSpan.FromMinutes(2);

    /// <summary>A cloud that does not take the call back is asked again, for some minutes.</summary>
    private const int MostRestores = 20;

    /// <summary>Gives back what an earlier run has failed, and waits until it is up and carries.</summary>
    /// <returns>Whether it is.</returns>
    public async Task<bool> GiveBack(DrillElement element, CancellationToken stop)
    {
        var row = new DrillRow(element, carried: false);
        await Restore(row).ConfigureAwait(false);
        if (row.Result != DrillResult.NotRestored)
        {
            await Whole(row, null, stop).ConfigureAwait(false);
        }
        return row.Whole is not null;
    }

    /// <summary>Never given up for a signal: what was failed is given back first.</summary>
    private async Task Restore(DrillRow row)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var turn = VirtualClock.Enter(link.Clock);
                await row.Element.Restore(CancellationToken.None).ConfigureAwait(false);
                row.RestoredAt = Now;
                Tell(row, row.Element.EndsByItself ? "waiting until it is back" : "given back");
                return;
            }
            catch (CloudError error) when (row.Result == DrillResult.Refused
                && error.Kind is CloudErrorKind.Denied or CloudErrorKind.Invalid)
            {
                // As the call before it: nothing was failed, which the looks that follow have to show.
                row.RestoredAt = Now;
                Tell(row, "the way back was not taken either");
                return;
            }
            catch (CloudError error)
            {
                Tell(row, $"not given back yet: {Said(error)}");
                if (attempt == MostRestores)
                {
                    (row.Result, row.Why) = (DrillResult.NotRestored, Said(error));
                    return;
                }
            }
            await Wait(Pause, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <param name="before">What it is to be like again; null: nobody knows how it was.</param>
    private async Task Whole(DrillRow row, Verified? before, CancellationToken stop)
    {
        var from = row.Element.EndsByItself && row.FailedAt is { } failed ? failed : row.RestoredAt!.Value;
        for (var end = Now + WholeTime; ;)
        {
            Verified? now = null;
            try
            {
                now = await Verifying.Once(link, stop).ConfigureAwait(false);
            }
            catch (CloudError error)
            {
                Tell(row, Said(error));
            }
            catch (OperationCanceledException)
            {
                row.Result = DrillResult.Interrupted;
                return;
            }
            // What an earlier run has met is not known: after all that time the element is up, and the rest was not its
            // doing.
            var late = Now >= end && before is null && now is not null;
            if (now is not null && Now - from >= Lag && (IsWhole(row.Element, now, before)
                || (late && row.Element.State(now.Verification.Seen).IsUp)))
            {
                row.Whole = Now - from;
                Tell(row, before is null ? $"up; the link is {now.Verification.Judgement.Text}" : "as before");
                book.Clear();
                return;
            }
            if (now?.CarriesWithout([]) == false && row is { Carried: true, IsGood: true })
            {
                (row.Result, row.Why) = (DrillResult.Lost, "nothing carried while it came back");
            }
            if (Now >= end)
            {
                row.Result = row.IsGood ? DrillResult.NotWhole : row.Result;
                row.Why = $"{row.Why}{(row.Why is null ? "" : "; ")}not as before: "
                    + (now is null ? "the clouds do not tell" : $"{row.Element.State(now.Verification.Seen).Words}, "
                        + $"{now.Verification.Judgement.Text}, {now.Verification.Judgement.Redundancy}");
                return;
            }
            try
            {
                await Wait(Pause, stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                row.Result = DrillResult.Interrupted;
                return;
            }
        }
    }

    private static bool IsWhole(DrillElement element, Verified now, Verified? before)
    {
        var judgement = now.Verification.Judgement;
        return element.State(now.Verification.Seen).IsUp && judgement.Word == LinkWord.Encrypted
            && (before is null ? !judgement.Degraded
                : judgement.Redundancy == before.Verification.Judgement.Redundancy);
    }
}
