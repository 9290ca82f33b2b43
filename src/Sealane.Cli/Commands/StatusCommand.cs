using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;
using Spectre.Console;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane status FILE</c>: every object with its state, its id and where to click; with <c>--watch</c>
/// again and again.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var watch = new Option<bool>("--watch")
        {
            Description = "Look again and again until Ctrl-C: drawn anew on a terminal, a block for each change in a "
                + "pipe, a line for each look with --format json",
        };
        var interval = WatchCommand.Time("--interval", "30s", "With --watch: wait so long between two looks");
        var time = new Option<string?>("--for")
        {
            Description = "With --watch: end after this time; 3 where a cloud did not answer at the last look",
            HelpName = "TIME",
        };
        var command = new Command("status", "List every object, its state, its id and its page in the console");
        common.AddTo(command);
        foreach (var option in new Option[] { watch, interval, time, common.Progress, common.Server })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) =>
        {
            var options = common.Read(parsed);
            if (options.Server is not null)
            {
                return ServedVerbs.Status(options, ct);
            }
            if (parsed.GetValue(watch))
            {
                return Watch(options, WatchCommand.Parse("--interval", parsed.GetRequiredValue(interval)),
                    parsed.GetValue(time) is { } written ? WatchCommand.Parse("--for", written) : null, ct);
            }
            return parsed.GetValue(time) is null && parsed.GetResult(interval) is null or { Implicit: true }
                ? Run(options, ct)
                : throw new UsageError("error: --interval and --for say how --watch goes on\n  fix: add --watch");
        });
        return command;
    }

    private static async Task<int> Run(LinkOptions options, CancellationToken ct)
    {
        using var link = LinkSession.Open(options);
        var known = await link.Survey(ct).ConfigureAwait(false);
        var rows = StatusLook.InOrder(
            link.Graph.Retiring(known).Resources, resource => StatusRow.Of(resource, known[resource.Id]));
        var text = new StatusText(link);
        if (options.Format == "json")
        {
            Console.WriteLine(Json.Show(new JsonObject
            {
                ["formatVersion"] = 1,
                ["name"] = link.Design.Name,
                ["objects"] = new JsonArray([.. rows.Select(row => (JsonNode?)text.ToJson(row))]),
            }));
        }
        else
        {
            text.Write(Console.Out, rows, Ink.Output);
        }
        return ExitCode.Done;
    }

    private static async Task<int> Watch(LinkOptions options, TimeSpan interval, TimeSpan? length, CancellationToken ct)
    {
        if (options.SandboxDirectory is not null && length is null)
        {
            throw new UsageError("error: time jumps in a rehearsal, and a watch without an end would never wait\n"
                + "  fix: say how long: --for 1h");
        }
        using var stop = new StopSignal(ct);
        using var link = LinkSession.Open(options);
        await RequireAccount(link, stop.Token).ConfigureAwait(false);
        var watch = new StatusWatch(token => StatusLook.Take(link, token), link.Clock, interval, length);
        if (options.Format == "json")
        {
            var lines = new JsonLines(Console.Out);
            return await watch.Run((now, _) => lines.Write(StatusWatch.Json(now, new StatusText(link).ToJson)),
                stop.Token).ConfigureAwait(false);
        }
        if (Console.IsOutputRedirected || Terminals.IsDumb || options.PlainProgress)
        {
            return await watch.Run((now, before) => StatusWatch.Write(Console.Out, now, before), stop.Token)
                .ConfigureAwait(false);
        }
        link.Reach.HushWaits();
        var running = Task.Run(() => watch.Run((_, _) => { }, stop.Token), CancellationToken.None);
        return await new LiveView(AnsiConsole.Console, (width, height, ended) => StatusScreen.Draw(
            watch.Last, watch.ChangedAt, link.Clock.GetUtcNow(), watch.Next, link.Reach.Waiting, ended, width, height))
            .Follow(running).ConfigureAwait(false);
    }

    /// <summary>A wrong account ends the watch before it begins; a cloud that is unwell is told at each look.</summary>
    private static async Task RequireAccount(LinkSession link, CancellationToken ct)
    {
        try
        {
            await link.RequireAccount(ct).ConfigureAwait(false);
        }
        catch (CloudError error) when (error.Kind is CloudErrorKind.Unavailable or CloudErrorKind.Throttled
            or CloudErrorKind.Busy or CloudErrorKind.Uncertain)
        {
        }
    }
}
