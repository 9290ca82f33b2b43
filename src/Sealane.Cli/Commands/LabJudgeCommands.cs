using System.CommandLine;
using Sealane.Core;
using Sealane.Lab;
using Sealane.Lab.Breaking;
using Sealane.Lab.Verify;

namespace Sealane.Cli.Commands;

/// <summary>Verbs that judge a running lab and break it: verify, break, heal.</summary>
internal static class LabJudgeCommands
{
    public static void AddTo(Command lab)
    {
        lab.Subcommands.Add(CreateVerify());
        lab.Subcommands.Add(CreateBreak());
        lab.Subcommands.Add(CreateHeal());
    }

    private static Command CreateVerify()
    {
        var command = new Command("verify", "Is it up, and is it encrypted: sessions, locks, tunnels, routes, packets")
        {
            LabCommand.Name, LabCommand.Format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var verdict = await new LabVerifier(lab).Run(ct).ConfigureAwait(false);
            if (parsed.GetValue(LabCommand.Format) == "json")
            {
                Console.WriteLine(LabJson.Show(verdict));
            }
            else
            {
                Print(verdict);
            }
            return verdict.Good ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static void Print(LabVerdict verdict)
    {
        foreach (var area in verdict.Findings.GroupBy(finding => finding.Area))
        {
            Console.WriteLine(area.Key);
            foreach (var finding in area)
            {
                Console.WriteLine($"  {(finding.Good ? "ok  " : "FAIL")} {finding.What}"
                    + (finding.Detail.Length > 0 ? $": {finding.Detail}" : ""));
                if (finding.Cause.Length > 0)
                {
                    Console.WriteLine($"       cause: {finding.Cause}");
                    Console.WriteLine($"       fix:   {finding.Fix}");
                }
            }
        }
        Console.WriteLine(verdict.Findings.All(finding => finding.Good)
            ? $"verdict: {verdict.Verdict}"
            : $"verdict: {verdict.Verdict}, with "
                + SpecFile.Plural(verdict.Findings.Count(one => !one.Good), "failure"));
    }

    private static Command CreateBreak()
    {
        var what = new Argument<string[]>("WHAT")
        {
            Description = "One mistake or several; --list shows them",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var list = new Option<bool>("--list") { Description = "What can be broken, one line each" };
        var command = new Command("break", "Make a mistake in the running lab; verify then names it")
        {
            what, list, LabCommand.Name,
        };
        command.SetAction((parsed, ct) => parsed.GetValue(list) ? Task.FromResult(List())
            : Break(parsed.GetRequiredValue(LabCommand.Name), parsed.GetValue(what) ?? [], ct));
        return command;
    }

    private static int List()
    {
        var width = LabMistakes.List.Max(mistake => mistake.Name.Length);
        foreach (var mistake in LabMistakes.List)
        {
            Console.WriteLine($"{mistake.Name.PadRight(width)}  {mistake.Text}");
        }
        return ExitCode.Done;
    }

    private static async Task<int> Break(string name, string[] words, CancellationToken ct)
    {
        var mistakes = words.Select(Named).ToList();
        if (mistakes.Count == 0)
        {
            throw new UsageError(
                "error: break needs at least one WHAT\n  fix: sealane lab break --list shows what can be broken");
        }
        await new Breaker(LabCommand.Open(name)).Break([.. mistakes.Select(one => one.Name)], ct).ConfigureAwait(false);
        foreach (var mistake in mistakes)
        {
            Console.WriteLine($"{mistake.Name}: {mistake.Text}");
        }
        var option = name == Lab.Namespaces.LabFiles.DefaultName ? "" : $" --name {name}";
        Console.WriteLine($"See what it does: sealane lab verify{option}");
        Console.WriteLine($"Mend it:          sealane lab heal{option}");
        return ExitCode.Done;
    }

    private static Command CreateHeal()
    {
        var what = new Argument<string[]>("WHAT")
        {
            Description = "Which mistakes; all by default",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("heal", "Take mistakes back: the lab is again as designed") { what, LabCommand.Name };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var words = (parsed.GetValue(what) ?? []).Select(word => Named(word).Name).ToList();
            var broken = lab.Files.Read().Broken;
            await new Breaker(lab).Heal(words, ct).ConfigureAwait(false);
            var left = lab.Files.Read().Broken;
            Console.WriteLine(broken.Count == 0 ? "nothing was broken"
                : $"healed: {string.Join(' ', broken.Except(left))}"
                    + (left.Count > 0 ? $"; still: {string.Join(' ', left)}" : ""));
            return ExitCode.Done;
        });
        return command;
    }

    private static LabMistake Named(string name) => LabMistakes.Find(name) ?? throw new UsageError(
        $"error: nothing can be broken by the name '{name}'"
        + Nearest.Hint(name, [.. LabMistakes.List.Select(one => one.Name)])
        + "\n  fix: sealane lab break --list shows what can be broken");
}
