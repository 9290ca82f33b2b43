using Sealane.Service.Links;
using Sealane.Service.Records;

namespace Sealane.Service.Cluster;

/// <summary>
/// No grain wakes by itself when its silo is gone. Each silo that is left watches who is in the cluster, and calls the
/// links that a lost one kept, and then all: the directory may have forgotten where some of the others were. Called
/// twice they do no more than once. The reminder, a minute later, is the net under it.
/// </summary>
internal sealed class Poke(
    IClusterMembershipService membership, IGrainFactory grains, Store store, ILogger<Poke> log) : BackgroundService
{
    private const int AtOnce = 16;

    /// <summary>The directory of grains needs a moment too, and so does a database that is away.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var dead = new HashSet<SiloAddress>();
        await foreach (var seen in membership.MembershipUpdates.WithCancellation(stoppingToken).ConfigureAwait(false))
        {
            foreach (var member in seen.Members.Values)
            {
                if (member.Status == SiloStatus.Dead && dead.Add(member.SiloAddress))
                {
                    _ = Call(member.SiloAddress, stoppingToken);
                }
            }
        }
    }

    private async Task Call(SiloAddress silo, CancellationToken ct)
    {
        var holder = silo.ToParsableString();
        try
        {
            var links = await Task.Run(() => store.Patient.HeldBy(holder), ct).ConfigureAwait(false);
            if (links.Count == 0)
            {
                return;
            }
            Log.SiloGone(log, holder);
            links = [.. links.Union(store.Patient.Links().Select(link => link.Name))];
            await Parallel.ForEachAsync(links, new ParallelOptions
            {
                MaxDegreeOfParallelism = AtOnce,
                CancellationToken = ct,
            }, Wake).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or RecordsDown)
        {
            // The reminders are left.
        }
    }

    private async ValueTask Wake(string link, CancellationToken ct)
    {
        var end = TimeProvider.System.GetUtcNow() + Most;
        while (true)
        {
            try
            {
                await grains.GetGrain<ILinkGrain>(link).Wake().WaitAsync(ct).ConfigureAwait(false);
                return;
            }
            catch (Exception error) when (error is not OperationCanceledException
                && TimeProvider.System.GetUtcNow() < end)
            {
                await Task.Delay(Again, ct).ConfigureAwait(false);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                Log.NotWoken(log, link, error);
                return;
            }
        }
    }
}
