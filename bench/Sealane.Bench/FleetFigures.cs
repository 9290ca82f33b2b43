using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sealane.Bench;

/// <summary>What is measured of silos that keep many links.</summary>
internal sealed partial class Fleet
{
    /// <summary>So long the first looks at all links may take: a run says what it did not see.</summary>
    private static TimeSpan Longest(int links) => TimeSpan.FromSeconds(Math.Max(420, 1.2 * links));

    /// <summary>Their first bulk looks after them.</summary>
    private static TimeSpan LongestToSettle(int links) => Bulk + TimeSpan.FromSeconds(0.3 * links);

    private async Task Measure(IReadOnlyList<KeyValuePair<string, string>> specs, int accounts)
    {
        var (empty, start, sandboxes) = (Resident(), Stopwatch.GetTimestamp(), ProcessorOfSandboxes());
        var processor = Processor();
        await Parallel.ForEachAsync(specs.Index(), new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (spec, _) => await Add(_silos[spec.Index % _silos.Count].Client, spec.Item).ConfigureAwait(false))
            .ConfigureAwait(false);
        Tell("all links are added");
        var links = await Looked(specs.Count, start).ConfigureAwait(false);
        var sweep = Stopwatch.GetElapsedTime(start);
        var looked = links.Count(link => (long)link!["looks"]! > 0);
        var first = await Figures().ConfigureAwait(false);
        var firstCalls = first.Sum(link => link.Calls);
        (sandboxes, processor) = (ProcessorOfSandboxes() - sandboxes, Processor() - processor);
        foreach (var verdict in links.CountBy(link => (string)link!["verdict"]!))
        {
            Tell($"{verdict.Value} {verdict.Key}");
        }
        var encrypted = links.Count(link =>
            ((string)link!["verdict"]!).StartsWith("encrypted", StringComparison.Ordinal));
        // Those that were looked at once and not again yet: what one full look takes.
        var once = first.Where(link => link is { Full: 1, Bulk: 0, Failed: 0 }).ToList();
        // The first of their bulk looks settles what is the same.
        await Settled(specs.Count).ConfigureAwait(false);
        var before = await Figures().ConfigureAwait(false);
        var (calls, shared) = (before.Sum(link => link.Calls), await Shared().ConfigureAwait(false));
        var glancing = Processor();
        await Task.Delay(Bulk).ConfigureAwait(false);
        glancing = Processor() - glancing;
        var after = await Figures().ConfigureAwait(false);
        calls = after.Sum(link => link.Calls) - calls + await Shared().ConfigureAwait(false) - shared;
        var looks = Math.Max(1, after.Sum(link => link.Bulk) - before.Sum(link => link.Bulk));
        Tell("the page is asked for");
        var page = await Page().ConfigureAwait(false);
        var share = after.GroupBy(link => link.Silo).Max(silo => (double)silo.Count()) / specs.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {specs.Count} | {accounts} | {_silos.Count} | {encrypted} "
            + $"| {(looked < specs.Count ? $"{looked} in " : "")}{sweep.TotalSeconds:0} "
            + $"| {(once.Count == 0 ? 0 : once.Average(link => link.Calls)):0.0} | {looks:0} | {calls / looks:0.00} "
            + $"| {processor / Math.Max(1, looked):0} / {glancing / looks:0} | {sandboxes / firstCalls:0.0} "
            + $"| {share:0.00} "
            + $"| {(Resident() - empty) / 1e6 / specs.Count:0.0} "
            + $"| {page[page.Count / 2]:0} / {page[page.Count * 95 / 100]:0} |"));
    }

    private async Task<JsonArray> Looked(int count, long start)
    {
        while (true)
        {
            var links = (await _silos[0].Client.GetFromJsonAsync<JsonArray>("/api/links").ConfigureAwait(false))!;
            var looked = links.Count(link => (long)link!["looks"]! > 0);
            if ((links.Count == count && looked == count) || Stopwatch.GetElapsedTime(start) > Longest(count))
            {
                Tell($"{looked} of {count} links are looked at");
                return links;
            }
            if (Stopwatch.GetElapsedTime(start).Seconds % 10 == 0)
            {
                Tell($"{looked} of {count} links are looked at");
            }
            await Task.Delay(1000).ConfigureAwait(false);
        }
    }

    private async Task Settled(int links)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            await Task.Delay(Bulk / 12).ConfigureAwait(false);
            var open = (await Figures().ConfigureAwait(false)).Count(link => link.Bulk == 0);
            Tell($"{open} links wait for their first bulk look");
            if (open == 0 || Stopwatch.GetElapsedTime(start) > LongestToSettle(links))
            {
                return;
            }
        }
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

    /// <summary>Of each link that a silo keeps: its looks, and its own calls.</summary>
    private async Task<List<LinkFigures>> Figures()
    {
        var all = new List<LinkFigures>();
        foreach (var (silo, (_, client)) in _silos.Index())
        {
            var links = new Dictionary<string, LinkFigures>(StringComparer.Ordinal);
            foreach (var line in (await client.GetStringAsync("/metrics").ConfigureAwait(false)).Split('\n'))
            {
                if (OfLink().Match(line) is not { Success: true } match)
                {
                    continue;
                }
                var (name, value) = (match.Groups["link"].Value, Number(match.Groups["value"].Value));
                var link = links.GetValueOrDefault(name) ?? new(silo, 0, 0, 0, 0);
                links[name] = match.Groups["kind"].Value switch
                {
                    "full" => link with { Full = link.Full + value },
                    "bulk" => link with { Bulk = link.Bulk + value },
                    "failed" => link with { Failed = link.Failed + value },
                    _ => link with { Calls = link.Calls + value },
                };
            }
            all.AddRange(links.Values);
        }
        return all;
    }

    /// <summary>Calls for the listings that links share.</summary>
    private async Task<double> Shared()
    {
        var calls = 0.0;
        foreach (var (_, client) in _silos)
        {
            calls += (await client.GetStringAsync("/metrics").ConfigureAwait(false)).Split('\n')
                .Where(line => line.StartsWith("sealane_account_calls_total", StringComparison.Ordinal))
                .Sum(line => Number(Value().Match(line).Groups[1].Value));
        }
        return calls;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

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

    [GeneratedRegex(@"\} (\S+)")]
    private static partial Regex Value();

    [GeneratedRegex("""^sealane_(?:watch_sweeps|cloud_calls)_total\{(?=.*link="(?<link>[^"]+)")"""
        + """(?:.*kind="(?<kind>[^"]+)")?.*\} (?<value>\S+)""")]
    private static partial Regex OfLink();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();

    private sealed record LinkFigures(int Silo, double Full, double Bulk, double Failed, double Calls);
}
