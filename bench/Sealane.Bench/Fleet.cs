using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Sealane.Bench;

/// <summary>
/// Silos over one PostgreSQL that keep many links of several accounts, each of which is a sandbox in a process of its
/// own. bench/fleet starts the database.
/// </summary>
internal sealed partial class Fleet(string root, string service, string postgres) : IDisposable
{
    private const string Token = "bench-token-of-owner-0123456789abcdef";
    private static readonly TimeSpan Bulk = TimeSpan.FromMinutes(2);

    private readonly ConcurrentBag<string> _authorities = [];
    private readonly ConcurrentBag<string> _profiles = [];
    private readonly ConcurrentBag<Process> _processes = [];
    private readonly ConcurrentBag<Process> _sandboxes = [];
    private readonly ConcurrentDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<(Process Process, HttpClient Client)> _silos = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    public static async Task Print(string spec, int links, int silos)
    {
        var root = Directory.CreateTempSubdirectory("sealane-fleet-").FullName;
        using var fleet = new Fleet(root, Set("SEALANE_SERVICE"), Set("SEALANE_POSTGRES"));
        try
        {
            var worlds = await ManyWorlds.Build(spec, Path.Combine(root, "first")).ConfigureAwait(false);
            var accounts = (links + ManyWorlds.MostLinks - 1) / ManyWorlds.MostLinks;
            var specs = await Task.WhenAll(Enumerable.Range(0, accounts).Select(account => fleet.Serve(worlds, account,
                Math.Min(ManyWorlds.MostLinks, links - (account * ManyWorlds.MostLinks))))).ConfigureAwait(false);
            fleet.Tell($"{accounts} accounts are served");
            await fleet.Write("SEALANE_CA_FILE", fleet._authorities).ConfigureAwait(false);
            await fleet.Write("AWS_SHARED_CREDENTIALS_FILE", fleet._profiles).ConfigureAwait(false);
            for (var silo = 0; silo < silos; silo++)
            {
                await fleet.Start(silo).ConfigureAwait(false);
            }
            await fleet.Measure([.. specs.SelectMany(all => all)], accounts).ConfigureAwait(false);
        }
        finally
        {
            fleet.Dispose();
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Set(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: use bench/fleet");

    private Task Write(string variable, IEnumerable<string> parts) => File.WriteAllLinesAsync(
        _environment[variable] = Path.Combine(root, variable), parts);

    /// <returns>Specs by the names of their links.</returns>
    private async Task<Dictionary<string, string>> Serve(ManyWorlds worlds, int account, int links)
    {
        var directory = Path.Combine(root, $"world-{account}");
        var name = ManyWorlds.NameOf(account, 0);
        var first = Path.Combine(root, $"{name}.yaml");
        Directory.CreateDirectory(Path.Combine(directory, name));
        await File.WriteAllTextAsync(first, worlds.Spec(account, 0)).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(directory, name, "world.json"), worlds.World(account, links))
            .ConfigureAwait(false);
        var sandbox = Run(Path.Combine(AppContext.BaseDirectory, "sealane.dll"),
            ["sandbox", "serve", first, "--world", directory, "--format", "json"], root);
        _sandboxes.Add(sandbox);
        var line = await sandbox.StandardOutput.ReadLineAsync().ConfigureAwait(false);
        var told = JsonNode.Parse(line ?? throw new InvalidOperationException(
            await sandbox.StandardError.ReadToEndAsync().ConfigureAwait(false)))!["env"]!.AsObject();
        _ = sandbox.StandardOutput.ReadToEndAsync();
        sandbox.ErrorDataReceived += (_, said) => Console.Error.WriteLine($"account {account}: {said.Data}");
        sandbox.BeginErrorReadLine();
        string Of(string variable) => (string)told[variable]!;
        _authorities.Add(await File.ReadAllTextAsync(Of("SEALANE_CA_FILE")).ConfigureAwait(false));
        _profiles.Add(await File.ReadAllTextAsync(Of("AWS_SHARED_CREDENTIALS_FILE")).ConfigureAwait(false));
        foreach (var (variable, value) in told.Where(entry =>
            entry.Key.EndsWith($"_{ManyWorlds.Profile(account).ToUpperInvariant()}", StringComparison.Ordinal)))
        {
            _environment[variable] = (string)value!;
        }
        var aws = Of("AWS_ENDPOINT_URL");
        return Enumerable.Range(0, links).ToDictionary(link => ManyWorlds.NameOf(account, link), link => $"""
            {worlds.Spec(account, link)}
            endpoints:
              ec2: {aws}
              directConnect: {aws}
              sts: {aws}
              iam: {aws}
              arm: {Of("SEALANE_ARM_ENDPOINT")}
              login: {Of("AZURE_AUTHORITY_HOST")}
              megaport: {Of("SEALANE_MEGAPORT_ENDPOINT")}
              megaportToken: {Of("SEALANE_MEGAPORT_TOKEN_ENDPOINT")}
            """);
    }

    private async Task Start(int number)
    {
        var data = Path.Combine(root, $"silo-{number}");
        Directory.CreateDirectory(data);
        var tokens = Path.Combine(data, "tokens");
        await File.WriteAllTextAsync(tokens, $"owner approver {Token}\n").ConfigureAwait(false);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(tokens, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        _environment["SEALANE_POSTGRES"] = postgres;
        _environment["SEALANE_LINK_KEY"] = ManyWorlds.LinkKey;
        var silo = Run(service,
        [
            $"--data={data}", "--port=0", "--postgres=env:SEALANE_POSTGRES", "--single-operator", "--interval=3h",
            $"--bulk-interval={Bulk.TotalMinutes:0}m", "--stale-after=8h",
        ], root);
        string? line;
        do
        {
            line = await silo.StandardOutput.ReadLineAsync().ConfigureAwait(false)
                ?? throw new InvalidOperationException(await silo.StandardError.ReadToEndAsync().ConfigureAwait(false));
        }
        while (!line.StartsWith("Serving at ", StringComparison.Ordinal));
        _ = Task.Run(async () =>
        {
            while (await silo.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } told)
            {
                if (told.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal)
                    || told.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal))
                {
                    Console.Error.WriteLine($"silo {number}: {told}");
                }
            }
        });
        silo.ErrorDataReceived += (_, said) => Console.Error.WriteLine($"silo {number}: {said.Data}");
        silo.BeginErrorReadLine();
        _silos.Add((silo, new(new SocketsHttpHandler { CookieContainer = new() })
        {
            BaseAddress = new(line["Serving at ".Length..].Split(',')[0]),
            Timeout = TimeSpan.FromMinutes(60),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        }));
    }

    private double Resident() => _silos.Sum(silo => Fresh(silo.Process).WorkingSet64);

    private double Processor() => _silos.Sum(silo => Fresh(silo.Process).TotalProcessorTime.TotalMilliseconds);

    private double ProcessorOfSandboxes() =>
        _sandboxes.Sum(sandbox => Fresh(sandbox).TotalProcessorTime.TotalMilliseconds);

    /// <summary>A run of many minutes says where it is.</summary>
    private void Tell(string what) => Console.Error.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(_start).TotalSeconds:0} s: {what}"));

    private static Process Fresh(Process process)
    {
        process.Refresh();
        return process;
    }

    private Process Run(string program, string[] arguments, string directory)
    {
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["HOME"] = directory;
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes.Where(process => !process.HasExited))
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
