using Npgsql;
using Sealane.Service.Links;
using Sealane.Service.Records;

namespace Sealane.Service.Cluster;

/// <summary>Passes the bell on between silos, by PostgreSQL's own means: a browser at another silo than the link's
/// hears what is new as soon. A ring that is lost costs a pause and no news.</summary>
/// <remarks>https://www.postgresql.org/docs/15/sql-notify.html</remarks>
internal sealed class BellOfAll(PostgresDatabase database, Bell bell, ILogger<BellOfAll> log) : BackgroundService
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    /// <summary>Rings within it are passed on as one.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(100);

    private readonly string _self = Guid.NewGuid().ToString("n");

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Repeat(Hear, stoppingToken), Repeat(Tell, stoppingToken));

    private async Task Hear(CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct).ConfigureAwait(false);
        connection.Notification += (_, told) =>
        {
            if (told.Payload != _self)
            {
                bell.RingHere();
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {PostgresDatabase.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
        // Whatever was told while nobody listened.
        bell.RingHere();
        while (true)
        {
            await connection.WaitAsync(ct).ConfigureAwait(false);
        }
    }

    private async Task Tell(CancellationToken ct)
    {
        while (true)
        {
            await bell.Rung.WaitAsync(ct).ConfigureAwait(false);
            await using (var notify = database.Source.CreateCommand($"notify {PostgresDatabase.Channel}, '{_self}'"))
            {
                await notify.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            }
            await Task.Delay(Gather, ct).ConfigureAwait(false);
        }
    }

    private async Task Repeat(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct).ConfigureAwait(false);
            }
            catch (Exception error) when (error is NpgsqlException or IOException)
            {
                Log.Deaf(log, error);
                await Task.Delay(Again, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
