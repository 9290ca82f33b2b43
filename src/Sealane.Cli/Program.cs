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

    public static Task<int> Main(string[] args) => Guard.Run(Root(), args);
}
