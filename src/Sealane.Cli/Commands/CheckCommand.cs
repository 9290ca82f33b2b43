using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Checks;
using Sealane.Core.Design;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane check FILE</c>: the design rules, offline. Exit 0 clean, 1 errors found, 2 unreadable.</summary>
public static class CheckCommand
{
    /// <param name="standardInput">What <c>-</c> reads; the process's own when null.</param>
    public static Command Create(Stream? standardInput = null)
    {
        var file = new Argument<string>("file")
        {
            Description = "The spec, or - for standard input.",
            HelpName = "FILE"
        };
        var format = new Option<string>("--format")
        {
            Description = "text, json, or sarif for code scanning.",
            DefaultValueFactory = _ => "text",
        };
        format.AcceptOnlyFromAmong("text", "json", "sarif");
        var strict = new Option<bool>("--strict") { Description = "Warnings count as errors." };
        var command = new Command("check", "Check a spec against the rules of the three clouds, offline.") { file,
            format, strict };
        command.SetAction((parsed, _) =>
        {
            var output = parsed.InvocationConfiguration.Output;
            return Task.FromResult(Run(
                parsed.GetValue(file)!, parsed.GetValue(format)!, parsed.GetValue(strict), output,
                parsed.InvocationConfiguration.Error, standardInput));
        });
        return command;
    }

    private static int Run(string path, string format, bool strict, TextWriter output, TextWriter error,
        Stream? standardInput)
    {
        if (SpecFile.Load(path, error, standardInput) is not { } spec)
        {
            return SpecFile.Unreadable;
        }
        var report = DesignChecks.Run(Designer.Design(spec));
        switch (format)
        {
            case "json":
                FindingsJson.Write(output, spec.Source.File, report);
                break;
            case "sarif":
                FindingsJson.WriteSarif(output, report);
                break;
            default:
                FindingsText.Write(output, spec.Source.File, report);
                break;
        }
        return report.HasErrors || (strict && report.Count(Severity.Warning) > 0) ? 1 : 0;
    }
}
