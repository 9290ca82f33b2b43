using System.CommandLine;
using System.Globalization;
using Sealane.Lab;
using Sealane.Lab.Running;

namespace Sealane.Cli.Commands;

/// <summary>Verbs that measure a running lab: drill, rotate, load.</summary>
internal static class LabMeasureCommands
{
    /// <summary>Longer than the hold time in the tunnels.</summary>
    private static readonly TimeSpan RotationPatience = TimeSpan.FromSeconds(45);

    public static void AddTo(Command lab)
    {
        lab.Subcommands.Add(CreateDrill());
        lab.Subcommands.Add(CreateRotate());
        lab.Subcommands.Add(CreateLoad());
    }

    private static Command CreateRotate()
    {
        var command = new Command("rotate",
            "New keys for the tunnels, one after the other; measure what hosts lose, and capture every MCR meanwhile")
        {
            LabCommand.Name, LabCommand.Format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var record = lab.Files.Read();
            var next = record with { Rotated = record.Rotated + 1 };
            var report = await new KeyRotation(lab, LabCommand.Network(next), RotationPatience,
                Console.Error.WriteLine).Run(ct).ConfigureAwait(false);
            lab.Files.Write(next);
            Console.WriteLine(parsed.GetValue(LabCommand.Format) == "json" ? LabJson.Show(report) : $"{report}");
            return report.IsGood ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static Command CreateDrill()
    {
        var elements = new Argument<string[]>("ELEMENT")
        {
            Description = "What dies; everything that carries the link by default, one after the other",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var patience = new Option<double>("--patience")
        {
            Description = "Seconds that the rest of the link is given to carry on",
            HelpName = "N",
            DefaultValueFactory = _ => 45,
        };
        var command = new Command("drill", "Let each element die silently in turn and heal; measure what hosts lose")
        {
            elements, patience, LabCommand.Name, LabCommand.Format,
        };
        command.SetAction((parsed, ct) => Drill(LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name)),
            parsed.GetValue(elements) ?? [], parsed.GetValue(patience), parsed.GetValue(LabCommand.Format) == "json",
                ct));
        return command;
    }

    private static async Task<int> Drill(
        LabRun lab, string[] names, double patience, bool json, CancellationToken ct)
    {
        var drill = new Drill(lab, TimeSpan.FromSeconds(patience), Console.Error.WriteLine);
        if (names.FirstOrDefault(name => drill.Elements.All(one => one.Name != name)) is { } unknown)
        {
            throw new UsageError($"error: '{unknown}' is nothing that can die here\n  fix: one of "
                + string.Join(", ", drill.Elements.Select(one => one.Name)));
        }
        var rows = await drill.Run([.. drill.Elements.Where(one => names.Length == 0 || names.Contains(one.Name))], ct)
            .ConfigureAwait(false);
        Console.WriteLine(json ? LabJson.Show(rows) : DrillText.Of(rows));
        // Where nothing takes over, that is the design's; what does not come back is the link's.
        return rows.All(row => row.WholeSeconds is not null && (row.Recovered || !row.HasTwin)) ? ExitCode.Done
            : ExitCode.No;
    }

    private static Command CreateLoad()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long; 5 by default", HelpName = "N" };
        var streams = new Option<int>("--streams") { Description = "TCP flows; 4 by default", HelpName = "N" };
        var command = new Command("load", "TCP through the tunnels (iperf3), and the MTU and MSS that pass")
        {
            seconds, streams, LabCommand.Name, LabCommand.Format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var time = parsed.GetValue(seconds) is > 0 and <= 600 and var asked ? asked : 5;
            var flows = parsed.GetValue(streams) is > 0 and <= 64 and var wanted ? wanted : 4;
            var report = await new Load(lab).Run(time, flows, ct).ConfigureAwait(false);
            var fits = report.Fits ? "fits" : "DOES NOT FIT";
            Console.WriteLine(parsed.GetValue(LabCommand.Format) == "json"
                ? LabJson.Show(report)
                : string.Create(CultureInfo.InvariantCulture,
                    $"{report.Mbps:0} Mbit/s; packets up to {report.Mtu} bytes pass whole, "
                    + $"so TCP's MSS is {report.Mss}; the design's {report.DesignMss} {fits}"));
            return report.Fits ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }
}
