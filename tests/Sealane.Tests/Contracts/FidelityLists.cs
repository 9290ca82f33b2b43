using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Amazon.EC2;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;
using Sealane.Sandbox.Megaport;
using Sealane.Tests.Foreign;

namespace Sealane.Tests.Contracts;

/// <summary>The lists of <c>docs/fidelity.md</c> that are read off code: what clients can do, what has no source, which
/// forms an answer can have, what others found.</summary>
internal static partial class FidelityLists
{
    public static void Append(StringBuilder text)
    {
        Clients(text);
        text.Append("\n## Without a source\n\n| Contract | Why | What hangs on it; no verdict does |\n|---|---|---|\n");
        foreach (var reason in InferredReasons.All)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {reason.Contract} | {reason.Looked} | {reason.Feeds} |\n");
        }
        text.Append("\n## Variants\n\nWhere sources contradict each other, or the real answers did, the sandbox shows "
            + "either; `--chaos forms=TEXT` chooses.\n\n| Cloud | Variants |\n|---|---|\n");
        foreach (var (cloud, type) in new[] { ("AWS", typeof(AwsVariants)), ("Azure", typeof(AzureVariants)),
            ("Megaport", typeof(MegaportVariants)) })
        {
            var names = type.GetProperties().Select(form => $"`{form.Name}`").Where(name => name != "`RolledBack`");
            text.Append(CultureInfo.InvariantCulture, $"| {cloud} | {string.Join(", ", names)} |\n");
        }
        text.Append("\nEach in which a link lives on is met by a life that fails when the client is made to misread "
            + "it (`MisreadTests`, `MisreadTroubleTests`).\n");
        text.Append("\n## What others found\n\nW: by clients that nobody here wrote. B: by transcripts of public labs. "
            + "Each with the tests that failed before it was mended.\n\n"
            + "| | Fault | Tests |\n|---|---|---|\n");
        foreach (var fault in WireFaults.All)
        {
            var tests = fault.Tests.Select(test => $"`{test.Class.Name}.{test.Test}`");
            text.Append(CultureInfo.InvariantCulture,
                $"| {fault.Id} | {fault.What} | {string.Join(", ", tests)} |\n");
        }
    }

    private static void Clients(StringBuilder text)
    {
        var ec2 = typeof(IAmazonEC2).GetMethods().Select(method => method.Name)
            .Where(name => name.EndsWith("Async", StringComparison.Ordinal)).Select(name => name[..^5]).ToHashSet();
        var served = Served().Intersect(ec2).Order(StringComparer.Ordinal).ToList();
        var used = Sources().SelectMany(source => Call().Matches(source).Select(call => call.Groups[1].Value))
            .Where(served.Contains).Distinct().Order(StringComparer.Ordinal).ToList();
        var shapes = MegaportShapes.Owners.Where(owner => owner.Contains(" /", StringComparison.Ordinal)).ToList();
        text.Append("\n## Official clients\n\n| Client | What it can do here | What it cannot |\n|---|---|---|\n");
        text.Append(CultureInfo.InvariantCulture,
            $"| AWSSDK.EC2 for .NET {Version()} | {served.Count} of its {ec2.Count} operations are served; the tests "
            + $"make {used.Count}: {string.Join(", ", used)} | every other operation is refused with `InvalidAction` "
                + $"|\n");
        text.Append("| awscli 2.9, AWS SDK for JavaScript v3 (ec2, directconnect, sts) | the same operations of EC2, "
            + "those of Direct Connect in the table below; paginators, waiters, filters, dry runs | other services, "
                + "IAM "
            + "but for `GetUser` and `ListAccountAliases` |\n");
        text.Append("| @azure/arm-network 36 and 39 | the kinds in the table below, with both pollers | everything "
            + "outside of Microsoft.Network and resource groups |\n");
        text.Append(CultureInfo.InvariantCulture,
            $"| megaportgo 03f7855 | its shapes judge {shapes.Count} operations: "
            + $"{string.Join(", ", shapes.Select(shape => $"`{shape}`"))} | ports, MVEs, IXs, NAT gateways, users, "
            + $"managed accounts, setting a billing market; the looking glass of its older paths |\n");
        var configuration = File.ReadAllText(Repository.PathOf("tests", "vendor", "terraform", "main.tf"));
        string Kinds(string block) => string.Join(", ", Block().Matches(configuration)
            .Where(match => match.Groups[1].Value == block).Select(match => $"`{match.Groups[2].Value}`").Distinct()
            .Order(StringComparer.Ordinal));
        text.Append(CultureInfo.InvariantCulture,
            $"| Terraform 1.11.4 with hashicorp/aws 5.100.0 | builds, changes, imports and destroys "
                + $"{Kinds("resource")} "
            + $"with an empty plan after each; reads {Kinds("data")} | other kinds; the provider cannot import a "
            + $"`aws_dx_connection_confirmation`; rules of a security group towards the outside are not simulated |\n");
    }

    private static IEnumerable<string> Served() => Ec2Operation().Matches(string.Join('\n', Directory
        .GetFiles(Repository.PathOf("src", "Sealane.Sandbox", "Aws", "Ec2"), "*.cs", SearchOption.AllDirectories)
        .Select(File.ReadAllText))).Select(match => match.Groups[1].Value);

    private static IEnumerable<string> Sources() => Directory
        .GetFiles(Repository.PathOf("tests", "Sealane.Tests", "Foreign"), "Ec2*.cs").Select(File.ReadAllText);

    private static string Version() => Pinned()
        .Match(File.ReadAllText(Repository.PathOf("Directory.Packages.props"))).Groups[1].Value;

    [GeneratedRegex("new\\(\\s*\"([A-Z][A-Za-z]+)\"")]
    private static partial Regex Ec2Operation();

    [GeneratedRegex("\\.([A-Z][A-Za-z]+)Async\\(|Paginators\\.([A-Z][A-Za-z]+)\\(")]
    private static partial Regex Call();

    [GeneratedRegex("(?m)^(resource|data) \"([a-z0-9_]+)\"")]
    private static partial Regex Block();

    [GeneratedRegex("AWSSDK\\.EC2\" Version=\"([0-9.]+)\"")]
    private static partial Regex Pinned();
}
