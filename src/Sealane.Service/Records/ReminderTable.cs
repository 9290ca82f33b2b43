namespace Sealane.Service.Records;

/// <summary>Orleans' reminders in the records: they survive the process, which the in-memory ones do not.</summary>
internal sealed class ReminderTable(Store store) : IReminderTable
{
    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(new ReminderTableData(store.Reminders("grain = @grain", ("grain", grainId.ToString()))));

    /// <summary>The rows of a part of the ring: from behind <paramref name="begin"/> up to <paramref name="end"/>,
    /// which may lie on the other side of zero.</summary>
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => Task.FromResult(new ReminderTableData(
        store.Reminders(begin < end ? "hash > @begin and hash <= @end" : "(hash > @begin or hash <= @end)",
            ("begin", (long)begin), ("end", (long)end))));

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => Task.FromResult(
        store.Reminders("grain = @grain and name = @name", ("grain", grainId.ToString()), ("name", reminderName))
            is [var row] ? row : null);

    public Task<string?> UpsertRow(ReminderEntry entry) => Task.FromResult<string?>(store.KeepReminder(entry));

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        Task.FromResult(store.ForgetReminder(grainId, reminderName, eTag));

    public Task TestOnlyClearTable() => throw new NotSupportedException();
}

internal sealed partial class Store
{
    public IReadOnlyList<ReminderEntry> Reminders(string where, params (string Name, object? Value)[] values) => All(
        $"select * from reminders where {where}", row => new ReminderEntry
        {
            GrainId = GrainId.Parse(row.Text("grain")),
            ReminderName = row.Text("name"),
            StartAt = row.Time("start").UtcDateTime,
            Period = TimeSpan.FromMilliseconds(row.Number("period_ms")),
            ETag = row.Text("etag"),
        }, values);

    public string KeepReminder(ReminderEntry entry)
    {
        var etag = Guid.NewGuid().ToString("n");
        Run("""
            insert into reminders values (@grain, @name, @hash, @start, @period, @etag)
            on conflict (grain, name) do update set start = @start, period_ms = @period, etag = @etag
            """, ("grain", entry.GrainId.ToString()), ("name", entry.ReminderName),
            ("hash", (long)entry.GrainId.GetUniformHashCode()),
            ("start", Text(new(entry.StartAt.ToUniversalTime(), TimeSpan.Zero))),
            ("period", (long)entry.Period.TotalMilliseconds), ("etag", etag));
        return etag;
    }

    public bool ForgetReminder(GrainId grain, string name, string etag) => Run(
        "delete from reminders where grain = @grain and name = @name and etag = @etag", ("grain", grain.ToString()),
        ("name", name), ("etag", etag)) > 0;
}
