using System.Collections.Concurrent;
using Sealane.Cli.Watch;
using Sealane.Service.Accounts;
using Sealane.Service.Records;

namespace Sealane.Service.Links;

/// <summary>What all links of this process share, and which of them are being kept.</summary>
internal sealed class Keeping(ServeOptions options, DataFolder folder, Store store, Bell bell,
    ILocalSiloDetails silo, AllAccounts accounts, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, LinkKeeper> _kept = new(StringComparer.Ordinal);

    public ServeOptions Options => options;
    public DataFolder Folder => folder;
    public AllAccounts Accounts => accounts;

    public Store Store => store;

    /// <summary>The same for runs, which a restart of the database does not end.</summary>
    public Store Patient { get; } = store.Patient;

    /// <summary>Who has the right to write to the links that are kept here.</summary>
    public string Holder => silo.SiloAddress.ToParsableString();

    /// <summary>Whose claims in the clouds are; null: this machine's.</summary>
    public string? Owner { get; } = store.IsShared ? store.Owner : null;

    public Bell Bell => bell;

    /// <summary>The process is about to end: runs stop in order and go on after the next start.</summary>
    public CancellationToken Stopping => lifetime.ApplicationStopping;

    /// <summary>For the metrics.</summary>
    public IReadOnlyList<(IWatched Link, WatchState State)> Watched =>
        [.. _kept.Values.Select(kept => ((IWatched)kept.Link, kept.State))];

    /// <summary>A moment later, when its directory has settled.</summary>
    public void CallAgain(ILinkGrain link) => _ = Task.Run(async () =>
    {
        await Task.Delay(Moment, Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await link.Wake().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    });

    public LinkKeeper Begin(SpecRow spec, ILogger log)
    {
        var keeper = new LinkKeeper(this, spec, log);
        _kept[spec.Link] = keeper;
        return keeper;
    }

    public void End(LinkKeeper keeper) =>
        ((ICollection<KeyValuePair<string, LinkKeeper>>)_kept).Remove(new(keeper.Link.Name, keeper));
}

/// <summary>Wakes every link of the records when the service starts: no grain wakes by itself.</summary>
internal sealed class Waker(IGrainFactory grains, Store store, ILogger<Waker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var link in store.Links())
        {
            try
            {
                await grains.GetGrain<ILinkGrain>(link.Name).Wake().WaitAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.NotWoken(log, link.Name, error);
            }
        }
    }
}
