using System.CommandLine;
using System.Diagnostics;
using Sealane.Cli.Output;
using Sealane.Core;
using Sealane.Core.Reconcile;
using Sealane.Lab;
using Sealane.Sandbox.World;

namespace Sealane.Cli.Commands;

/// <summary>
/// The one way in: reads the command line, runs the command, and turns whatever it runs into into a calm message and an
/// exit code. Nothing gets past it as a stack trace.
/// </summary>
internal static class Guard
{
    /// <summary>Set, a defect is told with its whole stack trace, for those who look for it.</summary>
    public const string DebugVariable = "SEALANE_DEBUG";

    public static async Task<int> Run(RootCommand root, string[] typed)
    {
        try
        {
            var parsed = root.Parse(Arguments.Of(typed));
            var command = parsed.CommandResult.Command;
            if (parsed.Errors.Count == 0)
            {
                return await Invoke(parsed).ConfigureAwait(false);
            }
            foreach (var error in Arguments.Tell(parsed.Errors.Select(error => error.Message), command))
            {
                Console.Error.Line($"error: {error}");
            }
            Console.Error.Line($"See: {Arguments.PathOf(command)} --help");
            return ExitCode.Usage;
        }
        catch (Exception error)
        {
            var (text, code) = Tell(error);
            Say(text);
            return code;
        }
    }

    private static async Task<int> Invoke(ParseResult parsed)
    {
        var output = Console.Out;
        using var asked = JsonQuery.Of(parsed, output);
        if (asked is not null)
        {
            Console.SetOut(asked);
        }
        try
        {
            var code = await parsed.InvokeAsync(new()
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = asked ?? output,
            }).ConfigureAwait(false);
            asked?.Finish();
            return code;
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static (string Text, int Code) Tell(Exception error) => error switch
    {
        UsageError => (error.Message, ExitCode.Usage),
        LinkBusy => (error.Message, ExitCode.No),
        Served.ServerError served => (served.Message, served.Code),
        ClaimHeld => ($"error: {error.Message}", ExitCode.No),
        WorldFileError or LabError => ($"error: {error.Message}", ExitCode.Usage),
        CloudError cloud => ($"error: {cloud.Describe()}", ExitCode.Cloud),
        OperationCanceledException => ("", ExitCode.Interrupted),
        AggregateException { InnerException: { } inner } => Tell(inner),
        IOException or UnauthorizedAccessException => ($"error: {Plain.Line(error.Message)}", ExitCode.Usage),
        _ => (Defect(error), ExitCode.Defect),
    };

    private static string Defect(Exception error) =>
        Environment.GetEnvironmentVariable(DebugVariable) is { Length: > 0 } ? $"error: {error}"
        : $"error: this is a defect of Sealane, not of your file: {error.GetType().Name}: {Plain.Line(error.Message)}\n"
            + $"  where: {Place(error)}\n"
            + $"  fix: {DebugVariable}=1 in front of the same command tells more; please report that text"
            + $"{ProjectPage.At(ProjectPage.Address)}, after a look for what is yours in it";

    private static string Place(Exception error) =>
        new StackTrace(error).GetFrame(0) is { } frame && DiagnosticMethodInfo.Create(frame) is { } method
            ? $"{method.DeclaringTypeName}.{method.Name}" : "unknown";

    /// <summary>The error stream may be what is broken.</summary>
    private static void Say(string text)
    {
        if (text.Length == 0)
        {
            return;
        }
        try
        {
            Console.Error.WriteLine(Plain.Lines(text));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody can be told; the exit code still says it.
        }
    }
}
