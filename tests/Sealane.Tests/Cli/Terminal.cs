using System.CommandLine;

namespace Sealane.Tests.Cli;

/// <summary>A command run in process, as from a shell.</summary>
internal sealed record Terminal(int ExitCode, string Output, string Error)
{
    public static async Task<Terminal> Run(Command command, params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var parsed = new RootCommand("test") { command }.Parse([command.Name, .. arguments]);
        var exitCode =
            await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new(exitCode, output.ToString(), error.ToString());
    }
}
