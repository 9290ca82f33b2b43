using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Service;

/// <summary>kill -9 of the service while it builds a link: the next start goes on, and nothing is ordered
/// twice.</summary>
public sealed class KilledServiceTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-killed-");
    private Process? _service;
    private HttpClient? _client;

    public void Dispose()
    {
        Kill();
        _root.Delete(recursive: true);
    }

    [Fact]
    public async Task It_goes_on_after_each_kill_and_orders_nothing_twice()
    {
        await Start();
        await Post("/api/links", new { file = "sydney.yaml", spec = ServedFleet.Spec, policy = "approve" });
        var run = (long)(await Post("/api/links/sydney/runs", new { kind = "apply" }))["id"]!;
        await Until(async () => (string?)(await Get($"/api/runs/{run}"))["state"] == "waiting");
        var isLong = Environment.GetEnvironmentVariable("SEALANE_LONG") is { Length: > 0 };
        if (isLong)
        {
            // The question outlives the process that was asked.
            Kill();
            await Start();
        }
        await Post($"/api/runs/{run}/approve", new { });
        foreach (var steps in isLong ? [3, 12, 25] : new[] { 12 })
        {
            await Until(async () => await Steps(run) >= steps, everyMs: 10);
            Kill();
            await Start();
        }
        await Until(async () => (string?)(await Get($"/api/runs/{run}"))["endedAt"] is not null);
        var ended = await Get($"/api/runs/{run}");
        Assert.True((string?)ended["state"] == "done", ended.ToJsonString());
        Assert.Equal("encrypted", (string?)(await Post("/api/links/sydney/verify", new { }))["link"]!["verdict"]);
        Assert.Contains((await Get("/api/audit")).AsArray(), row => (string?)row!["action"] == "go on");
        await KilledWhileAnElementIsDown();
        // SIGTERM ends it in order.
        using (var signal = Process.Start("kill", ["-TERM", $"{_service!.Id}"]))
        {
            await signal.WaitForExitAsync(Stop);
        }
        Assert.True(_service.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(0, _service.ExitCode);
        var world = WorldFile.Read(Path.Combine(_root.FullName, "worlds", "sydney"))!;
        Assert.Single(world.Megaport.Mcrs);
        Assert.Equal(2, world.Megaport.Vxcs.Count);
        Assert.Equal(world.Azure.Resources.Select(one => one.Name).Distinct().Count(), world.Azure.Resources.Count);
    }

    /// <summary>What a drill had failed is given back by the next process before anything else, and the drill goes
    /// on.</summary>
    private async Task KilledWhileAnElementIsDown()
    {
        const string Session = "megaport/azure-vxc";
        var drill = (long)(await Post("/api/links/sydney/runs", new { kind = $"drill-{Session}" }))["id"]!;
        await Until(async () => (string?)(await Get($"/api/runs/{drill}"))["state"] == "waiting");
        await Post($"/api/runs/{drill}/approve", new { agree = new[] { $"--accept-outage {Session}" } });
        await Until(async () => await Events(drill, "shut down") > 0, everyMs: 2);
        Kill();
        Assert.Equal(0, await Events(drill, "given back"));
        await Start();
        await Until(async () => (string?)(await Get($"/api/runs/{drill}"))["endedAt"] is not null);
        var ended = await Get($"/api/runs/{drill}");
        Assert.True((string?)ended["state"] == "done", ended.ToJsonString());
        Assert.Equal("outage", (string?)Assert.Single(ended["result"]!["elements"]!.AsArray())!["result"]);
        Assert.Equal(1, await Events(drill, "giving it back first"));
        Assert.False(IsShut());
        Assert.Equal("encrypted", (string?)(await Post("/api/links/sydney/verify", new { }))["link"]!["verdict"]);
    }

    private bool IsShut() => WorldFile.Read(Path.Combine(_root.FullName, "worlds", "sydney"))!.Megaport.Vxcs
        .Any(vxc => vxc.Interfaces.Any(one => one.BgpConnections.Any(session => session.Shutdown)));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private async Task Start()
    {
        var start = new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "sealane-service.dll"), $"--data={_root.FullName}/data", "--port=0",
            $"--sandbox={_root.FullName}/worlds", "--single-operator",
        ])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _root.FullName,
        };
        _service = Process.Start(start)!;
        string? line;
        do
        {
            line = await _service.StandardOutput.ReadLineAsync(Stop);
        }
        while (line?.StartsWith("Serving at ", StringComparison.Ordinal) == false);
        Assert.NotNull(line);
        _ = _service.StandardOutput.ReadToEndAsync(CancellationToken.None);
        _client?.Dispose();
        _client = new() { BaseAddress = new(line["Serving at ".Length..].Split(',')[0]) };
        var lines = await File.ReadAllLinesAsync(Path.Combine(_root.FullName, "data", "tokens"), Stop);
        var token = lines[1].Split(' ')[2];
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private void Kill()
    {
        if (_service is { HasExited: false })
        {
            _service.Kill();
            _service.WaitForExit();
        }
    }

    private async Task<JsonNode> Get(string path) => JsonNode.Parse(await _client!.GetStringAsync(path, Stop))!;

    private async Task<JsonNode> Post(string path, object body)
    {
        using var reply = await _client!.PostAsJsonAsync(path, body, Stop);
        var text = await reply.Content.ReadAsStringAsync(Stop);
        Assert.True(reply.IsSuccessStatusCode, $"{path}: {(int)reply.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>How many objects the run has brought to readiness so far.</summary>
    private Task<int> Steps(long run) => Events(run, "\"event\":\"ready\"");

    /// <summary>How many events of a run say so.</summary>
    private async Task<int> Events(long run, string words)
    {
        var folder = Path.Combine(_root.FullName, "data", "records.db");
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection(
            $"Data Source={folder};Mode=ReadOnly;Pooling=false");
        await connection.OpenAsync(Stop);
        using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from run_events where run = $run and json like '%' || $words || '%'";
        command.Parameters.AddWithValue("$run", run);
        command.Parameters.AddWithValue("$words", words);
        return (int)(long)(await command.ExecuteScalarAsync(Stop))!;
    }

    private static async Task Until(Func<Task<bool>> done, int everyMs = 100)
    {
        for (var patience = 0; patience < 60_000 / everyMs; patience++)
        {
            if (await done())
            {
                return;
            }
            await Task.Delay(everyMs, Stop);
        }
        throw new TimeoutException("it did not come");
    }
}
