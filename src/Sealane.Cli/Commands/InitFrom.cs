using Sealane.Cli.Output;
using Sealane.Clouds.Found;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;

namespace Sealane.Cli.Commands;

/// <summary>
/// <c>sealane init FILE --from VPC-ID,VNET-ID,…</c>: reads a link that was built by hand, of one VPC and VNet or
/// several, and writes the spec that describes it, with everything used. What could not be told is a question in the
/// file, never a guess.
/// </summary>
internal static class InitFrom
{
    public static async Task<int> Run(
        LinkOptions options, string from, string name, string? region, CancellationToken ct)
    {
        var ids = from.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var vpcs = ids.Where(id => id.StartsWith("vpc-", StringComparison.Ordinal)).Distinct().ToList();
        var vnets = ids.Where(id => id.Split('/') is ["", "subscriptions", _, _, _, _, _, var kind, _]
            && kind.Equals("virtualNetworks", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        region ??= Environment.GetEnvironmentVariable("AWS_REGION");
        if (vpcs.Count == 0 || vnets.Count == 0 || region is null)
        {
            throw new UsageError($"error: {(vpcs.Count == 0 ? "--from names no VPC" : vnets.Count == 0
                ? "--from names no VNet by its full id" : "the VPC's region is not known")}\n  fix: --from "
                + "vpc-0a1b2c3d4e5f60718,/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/"
                + "NAME --aws-region REGION");
        }
        var parts = vnets[0].Split('/');
        var design = Designer.Design(new()
        {
            Name = name,
            Aws = new() { Account = "", Region = region, Vpc = vpcs[0] },
            Azure = new() { Subscription = parts[2], ResourceGroup = parts[4], Region = "", Vnet = parts[^1] },
            Megaport = new() { Location = "", Bandwidth = 50 },
        });
        var found = new FoundLink(ids);
        using (var reach = CloudReach.Open(options, design, writer: false, keyless: true))
        using (VirtualClock.Enter(reach.Clock))
        {
            await new LinkFinder(reach.Aws, reach.Azure, reach.Megaport, found).Read(vpcs, vnets, ct)
                .ConfigureAwait(false);
        }
        var text = FoundSpec.Text(name, found, options.SandboxDirectory is not null);
        using (var writer = new StreamWriter(new FileStream(options.File, FileMode.CreateNew)))
        {
            await writer.WriteAsync(text).ConfigureAwait(false);
        }
        foreach (var question in found.Questions)
        {
            Console.Out.Line($"question: {question}");
        }
        var result = SpecReader.Read(options.File, text);
        var errors = result.Problems.Count + (result.Spec is { } spec
            ? DesignChecks.Run(Designer.Design(spec)).Findings.Count(each => each.Check.Severity == Severity.Error)
            : 0);
        Console.Out.Line($"{options.File} is written: {found.Existing.Count} objects that exist, "
            + $"{found.Questions.Count} questions.");
        var open = errors > 0 || found.Questions.Count > 0;
        Console.Out.Line($"Next: {(open ? $"sealane check {options.File}" : options.Again("plan"))}");
        return open ? ExitCode.No : ExitCode.Done;
    }
}
