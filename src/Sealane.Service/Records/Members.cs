using System.Globalization;

namespace Sealane.Service.Records;

/// <summary>Who is in the cluster, in the records. Each change is accepted only by whoever knew the table as it was:
/// the row and the whole have a number, and both are compared and raised in one transaction.</summary>
/// <remarks>https://learn.microsoft.com/dotnet/orleans/implementation/cluster-management</remarks>
/// <param name="gone">The own row is not there: the table is another one than this silo joined.</param>
internal sealed class MembershipTable(Store store, Action gone) : IMembershipTable
{
    public Task InitializeMembershipTable(bool tryInitTableVersion) => Task.CompletedTask;

    public Task DeleteMembershipTableEntries(string clusterId) =>
        Off(() => store.ForgetMembers("true"));

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Off(() => store.ForgetMembers(
        "status = @dead and alive < @before", ("dead", (long)SiloStatus.Dead), ("before", Times.Text(beforeDate))));

    public Task<MembershipTableData> ReadRow(SiloAddress key) =>
        Off(() => store.Members("address = @address", ("address", key.ToParsableString())));

    public Task<MembershipTableData> ReadAll() => Off(() => store.Members("true"));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Off(() => store.KeepMember(entry, null, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Off(() => store.KeepMember(entry, etag, tableVersion));

    public Task UpdateIAmAlive(MembershipEntry entry) => Off(() =>
    {
        if (!store.IsAlive(entry.SiloAddress, entry.IAmAliveTime))
        {
            gone();
        }
        return true;
    });

    /// <summary>Off the thread of whoever asks: the records answer while he goes on.</summary>
    private static Task<T> Off<T>(Func<T> ask) => Task.Run(ask);
}

internal sealed partial class Store
{
    public MembershipTableData Members(string where, params (string Name, object? Value)[] values) =>
        _database.Read(now =>
        {
            // Before the rows: a change in between makes the number too old, and never too young.
            var version = (long)now.One("select version from membership")!;
            return new MembershipTableData(now.All($"select * from members where {where}", row => Tuple.Create(
                new MembershipEntry
                {
                    SiloAddress = SiloAddress.FromParsableString(row.Text("address")),
                    Status = (SiloStatus)row.Number("status"),
                    SuspectTimes = [.. row.Text("suspects").Split('\n', StringSplitOptions.RemoveEmptyEntries)
                        .Select(line => line.Split(' ')).Select(words => Tuple.Create(
                            SiloAddress.FromParsableString(words[0]), Times.Of(words[1]).UtcDateTime))],
                    HostName = row.Text("host"),
                    SiloName = row.Text("name"),
                    StartTime = row.Time("started").UtcDateTime,
                    IAmAliveTime = row.Time("alive").UtcDateTime,
                }, row.Text("etag")), values), Of(version));
        }, _patience);

    /// <param name="etag">Of the row as it was known; null: there is none yet.</param>
    /// <returns>False where the row or the table was changed since.</returns>
    public bool KeepMember(MembershipEntry entry, string? etag, TableVersion version)
    {
        try
        {
            return Write(now =>
            {
                if (now.Run("update membership set version = @version where version = @before",
                    ("version", (long)version.Version),
                    ("before", long.Parse(version.VersionEtag, CultureInfo.InvariantCulture))) == 0)
                {
                    return false;
                }
                (string, object?)[] values =
                [
                    ("address", entry.SiloAddress.ToParsableString()), ("status", (long)entry.Status),
                    ("suspects", string.Join('\n', (entry.SuspectTimes ?? []).Select(one =>
                        $"{one.Item1.ToParsableString()} {Text(Utc(one.Item2))}"))),
                    ("host", entry.HostName ?? ""), ("name", entry.SiloName ?? ""),
                    ("started", Text(Utc(entry.StartTime))), ("alive", Text(Utc(entry.IAmAliveTime))),
                    ("etag", $"{version.Version}"), ("before", etag),
                ];
                var rows = etag is null
                    ? now.Run("""
                        insert into members values (@address, @status, @suspects, @host, @name, @started, @alive, @etag)
                        on conflict (address) do nothing
                        """, values.AsSpan(..^1))
                    : now.Run("""
                        update members set status = @status, suspects = @suspects, host = @host, name = @name,
                            started = @started, alive = @alive, etag = @etag
                        where address = @address and etag = @before
                        """, values);
                return rows > 0 ? true : throw new NotAsKnown();
            });
        }
        catch (NotAsKnown)
        {
            return false;
        }
    }

    /// <returns>False where there is no such row.</returns>
    public bool IsAlive(SiloAddress silo, DateTime at) => Run("update members set alive = @at where address = @address",
        ("at", Text(Utc(at))), ("address", silo.ToParsableString())) > 0;

    public int ForgetMembers(string where, params (string Name, object? Value)[] values) =>
        Run($"delete from members where {where}", values);

    private static TableVersion Of(long version) => new((int)version, version.ToString(CultureInfo.InvariantCulture));

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    /// <summary>Takes the raised version of the table back with it.</summary>
    private sealed class NotAsKnown : Exception;
}
