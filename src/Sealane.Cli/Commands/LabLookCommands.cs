using System.CommandLine;
using Sealane.Core;
using Sealane.Lab;
using Sealane.Lab.Capture;
using Sealane.Lab.Namespaces;
using Sealane.Lab.Running;

namespace Sealane.Cli.Commands;

/// <summary>Verbs that look at a running lab: status, ping, trace, capture, shell.</summary>
internal static class LabLookCommands
{
    public static void AddTo(Command lab)
    {
        lab.Subcommands.Add(CreateStatus());
        lab.Subcommands.Add(CreatePing());
        lab.Subcommands.Add(CreateTrace());
        lab.Subcommands.Add(CreateCapture());
        lab.Subcommands.Add(CreateShell());
    }

    private static Command CreateStatus()
    {
        var command = new Command("status",
            "Every box with its BGP sessions and tunnels, as the daemons say") { LabCommand.Name, LabCommand.Format };
        command.SetAction((parsed, _) => Task.FromResult(
            Status(LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name)),
                parsed.GetValue(LabCommand.Format) == "json")));
        return command;
    }

    private static int Status(LabRun lab, bool json)
    {
        var status = LabStatus.Of(lab);
        if (json)
        {
            Console.WriteLine(LabJson.Show(status));
            return status.IsUp ? ExitCode.Done : ExitCode.No;
        }
        var width = status.Boxes.Max(box => box.Name.Length);
        foreach (var box in status.Boxes)
        {
            Console.WriteLine($"{box.Name.PadRight(width)}  {box.Stands}");
            foreach (var session in box.Sessions)
            {
                Console.WriteLine($"{new string(' ', width)}    BGP {session.Peer} ({session.Box}): {session.State}");
            }
            if (box.Tunnel is { } tunnel)
            {
                Console.WriteLine($"{new string(' ', width)}    {tunnel.State}"
                    + (tunnel.Carries
                        ? $"; IKE {tunnel.IkeSuite}; ESP {tunnel.EspSuite}; "
                            + $"{tunnel.BytesIn} bytes in, {tunnel.BytesOut} out"
                        : ""));
            }
        }
        return status.IsUp ? ExitCode.Done : ExitCode.No;
    }

    private static Command CreatePing()
    {
        var (from, to) = (From(), To());
        var count = new Option<int>("--count") { Description = "How many", HelpName = "N" };
        var command = new Command("ping", "Echoes from one box to another") { from, to, count, LabCommand.Name };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var source = Box(lab, parsed.GetRequiredValue(from));
            var target = Target(lab, parsed.GetRequiredValue(to));
            var times = parsed.GetValue(count) is > 0 and <= 1000 and var asked ? asked : 4;
            var code = await Shell.Interactive(lab.Files.Space(source),
                ["ping", "-n", "-i", "0.2", "-W", "1", "-c", $"{times}", $"{target}"], ct).ConfigureAwait(false);
            return code == 0 ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static Argument<string> From() => new("FROM")
    {
        Description = "A box",
        DefaultValueFactory = _ => "vpc-host",
    };

    private static Argument<string> To() => new("TO")
    {
        Description = "A box or an address",
        DefaultValueFactory = _ => "vnet-host",
    };

    private static Command CreateTrace()
    {
        var (from, to) = (From(), To());
        var command = new Command("trace", "The boxes that a packet passes, as they answer themselves") { from, to,
            LabCommand.Name };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var lines = await new LabTrace(lab).Run(
                Box(lab, parsed.GetRequiredValue(from)), Target(lab, parsed.GetRequiredValue(to)), ct)
                    .ConfigureAwait(false);
            foreach (var line in lines)
            {
                Console.WriteLine(line);
            }
            return lines[^1].EndsWith("answers", StringComparison.Ordinal) && lines[^1] != "nobody answers"
                ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static Command CreateCapture()
    {
        var box = new Argument<string>("BOX") { Description = "Where to look", DefaultValueFactory = _ => "mcr" };
        var seconds = new Option<double>("--seconds") { Description = "How long; else until stopped", HelpName = "N" };
        var write = new Option<string?>("--write") { Description = "A pcap file for any analyser", HelpName = "FILE" };
        var command = new Command("capture",
            "What crosses a box, counted by kind; one packet in the clear is a failure")
        {
            box, seconds, write, LabCommand.Name, LabCommand.Format,
        };
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var where = Box(lab, parsed.GetRequiredValue(box));
            using var capture = new BoxCapture(lab, where, parsed.GetValue(write));
            await Wait(parsed.GetValue(seconds), ct).ConfigureAwait(false);
            var report = capture.Report();
            Console.WriteLine(parsed.GetValue(LabCommand.Format) == "json" ? LabJson.Show(report)
                : report.ToString());
            return report.Clean ? ExitCode.Done : ExitCode.No;
        });
        return command;
    }

    private static async Task Wait(double seconds, CancellationToken ct)
    {
        try
        {
            await Task.Delay(seconds > 0 ? TimeSpan.FromSeconds(seconds) : Timeout.InfiniteTimeSpan,
                TimeProvider.System, ct).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The user has seen enough; what was seen is told.
        }
    }

    private static Command CreateShell()
    {
        var box = new Argument<string>("BOX") { Description = "Which box" };
        var run = new Argument<string[]>("COMMAND")
        {
            Description = "What to run; a shell by default",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("shell",
            "A shell inside a box: ip, tcpdump and vtysh see what the router sees") { box, run, LabCommand.Name };
        command.SetAction((parsed, ct) =>
        {
            var lab = LabCommand.Open(parsed.GetRequiredValue(LabCommand.Name));
            var where = Box(lab, parsed.GetRequiredValue(box));
            var words = parsed.GetValue(run) ?? [];
            if (words.Length == 0)
            {
                if (lab.Plan[where].Frr is not null)
                {
                    Console.WriteLine($"# the router of this box: vtysh --vty_socket {lab.Files.Box(where)}");
                }
                words = ["/bin/sh"];
            }
            return Shell.Interactive(lab.Files.Space(where), words, ct);
        });
        return command;
    }

    private static string Box(LabRun lab, string name) => lab.Plan.Boxes.Any(box => box.Name == name) ? name
        : throw new UsageError($"error: the lab has no box '{name}'\n  fix: one of "
            + string.Join(", ", lab.Plan.Boxes.Select(box => box.Name)));

    private static Ipv4 Target(LabRun lab, string text) => Ipv4.TryParse(text, out var address) ? address
        : lab.Plan[Box(lab, text)].Ports.SelectMany(port => port.Addresses).Select(one => one.Address).First();
}
