using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Rotate;
using Sealane.Cli.Served;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane rotate FILE</c>: new keys one after the other, each while the rest of the link
/// carries.</summary>
internal static class RotateCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "jsonl");
        var what = new Option<string>("--what")
        {
            Description = "psk: the tunnels' keys. bgp: those of the transport's sessions. all: both",
            HelpName = "KEYS",
            DefaultValueFactory = _ => "psk",
        };
        what.AcceptOnlyFromAmong(Rotating.Words);
        var dry = new Option<bool>("--dry-run")
        {
            Description = "Say in which order and with what effect; change nothing",
        };
        var outage = new Option<bool>("--accept-outage")
        {
            Description = "Also change keys of which nothing else carries meanwhile",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("rotate",
            "Change the keys of a living link one after the other; run it again to go on where it stopped");
        common.AddTo(command);
        foreach (var option in new Option[] { what, dry, outage, yes, common.TakeOver, common.Term, common.Progress,
            common.Server })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => common.Read(parsed) is { Server: not null } served
            ? parsed.GetValue(dry)
                ? throw new UsageError("error: --dry-run changes nothing, and a service asks an approver first\n"
                    + "  fix: leave --dry-run and --yes out: the plan is shown and waits")
                : ServedVerbs.Change(served, $"rotate-{parsed.GetRequiredValue(what)}", parsed.GetValue(yes), ct,
                    parsed.GetValue(outage))
            : Run(common.Read(parsed), parsed.GetRequiredValue(what), parsed.GetValue(dry), parsed.GetValue(outage),
                parsed.GetValue(yes), ct));
        return command;
    }

    private static async Task<int> Run(
        LinkOptions options, string what, bool dry, bool outage, bool yes, CancellationToken ct)
    {
        using var link = LinkSession.Open(options, writer: !dry);
        if (await Rotating.Prepare(link, what, Console.Error, ct).ConfigureAwait(false) is not { } ready)
        {
            return ExitCode.No;
        }
        if (ready.Steps.Count == 0)
        {
            Tell(options, "Nothing to change: every end that shows its key has the one of the spec. To have new ones "
                + "raise "
                + "secrets.generation by one, or give another link key.", new() { ["event"] = "done", ["keys"] = 0 });
            return ExitCode.Done;
        }
        RotationText.Write(options, link.Design.Name, ready.Steps);
        if (ready.Steps.FirstOrDefault(step => step.NotKnown is not null) is { NotKnown: { } silent })
        {
            Console.Error.Line($"note: whether a cloud is at work on the link is not known: {silent}");
        }
        if (dry)
        {
            return ExitCode.Done;
        }
        if (!outage && ready.Alone.FirstOrDefault() is { } alone)
        {
            return alone.Against is { } work
                ? Runs.Refuse($"nothing else is sure to carry while {alone.Key.Label} is changed: {work}",
                    "wait until that is over, or add --accept-outage where the key cannot wait")
                : Runs.Refuse($"nothing else carries while {alone.Key.Label} is changed, for about "
                    + Durations.Words(alone.Length), "leave it out with --what, or add --accept-outage");
        }
        if (!Runs.Confirm(yes, "Do this?"))
        {
            return ExitCode.No;
        }
        link.RequireWritableJournal();
        var code = await Change(link, ready, outage, ct).ConfigureAwait(false);
        link.CloseJournal();
        return code;
    }

    private static async Task<int> Change(
        LinkSession link, ReadyToRotate ready, bool outage, CancellationToken ct)
    {
        var (begun, count) = (link.Clock.GetUtcNow(), ready.Steps.Count);
        var (done, stopped) = await Rotating.Change(link, ready, _ => outage, (number, step) =>
        {
            RotationText.WriteBegin(link.Options, number + 1, count, step);
            return Runs.Show(link, $"{link.Design.Name}: {step.Key.Label}", step.Plan.Graph, step.Plan.Graph.Resources,
                new Timeline(link.LastChangeBetween),
                (events, stop) => link.Engine(new Rotating.OnlyChanges(events), step.Plan.Graph)
                    .Apply(step.Plan, step.Seen, stop));
        }, Console.Error, ct).ConfigureAwait(false);
        if (!done)
        {
            return stopped is null ? ExitCode.No : Runs.End(link, stopped, "rotate");
        }
        var took = link.Clock.GetUtcNow() - begun;
        var text = $"Changed: {count} {(count == 1 ? "key" : "keys")} in "
            + $"{Durations.Words(took)}{link.TimeWord}."
            + (link.Outage is { } down ? $" The link did not carry for {Durations.Words(down)} of it." : "");
        var line = new JsonObject
        {
            ["event"] = "done",
            ["keys"] = count,
            ["seconds"] = Math.Round(took.TotalSeconds, 3),
            ["outageSeconds"] = link.Outage is { } time ? Math.Round(time.TotalSeconds, 3) : null,
            ["clearSeconds"] = link.ClearSeconds is { } clear ? Math.Round(clear, 3) : null,
        };
        Tell(link.Options, text, line);
        return ExitCode.Done;
    }

    private static void Tell(LinkOptions options, string text, JsonObject line)
    {
        if (options.Format == "jsonl")
        {
            new JsonLines(Console.Out).Write(line);
        }
        else
        {
            Console.Out.Line(text);
        }
    }
}
