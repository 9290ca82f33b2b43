using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>One link of the fleet: the only one that looks at it and writes to it.</summary>
internal interface ILinkGrain : IGrainWithStringKey
{
    /// <summary>Does what the records say: watches, goes on with a run that was begun, begins the next one. Harmless
    /// where all that is being done already.</summary>
    Task Wake();

    /// <summary>Reads all evidence at once instead of at its time.</summary>
    Task Look();

    /// <summary>The way of one packet in the network as it was read last.</summary>
    /// <returns>JSON with <c>trace</c> and <c>text</c>, or with <c>error</c>; null where this process has not read all
    /// evidence yet.</returns>
    Task<string?> Trace(string source, string destination, IReadOnlyList<string> without);

    /// <summary>Ends the run that is being worked on, in order.</summary>
    Task Stop(long run);
}

/// <summary>
/// Holds nothing that the records do not: after a crash <see cref="Wake"/> finds out what was going on. The reminder
/// is the net under it: whatever ended a watch, a minute later it goes on.
/// </summary>
internal sealed class LinkGrain(Keeping keeping, Store store, ILogger<LinkGrain> log) : Grain, ILinkGrain, IRemindable
{
    private const string Reminder = "watch";
    private static readonly TimeSpan Net = TimeSpan.FromMinutes(1);

    private LinkKeeper? _keeper;

    private string Name => this.GetPrimaryKeyString();

    public async Task Wake()
    {
        try
        {
            await Keep().ConfigureAwait(true);
        }
        catch (Exception error) when (error is RecordsDown or System.Data.Common.DbException or ReminderException)
        {
            // No exception of theirs passes between silos. The reminder, or the next who asks, tries again.
            Log.NotWoken(log, Name, error);
        }
    }

    private async Task Keep()
    {
        if (keeping.Stopping.IsCancellationRequested)
        {
            return;
        }
        var link = store.Link(Name);
        if (_keeper is { } kept && (link is null || kept.Version != link.Version || kept.IsOver))
        {
            _keeper = null;
            await kept.DisposeAsync().ConfigureAwait(true);
        }
        if (link is null)
        {
            if (await this.GetReminder(Reminder).ConfigureAwait(true) is { } left)
            {
                await this.UnregisterReminder(left).ConfigureAwait(true);
            }
            DeactivateOnIdle();
            return;
        }
        if (await this.GetReminder(Reminder).ConfigureAwait(true) is null)
        {
            await this.RegisterOrUpdateReminder(Reminder, Net, Net).ConfigureAwait(true);
        }
        _keeper ??= keeping.Begin(store.Spec(Name, link.Version)!, log);
        _keeper.GoOn();
    }

    public async Task Look()
    {
        await Wake().ConfigureAwait(true);
        _keeper?.LookNow();
    }

    public async Task<string?> Trace(string source, string destination, IReadOnlyList<string> without)
    {
        await Wake().ConfigureAwait(true);
        return LinkTrace.Of(_keeper?.State.Last, source, destination, without);
    }

    public Task Stop(long run)
    {
        _keeper?.Stop(run);
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => Wake();

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_keeper is { } kept)
        {
            await kept.DisposeAsync().ConfigureAwait(true);
        }
        // The directory forgets grains of silos that live when another one leaves, and nobody else would call them.
        if (!keeping.Stopping.IsCancellationRequested && reason.ReasonCode
            is not (DeactivationReasonCode.ApplicationRequested or DeactivationReasonCode.ShuttingDown))
        {
            keeping.CallAgain(GrainFactory.GetGrain<ILinkGrain>(Name));
        }
    }
}
