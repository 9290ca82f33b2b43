using System.CommandLine;
using System.Text.RegularExpressions;
using Sealane.Core;

namespace Sealane.Cli;

/// <summary>What people type, as the parser wants it; and what the parser says about it, as people want it.</summary>
internal static partial class Arguments
{
    /// <summary>
    /// No command at all asks for help, as <c>help</c> does. <c>--sandbox</c> takes a directory only behind an equals
    /// sign: otherwise it would swallow the file that follows it.
    /// </summary>
    public static string[] Of(string[] typed) => typed switch
    {
        [] => ["--help"],
        ["help", .. var command] => [.. command, "--help"],
        ["version"] => ["--version"],
        _ => [.. typed.Select(word => word == "--sandbox" ? $"--sandbox={Commands.LinkOptions.DefaultSandbox}" : word)],
    };

    /// <summary>Errors in words, with what was most likely meant. That a command is missing is no news beside a wrong
    /// one.</summary>
    public static IEnumerable<string> Tell(IEnumerable<string> errors, Command command)
    {
        var told = errors.Select(error => Tell(error, command)).Distinct().ToList();
        return told.Count > 1 ? told.Where(error => error != "Required command was not provided.") : told;
    }

    private static string Tell(string error, Command command)
    {
        if (Unknown().Match(error) is { Success: true } unknown)
        {
            var word = unknown.Groups[1].Value;
            var known = word.StartsWith('-')
                ? command.Options.Concat(command.Parents.OfType<Command>()
                    .SelectMany(parent => parent.Options.Where(option => option.Recursive)))
                    .Select(option => option.Name)
                : command.Subcommands.Select(sub => sub.Name);
            return $"'{word}' is not known "
                + $"here{Nearest.Hint(word, [.. known])}";
        }
        if (Unparsed().Match(error) is { Success: true } unparsed)
        {
            var what = unparsed.Groups[3].Value switch
            {
                var type when type.Contains("Int", StringComparison.Ordinal) => "a whole number",
                var type when type.Contains("Double", StringComparison.Ordinal)
                    || type.Contains("Decimal", StringComparison.Ordinal) => "a number",
                _ => "another kind of value",
            };
            return $"{unparsed.Groups[2].Value} takes {what}, not '{unparsed.Groups[1].Value}'";
        }
        return error;
    }

    /// <summary><c>sealane sandbox serve</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}"
            : "sealane";

    [GeneratedRegex("^Unrecognized command or argument '(.*)'\\.$")]
    private static partial Regex Unknown();

    [GeneratedRegex("^Cannot parse argument '(.*)' for (?:option|argument|command) '(.*)' as expected type '(.*)'\\.")]
    private static partial Regex Unparsed();
}
