using Microsoft.Data.Sqlite;

namespace Sealane.Service.Records;

/// <summary>
/// One file in WAL mode, for a service of one process. One connection, one transaction at a time: it writes some ten
/// rows a second at most.
/// </summary>
/// <remarks>https://www.sqlite.org/wal.html, https://www.sqlite.org/pragma.html#pragma_synchronous</remarks>
internal sealed class SqliteDatabase : Database
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly string _path;

    public SqliteDatabase(string path)
    {
        _path = path;
        if (!File.Exists(path))
        {
            // Made with its mode and not changed afterwards: nobody else may open it in between.
            using var made = new FileStream(path, DataFolder.OwnFile);
        }
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Execute("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;");
    }

    public override bool IsShared => false;
    public override string Place => _path;

    public override IReadOnlyDictionary<string, string> Words { get; } = new Dictionary<string, string>
    {
        ["long"] = "integer",
        ["number"] = "integer primary key autoincrement",
        ["strict"] = " strict",
        ["audit 1"] = """
            create trigger audit_stays before update on audit
                begin select raise(abort, 'the audit log is append-only'); end;
            create trigger audit_is_kept before delete on audit
                begin select raise(abort, 'the audit log is append-only'); end;
            """,
        ["audit 2"] = """
            drop trigger audit_is_kept;
            create trigger audit_is_kept before delete on audit
                when old.id > coalesce((select max(id) from audit_cuts), 0)
                begin select raise(abort, 'the audit log is append-only'); end;
            """,
    };

    public override T Read<T>(Func<Statements, T> work, TimeSpan patience)
    {
        lock (_gate)
        {
            return work(new(_connection, null, ""));
        }
    }

    public override T Write<T>(Func<Statements, T> work, TimeSpan patience)
    {
        lock (_gate)
        {
            using var whole = _connection.BeginTransaction();
            var done = work(new(_connection, whole, ""));
            whole.Commit();
            return done;
        }
    }

    public override void Migrate()
    {
        var version = (int)(long)Read(now => now.One("pragma user_version"), TimeSpan.Zero)!;
        if (version > Schema.Version)
        {
            throw Newer(_path, version);
        }
        for (; version < Schema.Version; version++)
        {
            Execute($"begin immediate; {Schema.Step(version, Words)} pragma user_version = {version + 1}; commit;");
        }
    }

    /// <summary>A whole copy while the service runs.</summary>
    /// <remarks>https://www.sqlite.org/lang_vacuum.html#vacuuminto</remarks>
    public static void Backup(string path, string copy)
    {
        if (File.Exists(copy))
        {
            throw new UsageError($"error: {copy} is there already\n  fix: name a new file");
        }
        using (var made = new FileStream(copy, DataFolder.OwnFile))
        {
        }
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "vacuum into $copy";
        command.Parameters.AddWithValue("$copy", copy);
        command.ExecuteNonQuery();
    }

    public override void Dispose() => _connection.Dispose();

    private void Execute(string sql)
    {
        lock (_gate)
        {
            using var command = _connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
