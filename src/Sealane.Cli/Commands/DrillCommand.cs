using System.CommandLine;
using Sealane.Cli.Drills;
using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Cli.Served;
using Sealane.Clouds.Drills;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane drill FILE</c>: each element of a living link failed in turn, while the rest carries.</summary>
internal static class DrillCommand
{
    private static readonly TimeSpan LongestHold = TimeSpan.FromHours(2);

    public static Command Create()
    {
        var common = new CommonOptions("text", "json");
        var elements = new Option<string[]>("--element")
        {
            Description = "Fail this one, by its name in the list; once for each. All when nothing is said",
            HelpName = "NAME",
            DefaultValueFactory = _ => [],
        };
        var hold = new Option<string>("--hold")
        {
            Description = "How long each stays down once it is seen to be",
            HelpName = "TIME",
            DefaultValueFactory = _ => $"{Drilling.UsualHold.TotalMinutes}m",
        };
        var probe = new Option<string?>("--probe")
        {
            Description = "A command that succeeds when a packet arrives, run every second: loss is counted by it",
            HelpName = "COMMAND",
        };
        var evidence = new Option<string?>("--evidence")
        {
            Description = "Write a bundle for each element into this new directory, made while it was down",
            HelpName = "DIR",
        };
        var dry = new Option<bool>("--dry-run") { Description = "Say what would be failed, how and with what effect" };
        var outage = new Option<bool>("--accept-outage")
        {
            Description = "Also fail that of which nothing else carries meanwhile",
        };
        var restore = new Option<bool>("--restore")
        {
            Description = "Give back what a drill that was cut off has failed, and nothing else",
        };
        var yes = new Option<bool>("--yes") { Description = "Do not ask" };
        var command = new Command("drill",
            "Prove redundancy: fail each element of a living link in turn, measure, give it back");
        common.AddTo(command);
        foreach (var option in new Option[]
        {
            elements, hold, probe, evidence, dry, outage, restore, yes, common.TakeOver, common.Server,
        })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => common.Read(parsed) is { Server: not null } served
            ? AtServer(served, parsed.GetValue(elements) ?? [],
                new Option[] { hold, probe, evidence, dry, restore }.FirstOrDefault(option =>
                    parsed.GetResult(option) is { Implicit: false }), parsed.GetValue(yes), parsed.GetValue(outage), ct)
            : Run(common.Read(parsed) with { KeepReplies = parsed.GetValue(evidence) is not null },
                parsed.GetValue(elements) ?? [],
                new(Time(parsed.GetRequiredValue(hold)), parsed.GetValue(outage),
                    parsed.GetValue(probe) is { } asked ? new(asked) : null, parsed.GetValue(evidence)),
                parsed.GetValue(dry), parsed.GetValue(restore), parsed.GetValue(yes), ct));
        return command;
    }

    private static Task<int> AtServer(LinkOptions options, string[] names, Option? other, bool yes, bool outage,
        CancellationToken ct) =>
        other is not null
            ? throw new UsageError($"error: a service does not take {other.Name}\n  fix: leave it out: what would be "
                + "failed is shown and waits for an approver, what was cut off is given back by the next drill")
        : names.Length > 1
            ? throw new UsageError("error: a service fails all elements or one\n  fix: one --element, or none")
        : ServedVerbs.Change(options, string.Join('-', ["drill", .. names]), yes, ct, outage);

    private static TimeSpan Time(string written) => WatchCommand.Parse("--hold", written) is var time
        && time <= LongestHold ? time
        : throw new UsageError($"error: --hold {Plain.Line(written)}: at most 2h\n  fix: 4m lets every hold time of a "
            + "link pass");

    private static async Task<int> Run(LinkOptions options, IReadOnlyList<string> names, DrillWishes wishes, bool dry,
        bool restore, bool yes, CancellationToken ct)
    {
        if (options.SandboxDirectory is not null && wishes.Probe is not null)
        {
            throw new UsageError("error: a rehearsal has no packets that a probe could send\n  fix: leave --probe out: "
                + "the simulated world counts its losses itself");
        }
        if (wishes.Evidence is { } directory)
        {
            BundleFiles.Require(directory);
        }
        using var signals = new StopSignal(ct);
        using var link = LinkSession.Open(options, writer: !dry);
        var known = await link.Survey(signals.Token).ConfigureAwait(false);
        if (!link.PassesChecks(Console.Error)
            || !await link.IsOfTheseEnds(known, Console.Error, signals.Token).ConfigureAwait(false))
        {
            return ExitCode.No;
        }
        if (dry)
        {
            return await Drill(link, known, names, wishes, dry, yes, signals.Token).ConfigureAwait(false);
        }
        var book = new DrillFile(link);
        if (book.Read() is not null || restore)
        {
            var all = Drilling.All(link, known);
            var code = await Holding(link, async () => await LeftDown.GiveBack(link, all, wishes, book,
                line => Say(options, line), signals.Token).ConfigureAwait(false) is var (why, fix)
                    ? Runs.Refuse(why, fix) : ExitCode.Done).ConfigureAwait(false);
            if (restore || code != ExitCode.Done)
            {
                return code;
            }
            known = await link.Survey(signals.Token).ConfigureAwait(false);
        }
        return await Drill(link, known, names, wishes, dry, yes, signals.Token).ConfigureAwait(false);
    }

    private static async Task<int> Drill(LinkSession link, Known known, IReadOnlyList<string> names, DrillWishes wishes,
        bool dry, bool yes, CancellationToken stop)
    {
        var options = link.Options;
        if (await Drilling.Prepare(link, known, names, wishes, Console.Error, stop).ConfigureAwait(false)
            is not { } ready)
        {
            return ExitCode.No;
        }
        var rows = ready.Rows;
        DrillText.WritePlan(options, link.Design.Name, wishes, rows);
        if (dry)
        {
            if (ready.NotKnown is { } unread)
            {
                Console.Error.Line($"note: {DrillRun.Unknown(unread)}");
            }
            if (new DrillFile(link).Read() is { } record)
            {
                Console.Error.Line($"note: a drill was cut off while {record.Element} was down: the next one, or "
                    + $"{options.Again("drill")} --restore, gives it back first");
            }
            Finish(link, "planned", wishes, rows);
            return ExitCode.Done;
        }
        if (ready.WhyNot(wishes.AcceptOutage) is { } why)
        {
            Finish(link, "refused", wishes, rows);
            return Runs.Refuse($"{why}: that would be an outage of {Durations.Words(wishes.Hold)} and more, and "
                + "nothing was failed", "choose others with --element, or add --accept-outage in a quiet hour");
        }
        if (ready.Refused is var (wrong, fix))
        {
            Finish(link, "refused", wishes, rows);
            var code = Runs.Refuse(wrong, fix);
            return ready.NotKnown is null ? code : ExitCode.Cloud;
        }
        if (wishes.Probe is { } probe && !await probe.Once(stop).ConfigureAwait(false))
        {
            return Runs.Refuse("the probe does not succeed before anything is failed", "--probe takes a command that "
                + "ends with 0 when a packet arrives, such as --probe 'ping -c1 -W1 10.2.1.10'");
        }
        if (!Runs.Confirm(yes, "Do this?"))
        {
            return ExitCode.No;
        }
        return await Holding(link, () => Each(link, [.. rows.Select(row => row.Element)], wishes, stop))
            .ConfigureAwait(false);
    }

    private static async Task<int> Each(
        LinkSession link, IReadOnlyList<DrillElement> elements, DrillWishes wishes, CancellationToken stop)
    {
        var book = new DrillFile(link);
        var run = new DrillRun(link, wishes, book);
        var rows = new List<DrillRow>();
        foreach (var (number, element) in elements.Index())
        {
            if (stop.IsCancellationRequested)
            {
                break;
            }
            DrillText.WriteBegin(link.Options, number + 1, elements.Count, element);
            rows.Add(await run.One(element, stop).ConfigureAwait(false));
            if (!rows[^1].IsGood)
            {
                break;
            }
        }
        if (rows.Count > 0)
        {
            DrillText.WriteTable(link.Options, rows);
        }
        var bad = rows.Find(row => !row.IsGood);
        Finish(link, stop.IsCancellationRequested ? DrillRow.Word(DrillResult.Interrupted)
            : bad is null ? DrillRow.Word(DrillResult.Held) : DrillRow.Word(bad.Result), wishes, rows);
        if (stop.IsCancellationRequested)
        {
            Console.Error.Line(bad?.RestoredAt is null ? "Stopped; nothing is failed."
                : $"Stopped; {bad.Element.Id} was given back and not waited for: {link.Options.Again("drill")} "
                    + "--restore does.");
            return ExitCode.Interrupted;
        }
        if (bad is null)
        {
            return ExitCode.Done;
        }
        var left = book.Read() is not null;
        var code = Runs.Refuse($"{bad.Element.Id}: {bad.Why}; {rows.Count(row => row.IsGood)} of {elements.Count} "
            + "elements held",
            left ? $"look at {link.Options.Again("verify")}; {link.Options.Again("drill")} --restore gives "
                + $"back what is still down. By hand: {bad.Element.WayBack}"
                : $"look at {link.Options.Again("verify")}; everything was given back");
        return bad.Result is DrillResult.Refused or DrillResult.NotRestored or DrillResult.Blind ? ExitCode.Cloud
            : code;
    }

    private static async Task<int> Holding(LinkSession link, Func<Task<int>> work)
    {
        try
        {
            return await link.Holding(work).ConfigureAwait(false);
        }
        catch (Exception error) when (DiskTrouble.Is(error))
        {
            throw new UsageError($"error: what is failed cannot be written down: {error.Message}\n  fix: run it where "
                + $"{Path.GetFullPath(link.Reach.StateDirectory)} can be written; nothing more was failed");
        }
    }

    private static void Say(LinkOptions options, string text) =>
        (options.Format == "json" ? Console.Error : Console.Out).Line(text);

    private static void Finish(LinkSession link, string result, DrillWishes wishes, IReadOnlyList<DrillRow> rows)
    {
        if (link.Options.Format == "json")
        {
            Console.WriteLine(Json.Show(
                DrillText.Json(link.Design.Name, result, wishes, rows, Runs.Calls(link))));
        }
    }
}
