using Microsoft.Data.Sqlite;
using Npgsql;
using Sealane.Cli;
using Sealane.Service;
using Sealane.Service.Records;

namespace Sealane.Tests.Service.Cluster;

public sealed class SqliteStoreTests : StoreContract
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-records-");

    private string Records => Path.Combine(_root.FullName, "records.db");

    private protected override Task<Database> Make() => Task.FromResult<Database>(new SqliteDatabase(Records));

    private protected override async Task Sql(string text)
    {
        await using var connection = new SqliteConnection($"Data Source={Records};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = text;
        await command.ExecuteNonQueryAsync();
    }

    private protected override async Task<Database> MakeOld(string rows)
    {
        var path = Path.Combine(_root.FullName, "old.db");
        var database = new SqliteDatabase(path);
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"{Schema.Step(0, database.Words)} {rows}; pragma user_version = 1;";
        await command.ExecuteNonQueryAsync();
        return database;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _root.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}

public sealed class PostgresStoreTests(PostgresServer server) : StoreContract, IClassFixture<PostgresServer>
{
    private string _text = "";

    private protected override async Task<Database> Make()
    {
        Assert.SkipUnless(PostgresServer.Missing.Length == 0, PostgresServer.Missing);
        _text = await server.NewSchema();
        return Open();
    }

    private protected override async Task<Database> MakeOld(string rows)
    {
        _text = await server.NewSchema();
        var database = Open();
        await Sql($"{Schema.Step(0, database.Words)} {rows}; create table records_version (version bigint not null);"
            + "insert into records_version values (1);");
        return database;
    }

    private PostgresDatabase Open() => new(NpgsqlDataSource.Create(_text));

    private protected override async Task Sql(string text)
    {
        await using var source = NpgsqlDataSource.Create(_text);
        await using var command = source.CreateCommand(text);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Silos_that_start_together_make_the_tables_once()
    {
        _text = await server.NewSchema();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => new Store(Open()))));
        Assert.All(stores, store => Assert.True(store.IsWell()));
        Assert.Single(stores.Select(store => store.Owner).Distinct());
        Array.ForEach(stores, store => store.Dispose());
    }

    [Fact]
    public async Task Records_of_a_newer_version_are_not_touched()
    {
        await Sql($"update records_version set version = {Schema.Version + 1}");
        Assert.Contains("newer Sealane", Assert.Throws<UsageError>(() => new Store(Open())).Message);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_not_made_again()
    {
        using var way = new Losing(server.Port);
        var text = (await server.NewSchema()).Replace($"Port={server.Port}", $"Port={way.Port}");
        using var store = new Store(new PostgresDatabase(NpgsqlDataSource.Create(text)));
        way.Lose = 3;
        for (var row = 0; row < 4; row++)
        {
            store.Audit("anna", "look", $"{row}", "", At);
        }
        Assert.Equal(3, way.Lost);
        Assert.Equal(["3", "2", "1", "0"], store.AuditLog(10).Select(row => row.Subject));
    }

    /// <summary>A process that is stopped in the middle of a write: the server takes back what it had locked, and when
    /// it is woken it writes anew.</summary>
    [Fact]
    public async Task A_writer_that_stands_still_holds_nobody_up()
    {
        _text = await server.NewSchema();
        var database = Open();
        using var still = new Store(database);
        using var other = new Store(Open());
        other.TakeFence("sydney", "a", At);
        using var never = new ManualResetEventSlim();
        var stopped = new TaskCompletionSource();
        var times = 0;
        var write = Task.Run(() => database.Write(now =>
        {
            now.Run("update fences set holder = 'late' where link = 'sydney'");
            if (Interlocked.Increment(ref times) == 1)
            {
                stopped.SetResult();
                never.Wait(TimeSpan.FromSeconds(6));
            }
            return times;
        }, TimeSpan.FromSeconds(20)));
        await stopped.Task;
        Assert.True(other.TakeFence("sydney", "b", At).WasHeld);
        Assert.False(write.IsCompleted);
        Assert.Equal(2, await write);
    }

    /// <summary>Each write begins anew or is known to have been carried out, however often the server is
    /// killed.</summary>
    [Fact]
    public async Task What_is_written_while_the_server_is_killed_is_written_once()
    {
        await using var own = new Own();
        await own.Server.InitializeAsync();
        using var store = new Store(new PostgresDatabase(NpgsqlDataSource.Create(await own.Server.NewSchema())));
        using var end = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            while (!end.IsCancellationRequested)
            {
                store.Patient.Audit("who", "look", $"{Interlocked.Increment(ref written)}", "", At);
            }
        })).ToList();
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(300, TestContext.Current.CancellationToken);
            await own.Server.Stop();
            Assert.False(store.IsWell());
            await own.Server.Start();
        }
        await Task.Delay(300, TestContext.Current.CancellationToken);
        await end.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Equal((written, null), (store.CheckAudit().Rows, store.CheckAudit().Broken));
        Assert.Equal(written, store.AuditLog(int.MaxValue).Select(row => row.Subject).Distinct().Count());
    }

    [Fact]
    public void The_connection_string_is_never_told()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "Host=x;Bogus secret=planted-password");
            Mode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var wrong = Assert.Throws<UsageError>(() => PostgresReference.Read($"file:{path}"));
            Assert.DoesNotContain("planted-password", wrong.ToString());
            Mode(path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Contains("chmod 600",
                Assert.Throws<UsageError>(() => PostgresReference.Read($"file:{path}")).Message);
            Assert.DoesNotContain("planted-password", Assert.Throws<UsageError>(() =>
                PostgresReference.Read("Host=x;Password=planted-password")).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Mode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private sealed class Own : IAsyncDisposable
    {
        public PostgresServer Server { get; } = new();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
