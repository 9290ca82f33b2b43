using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Bench;

/// <summary>
/// Silos over one PostgreSQL that keep many links of one account, which is a sandbox in a process of its own.
/// bench/fleet starts the database.
/// </summary>
internal sealed partial class Fleet(string root, string service, string postgres) : IDisposable
{
    /// <summary>Certificates of several sandboxes bear one name, and a client that is to trust all takes one of
    /// them.</summary>
    private const int Accounts = 1;
    private const string Token = "bench-token-of-owner-0123456789abcdef";
    private static readonly TimeSpan Bulk = TimeSpan.FromMinutes(2);

    private readonly ConcurrentBag<Process> _processes = [];
    private readonly ConcurrentDictionary<string, string> _environment = new(StringComparer.Ordinal);
    private readonly List<(Process Process, HttpClient Client)> _silos = [];

    public static async Task Print(string spec, int links, int silos)
    {
        var root = Directory.CreateTempSubdirectory("sealane-fleet-").FullName;
        using var fleet = new Fleet(root, Set("SEALANE_SERVICE"), Set("SEALANE_POSTGRES"));
        try
        {
            var worlds = await ManyWorlds.Build(spec, Path.Combine(root, "first")).ConfigureAwait(false);
            var specs = await fleet.Serve(worlds, links).ConfigureAwait(false);
            for (var silo = 0; silo < silos; silo++)
            {
                await fleet.Start(silo).ConfigureAwait(false);
            }
            await fleet.Measure(specs, silos).ConfigureAwait(false);
        }
        finally
        {
            fleet.Dispose();
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Set(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: use bench/fleet");

    /// <returns>Specs by the names of their links.</returns>
    private async Task<Dictionary<string, string>> Serve(ManyWorlds worlds, int links)
    {
        var specs = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var authorities = new ConcurrentBag<string>();
        foreach (var account in Enumerable.Range(0, Accounts))
        {
            var names = Enumerable.Range(0, links / Accounts).Select(link => $"a{account}-{link:000}").ToList();
            var directory = Path.Combine(root, $"world-{account}");
            var first = Path.Combine(root, $"{names[0]}.yaml");
            Directory.CreateDirectory(Path.Combine(directory, names[0]));
            await File.WriteAllTextAsync(first, worlds.Spec(names[0])).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(directory, names[0], "world.json"), worlds.World(names))
                .ConfigureAwait(false);
            var sandbox = Run(Path.Combine(AppContext.BaseDirectory, "sealane.dll"),
                ["sandbox", "serve", first, "--world", directory, "--format", "json"], root);
            var line = await sandbox.StandardOutput.ReadLineAsync().ConfigureAwait(false);
            var told = JsonNode.Parse(line ?? throw new InvalidOperationException(
                await sandbox.StandardError.ReadToEndAsync().ConfigureAwait(false)))!["env"]!.AsObject();
            _ = sandbox.StandardOutput.ReadToEndAsync();
            _ = sandbox.StandardError.ReadToEndAsync();
            string Of(string name) => (string)told[name]!;
            authorities.Add(await File.ReadAllTextAsync(Of("SEALANE_CA_FILE")).ConfigureAwait(false));
            foreach (var name in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AZURE_TENANT_ID",
                "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "MEGAPORT_ACCESS_KEY", "MEGAPORT_SECRET_KEY"])
            {
                _environment[name] = Of(name);
            }
            foreach (var name in names)
            {
                var aws = Of("AWS_ENDPOINT_URL");
                specs[name] = $"""
                    {worlds.Spec(name)}
                    endpoints:
                      ec2: {aws}
                      directConnect: {aws}
                      sts: {aws}
                      iam: {aws}
                      arm: {Of("SEALANE_ARM_ENDPOINT")}
                      login: {Of("AZURE_AUTHORITY_HOST")}
                      megaport: {Of("SEALANE_MEGAPORT_ENDPOINT")}
                      megaportToken: {Of("SEALANE_MEGAPORT_TOKEN_ENDPOINT")}
                    """;
            }
        }
        _environment["SEALANE_CA_FILE"] = Path.Combine(root, "authorities.pem");
        await File.WriteAllLinesAsync(_environment["SEALANE_CA_FILE"], authorities).ConfigureAwait(false);
        return specs.ToDictionary();
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
                Console.Error.WriteLine($"silo {number}: {told}");
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

    private async Task Measure(Dictionary<string, string> specs, int silos)
    {
        var empty = Resident();
        var start = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(specs.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (spec, _) => await Add(_silos[spec.Index % silos].Client, spec.Item).ConfigureAwait(false))
            .ConfigureAwait(false);
        JsonArray links;
        while (true)
        {
            links = (await _silos[0].Client.GetFromJsonAsync<JsonArray>("/api/links").ConfigureAwait(false))!;
            if (links.Count == specs.Count && links.All(link => (long)link!["looks"]! > 0))
            {
                break;
            }
            await Task.Delay(500).ConfigureAwait(false);
        }
        var sweep = Stopwatch.GetElapsedTime(start);
        var encrypted = links.Count(link =>
            ((string)link!["verdict"]!).StartsWith("encrypted", StringComparison.Ordinal));
        foreach (var verdict in links.CountBy(link => (string)link!["verdict"]!))
        {
            Console.Error.WriteLine($"{verdict.Value} {verdict.Key}");
        }
        var full = await Figures().ConfigureAwait(false);
        // Glances at all of them: two of their intervals, of which the first settles what is the same.
        await Task.Delay(Bulk).ConfigureAwait(false);
        var before = await Figures().ConfigureAwait(false);
        var processor = Processor();
        await Task.Delay(Bulk).ConfigureAwait(false);
        var after = await Figures().ConfigureAwait(false);
        var sweeps = after.Bulk - before.Bulk;
        processor = (Processor() - processor) / sweeps;
        var page = await Page().ConfigureAwait(false);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {specs.Count} | {silos} | {encrypted} | {sweep.TotalSeconds:0} "
            + $"| {full.Calls / Math.Max(1, full.Full):0} | {sweeps:0} | {(after.Calls - before.Calls) / sweeps:0.00} "
            + $"| {processor.TotalMilliseconds:0} | {(Resident() - empty) / 1e6 / specs.Count:0.0} "
            + $"| {page[page.Count / 2]:0} / {page[page.Count * 95 / 100]:0} |"));
    }

    /// <summary>Asked again where the silo says that it is busy.</summary>
    private static async Task Add(HttpClient client, KeyValuePair<string, string> spec)
    {
        for (var again = 0; ; again++)
        {
            using var reply = await client.PostAsJsonAsync("/api/links", new
            {
                file = $"{spec.Key}.yaml",
                spec = spec.Value,
                policy = "watch",
            }).ConfigureAwait(false);
            if (reply.IsSuccessStatusCode)
            {
                return;
            }
            var said = await reply.Content.ReadAsStringAsync().ConfigureAwait(false);
            Console.Error.WriteLine($"{spec.Key}: {(int)reply.StatusCode} {said}");
            if (reply.StatusCode != HttpStatusCode.ServiceUnavailable || again == 20)
            {
                throw new InvalidOperationException($"{spec.Key} was not taken");
            }
            await Task.Delay(1000).ConfigureAwait(false);
        }
    }

    /// <summary>Of all silos together.</summary>
    private async Task<(double Full, double Bulk, double Calls)> Figures()
    {
        var (full, bulk, calls) = (0.0, 0.0, 0.0);
        foreach (var (_, client) in _silos)
        {
            foreach (var line in (await client.GetStringAsync("/metrics").ConfigureAwait(false)).Split('\n'))
            {
                var value = double.TryParse(Value().Match(line).Groups[1].Value, CultureInfo.InvariantCulture,
                    out var number) ? number : 0;
                if (line.StartsWith("sealane_watch_sweeps_total", StringComparison.Ordinal))
                {
                    full += line.Contains("\"full\"", StringComparison.Ordinal) ? value : 0;
                    bulk += line.Contains("\"bulk\"", StringComparison.Ordinal) ? value : 0;
                }
                calls += line.StartsWith("sealane_cloud_calls_total", StringComparison.Ordinal)
                    || line.StartsWith("sealane_account_calls_total", StringComparison.Ordinal) ? value : 0;
            }
        }
        return (full, bulk, calls);
    }

    /// <summary>Milliseconds of fifty askings for the fleet's page, the shortest first.</summary>
    private async Task<List<double>> Page()
    {
        using var browser = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = new(),
            AllowAutoRedirect = false,
        })
        { BaseAddress = _silos[0].Client.BaseAddress };
        var form = Hidden().Match(await browser.GetStringAsync("/login").ConfigureAwait(false)).Groups[1].Value;
        using var content = new FormUrlEncodedContent([new("token", Token), new("__RequestVerificationToken", form)]);
        using var signedIn = await browser.PostAsync("/login", content).ConfigureAwait(false);
        var took = new List<double>();
        for (var times = 0; times < 50; times++)
        {
            var start = Stopwatch.GetTimestamp();
            using var reply = await browser.GetAsync("/").ConfigureAwait(false);
            await reply.Content.ReadAsStringAsync().ConfigureAwait(false);
            took.Add(reply.StatusCode == HttpStatusCode.OK ? Stopwatch.GetElapsedTime(start).TotalMilliseconds
                : throw new InvalidOperationException($"the page answers {reply.StatusCode}"));
        }
        return [.. took.Order()];
    }

    private double Resident() => _silos.Sum(silo => Fresh(silo.Process).WorkingSet64);

    private TimeSpan Processor() =>
        TimeSpan.FromTicks(_silos.Sum(silo => Fresh(silo.Process).TotalProcessorTime.Ticks));

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

    [GeneratedRegex(@"\} (\S+)")]
    private static partial Regex Value();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
