using System.CommandLine;
using Sealane.Cli.Drills;
using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Clouds.Drills;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane drill FILE</c>: each element of a living link failed in turn, while the rest carries.</summary>
internal static class DrillCommand
{
    /// <summary>Longer than every hold time of a link, so that what would fall has fallen.</summary>
    private const string UsualHold = "4m";
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
            DefaultValueFactory = _ => UsualHold,
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
            elements, hold, probe, evidence, dry, outage, restore, yes, common.TakeOver,
        })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) => Run(
            common.Read(parsed) with { KeepReplies = parsed.GetValue(evidence) is not null },
            parsed.GetValue(elements) ?? [],
            new(Time(parsed.GetRequiredValue(hold)), parsed.GetValue(outage),
                parsed.GetValue(probe) is { } asked ? new(asked) : null, parsed.GetValue(evidence)),
            parsed.GetValue(dry), parsed.GetValue(restore), parsed.GetValue(yes), ct));
        return command;
    }

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
        if (DrillRecord.Read(DrillRecord.PathOf(link)) is not null || restore)
        {
            var all = All(link, known);
            var code = await Holding(link, () => LeftDown.GiveBack(link, all, wishes, signals.Token))
                .ConfigureAwait(false);
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
        var elements = Chosen(All(link, known), names);
        var differs = Plan.Of(link.Graph, known).Steps.Where(step => step.Changes).Select(step => step.Id).ToList();
        if (differs.Count > 0)
        {
            return Runs.Refuse($"the link is not as the spec says: {string.Join(", ", differs)}",
                $"first {options.Again("plan")}, and apply");
        }
        var verified = await Verifying.Once(link, stop).ConfigureAwait(false);
        var work = await WorkAhead.Read(link, known, DrillRun.Longest(wishes), stop).ConfigureAwait(false);
        var rows = elements.Select(element => (Element: element, Lost: element.Lost(verified.Verification.Seen)))
            .Select(one => new DrillRow(one.Element, verified.CarriesWithout(one.Lost) == true)
            {
                Against = work.Against(verified, one.Lost),
            }).ToList();
        DrillText.WritePlan(options, link.Design.Name, wishes, rows);
        if (dry)
        {
            if (work.NotKnown is { } unread)
            {
                Console.Error.Line($"note: {DrillRun.Unknown(unread)}");
            }
            if (DrillRecord.Read(DrillRecord.PathOf(link)) is { } record)
            {
                Console.Error.Line($"note: a drill was cut off while {record.Element} was down: the next one, or "
                    + $"{options.Again("drill")} --restore, gives it back first");
            }
            Finish(link, "planned", wishes, rows);
            return ExitCode.Done;
        }
        if (elements.Select(one => DrillRun.WhyNot(verified, one, wishes.AcceptOutage)).FirstOrDefault(why => why
            is not null) is { } why)
        {
            Finish(link, "refused", wishes, rows);
            return Runs.Refuse($"{why}: that would be an outage of {Durations.Words(wishes.Hold)} and more, and "
                + "nothing was failed", "choose others with --element, or add --accept-outage in a quiet hour");
        }
        if (work.NotKnown is { } silent)
        {
            Finish(link, "refused", wishes, rows);
            Runs.Refuse($"{DrillRun.Unknown(silent)}; nothing was failed", "try again when the cloud answers; where it "
                + "refuses, grant what docs/accounts.md says");
            return ExitCode.Cloud;
        }
        if (rows.Find(row => row.Against is not null) is { } now)
        {
            Finish(link, "refused", wishes, rows);
            return Runs.Refuse($"{DrillRun.Unsure(now.Element, now.Against!)}; nothing was failed",
                "wait until that is over, or choose others with --element; --accept-outage does not agree to this");
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
        return await Holding(link, () => Each(link, elements, wishes, stop)).ConfigureAwait(false);
    }

    private static async Task<int> Each(
        LinkSession link, IReadOnlyList<DrillElement> elements, DrillWishes wishes, CancellationToken stop)
    {
        var run = new DrillRun(link, wishes);
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
        var left = DrillRecord.Read(DrillRecord.PathOf(link)) is not null;
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

    private static IReadOnlyList<DrillElement> All(LinkSession link, Known known) => AllDrills.Of(
        link.Design, known, link.Reach.Aws, link.Reach.Azure, link.Reach.Megaport, link.Reach.Keys);

    private static IReadOnlyList<DrillElement> Chosen(IReadOnlyList<DrillElement> all, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => all.All(one => one.Id != name)) is { } unknown
            ? throw new UsageError($"error: --element {Plain.Line(unknown)}: this link has no such element\n"
                + $"  fix: one of {string.Join(", ", all.Select(one => one.Id))}")
            : [.. all.Where(one => names.Count == 0 || names.Contains(one.Id))];

    private static void Finish(LinkSession link, string result, DrillWishes wishes, IReadOnlyList<DrillRow> rows)
    {
        if (link.Options.Format == "json")
        {
            Console.WriteLine(Json.Show(
                DrillText.Json(link.Design.Name, result, wishes, rows, Runs.Calls(link))));
        }
    }
}
