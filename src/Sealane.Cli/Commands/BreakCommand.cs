using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core;
using Sealane.Sandbox.World;
using Sealane.Sandbox.World.Mistakes;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane sandbox break FILE WHAT…</c>: changes the sandbox's world the way a person in a portal would, so that
/// anyone can watch <c>verify</c> catch it and <c>apply</c> mend it.
/// </summary>
internal static class BreakCommand
{
    public static Command Create()
    {
        var file = new Argument<string?>("FILE")
        {
            Description = "The spec of the link in the sandbox",
            Arity = ArgumentArity.ZeroOrOne
        };
        var what = new Argument<string[]>("WHAT")
        {
            Description = "One mistake or several; --list shows them, with a FILE also each thing of it that can fail",
            Arity = ArgumentArity.ZeroOrMore
        };
        var sandbox = new Option<string>("--sandbox", "--world")
        {
            Description = "Directory of the sandbox; not while it is being served",
            HelpName = "DIR",
            DefaultValueFactory = _ => LinkOptions.DefaultSandbox,
        };
        var list = new Option<bool>("--list") { Description = "What can be broken, one line each" };
        var heal = new Option<bool>("--heal")
        {
            Description = "Take away what other teams have built; what was changed on the link itself, apply mends",
        };
        var command = new Command("break", "Make a mistake in the sandbox as a person in a portal would; verify then "
            + "catches it") { file, what, sandbox, list, heal };
        command.SetAction((parsed, _) => Task.FromResult(parsed.GetValue(list)
            ? List(parsed.GetValue(file))
            : Break(parsed.GetValue(file), parsed.GetValue(what) ?? [], parsed.GetRequiredValue(sandbox),
                parsed.GetValue(heal))));
        return command;
    }

    private static int List(string? file)
    {
        var all = AllMistakes.List.Concat(file is null ? []
            : SingleFailures.Of(Designer.Design(SpecFile.Load(file)))).ToList();
        var width = all.Max(mistake => mistake.Name.Length);
        foreach (var mistake in all)
        {
            Console.Out.Line($"{mistake.Name.PadRight(width)}  {mistake.Text}");
        }
        return ExitCode.Done;
    }

    private static int Break(string? file, string[] names, string root, bool heal)
    {
        if (file is null || (names.Length == 0 && !heal))
        {
            throw new UsageError("error: break needs a FILE and at least one WHAT\n  fix: sealane sandbox break "
                + "--list shows what can be broken");
        }
        var design = Designer.Design(SpecFile.Load(file));
        var mistakes = names.Select(name => Named(name, design)).ToList();
        var options = new LinkOptions { File = file, SandboxDirectory = root };
        var directory = Path.Combine(root, design.Name);
        var stored = WorldFile.Read(directory)
            ?? throw new UsageError($"error: there is no world of {design.Name} in {root}\n  fix: build the link "
                + $"first: {options.Again("apply")}");
        using var lease = Lease.OfWorld(directory, "sealane sandbox break");
        var world = stored.Wake(new VirtualClock(stored.Now));
        var link = new LinkInWorld(world, design);
        if (heal)
        {
            NeighbourMistakes.Heal(link);
        }
        foreach (var mistake in mistakes)
        {
            try
            {
                mistake.Make(link);
            }
            catch (MistakeError missing)
            {
                throw new UsageError($"error: {mistake.Name}: {missing.Message}\n  fix: build the link first: "
                    + $"{options.Again("apply")}");
            }
        }
        WorldFile.Save(directory, world);
        foreach (var mistake in mistakes)
        {
            Console.Out.Line($"{mistake.Name}: {mistake.Text}");
        }
        if (heal)
        {
            Console.WriteLine("healed: what other teams had built is gone");
        }
        Console.Out.Line($"See what it does: {options.Again("verify")}");
        if (mistakes.Exists(mistake => !mistake.ByOthers))
        {
            Console.Out.Line($"Mend it:          {options.Again("apply")}");
        }
        if (mistakes.Exists(mistake => mistake.ByOthers))
        {
            // What others own, apply leaves alone.
            Console.Out.Line($"Take it away:     {options.Again("sandbox break")} --heal");
        }
        return ExitCode.Done;
    }

    private static Mistake Named(string name, NetworkDesign design) => AllMistakes.Find(name)
        ?? SingleFailures.Of(design).FirstOrDefault(failure => failure.Name == name) ?? throw new UsageError(
        $"error: nothing can be broken by the name '{name}'"
        + Nearest.Hint(name,
            [.. AllMistakes.List.Concat(SingleFailures.Of(design)).Select(mistake => mistake.Name)])
        + "\n  fix: sealane sandbox break --list shows what can be broken");
}
