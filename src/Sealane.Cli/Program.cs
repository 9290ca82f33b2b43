using System.CommandLine;
using Sealane.Cli.Commands;
using Sealane.Cli.Explain;
using Sealane.Cli.Output;
using Sealane.Core;

namespace Sealane.Cli;

/// <summary>The front door: the commands in the order in which a person uses them.</summary>
public static class Program
{
    public static RootCommand Root()
    {
        var root = Commands();
        JsonQuery.AddTo(root);
        return root;
    }

    private static RootCommand Commands() =>
        new(About(ProjectPage.Address))
    {
        InitCommand.Create(),
        CheckCommand.Create(),
        PriceCommand.Create(),
        PlanCommand.Create(),
        ApplyCommand.Create(),
        VerifyCommand.Create(),
        WatchCommand.Create(),
        StatusCommand.Create(),
        TraceCommand.Create(),
        RotateCommand.Create(),
        DrillCommand.Create(),
        HandoverCommand.Adopt(),
        HandoverCommand.Disown(),
        DestroyCommand.Create(),
        DiagramCommand.Create(),
        LocationsCommand.Create(),
        ExplainCommand.Create(Explained.Story),
        SandboxCommand.Create(),
        CompletionCommand.Create(),
        ManCommand.Create(),
        LabCommand.Create(),
        ServeCommand.Create(),
        FleetCommand.Create(),
    };

    /// <summary>The first line of help, with the project's page where there is one.</summary>
    internal static string About(string? page) =>
        "Builds, proves and keeps an encrypted private path between AWS and Azure over a Megaport Cloud Router"
        + (page is null ? "" : $" ({page})");

    public static Task<int> Main(string[] args) => Guard.Run(Root(), args);
}
