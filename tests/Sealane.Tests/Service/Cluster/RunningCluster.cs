using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Service.Cluster;

/// <summary>Silos as processes of their own over one PostgreSQL, and the sandbox that they share in another.</summary>
internal sealed class RunningCluster : IAsyncDisposable
{
    public const string Token = "planted-token-of-owner-0123456789abcdef";

    /// <summary>Virtual seconds a second: the example stands after about half a minute.</summary>
    private const string Speed = "120";

    private readonly Process _sandbox;
    private readonly Dictionary<string, string> _environment;
    private readonly Silo?[] _silos;
    private readonly string _bulk;

    private RunningCluster(
        Link link, Process sandbox, Dictionary<string, string> environment, int silos, string bulk) =>
        (Link, _sandbox, _environment, _silos, _bulk, Papers) = (link, sandbox, environment, new Silo[silos], bulk,
            new(Path.Combine(link.Root, "papers")));

    public Link Link { get; }

    /// <summary>By which its silos know each other.</summary>
    public SiloPapers Papers { get; }
    public IReadOnlyList<Silo> Living => [.. _silos.OfType<Silo>().Where(silo => !silo.Process.HasExited)];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="bulk">How often links are looked at in passing.</param>
    public static async Task<RunningCluster> Start(PostgresServer server, int silos, string bulk = "5m")
    {
        var link = Link.Sydney;
        var sandbox = ChildShell.Start(link.Root, new Dictionary<string, string>(), "sandbox", "serve", link.Spec,
            "--world", link.Sandbox, "--speed", Speed, "--format", "json");
        var line = await sandbox.StandardOutput.ReadLineAsync(Stop)
            ?? throw new InvalidOperationException(await sandbox.StandardError.ReadToEndAsync(Stop));
        var environment = JsonNode.Parse(line)!["env"]!.AsObject()
            .ToDictionary(entry => entry.Key, entry => (string)entry.Value!);
        environment["SEALANE_POSTGRES"] = await server.NewSchema();
        var cluster = new RunningCluster(link, sandbox, environment, silos, bulk);
        await Task.WhenAll(Enumerable.Range(0, silos).Select(cluster.Start));
        return cluster;
    }

