using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Sealane.Tests.Service.Cluster;

/// <summary>A server of PostgreSQL of its own: in a temporary folder, on loopback, as a user who may nothing; gone
/// afterwards. Debian's packages bring the programs (./ci --install).</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Nobody = "65534";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-pg-");
    private readonly int _port = FreePort();
    private int _schemas;

    private static string? Programs => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin"))
            .Where(folder => File.Exists(Path.Combine(folder, "initdb"))).Order().LastOrDefault() : null;

    /// <summary>Why it cannot be used here; empty where it can.</summary>
    public static string Missing => Programs is null ? "no PostgreSQL: ./ci --install brings it" : "";

    private static bool IsRoot => Environment.UserName == "root";
    internal int Port => _port;
    private string Data => Path.Combine(_root.FullName, "data");

    public async ValueTask InitializeAsync()
    {
        if (Missing.Length > 0)
        {
            return;
        }
        if (IsRoot)
        {
            await Run("chown", Nobody, _root.FullName);
        }
        // Nothing here outlives the machine, so nothing waits for its disk: a killed server loses no page of memory.
        await AsNobody("initdb", "-D", Data, "-U", "sealane", "--auth=trust", "-E", "UTF8", "--no-sync");
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = '127.0.0.1'
            port = {_port}
            unix_socket_directories = ''
            fsync = off
            """);
        await Start();
    }

    public async ValueTask DisposeAsync()
    {
        if (Missing.Length == 0)
        {
            await Stop();
        }
        _root.Delete(recursive: true);
    }

    public Task Start() =>
        AsNobody("pg_ctl", "-s", "-D", Data, "-l", Path.Combine(_root.FullName, "log"), "-w", "start");

    /// <summary>At once, as a crash is: no transaction in flight is ended.</summary>
    public Task Stop() => AsNobody("pg_ctl", "-s", "-D", Data, "-m", "immediate", "-w", "stop");

    /// <summary>The connection string of a schema of its own.</summary>
    public async Task<string> NewSchema()
    {
        var name = $"s{Interlocked.Increment(ref _schemas)}";
        var text = $"Host=127.0.0.1;Port={_port};Database=postgres;Username=sealane;Password=planted-password;"
            + $"Search Path={name}";
        await using var source = NpgsqlDataSource.Create(text);
        await using var make = source.CreateCommand($"create schema {name}");
        await make.ExecuteNonQueryAsync();
        return text;
    }

    private static Task AsNobody(string program, params string[] arguments)
    {
        var path = Path.Combine(Programs!, program);
        return IsRoot ? Run("setpriv", [$"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", path, .. arguments])
            : Run(path, arguments);
    }

    private static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("timeout", ["60", program, .. arguments])
        {
            RedirectStandardOutput = !program.EndsWith("pg_ctl") && !arguments.Any(one => one.EndsWith("pg_ctl")),
            WorkingDirectory = "/",
        })!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
