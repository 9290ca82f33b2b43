namespace Sealane.Core.Reconcile;

/// <summary>Creates what is not there: once, and never again before the cloud had the time to show the object of the
/// first try.</summary>
internal sealed class Creation(
    TimeProvider clock, IJournal journal, IEventSink events, Known known, Orders orders, Patience patience)
{
    private const int MaxCreates = 3;

    /// <summary>
    /// Creates once. What an earlier run may have ordered, and what was ordered without a usable answer, is looked for
    /// until the cloud's own lag has passed. The intent stays open until the object is seen: a reply is no sight of it.
    /// </summary>
    public async Task Of(Resource resource, CancellationToken stop)
    {
        if (!resource.IsMade)
        {
            throw new StepRefused("it is named in the spec as existing, but it is not there");
        }
        if (await Claimed(resource, stop).ConfigureAwait(false) is var wait && wait > TimeSpan.Zero)
        {
            events.Emit(new StepNote(clock.GetUtcNow(), resource.Id,
                $"an earlier run may have ordered it: looking for {wait.TotalSeconds:0} s before ordering again"));
            if (await patience.LookFor(resource, wait, stop).ConfigureAwait(false))
            {
                return;
            }
        }
        if (resource.Billed && orders.Refusal is not null)
        {
            throw HeldBack();
        }
        for (var attempt = 1; ; attempt++)
        {
            stop.ThrowIfCancellationRequested();
            journal.Begin(resource.Id, StepAction.Create, clock.GetUtcNow());
            try
            {
                await patience.Patiently(resource,
                    () => resource.Make(known, resource.Billed ? orders.Refused : CancellationToken.None), stop)
                    .ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (resource.Billed && orders.Refused.IsCancellationRequested)
            {
                // While it was prepared. Calls in flight are finished, so a look decides whether it had gone out.
                if (await patience.LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    return;
                }
                journal.End(resource.Id, clock.GetUtcNow());
                throw HeldBack();
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Uncertain && attempt < MaxCreates)
            {
                patience.TellLost(resource, error);
                if (await patience.LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    return;
                }
            }
            catch (CloudError error) when (error.Kind is CloudErrorKind.Exists)
            {
                if (!await patience.LookFor(resource, resource.CreateLag, stop).ConfigureAwait(false))
                {
                    throw;
                }
                return;
            }
            catch (CloudError error) when (error.Kind is not CloudErrorKind.Uncertain)
            {
                // A clear refusal: nothing was made.
                journal.End(resource.Id, clock.GetUtcNow());
                throw;
            }
        }
    }

    private StepHeldBack HeldBack() => new($"not ordered, because {orders.Refusal} was refused");

    /// <summary>Under the claim alone is anything ordered, also what has gone since the plan was made.</summary>
    private async Task<TimeSpan> Claimed(Resource resource, CancellationToken stop)
    {
        try
        {
            return await orders.LookFor(resource, stop).ConfigureAwait(false);
        }
        catch (ClaimHeld held)
        {
            throw new StepRefused(held.Message);
        }
    }
}