    public async Task Start(int number)
    {
        var data = Path.Combine(Link.Root, $"silo-{number}");
        Directory.CreateDirectory(data);
        var tokens = Path.Combine(data, "tokens");
        if (!File.Exists(tokens))
        {
            await File.WriteAllTextAsync(tokens, $"owner approver {Token}\n", Stop);
            Own(data, UnixFileMode.UserExecute);
            Own(tokens);
        }
        var port = _silos[number]?.Port ?? FreePort();
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "sealane-service.dll"), $"--data={data}", "--port=0",
            "--postgres=env:SEALANE_POSTGRES", $"--silo=127.0.0.1:{port}", "--single-operator", "--interval=10m",
            $"--bulk-interval={_bulk}", .. Papers.Of($"silo-{number}"),
        ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Link.Root,
        };
        start.Environment["HOME"] = data;
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        var log = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, said) => log.Enqueue(said.Data ?? "");
        process.BeginErrorReadLine();
        var serving = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, said) =>
        {
            log.Enqueue(said.Data ?? "");
            if (said.Data is null || said.Data.StartsWith("Serving at ", StringComparison.Ordinal))
            {
                serving.TrySetResult(said.Data ?? "");
            }
        };
        process.BeginOutputReadLine();
        var line = await serving.Task.WaitAsync(TimeSpan.FromSeconds(60), Stop);
        Assert.True(line.Length > 0, string.Join('\n', log));
        _silos[number] = new(number, port, process, new(line["Serving at ".Length..].Split(',')[0]), log);
    }

    /// <summary>The silo whose writer has the link.</summary>
    public async Task<Silo> Writer()
    {
        var holder = await One<string>("select holder from fences where link = 'sydney'");
        return _silos.OfType<Silo>().Single(silo => holder.Contains($":{silo.Port}", StringComparison.Ordinal));
    }

    public async Task<T> One<T>(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(_environment["SEALANE_POSTGRES"]);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync(Stop))!;
    }

    /// <summary>How many objects the run has brought to readiness so far.</summary>
    public Task<long> Ready(long run) => One<long>(
        $"select count(*) from run_events where run = {run} and json like '%\"event\":\"ready\"%'");

    /// <summary>Asks any silo that answers.</summary>
    public async Task<JsonNode> Get(string path)
    {
        while (true)
        {
            foreach (var silo in Living)
            {
                try
                {
                    using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
                    patience.CancelAfter(TimeSpan.FromSeconds(4));
                    return JsonNode.Parse(await silo.Client.GetStringAsync(path, patience.Token))!;
                }
                catch (Exception error) when (error is HttpRequestException or IOException
                    || (error is OperationCanceledException && !Stop.IsCancellationRequested))
                {
                    // Killed, stopped, or without its database just now.
                }
            }
            await Task.Delay(200, Stop);
        }
    }

    public static async Task<JsonNode> Post(Silo silo, string path, object body)
    {
        using var reply = await silo.Client.PostAsJsonAsync(path, body, Stop);
        var text = await reply.Content.ReadAsStringAsync(Stop);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {text}\n{silo}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>A run that builds the link, asked for at one silo and approved at another.</summary>
    public async Task<long> Build()
    {
        var (one, other) = (Living[0], Living[^1]);
        await Post(one, "/api/links", new { file = "sydney.yaml", spec = ServedFleet.Spec, policy = "approve" });
        return await Ask(one, other);
    }

    public async Task<long> Ask(Silo one, Silo other)
    {
        var run = (long)(await Post(one, "/api/links/sydney/runs", new { kind = "apply" }))["id"]!;
        await Until(async () => (string?)(await Get($"/api/runs/{run}"))["state"] != "asked", "a plan");
        if ((string?)(await Get($"/api/runs/{run}"))["state"] == "waiting")
        {
            await Post(other, $"/api/runs/{run}/approve", new { });
        }
        return run;
    }

    /// <summary>The link stands, in the sandbox's own record nothing was ordered twice, and nothing ever passed in the
    /// clear.</summary>
    public async Task IsWhole(long run)
    {
        var ended = await Ended(run);
        // At a clock that runs so fast a silo that is busy for a moment uses up a step's patience, and a tunnel comes
        // up between the plan and its approval.
        for (var again = 0; again < 4 && AsksAgain((string?)ended["state"], (string?)ended["said"] ?? ""); again++)
        {
            ended = await Ended(await Ask(Living[0], Living[0]));
        }
        Assert.True((string?)ended["state"] == "done", $"{ended["state"]}: {ended["said"]}\n{this}");
        using var sandbox = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = (_, _, _, _) => true,
        });
        var clear = JsonNode.Parse(await sandbox.GetStringAsync(
            $"{_environment["AWS_ENDPOINT_URL"]}/sandbox/clear", Stop))!;
        Assert.Equal(0, (double)clear["clearSeconds"]!);
        var verdict = await Post(Living[0], "/api/links/sydney/verify", new { });
        Assert.StartsWith("encrypted", (string?)verdict["link"]!["verdict"]);
        Assert.Null((await Get("/api/audit/check"))["broken"]);
        await Signal(_sandbox.Id, "TERM");
        await _sandbox.WaitForExitAsync(Stop);
        Whole.Is(Link);
    }

    private static bool AsksAgain(string? state, string said) => state switch
    {
        "failed" => said.Contains("run the command again", StringComparison.Ordinal),
        "refused" => said.StartsWith("not as approved", StringComparison.Ordinal),
        _ => false,
    };

    public async Task<JsonNode> Ended(long run)
    {
        await Until(async () => (await Get($"/api/runs/{run}"))["endedAt"] is not null, "the end of the run", 150);
        return await Get($"/api/runs/{run}");
    }

    public async Task Until(Func<Task<bool>> done, string what, int seconds = 60)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await done())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < seconds, $"{what} did not come\n{this}");
            await Task.Delay(25, Stop);
        }
    }

    public static async Task Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process}"]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    public override string ToString() => string.Join('\n', _silos.OfType<Silo>());

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _silos.OfType<Silo>().Select(silo => silo.Process).Append(_sandbox))
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync(CancellationToken.None);
            }
            process.Dispose();
        }
        Papers.Dispose();
        Link.Dispose();
    }

    private static void Own(string path, UnixFileMode also = UnixFileMode.None)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | also);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <param name="Port">Where the other silos reach it.</param>
    internal sealed record Silo(int Number, int Port, Process Process, Uri Address, ConcurrentQueue<string> Log)
    {
        public HttpClient Client { get; } = new()
        {
            BaseAddress = Address,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        };

        public override string ToString() =>
            $"silo {Number} ({(Process.HasExited ? "ended" : "lives")}):\n{string.Join('\n', Log.TakeLast(30))}";
    }
}
