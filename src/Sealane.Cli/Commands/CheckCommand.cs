using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Design;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane check FILE…</c>: the design rules, offline. Exit 0 clean, 1 errors found, 2 a file cannot be read; the
/// highest of several counts.
/// </summary>
public static class CheckCommand
{
    /// <param name="standardInput">What <c>-</c> reads; the process's own when null.</param>
    public static Command Create(Stream? standardInput = null)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "Specs, folders of them (*.yaml, *.yml), or - for standard input.",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = new Option<string>("--format")
        {
            Description = "text, json, markdown, junit for test reports, or sarif for code scanning.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "markdown", "junit", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Warnings count as errors." };
        var command = new Command("check", "Check specs against the rules of the three clouds, offline.")
        {
            files, format, strict,
        };
        command.SetAction((parsed, _) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var checkedFiles = SpecFiles(parsed.GetValue(files)!)
                .Select(path => Check(SpecFile.Read(path, standardInput))).ToList();
            foreach (var file in checkedFiles)
            {
                file.Reading.WriteProblems(error);
            }
            Write(output, parsed.GetValue(format)!, checkedFiles, parsed.GetValue(strict));
            return Task.FromResult(checkedFiles.Max(file => file.ExitCode(parsed.GetValue(strict))));
        });
        return command;
    }

    private static void Write(TextWriter output, string format, IReadOnlyList<CheckedFile> files, bool strict)
    {
        switch (format)
        {
            case "json":
                FindingsJson.Write(output, files);
                break;
            case "sarif":
                FindingsJson.WriteSarif(output, files, ProjectPage.Address);
                break;
            case "junit":
                FindingsJunit.Write(output, files, strict);
                break;
            case "markdown":
                FindingsMarkdown.Write(output, files);
                break;
            default:
                foreach (var file in files.Where(file => file.Report is not null))
                {
                    FindingsText.Write(output, file.Reading.Name, file.Report!, Ink.Output);
                }
                break;
        }
    }

    private static CheckedFile Check(SpecReading reading) =>
        new(reading, reading.Spec is { } spec ? DesignChecks.Run(Designer.Design(spec)) : null);

    /// <summary>A folder stands for the YAML files in it, in the order of their names.</summary>
    private static IEnumerable<string> SpecFiles(IEnumerable<string> paths) => paths.SelectMany(path =>
    {
        if (path == "-" || !Directory.Exists(path))
        {
            return [path];
        }
        var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml").Order(StringComparer.Ordinal).ToList();
        return found.Count > 0 ? found : throw new UsageError($"{path}: error: there is no YAML file in this folder");
    });
}

/// <summary>A file and what the checks found in it.</summary>
/// <param name="Report">Null where the file cannot be read as a spec.</param>
internal sealed record CheckedFile(SpecReading Reading, CheckReport? Report)
{
    public int ExitCode(bool strict) =>
        Report is null ? SpecFile.Unreadable
        : Report.HasErrors || (strict && Report.Count(Severity.Warning) > 0) ? Cli.ExitCode.No : Cli.ExitCode.Done;
}
