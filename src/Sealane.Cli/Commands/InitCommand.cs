using System.CommandLine;
using Sealane.Cli.Output;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane init FILE</c>: writes a commented spec of the few things that a link needs, by flags or by asking, and
/// names the next command. It never overwrites, and never writes what does not pass <c>check</c>. Offline, but with
/// <c>--from</c>.
/// </summary>
internal static class InitCommand
{
    /// <summary>Option, question, an example that the form accepts, and what is assumed where it can be.</summary>
    private static readonly (string Option, string Question, string Example, bool HasDefault)[] Questions =
    [
        ("--name", "Name of the link", "sydney", true),
        ("--aws-account", "AWS account, twelve digits", "111122223333", false),
        ("--aws-region", "AWS region of the VPC", "ap-southeast-2", false),
        ("--vpc", "VPC id", "vpc-0a1b2c3d4e5f60718", false),
        ("--subnets", "Subnet ids, one a zone, separated by commas",
            "subnet-0a1b2c3d4e5f60001,subnet-0a1b2c3d4e5f60002", false),
        ("--azure-subscription", "Azure subscription id", "00000000-1111-2222-3333-444444444444", false),
        ("--resource-group", "Resource group of the VNet", "rg-sydney", false),
        ("--azure-region", "Azure region of the VNet", "australiaeast", false),
        ("--vnet", "Name of the VNet", "vnet-app", false),
        ("--site", "Megaport site (sealane locations lists them)", "Equinix SY1", false),
        ("--peering-location", "ExpressRoute peering location", "Sydney", false),
        ("--bandwidth", "Mbps of both cross connects", "50", true),
    ];

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = "The spec to write",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "sealane.yaml",
        };
        var offline = new Option<bool>("--offline")
        {
            Description = "Ask nobody: what is not given by flags is an example to be replaced, and marked so",
        };
        var from = new Option<string?>("--from")
        {
            Description = "Read a link that was built by hand, from its VPCs and its VNets' full ids; further ids "
                + "decide between several of a kind",
            HelpName = "ID,ID…",
        };
        var common = new CommonOptions("text");
        var options = Questions.Select(question => new Option<string?>(question.Option)
        {
            Description = question.Question,
            HelpName = question.Example,
        }).ToList();
        var command = new Command("init", "Write a commented spec, and say what comes next; never overwrites") { file,
            offline };
        options.ForEach(command.Options.Add);
        command.Options.Add(from);
        common.AddOptionsTo(command);
        command.SetAction((parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            NeverOver(path);
            return parsed.GetValue(from) is { } ids
                ? InitFrom.Run(common.Read(parsed, path), ids, parsed.GetValue(options[0]) ?? "sydney",
                    parsed.GetValue(options[2]), ct)
                : Task.FromResult(Run(path, parsed.GetValue(offline),
                    [.. options.Select(option => parsed.GetValue(option))]));
        });
        return command;
    }

    private static void NeverOver(string path)
    {
        if (File.Exists(path) || Directory.Exists(path))
        {
            throw new UsageError(
                $"{path}: error: it exists already, and init never overwrites\n  fix: name another file");
        }
    }

    private static int Run(string path, bool offline, IReadOnlyList<string?> given)
    {
        var mayAsk = !offline && !Console.IsInputRedirected && !Console.IsOutputRedirected;
        var missing = Questions.Zip(given).Where(each => each.Second is null && !each.First.HasDefault)
            .Select(each => each.First.Option).ToList();
        if (!offline && !mayAsk && missing.Count > 0)
        {
            throw new UsageError("error: this is not a terminal, so nobody can be asked; "
                + $"missing: {string.Join(", ", missing)}\n  fix: give them, or --offline for examples in their place");
        }
        var answers = Questions.Zip(given).Select(each =>
            each.Second is { } value ? (Value: value, IsExample: false)
            : mayAsk ? Ask(each.First.Question, each.First.Example)
            : (Value: each.First.Example, IsExample: !each.First.HasDefault)).ToList();
        var text = Text(answers);
        var result = SpecReader.Read(path, text);
        var report = result.Spec is { } spec ? DesignChecks.Run(Designer.Design(spec)) : null;
        if (report is null || report.HasErrors)
        {
            foreach (var problem in result.Problems)
            {
                Console.Error.WriteLine(problem);
            }
            if (report is not null)
            {
                FindingsText.Write(Console.Error, path, report, Ink.Error);
            }
            Console.Error.Line($"{path}: nothing was written, because it would not pass check");
            return ExitCode.No;
        }
        using (var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew)))
        {
            writer.Write(text);
        }
        Console.Out.Line($"{path} is written"
            + (answers.Exists(answer => answer.IsExample) ? "; replace what is marked 'example'" : "") + ".");
        foreach (var finding in report.Findings.Where(finding => finding.Check.Severity == Severity.Warning))
        {
            Console.Out.Line($"  {finding.Check.Severity.Word()} {finding.Check.Id}: {finding.Message}");
        }
        Console.Out.Line($"Next: sealane check {path}");
        return ExitCode.Done;
    }

    private static (string Value, bool IsExample) Ask(string question, string example)
    {
        while (true)
        {
            Console.Write($"{question} (for example {example}): ");
            var answer = Console.ReadLine() ?? throw new UsageError("error: no answer; nothing was written");
            if (answer.Trim() is { Length: > 0 } value)
            {
                return (value, false);
            }
        }
    }

    private static string Text(IReadOnlyList<(string Value, bool IsExample)> answers)
    {
        var place = 0;
        // As a YAML text in quotation marks, so that no answer can become structure.
        string Next()
        {
            var (value, isExample) = answers[place++];
            return $"\"{Escaped(value)}\"{(isExample ? "   # example" : "")}";
        }

        var name = answers[place++].Value;
        var (account, region, vpc) = (Next(), Next(), Next());
        var (subnets, subnetsAreExamples) = answers[place++];
        var (subscription, group, azureRegion, vnet) = (Next(), Next(), Next(), Next());
        var (site, peering) = (Next(), Next());
        var bandwidth = answers[place].Value;
        var list = string.Join(", ", subnets.Split(',').Select(subnet => $"\"{Escaped(subnet.Trim())}\""));
        return $"""
            # A link by Sealane. Every other key has a default: sealane explain list, sealane explain KEY.
            sealane: 1
            name: "{Escaped(name)}"   # never change it: the clouds' objects are found by it

            aws:
              account: {account}
              region: {region}
              vpc: {vpc}
              # One subnet in each availability zone with workloads: the transit gateway attaches there.
              subnets: [{list}]{(subnetsAreExamples ? "   # example" : "")}

            azure:
              subscription: {subscription}
              resourceGroup: {group}
              region: {azureRegion}
              vnet: {vnet}
              circuit:
                peeringLocation: {peering}

            megaport:
              location: {site}
              bandwidth: {Escaped(bandwidth)}   # Mbps, both cross connects

            # Keys are derived from one link key that never stands in this file: openssl rand -hex 32
            secrets:
              linkKey: env:SEALANE_LINK_KEY

            """.ReplaceLineEndings("\n");
    }

    internal static string Escaped(string text) => string.Concat(text.Select(c => c switch
    {
        '"' or '\\' => $"\\{c}",
        _ when char.IsControl(c) => " ",
        _ => $"{c}",
    }));
}
