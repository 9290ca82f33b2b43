using System.Globalization;

namespace Sealane.Service.Records;

/// <summary>How long what only grows is kept.</summary>
/// <param name="History">Of changes, and of the events of runs that have ended.</param>
/// <param name="Audit">Of rows of the audit log.</param>
internal sealed record Keep(TimeSpan History, TimeSpan Audit)
{
    public const int HistoryDays = 400;
    public const int AuditDays = 1100;
}

/// <summary>Forgets once a day what is too old; several silos may do it at once.</summary>
internal sealed class Retention(ServeOptions options, Store store, ILogger<Retention> log) : BackgroundService
{
    private static readonly TimeSpan First = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var wait = First; ; wait = TimeSpan.FromDays(1))
        {
            await Task.Delay(wait, stoppingToken).ConfigureAwait(false);
            try
            {
                var now = TimeProvider.System.GetUtcNow();
                store.Forget(now - options.Keep.History);
                store.CutAudit(now - options.Keep.Audit, now);
            }
            catch (Exception error) when (error is RecordsDown or System.Data.Common.DbException)
            {
                Log.NotForgotten(log, error);
            }
        }
    }
}

internal sealed partial class Store
{
    private const string Cut = "cut";

    /// <summary>Deletes changes, and events and bundles of runs that ended, from before. The last change stays: readers
    /// count from its number.</summary>
    /// <returns>How many rows went.</returns>
    public int Forget(DateTimeOffset before) => Write(now => now.Run("""
        delete from history where at < @before and id < (select max(id) from history)
        """, ("before", Text(before))) + now.Run("""
        delete from run_events where run in (select id from runs where ended_at < @before)
        """, ("before", Text(before))) + now.Run("""
        delete from bundles where run in (select id from runs where ended_at < @before)
        """, ("before", Text(before))) + now.Run("delete from writers where at < @before", ("before", Text(before))));

    /// <summary>
    /// Cuts off the beginning of the audit log. The cut stands in the log as a row like any other, with the hash of
    /// the last row that went: so what is left is checked as before, from that hash on, and a beginning that went in
    /// another way shows.
    /// </summary>
    /// <returns>The number of the last row that went; null where none is old enough.</returns>
    public long? CutAudit(DateTimeOffset before, DateTimeOffset at) => Write(now =>
    {
        now.Alone();
        var last = now.All("""
            select id, hash from audit where at < @before and id < (select max(id) from audit) order by id desc limit 1
            """, row => (Id: row.Number("id"), Hash: row.Text("hash")), ("before", Text(before)));
        if (last is not [var (id, hash)])
        {
            return (long?)null;
        }
        Audit(now, "service", Cut, "audit", CutSays(id, hash), at);
        now.Run("insert into audit_cuts values (@id, @hash, @at)", ("id", id), ("hash", hash), ("at", Text(at)));
        now.Run("delete from audit where id <= @id", ("id", id));
        return id;
    });

    private static string CutSays(long id, string hash) =>
        string.Create(CultureInfo.InvariantCulture, $"rows up to {id}, whose hash is {hash}");
}
