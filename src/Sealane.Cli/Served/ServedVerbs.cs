using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Core.Design;

namespace Sealane.Cli.Served;

/// <summary>The verbs of a link where a service keeps it: it looks and it changes, with its own credentials.</summary>
internal static class ServedVerbs
{
    /// <summary>Given a file that there is, the link of its spec; else the name itself.</summary>
    public static string NameOf(string written) => Uri.EscapeDataString(
        File.Exists(written) ? Designer.Design(SpecFile.Load(written)).Name : written);

    public static async Task<int> Verify(LinkOptions options, CancellationToken ct)
    {
        using var server = new Server(options.Server!);
        var told = await server.Send(HttpMethod.Post, $"/api/links/{NameOf(options.File)}/verify", null, ct)
            .ConfigureAwait(false);
        var verdict = (string?)told!["link"]!["verdict"];
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(told));
        }
        else
        {
            Console.Out.Line($"{told["link"]!["name"]}: {verdict}{Age(told["link"]!)}");
            foreach (var reason in told["seen"]!["reasons"]!.AsArray())
            {
                Console.Out.Line($"  {reason}");
            }
            foreach (var check in told["seen"]!["checks"]!.AsArray()
                .Where(check => (string?)check!["status"] != "pass"))
            {
                Console.Out.Line($"  {check!["status"]} {check["id"]} {check["title"]}: {check["evidence"]}");
            }
        }
        return verdict?.StartsWith("encrypted", StringComparison.Ordinal) == true ? ExitCode.Done : ExitCode.No;
    }

    /// <summary>In the network as the service read it last.</summary>
    public static async Task<int> Trace(
        LinkOptions options, string source, string destination, string[] without, CancellationToken ct)
    {
        using var server = new Server(options.Server!);
        var told = await server.Get($"/api/links/{NameOf(options.File)}/trace?from={Uri.EscapeDataString(source)}"
            + $"&to={Uri.EscapeDataString(destination)}"
            + string.Concat(without.Select(id => $"&without={Uri.EscapeDataString(id)}")), ct).ConfigureAwait(false);
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(told!));
        }
        else
        {
            Console.Out.Line((string)told!["text"]!);
            Console.Out.Line($"The link as a whole: {told["link"]!["verdict"]}{Age(told["link"]!)}.");
        }
        return (string?)told!["trace"]!["verdict"] is "encrypted" or "local" ? ExitCode.Done : ExitCode.No;
    }

    public static async Task<int> Status(LinkOptions options, CancellationToken ct)
    {
        using var server = new Server(options.Server!);
        var told = await server.Get($"/api/links/{NameOf(options.File)}/objects", ct).ConfigureAwait(false);
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(told!));
            return ExitCode.Done;
        }
        Console.Out.Line($"{told!["link"]!["name"]}: {told["link"]!["verdict"]}{Age(told["link"]!)}");
        foreach (var row in told["seen"]!.AsArray())
        {
            Console.Out.Line($"  {(string?)row!["id"],-34} {(string?)row["state"],-14} {row["cloudId"]}".TrimEnd());
        }
        return ExitCode.Done;
    }

    public static async Task<int> Plan(LinkOptions options, CancellationToken ct)
    {
        using var server = new Server(options.Server!);
        var run = await Ask(server, options, "plan", ct).ConfigureAwait(false);
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(run));
        }
        else
        {
            Show(run);
        }
        return Code(run);
    }

    /// <summary>The service reads all evidence and keeps what it was told; here it is written down, and signed with the
    /// key of whoever asked.</summary>
    public static async Task<int> Evidence(LinkOptions options, BundleWishes wishes, CancellationToken ct)
    {
        BundleFiles.Require(wishes.Directory);
        using var server = new Server(options.Server!);
        var run = await Ask(server, options, wishes.Redact ? "evidence-redacted" : "evidence", ct)
            .ConfigureAwait(false);
        Show(run);
        if ((string?)run["state"] != "done")
        {
            return Code(run);
        }
        var files = (await server.Get($"/api/runs/{run["id"]}/evidence", ct).ConfigureAwait(false))!.AsObject();
        BundleFiles.Unpack(files, wishes.Directory);
        if (wishes.SigningKey is { } key)
        {
            BundleFiles.Sign(wishes.Directory, key);
        }
        var check = BundleCheck.Of(wishes.Directory, null, null);
        foreach (var trouble in check.Trouble)
        {
            Console.Error.Line($"error: {trouble}");
        }
        Console.Out.Line($"Evidence: {wishes.Directory}");
        return check.Trouble.Count > 0 ? ExitCode.No : ExitCode.Done;
    }

    /// <param name="yes">Approves at once what was asked for, where the service lets one person do both.</param>
    /// <param name="outage">Also agrees that the link does not carry meanwhile.</param>
    public static async Task<int> Change(
        LinkOptions options, string kind, bool yes, CancellationToken ct, bool outage = false)
    {
        using var server = new Server(options.Server!);
        var run = await Ask(server, options, kind, ct).ConfigureAwait(false);
        Show(run);
        if ((string?)run["state"] != "waiting")
        {
            return Code(run);
        }
        if (!yes)
        {
            Console.Out.Line($"It waits for an approver: sealane fleet approve {run["id"]} --server {options.Server}");
            return ExitCode.Done;
        }
        var cut = run["consent"]!.AsArray().Select(one => (string)one!)
            .Where(one => outage && one.StartsWith("--accept-outage ", StringComparison.Ordinal));
        return await Approve(server, $"{run["id"]}", Agreed(options).Concat(cut), ct).ConfigureAwait(false);
    }

    public static async Task<int> Approve(
        Server server, string run, IEnumerable<string> agreed, CancellationToken ct)
    {
        await server.Send(HttpMethod.Post, $"/api/runs/{Uri.EscapeDataString(run)}/approve",
            new() { ["agree"] = new JsonArray([.. agreed.Select(one => (JsonNode)one)]) }, ct).ConfigureAwait(false);
        return await Follow(server, run, ct).ConfigureAwait(false);
    }

    public static async Task<int> Follow(Server server, string run, CancellationToken ct)
    {
        await foreach (var step in server.Steps(Uri.EscapeDataString(run), ct).ConfigureAwait(false))
        {
            var said = step["reason"] ?? step["text"] ?? step["because"] ?? step["state"] ?? step["cloudId"];
            Console.Out.Line($"  {(string?)step["event"],-8} {step["id"]} {said}".TrimEnd());
        }
        var ended = (await server.Get($"/api/runs/{Uri.EscapeDataString(run)}", ct).ConfigureAwait(false))!.AsObject();
        Say($"run {run}: {ended["state"]}", ended);
        return Code(ended);
    }

    private static async Task<JsonObject> Ask(Server server, LinkOptions options, string kind, CancellationToken ct)
    {
        // A lost answer is asked for again under the same key, and is the same run.
        var asked = await server.Send(HttpMethod.Post, $"/api/links/{NameOf(options.File)}/runs",
            new() { ["kind"] = kind }, ct, key: Guid.NewGuid().ToString("n")).ConfigureAwait(false);
        while (true)
        {
            var run = (await server.Get($"/api/runs/{asked!["id"]}", ct).ConfigureAwait(false))!.AsObject();
            if ((string?)run["state"] != "asked")
            {
                return run;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(300), ct).ConfigureAwait(false);
        }
    }

    private static void Show(JsonObject run)
    {
        Say($"run {run["id"]}: {run["kind"]} of {run["link"]} is {run["state"]}", run);
        var rows = run["plan"]?["plan"]?["steps"] ?? run["plan"]?["objects"];
        foreach (var step in (rows as JsonArray ?? []).Where(step => (string?)step!["action"] != "keep"))
        {
            Console.Out.Line($"  {(string?)step!["action"] ?? "delete",-8} {step["id"]}");
        }
        foreach (var one in run["consent"]!.AsArray())
        {
            Console.Out.Line($"To do this it must be agreed to by name: {one}");
        }
    }

    private static IEnumerable<string> Agreed(LinkOptions options) =>
    [
        .. options.Replace.Select(id => $"--replace {id}"),
        .. options.Remove is { } count ? [$"--remove {count}"] : (string[])[],
        .. options.Term is { } months ? [$"--term {months}"] : (string[])[],
        .. options.KeysAtOnce ? ["--keys-at-once"] : (string[])[],
    ];

    private static int Code(JsonObject run) => (string?)run["state"] switch
    {
        "failed" => ExitCode.Cloud,
        "refused" or "stopped" => ExitCode.No,
        _ => ExitCode.Done,
    };

    /// <summary>What a run says may be of several lines.</summary>
    private static void Say(string how, JsonObject run)
    {
        var lines = ((string?)run["said"] ?? "").Split('\n');
        Console.Out.Line(lines[0].Length > 0 ? $"{how}: {lines[0]}" : how);
        foreach (var line in lines.Skip(1))
        {
            Console.Out.Line($"  {line}");
        }
    }

    private static string Age(JsonNode link) => (double?)link["evidenceAgeSeconds"] is { } seconds
        ? $" (oldest evidence {Durations.Words(TimeSpan.FromSeconds(seconds))} old)" : "";
}
