using System.CommandLine;
using Sealane.Cli.Commands;
using Sealane.Cli.Explain;

namespace Sealane.Cli;

/// <summary>The front door: the commands in the order in which a person uses them.</summary>
public static class Program
{
    public static RootCommand Root() =>
        new("Builds, proves and keeps an encrypted private path between AWS and Azure over a Megaport Cloud Router")
    {
        CheckCommand.Create(),
        PlanCommand.Create(),
        ApplyCommand.Create(),
        VerifyCommand.Create(),
        StatusCommand.Create(),
        TraceCommand.Create(),
        DestroyCommand.Create(),
        ExplainCommand.Create(Explained.Story),
        SandboxCommand.Create(),
        LabCommand.Create(),
    };

    public static Task<int> Main(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine($"error: {error.Message}");
            }
            Console.Error.WriteLine(
                $"See: sealane {parsed.CommandResult.Command.Name} --help".Replace("sealane sealane", "sealane",
                    StringComparison.Ordinal));
            return Task.FromResult(ExitCode.Usage);
        }
        return parsed.InvokeAsync(new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null
        });
    }
}
