using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sealane.Service;
using Sealane.Service.Security;

namespace Sealane.Tests.Service;

/// <summary>A service in this process, on a free port, with people of every role and the example to be
/// rehearsed.</summary>
public sealed class ServedFleet : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("sealane-service-");
    private readonly Lines _log = new();
    private DataFolder? _folder;

    public static string Spec { get; } = File.ReadAllText(Repository.PathOf("examples", "sydney.yaml"));

    /// <summary>By name.</summary>
    public IReadOnlyDictionary<string, string> Tokens { get; } = new[] { "vera", "olaf", "anna", "abel" }
        .ToDictionary(name => name, name => $"planted-token-of-{name}-0123456789abcdef");

    internal int CallsOfUnknown { get; init; } = 600;

    /// <summary>The file of who vouches for people; null: there is none.</summary>
    internal string? People { get; init; }

    internal ServerCertificate? Certificate { get; init; }
    public WebApplication App { get; private set; } = null!;
    public Uri Address => new(App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
        .Addresses.First());

    public string Data => Path.Combine(_root.FullName, "data");
    public string Worlds => Path.Combine(_root.FullName, "worlds");
    public string Log => string.Join('\n', _log.All);

    public async ValueTask InitializeAsync()
    {
        _folder = DataFolder.Open(Data);
        await using (var tokens = new StreamWriter(new FileStream(_folder.Tokens, DataFolder.OwnFile)))
        {
            await tokens.WriteAsync($"vera viewer {Tokens["vera"]}\nolaf operator {Tokens["olaf"]}\n"
                + $"anna approver {Tokens["anna"]}\nabel approver {Tokens["abel"]}\n");
        }
        if (People is { } people)
        {
            await File.WriteAllTextAsync(_folder.People, people);
        }
        App = ServiceHost.Build(new()
        {
            Data = Data,
            Port = 0,
            SandboxDirectory = Worlds,
            CallsOfUnknown = CallsOfUnknown,
            Certificate = Certificate,
            Pace = new(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(2), TimeSpan.FromHours(1), 0),
        }, _folder, _log);
        await App.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        _folder?.Dispose();
        _root.Delete(recursive: true);
    }

    /// <param name="name">Null: somebody without a token.</param>
    public HttpClient Client(string? name)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = Address,
        };
        client.DefaultRequestHeaders.Authorization =
            name is null ? null : new AuthenticationHeaderValue("Bearer", Tokens[name]);
        return client;
    }

    public async Task<JsonNode> Get(string name, string path)
    {
        using var client = Client(name);
        return JsonNode.Parse(await client.GetStringAsync(path))!;
    }

    public async Task<(int Status, JsonNode? Body)> Send(string name, HttpMethod method, string path, object? body)
    {
        using var client = Client(name);
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body ?? new { }) };
        using var reply = await client.SendAsync(request);
        var text = await reply.Content.ReadAsStringAsync();
        return ((int)reply.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text) : null);
    }

    public async Task<JsonNode> Run(long id, params string[] states)
    {
        for (var patience = 0; patience < 600; patience++)
        {
            var run = await Get("vera", $"/api/runs/{id}");
            if (states.Contains((string?)run["state"]))
            {
                return run;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException($"run {id} is {(await Get("vera", $"/api/runs/{id}")).ToJsonString()}");
    }

    public async Task Until(Func<bool> done)
    {
        for (var patience = 0; !done(); patience++)
        {
            Assert.True(patience < 600, $"it did not come: {Log}");
            await Task.Delay(50);
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
