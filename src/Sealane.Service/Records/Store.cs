namespace Sealane.Service.Records;

/// <summary>
/// The records of the service: links, versions of specs, runs with their events, history, audit log, reminders, and who
/// may write. They are the truth; what a grain holds is a copy.
/// </summary>
internal sealed partial class Store : IDisposable
{
    /// <summary>Of somebody who waits for an answer: a database that was restarted is back by then, or it is
    /// told.</summary>
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    /// <summary>Of work that nobody waits for: a restart of the database does not end a run.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly Database _database;
    private readonly TimeSpan _patience;

    public Store(string path)
        : this(new SqliteDatabase(path))
    {
    }

    public Store(Database database)
    {
        (_database, _patience) = (database, Short);
        try
        {
            database.Migrate();
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private Store(Database database, TimeSpan patience) => (_database, _patience) = (database, patience);

    /// <summary>The same records for whoever rather waits than gives up.</summary>
    public Store Patient => new(_database, Long);

    /// <summary>Several processes may write into them at once.</summary>
    public bool IsShared => _database.IsShared;

    public string Place => _database.Place;

    /// <summary>Whether they can be read and written.</summary>
    public bool IsWell()
    {
        try
        {
            return _database.Write(now => now.One("select version from membership") is not null, TimeSpan.Zero);
        }
        catch (Exception error) when (error is RecordsDown or System.Data.Common.DbException)
        {
            return false;
        }
    }

    public void Dispose() => _database.Dispose();

    private static string Text(DateTimeOffset at) => Times.Text(at);

    private T Write<T>(Func<Statements, T> work) => _database.Write(work, _patience);

    /// <returns>How many rows were written.</returns>
    private int Run(string sql, params (string Name, object? Value)[] values) => Write(now => now.Run(sql, values));

    private object? One(string sql, params (string Name, object? Value)[] values) =>
        _database.Read(now => now.One(sql, values), _patience);

    private List<T> All<T>(string sql, Func<Row, T> read, params (string Name, object? Value)[] values) =>
        _database.Read(now => now.All(sql, read, values), _patience);
}
