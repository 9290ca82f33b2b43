using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Sealane.Service.Records;

/// <summary>
/// The records of the service: one SQLite file in WAL mode. They are the truth; what a grain holds is a copy. One
/// connection, one statement or transaction at a time: a service of one process writes some ten rows a second at most.
/// </summary>
/// <remarks>https://www.sqlite.org/wal.html, https://www.sqlite.org/pragma.html#pragma_synchronous</remarks>
internal sealed partial class Store : IDisposable
{
    /// <summary>Raised with <see cref="s_steps"/>; a file of a newer one is not touched.</summary>
    public static int Version => s_steps.Length;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    // What leads from one version of the file to the next, never changed once it was released.
    private static readonly string[] s_steps =
    [
        """
        create table links (name text primary key, policy text not null, version integer not null, added text not null,
            removed text, verdict text not null, evidence text, looked text, looks integer not null default 0,
            memory text, verification text, objects text, picture text) strict;
        create table specs (link text not null, version integer not null, file text not null, text text not null,
            sha256 text not null, at text not null, who text not null, primary key (link, version)) strict;
        create table runs (id integer primary key autoincrement, link text not null, kind text not null,
            state text not null, version integer not null, asked_by text not null, asked_at text not null,
            key text unique, plan text, consent text not null default '[]', approved_by text, approved_at text,
            ended_at text, said text not null default '', result text) strict;
        create index runs_of_link on runs (link, id);
        create table run_events (run integer not null, seq integer not null, json text not null,
            primary key (run, seq)) strict;
        create table history (id integer primary key autoincrement, link text not null, at text not null,
            item text not null, was text, now text, detail text not null, evidence text) strict;
        create index history_of_link on history (link, id);
        create table audit (id integer primary key autoincrement, at text not null, who text not null,
            action text not null, subject text not null, detail text not null, hash text not null) strict;
        create trigger audit_stays before update on audit
            begin select raise(abort, 'the audit log is append-only'); end;
        create trigger audit_is_kept before delete on audit
            begin select raise(abort, 'the audit log is append-only'); end;
        create table reminders (grain text not null, name text not null, hash integer not null, start text not null,
            period_ms integer not null, etag text not null, primary key (grain, name)) strict;
        """,
    ];

    public Store(string path)
    {
        var isNew = !File.Exists(path);
        if (isNew)
        {
            // Made with its mode and not changed afterwards: nobody else may open it in between.
            using var made = new FileStream(path, DataFolder.OwnFile);
        }
        _connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000;");
        var version = (int)(long)One("pragma user_version")!;
        if (version > Version)
        {
            throw new UsageError($"error: {path} was written by a newer Sealane (version {version} of the records, and "
                + $"this one reads {Version})\n  fix: start the newer one, or restore a backup from "
                + "before the upgrade");
        }
        for (; version < Version; version++)
        {
            Run($"begin immediate; {s_steps[version]} pragma user_version = {version + 1}; commit;");
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

    /// <summary>Whether it can be read and written.</summary>
    public bool IsWell()
    {
        try
        {
            Run("begin immediate; rollback;");
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    public void Dispose() => _connection.Dispose();

    private static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue($"${name}", value ?? DBNull.Value);
        }
        return command;
    }

    /// <returns>How many rows were written.</returns>
    private int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }
    }

    private object? One(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            return command.ExecuteScalar() is { } value and not DBNull ? value : null;
        }
    }

    private List<T> All<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        lock (_gate)
        {
            using var command = Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
            {
                rows.Add(read(new(reader)));
            }
            return rows;
        }
    }

    /// <summary>Columns by name.</summary>
    private readonly struct Row(SqliteDataReader reader)
    {
        public string Text(string name) => reader.GetString(reader.GetOrdinal(name));
        public string? Maybe(string name) => reader.IsDBNull(reader.GetOrdinal(name)) ? null : Text(name);
        public long Number(string name) => reader.GetInt64(reader.GetOrdinal(name));
        public DateTimeOffset Time(string name) => Store.Time(Text(name));
        public DateTimeOffset? MaybeTime(string name) => Maybe(name) is { } text ? Store.Time(text) : null;
    }
}
