using System.Data.Common;
using System.Globalization;

namespace Sealane.Service.Records;

/// <summary>The records cannot be reached now: nothing was written, or nobody knows yet.</summary>
internal sealed class RecordsDown(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Where the records lie. Their SQL is one; what the two databases say differently is here.</summary>
internal abstract class Database : IDisposable
{
    /// <summary>Several processes may write into it at once.</summary>
    public abstract bool IsShared { get; }

    /// <summary>Words of <see cref="Schema"/> that the databases spell differently.</summary>
    public abstract IReadOnlyDictionary<string, string> Words { get; }

    /// <summary>Where it is, without anything secret.</summary>
    public abstract string Place { get; }

    /// <param name="patience">How long to wait for a database that is away.</param>
    /// <exception cref="RecordsDown">It stayed away.</exception>
    public abstract T Read<T>(Func<Statements, T> work, TimeSpan patience);

    /// <summary>One transaction, all or nothing; <paramref name="work"/> may be begun more than once.</summary>
    /// <exception cref="RecordsDown">The database stayed away; or what became of the transaction is not
    /// known.</exception>
    public abstract T Write<T>(Func<Statements, T> work, TimeSpan patience);

    /// <summary>Brings the records to <see cref="Schema.Version"/>; one process at a time.</summary>
    /// <exception cref="UsageError">They are of a newer program.</exception>
    public abstract void Migrate();

    public abstract void Dispose();

    protected static UsageError Newer(string place, long version) => new($"error: {place} was written by a newer "
        + $"Sealane (version {version} of the records, and this one reads {Schema.Version})\n  fix: start the newer "
        + "one, or restore a backup from before the upgrade");
}

/// <summary>SQL in a transaction, with values by name: <c>@name</c>.</summary>
/// <param name="alone">What lets nobody else pass until the transaction ends; empty where there is one at a
/// time.</param>
internal sealed class Statements(DbConnection connection, DbTransaction? whole, string alone)
{
    /// <summary>
    /// Until the transaction ends nobody else writes what is numbered in one row without gaps: the audit log's chain,
    /// and the history, of which a reader asks for what is behind the last number that he has.
    /// </summary>
    public void Alone()
    {
        if (alone.Length > 0)
        {
            One(alone);
        }
    }

    /// <returns>How many rows were written.</returns>
    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public object? One(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public List<T> All<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
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

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, whole);
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ($"@{name}", value ?? DBNull.Value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}

/// <summary>Columns by name.</summary>
internal readonly struct Row(DbDataReader reader)
{
    public string Text(string name) => reader.GetString(reader.GetOrdinal(name));
    public string? Maybe(string name) => reader.IsDBNull(reader.GetOrdinal(name)) ? null : Text(name);
    public long Number(string name) => reader.GetInt64(reader.GetOrdinal(name));
    public DateTimeOffset Time(string name) => Times.Of(Text(name));
    public DateTimeOffset? MaybeTime(string name) => Maybe(name) is { } text ? Times.Of(text) : null;
}

/// <summary>Times as the records hold them: text that sorts as the times do.</summary>
internal static class Times
{
    public static string Text(DateTimeOffset at) => at.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    public static DateTimeOffset Of(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
