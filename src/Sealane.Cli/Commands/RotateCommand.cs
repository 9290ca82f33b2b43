using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Cli.Rotate;
using Sealane.Clouds;
using Sealane.Core.Reconcile;

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
        what.AcceptOnlyFromAmong("psk", "bgp", "all");
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
        foreach (var option in new Option[] { what, dry, outage, yes, common.TakeOver, common.Term, common.Progress })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => Run(common.Read(parsed), Chosen(parsed.GetRequiredValue(what)),
            parsed.GetValue(dry), parsed.GetValue(outage), parsed.GetValue(yes), ct));
        return command;
    }

    private static Func<KeySeen, bool> Chosen(string what) => what switch
    {
        "psk" => key => key.IsTunnel,
        "bgp" => key => !key.IsTunnel,
        _ => _ => true,
    };

    private static async Task<int> Run(
        LinkOptions options, Func<KeySeen, bool> chosen, bool dry, bool outage, bool yes, CancellationToken ct)
    {
        using var link = LinkSession.Open(options, writer: !dry);
        if (!link.PassesChecks(Console.Error)
            || !await link.IsOfTheseEnds(await link.Survey(ct).ConfigureAwait(false), Console.Error, ct)
                .ConfigureAwait(false))
        {
            return ExitCode.No;
        }
        var rotation = new Rotation(link);
        var pending = await rotation.Pending(chosen, ct).ConfigureAwait(false);
        if (pending.Count == 0)
        {
            Tell(options, "Nothing to change: every end that shows its key has the one of the spec. To have new ones "
                + "raise "
                + "secrets.generation by one, or give another link key.", new() { ["event"] = "done", ["keys"] = 0 });
            return ExitCode.Done;
        }
        if (await rotation.Otherwise(ct).ConfigureAwait(false) is { Count: > 0 } other)
        {
            Console.Error.Line($"error: not only keys differ from the spec: {string.Join(", ", other)}");
            Console.Error.Line($"  fix: first {options.Again("plan")}, with the keys' generation that stands, and "
                + $"apply; "
                + "then rotate");
            return ExitCode.No;
        }
        var steps = new List<RotationStep>();
        foreach (var key in pending)
        {
            steps.Add(await rotation.Step(key, ct).ConfigureAwait(false));
        }
        RotationText.Write(options, link.Design.Name, steps);
        if (steps.Find(step => step.NotKnown is not null) is { NotKnown: { } silent })
        {
            Console.Error.Line($"note: whether a cloud is at work on the link is not known: {silent}");
        }
        if (dry)
        {
            return ExitCode.Done;
        }
        // What waits for a mended tunnel is asked in its turn.
        if (!outage && steps.Find(step => !step.Carried && step.Key.Agrees == pending[0].Agrees) is { } alone)
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
        var code = await Change(link, rotation, pending, outage, ct).ConfigureAwait(false);
        link.CloseJournal();
        return code;
    }

    private static async Task<int> Change(
        LinkSession link, Rotation rotation, IReadOnlyList<KeySeen> pending, bool outage, CancellationToken ct)
    {
        var begun = link.Clock.GetUtcNow();
        foreach (var (number, key) in pending.Index())
        {
            // As the link is now: what carried when the list was shown may be down.
            var step = await rotation.Step(key, ct).ConfigureAwait(false);
            if (!step.Carried && !outage)
            {
                return Runs.Refuse($"nothing else {(step.Against is null ? "carries" : "is sure to carry")} now "
                    + $"while {key.Label} is changed{(step.Against is null ? "" : $": {step.Against}")}; {number} of "
                    + $"{pending.Count} keys are changed", (step.Against is null ? "mend what is down"
                        : "wait until that is over") + $", then go on with: {link.Options.Again("rotate")}");
            }
            if (Consent.Missing(link.Options with
            {
                Replace = [.. step.Plan.Replacements.Select(one => one.Id)],
            }, link.Design, step.Plan) is { } missing)
            {
                await Console.Error.WriteLineAsync(missing).ConfigureAwait(false);
                return ExitCode.No;
            }
            var going = step.Plan.Steps.Where(one => one.Action == StepAction.Replace).Select(one => one.Id);
            if (await link.PassesAhead(step.Plan, step.Seen, Console.Error, ct).ConfigureAwait(false) is null
                || !await link.NobodyUses(step.Seen, going, Console.Error, ct).ConfigureAwait(false))
            {
                return ExitCode.No;
            }
            RotationText.WriteBegin(link.Options, number + 1, pending.Count, step);
            var report = await Runs.Show(link, $"{link.Design.Name}: {key.Label}", step.Plan.Graph,
                step.Plan.Graph.Resources, new Timeline(link.LastChangeBetween),
                (events, stop) => link.Engine(new OnlyChanges(events), step.Plan.Graph)
                    .Apply(step.Plan, step.Seen, stop))
                .ConfigureAwait(false);
            if (report.Result != RunResult.Done)
            {
                return Runs.End(link, report, "rotate");
            }
            if (await rotation.ProvedAgain(step, ct).ConfigureAwait(false) is { } trouble)
            {
                return Runs.Refuse($"{key.Label} is changed, and the link is not proved to be whole: {trouble}",
                    $"look at {link.Options.Again("verify")}; then go on with: {link.Options.Again("rotate")}");
            }
        }
        var took = link.Clock.GetUtcNow() - begun;
        var text = $"Changed: {pending.Count} {(pending.Count == 1 ? "key" : "keys")} in "
            + $"{Durations.Words(took)}{link.TimeWord}."
            + (link.Outage is { } down ? $" The link did not carry for {Durations.Words(down)} of it." : "");
        var line = new JsonObject
        {
            ["event"] = "done",
            ["keys"] = pending.Count,
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

    /// <summary>Of forty objects a key is held by two.</summary>
    private sealed class OnlyChanges(IEventSink inner) : IEventSink
    {
        public void Emit(EngineEvent happened)
        {
            if (happened is not StepDone { Action: StepAction.Keep })
            {
                inner.Emit(happened);
            }
        }
    }
}
