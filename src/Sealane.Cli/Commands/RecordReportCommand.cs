using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Design;
using Sealane.Sandbox.Replay;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane sandbox record-report RECORDING… --spec FILE</c>: makes of somebody's <c>--wire-log</c> what a
/// maintainer needs, without anything that tells whose account it was.
/// </summary>
internal static class RecordReportCommand
{
    public static Command Create()
    {
        var recordings = new Argument<string[]>("RECORDING")
        {
            Description = "Wire logs, or a directory of them",
            Arity = ArgumentArity.OneOrMore
        };
        var spec = new Option<string>("--spec")
        {
            Description = "The spec of the recorded link; nothing of it is told",
            HelpName = "FILE",
            Required = true
        };
        var output = new Option<string?>("--out") { Description = "Write it there instead", HelpName = "FILE" };
        var command = new Command("record-report", "Make a report for a bug report of a recording: operations, unknown "
            + "members, differences to the sandbox; secrets, ids, names and addresses replaced")
        { recordings, spec, output };
        command.SetAction((parsed, _) => Task.FromResult(Report(
            parsed.GetRequiredValue(recordings), parsed.GetRequiredValue(spec), parsed.GetValue(output))));
        return command;
    }

    private static int Report(string[] recordings, string file, string? output)
    {
        var recording = ReplayCommand.Load(recordings);
        var report = RecordReport.Of(
            recording, CompareCommand.Run(recording, Designer.Design(SpecFile.Load(file)), seed: null));
        if (output is null)
        {
            Console.Write(Plain.Lines(report));
            return ExitCode.Done;
        }
        try
        {
            File.WriteAllText(output, Plain.Lines(report));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageError($"error: the report cannot be written: {error.Message}");
        }
        Console.Out.Line($"{output}: look through it, then attach it to an issue");
        return ExitCode.Done;
    }
}
