using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Output;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Lab.Model;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane lab</c>: the same design as real daemons in network namespaces of this machine.</summary>
internal static class LabCommand
{
    internal static readonly Option<string> Name = new("--name")
    {
        Description = "Which lab, where several run side by side",
        HelpName = "NAME",
        DefaultValueFactory = _ => LabFiles.DefaultName,
    };

    internal static readonly Option<string> Format = MakeFormat();

    public static Command Create()
    {
        var command = new Command("lab",
            "The same link as real daemons (FRR, strongSwan) in network namespaces of this machine");
        command.Subcommands.Add(CreateDoctor());
        command.Subcommands.Add(CreateUp());
        LabLookCommands.AddTo(command);
        LabJudgeCommands.AddTo(command);
        LabMeasureCommands.AddTo(command);
        command.Subcommands.Add(CreateDown());
        return command;
    }

    /// <summary>The lab of a name, from its record.</summary>
    internal static LabRun Open(string name)
    {
        var files = LabFiles.Of(name);
        return new(Network(files.Read()), files, TimeProvider.System);
    }

    internal static LabNetwork Network(LabRecord record)
    {
        var read = SpecReader.Read("the lab's spec", record.Spec);
        var spec = read.Spec ?? throw new UsageError($"{read.Problems[0]}");
        var design = Designer.Design(spec);
        var network = FromDesign.Of(record.Guide ? design.InGuideOrder() : design, Secrets.Rehearsal(spec), record.Bfd);
        var keys = Secrets.Rehearsal(spec with
        {
            Secrets = spec.Secrets with { Generation = (spec.Secrets.Generation ?? 1) + record.Rotated },
        });
        return network with
        {
            Tunnels =
            [
                .. network.Tunnels.Select(tunnel => tunnel with
                {
                    AwsKey = keys.Tunnel(tunnel.Number),
                    AzureKey = keys.Tunnel(tunnel.Number),
                }),
            ],
        };
    }

    private static Option<string> MakeFormat()
    {
        var format = new Option<string>("--format") { Description = "How to print", DefaultValueFactory = _ => "text" };
        format.AcceptOnlyFromAmong("text", "json");
        return format;
    }

    private static Command CreateDoctor()
    {
        var command = new Command("doctor",
            "What this machine lacks for a lab, and the command that installs it") { Format };
        command.SetAction((parsed, _) => Task.FromResult(Examine(parsed.GetValue(Format) == "json")));
        return command;
    }

    private static int Examine(bool json)
    {
        var probes = Doctor.Examine();
        var good = probes.All(probe => probe.Good || !probe.Needed);
        if (json)
        {
            Console.WriteLine(new JsonObject
            {
                ["ready"] = good,
                ["probes"] = new JsonArray([.. probes.Select(probe => (JsonNode)new JsonObject
                {
                    ["what"] = probe.What,
                    ["good"] = probe.Good,
                    ["needed"] = probe.Needed,
                    ["fix"] = probe.Fix,
                })]),
            }.ToJsonString(Json.Document));
            return good ? ExitCode.Done : ExitCode.No;
        }
        foreach (var probe in probes)
        {
            Console.WriteLine(probe.Good ? $"yes  {probe.What}" : probe.Needed ? $"NO   {probe.What}"
                : $"-    {probe.What}: {probe.Fix}");
        }
        foreach (var fix in probes.Where(probe => probe is { Good: false, Needed: true }).Select(probe => probe.Fix)
            .Distinct())
        {
            Console.WriteLine($"  fix: {fix}");
        }
        return good ? ExitCode.Done : ExitCode.No;
    }

    private static Command CreateUp()
    {
        var file = new Argument<string>("FILE") { Description = "The spec, a YAML file" };
        var bfd = new Option<bool>("--bfd") { Description = "BFD on the sessions between MCR and clouds" };
        var order = new Option<string?>("--order")
        {
            Description = "Step by step, with captures from the first daemon on: guide (its own order) or sealane",
            HelpName = "ORDER",
        };
        order.AcceptOnlyFromAmong("guide", "sealane");
        var command = new Command("up", "Build the link out of daemons and wait until a packet gets through")
        {
            file, Name, bfd, order,
        };
        command.SetAction((parsed, ct) => Raise(parsed.GetRequiredValue(file),
            parsed.GetRequiredValue(Name), parsed.GetValue(bfd), parsed.GetValue(order), ct));
        return command;
    }

    private static async Task<int> Raise(string file, string name, bool bfd, string? order, CancellationToken ct)
    {
        SpecFile.Load(file);
        var text = await File.ReadAllTextAsync(file, ct).ConfigureAwait(false);
        var record = new LabRecord([], [], bfd, text, Guide: order == "guide");
        var lab = new LabRun(Network(record), LabFiles.Of(name), TimeProvider.System);
        if (order is not null)
        {
            var replay = new Replay(lab, record.Guide, Console.WriteLine);
            var reports = await replay.Run(record, ct).ConfigureAwait(false);
            foreach (var report in reports)
            {
                Console.WriteLine(report);
            }
            return reports.All(report => report.Clean) ? ExitCode.Done : ExitCode.No;
        }
        var up = new Up(lab, Console.WriteLine);
        await up.Run(record, ct).ConfigureAwait(false);
        foreach (var missing in up.Missing)
        {
            await Console.Error.WriteLineAsync($"missing: {missing}").ConfigureAwait(false);
        }
        return up.FirstPingSeconds is not null && up.Missing.Count == 0 ? ExitCode.Done : ExitCode.No;
    }

    private static Command CreateDown()
    {
        var all = new Option<bool>("--all") { Description = "Every lab on this machine" };
        var command = new Command("down", "End the lab's daemons and remove its namespaces") { Name, all };
        command.SetAction((parsed, ct) => Lower(
            parsed.GetValue(all) ? LabFiles.All : [parsed.GetRequiredValue(Name)], ct));
        return command;
    }

    private static async Task<int> Lower(IReadOnlyList<string> names, CancellationToken ct)
    {
        foreach (var name in names)
        {
            var (processes, spaces) = await new Down(LabFiles.Of(name), TimeProvider.System).Run(ct)
                .ConfigureAwait(false);
            Console.WriteLine(
                $"{name} is gone: {SpecFile.Plural(processes, "daemon")}, {SpecFile.Plural(spaces, "namespace")}");
        }
        return ExitCode.Done;
    }
}
