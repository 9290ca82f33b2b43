using Sealane.Sandbox.Replay;
using Sealane.Sandbox.World;
using Sealane.Tests.EndToEnd;

namespace Sealane.Tests.Docs;

/// <summary>
/// The files that say what each cloud must allow are made from what the code calls; and each command of a whole life
/// calls nothing that its set does not allow.
/// </summary>
public sealed class LeastPrivilegeTests
{
    private static readonly string[] Looking = ["plan", "status", "verify", "trace", "diagram"];

    /// <summary>The account that has no VPC and all of Direct Connect, in the tests that have one.</summary>
    internal const string DirectConnect = "777788889999";

    internal static void Reader(SandboxWorld world)
    {
        world.Aws.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy-read.json"));
        world.Aws.Others.ForEach(other =>
            other.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy-read.json")));
        world.Azure.Roles = [File.ReadAllText(Repository.PathOf("docs", "azure-role-read.json"))];
        world.Megaport.Variants.KeyOnlyReads = true;
    }

    internal static void Writer(SandboxWorld world)
    {
        world.Aws.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy.json"));
        world.Aws.Others.ForEach(other =>
            other.Policy = File.ReadAllText(Repository.PathOf("docs", other.Account == DirectConnect
                ? "aws-policy-direct-connect.json" : "aws-policy-workload.json")));
        world.Azure.Roles = [File.ReadAllText(Repository.PathOf("docs", "azure-role.json"))];
        world.Megaport.Variants.KeyOnlyReads = false;
    }

    internal static void Driller(SandboxWorld world)
    {
        world.Aws.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy-drill.json"));
        world.Aws.Others.ForEach(other =>
            other.Policy = File.ReadAllText(Repository.PathOf("docs", "aws-policy-read.json")));
        world.Azure.Roles = [File.ReadAllText(Repository.PathOf("docs", "azure-role-drill.json"))];
        world.Megaport.Variants.KeyOnlyReads = false;
    }

    /// <summary>A dry run makes nothing: who only looks may be refused it, and is told.</summary>
    private static bool IsDryRun(Exchange call) => call.Cloud == "aws"
        && call.Body.Contains("&DryRun=true", StringComparison.Ordinal);

    [Fact]
    public async Task Every_command_gets_by_with_its_own_set()
    {
        using var link = Link.Sydney;
        (await link.Run("plan")).Exits(0);
        var calls = new List<(string Command, Exchange Call)>();
        foreach (var command in new[]
        {
            "plan", "apply", "plan", "status", "verify", "trace 10.1.1.10 10.2.1.10", "diagram --live",
            "apply", "destroy", "status",
        })
        {
            var (verb, more) = (command.Split(' ')[0], command.Split(' ')[1..]);
            var log = Path.Combine(link.Root, $"{calls.Count}.log");
            string[] agreed = verb is "apply" or "destroy" ? ["--yes"] : [];
            link.Tamper(Looking.Contains(verb) ? Reader : Writer);
            (await link.Run(verb, [.. more, .. agreed, "--wire-log", log])).Exits(0);
            calls.AddRange(Recording.Load([log]).Select(call => (verb, call)));
        }
        var seen = calls.Select(entry => Grants.ActionOf(entry.Call)).OfType<string>()
            .Where(action => action.StartsWith("Microsoft.", StringComparison.Ordinal)).ToList();
        Golden.Check(Repository.PathOf("docs", "aws-policy.json"), Grants.AwsPolicy(writes: true));
        Golden.Check(Repository.PathOf("docs", "aws-policy-read.json"), Grants.AwsPolicy(writes: false));
        Golden.Check(Repository.PathOf("docs", "aws-policy-workload.json"), Grants.AwsWorkloadPolicy());
        Golden.Check(Repository.PathOf("docs", "aws-policy-direct-connect.json"), Grants.AwsDirectConnectPolicy());
        Golden.Check(Repository.PathOf("docs", "azure-role.json"), Grants.AzureRole(seen, writes: true));
        Golden.Check(Repository.PathOf("docs", "azure-role-read.json"), Grants.AzureRole(seen, writes: false));
        Golden.Check(Repository.PathOf("docs", "aws-policy-drill.json"), Grants.AwsDrillPolicy());
        Golden.Check(Repository.PathOf("docs", "azure-role-drill.json"), Grants.AzureDrillRole(seen));
        var reads = Grants.AwsReads.Concat(Grants.Azure(seen).Where(Grants.Reads))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var all = Grants.Aws.Concat(Grants.Azure(seen)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Assert.Equal([], from entry in calls
                         let action = Grants.ActionOf(entry.Call)
                         where action is not null && !IsDryRun(entry.Call)
                             && !(Looking.Contains(entry.Command) ? reads : all).Contains(action)
                         select $"{entry.Command}: {action}");
        // Megaport has roles and no sets: who only looks orders nothing. A validation buys nothing, and neither does a
        // question for a price.
        Assert.Equal([], from entry in calls
                         where Looking.Contains(entry.Command) && entry.Call.Cloud == "megaport"
                             && entry.Call.Method != "GET" && !entry.Call.IsLogin
                             && !entry.Call.Path.EndsWith("/networkdesign/validate", StringComparison.Ordinal)
                             && !entry.Call.Path.EndsWith("/pricebook/product", StringComparison.Ordinal)
                         select $"{entry.Command}: {entry.Call.Operation}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{calls.Count} calls, {reads.Count} actions to look, "
            + $"{all.Count} to order and delete");
    }
}
