using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Served;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane fleet …</c>: the links that a service keeps, and what waits for somebody.</summary>
internal static class FleetCommand
{
    private static readonly Option<string> s_server = new("--server")
    {
        Description = "Where the service is",
        HelpName = "URL",
        DefaultValueFactory = _ => Server.Usual,
        Recursive = true,
    };

    public static Command Create()
    {
        var policy = new Option<string?>("--policy")
        {
            Description = "watch: change nothing. approve: carry out what was approved (what a new link has). "
                + "repair: put settings back by itself where that orders and deletes nothing and touches no "
                + "traffic, or closes a lock",
            HelpName = "POLICY",
        };
        policy.AcceptOnlyFromAmong("watch", "approve", "repair");
        var file = new Argument<string>("FILE") { Description = "The spec, a YAML file" };
        var add = new Command("add", "Keep a link from now on, or a new version of its spec") { file, policy };
        add.SetAction((parsed, ct) => With(parsed, server =>
            Add(server, parsed.GetRequiredValue(file), parsed.GetValue(policy), ct)));
        var agree = new Option<string[]>("--agree")
        {
            Description = "What the run says must be agreed to by name, such as \"--replace ID\"; once for each",
            HelpName = "WORDS",
            DefaultValueFactory = _ => [],
        };
        var run = new Argument<string>("RUN") { Description = "The number of a run" };
        var approve = new Command("approve", "Agree to a run that somebody asked for, and follow it") { run, agree };
        approve.SetAction((parsed, ct) => With(parsed, server => ServedVerbs.Approve(server,
            parsed.GetRequiredValue(run), parsed.GetValue(agree) ?? [], ct)));
        var chosen = new Argument<string>("POLICY") { Description = "watch, approve or repair" };
        var named = new Argument<string>("NAME") { Description = "The name of a link, or its spec" };
        var set = new Command("policy", "Say what the service may do with a link by itself") { named, chosen };
        set.SetAction((parsed, ct) => With(parsed, server => Tell(server, HttpMethod.Put,
            $"/api/links/{ServedVerbs.NameOf(parsed.GetRequiredValue(named))}/policy",
            new() { ["policy"] = parsed.GetRequiredValue(chosen) }, ct)));
        var command = new Command("fleet", "The links that a service keeps")
        {
            add,
            Plainly("list", "Every link with its verdict and the age of its evidence", List),
            OfLink("show", "A link, and what changed last", Show),
            OfLink("remove", "Keep a link no more; the link itself stays as it is", (server, name, ct) =>
                Tell(server, HttpMethod.Delete, $"/api/links/{name}", null, ct)),
            set,
            Plainly("runs", "What was asked for, and how it stands", Runs),
            approve,
            OfRun("follow", "Show the steps of a run as they happen", ServedVerbs.Follow),
            OfRun("stop", "End a run in order; what the clouds were asked to make goes on", (server, number, ct) =>
                Tell(server, HttpMethod.Post, $"/api/runs/{number}/stop", null, ct)),
            Plainly("audit", "Who did what, and whether the log is as it was written", Audit),
        };
        command.Options.Add(s_server);
        return command;
    }

    private static Command Plainly(
        string name, string description, Func<Server, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, ct) => With(parsed, server => run(server, ct)));
        return command;
    }

    private static Command OfLink(
        string name, string description, Func<Server, string, CancellationToken, Task<int>> run) =>
        Of("NAME", "The name of a link, or its spec", name, description,
            (server, written, ct) => run(server, ServedVerbs.NameOf(written), ct));

    private static Command OfRun(
        string name, string description, Func<Server, string, CancellationToken, Task<int>> run) =>
        Of("RUN", "The number of a run", name, description, run);

    private static Command Of(string what, string help, string name, string description,
        Func<Server, string, CancellationToken, Task<int>> run)
    {
        var argument = new Argument<string>(what) { Description = help };
        var command = new Command(name, description) { argument };
        command.SetAction((parsed, ct) => With(parsed, server => run(server, parsed.GetRequiredValue(argument), ct)));
        return command;
    }

    private static async Task<int> With(ParseResult parsed, Func<Server, Task<int>> run)
    {
        using var server = new Server(parsed.GetRequiredValue(s_server));
        return await run(server).ConfigureAwait(false);
    }

    private static async Task<int> Add(Server server, string file, string? policy, CancellationToken ct)
    {
        var spec = SpecFile.Load(file);
        var link = await server.Send(HttpMethod.Post, "/api/links", new()
        {
            ["file"] = Path.GetFileName(file),
            ["spec"] = spec.Source.Text,
            ["policy"] = policy,
        }, ct).ConfigureAwait(false);
        Console.Out.Line($"{link!["name"]}: version {link["version"]} is kept, policy {link["policy"]}");
        return ExitCode.Done;
    }

    private static async Task<int> List(Server server, CancellationToken ct)
    {
        foreach (var link in (await server.Get("/api/links", ct).ConfigureAwait(false))!.AsArray())
        {
            Write(link!);
        }
        return ExitCode.Done;
    }

    private static async Task<int> Show(Server server, string name, CancellationToken ct)
    {
        Write((await server.Get($"/api/links/{name}", ct).ConfigureAwait(false))!);
        foreach (var row in (await server.Get($"/api/links/{name}/history", ct).ConfigureAwait(false))!.AsArray()
            .Take(20))
        {
            Console.Out.Line($"  {row!["at"]} {row["item"]}: {row["was"] ?? "–"} → {row["now"] ?? "no more"}");
        }
        return ExitCode.Done;
    }

    private static void Write(JsonNode link) => Console.Out.Line($"{(string?)link["name"],-24} "
        + $"{(string?)link["verdict"],-26} {((double?)link["evidenceAgeSeconds"] is { } age
            ? $"{Durations.Words(TimeSpan.FromSeconds(age))} old" : "no evidence yet"),-18} {link["policy"]}");

    private static async Task<int> Runs(Server server, CancellationToken ct)
    {
        foreach (var run in (await server.Get("/api/runs", ct).ConfigureAwait(false))!.AsArray())
        {
            Console.Out.Line($"{(long?)run!["id"],6} {(string?)run["link"],-24} {(string?)run["kind"],-8} "
                + $"{(string?)run["state"],-9} asked by {run["askedBy"]} {run["said"]}".TrimEnd());
        }
        return ExitCode.Done;
    }

    private static async Task<int> Audit(Server server, CancellationToken ct)
    {
        foreach (var row in (await server.Get("/api/audit", ct).ConfigureAwait(false))!.AsArray().Reverse())
        {
            Console.Out.Line($"{(long?)row!["id"],6} {row["at"]} {row["who"]} {row["action"]} {row["subject"]} "
                + $"{row["detail"]}".TrimEnd());
        }
        var check = await server.Get("/api/audit/check", ct).ConfigureAwait(false);
        if (check!["broken"] is { } broken)
        {
            Console.Error.Line($"error: row {broken} of the audit log is not as it was written");
            return ExitCode.No;
        }
        Console.Out.Line($"Each of {check["rows"]} rows is as it was written. Head: {check["head"]}");
        return ExitCode.Done;
    }

    private static async Task<int> Tell(
        Server server, HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        await server.Send(method, path, body, ct).ConfigureAwait(false);
        Console.WriteLine("Done.");
        return ExitCode.Done;
    }
}
