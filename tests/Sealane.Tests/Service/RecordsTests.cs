using Microsoft.Data.Sqlite;
using Sealane.Cli;
using Sealane.Cli.Watch;
using Sealane.Service;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Tests.Service;

/// <summary>The file of records, the file of tokens and the folder that they are in.</summary>
public sealed class RecordsTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-records-");

    private string Records => Path.Combine(_root.FullName, "records.db");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void A_row_of_the_audit_log_that_was_altered_is_found_and_the_log_resists()
    {
        using (var store = new Store(Records))
        {
            foreach (var who in new[] { "anna", "olaf", "abel" })
            {
                store.Audit(who, "approve", "sydney", "run 1", At);
            }
            Assert.Equal((3, null), (store.CheckAudit().Rows, store.CheckAudit().Broken));
        }
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() =>
            Sql("update audit set who = 'eve' where id = 2")).Message);
        Assert.Contains("append-only", Assert.Throws<SqliteException>(() => Sql("delete from audit")).Message);
        Sql("drop trigger audit_stays; update audit set who = 'eve' where id = 2");
        using (var store = new Store(Records))
        {
            Assert.Equal(2, store.CheckAudit().Broken);
        }
        Sql("update audit set who = 'olaf' where id = 2; drop trigger audit_is_kept; delete from audit where id = 1");
        using (var store = new Store(Records))
        {
            Assert.Equal(1, store.CheckAudit().Broken);
        }
    }

    [Fact]
    public void Records_of_a_newer_version_are_not_touched()
    {
        new Store(Records).Dispose();
        Sql($"pragma user_version = {Schema.Version + 1}");
        Assert.Contains("newer Sealane", Assert.Throws<UsageError>(() => new Store(Records)).Message);
    }

    [Fact]
    public void A_backup_taken_meanwhile_is_whole_and_its_owners_alone()
    {
        using var store = new Store(Records);
        store.AddLink("sydney", "watch", "sydney.yaml", "text", "hash", "olaf", At);
        var copy = Path.Combine(_root.FullName, "copy.db");
        SqliteDatabase.Backup(Records, copy);
        Assert.Throws<UsageError>(() => SqliteDatabase.Backup(Records, copy));
        using var restored = new Store(copy);
        Assert.Equal(("sydney", "watch", 1L), (restored.Links()[0].Name, restored.Links()[0].Policy,
            restored.Links()[0].Version));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Records));
        }
    }

    [Fact]
    public void Two_services_do_not_share_a_folder_and_one_that_others_see_is_refused()
    {
        var path = Path.Combine(_root.FullName, "data");
        using (DataFolder.Open(path))
        {
            Assert.Contains("another service", Assert.Throws<UsageError>(() => DataFolder.Open(path)).Message);
        }
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherRead);
            Assert.Contains("chmod 700", Assert.Throws<UsageError>(() => DataFolder.Open(path)).Message);
        }
    }

    [Fact]
    public void A_token_that_was_taken_out_of_the_file_lets_nobody_in_any_more()
    {
        var path = Path.Combine(_root.FullName, "tokens");
        var tokens = new Tokens(path);
        var token = File.ReadAllLines(path)[1].Split(' ')[2];
        Assert.Equal(new Person("owner", Role.Approver), tokens.Find(token));
        Assert.Null(tokens.Find(token[..^1]));
        Assert.True(tokens.Knows(new("owner", Role.Approver)));
        Assert.False(tokens.Knows(new("owner", Role.Operator)));
        File.WriteAllText(path, $"owner viewer {Tokens.New()}\n");
        Assert.Null(tokens.Find(token));
        Assert.False(tokens.Knows(new("owner", Role.Approver)));
        if (!OperatingSystem.IsWindows())
        {
            File.AppendAllText(path, $"# {token}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
            Assert.Null(tokens.Find(token));
            Assert.Contains("chmod 600", Assert.Throws<UsageError>(() => new Tokens(path)).Message);
        }
    }

    /// <summary>What a watch knew before a restart: it grows old, and what differs now takes it away.</summary>
    [Fact]
    public void A_verdict_that_was_remembered_is_revoked_by_a_bulk_look_and_by_time()
    {
        BulkLook Look(string state) => new(new Dictionary<string, ObjectLook>
        {
            ["aws/vpc"] = new(state, true, [], "", null),
        }, []);
        var memory = new WatchMemory([new(WatchItems.Verdict, "encrypted")], Look("available"), At, 7);
        WatchState Resumed() => WatchState.Resume("sydney", TimeSpan.FromHours(1), At.AddMinutes(30),
            System.Text.Json.JsonSerializer.Deserialize<WatchMemory>(
                System.Text.Json.JsonSerializer.Serialize(memory))!);

        var calm = Resumed();
        Assert.Equal("encrypted", calm.Verdict);
        Assert.DoesNotContain(calm.FailedFull(Look("available"), "no answer", At.AddMinutes(31)),
            change => change.Id == "verdict");
        Assert.Empty(calm.Passed(At.AddMinutes(59)));
        var stale = Assert.Single(calm.Passed(At.AddMinutes(60)));
        Assert.Equal(("encrypted", WatchState.Stale), (stale.Was, stale.Is));
        Assert.Contains("last known: encrypted", stale.Detail[0]);
        Assert.True(stale.Number > 7);

        var changed = Resumed().FailedFull(Look("deleting"), "no answer", At.AddMinutes(31));
        Assert.Equal(WatchState.Changed, Assert.Single(changed, change => change.Id == "verdict").Is);
    }

    private void Sql(string text)
    {
        using var connection = new SqliteConnection($"Data Source={Records};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
