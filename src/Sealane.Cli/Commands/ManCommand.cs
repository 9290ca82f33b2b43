using System.CommandLine;
using Sealane.Cli.Manual;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane man</c>: the manual pages, made from the commands themselves.</summary>
internal static class ManCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("COMMAND")
        {
            Description = "The command, such as apply or sandbox serve; none: of sealane itself",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var folder = new Option<string?>("--out")
        {
            Description = "Write the pages of all commands into this folder, which is made",
            HelpName = "FOLDER",
        };
        var command = new Command("man", "Print the manual page of a command, or write all of them")
        {
            names, folder,
        };
        command.SetAction((parsed, _) =>
        {
            var root = Program.Root();
            var named = parsed.GetValue(names) ?? [];
            if (parsed.GetValue(folder) is not { } into)
            {
                Console.Out.Write(ManPage.Of(Named(root, named)));
            }
            else if (named.Length > 0)
            {
                throw new UsageError("error: --out writes the pages of all commands\n  fix: leave the command out");
            }
            else
            {
                Directory.CreateDirectory(into);
                foreach (var each in ManPage.Commands(root))
                {
                    File.WriteAllText(Path.Combine(into, $"{ManPage.NameOf(each)}.1"), ManPage.Of(each));
                }
            }
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static Command Named(Command root, IEnumerable<string> names)
    {
        var found = root;
        foreach (var name in names.Where(name => name != "sealane"))
        {
            found = found.Subcommands.FirstOrDefault(command => command.Name == name && !command.Hidden)
                ?? throw new UsageError($"error: there is no command {Core.Plain.Line(name)}"
                    + Core.Nearest.Hint(name, [.. found.Subcommands.Select(command => command.Name)]));
        }
        return found;
    }
}
