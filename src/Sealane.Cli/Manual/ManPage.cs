using System.Collections;
using System.CommandLine;
using System.CommandLine.Completions;

namespace Sealane.Cli.Manual;

/// <summary>
/// One page for each command: its arguments and options are those that the parser knows, in the words of
/// <c>--help</c>.
/// </summary>
/// <remarks>Macros: man(7) of groff.</remarks>
internal static class ManPage
{
    /// <summary>The command and all below it that a person may know.</summary>
    public static IEnumerable<Command> Commands(Command command) =>
        command.Subcommands.Where(sub => !sub.Hidden).SelectMany(Commands).Prepend(command);

    /// <summary><c>sealane-sandbox-serve</c>.</summary>
    public static string NameOf(Command command) => Arguments.PathOf(command).Replace(' ', '-');

    public static string Of(Command command)
    {
        var page = new Roff();
        var version = typeof(ManPage).Assembly.GetName().Version?.ToString(3);
        page.Title(NameOf(command).ToUpperInvariant(), $"sealane {version}");
        page.Section("NAME");
        page.Text($"{NameOf(command)} - {command.Description}");
        Synopsis(page, command);
        page.Section("DESCRIPTION");
        page.Text($"{command.Description}.");
        Listed(page, "ARGUMENTS", command.Arguments.Where(argument => !argument.Hidden)
            .Select(argument => (argument.Name, argument.Description)));
        Listed(page, "COMMANDS", command.Subcommands.Where(sub => !sub.Hidden)
            .Select(sub => (sub.Name, sub.Description)));
        Listed(page, "OPTIONS", OptionsOf(command).Select(option => (Head(option), (string?)Words(option))));
        Listed(page, "EXIT STATUS", ExitCode.All.Select(each => ($"{each.Code}", (string?)each.Means)));
        if (command.Parents.OfType<Command>().FirstOrDefault() is null)
        {
            Listed(page, "ENVIRONMENT", Surroundings.Variables);
            Listed(page, "FILES", Surroundings.Files);
            page.Section("EXAMPLES");
            page.Example(Surroundings.FromNothing);
        }
        var others = command.Parents.OfType<Command>().Concat(command.Subcommands.Where(sub => !sub.Hidden)).ToList();
        if (others.Count > 0)
        {
            page.Section("SEE ALSO");
            page.Text(string.Join(", ", others.Select(other => $"{NameOf(other)}(1)")));
        }
        return page.ToString();
    }

    /// <summary>Its own, and those that hold for all below the command that has them.</summary>
    public static IEnumerable<Option> OptionsOf(Command command) => command.Options
        .Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(each => each.Recursive)))
        .Where(option => !option.Hidden).DistinctBy(option => option.Name);

    private static void Synopsis(Roff page, Command command)
    {
        page.Section("SYNOPSIS");
        var path = Arguments.PathOf(command);
        var subs = command.Subcommands.Where(sub => !sub.Hidden).ToList();
        page.Bold(path, string.Concat(command.Arguments.Where(argument => !argument.Hidden).Select(Shown))
            + (subs.Count > 0 ? " COMMAND" : "") + (OptionsOf(command).Any() ? " [options]" : ""));
    }

    private static string Shown(Argument argument)
    {
        var name = argument.Arity.MaximumNumberOfValues > 1 ? $"{argument.Name}..." : argument.Name;
        return argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $" [{name}]" : $" {name}";
    }

    private static void Listed(Roff page, string section, IEnumerable<(string Head, string? Words)> rows)
    {
        var all = rows.ToList();
        if (all.Count > 0)
        {
            page.Section(section);
            all.ForEach(row => page.Item(row.Head, row.Words ?? ""));
        }
    }

    /// <summary><c>--format text|json</c>, short forms before it.</summary>
    private static string Head(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(alias => alias.StartsWith('-')).Append(option.Name));
        return option.Arity.MaximumNumberOfValues == 0 || option.ValueType == typeof(bool) ? names
            : option.Arity.MinimumNumberOfValues == 0 ? $"{names}[={ValueOf(option)}]" : $"{names} {ValueOf(option)}";
    }

    private static string ValueOf(Option option)
    {
        var words = option.GetCompletions(CompletionContext.Empty).Select(word => word.Label).ToList();
        return option.HelpName
            ?? (words.Count > 0 ? string.Join('|', words) : option.Name.TrimStart('-').ToUpperInvariant());
    }

    private static string Words(Option option) => $"{option.Description}."
        + (option.HasDefaultValue && option.ValueType != typeof(bool) && option.GetDefaultValue() is { } value
            && value is string or not IEnumerable ? $" Default: {value}." : "");
}
