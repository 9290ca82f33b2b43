using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Core.Spec;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>Topologies that nobody wrote: what holds of the examples holds of every one.</summary>
public sealed partial class RandomTopologyTests
{
    /// <summary>In every fourth one, for time.</summary>
    private const int FailuresEach = 2;

    /// <summary>More of them by hand: SEALANE_TOPOLOGIES=1000.</summary>
    private static int Lives =>
        int.TryParse(Environment.GetEnvironmentVariable("SEALANE_TOPOLOGIES"), out var seeds) ? seeds : 100;

    [Fact]
    public void A_design_has_no_collision_and_the_order_of_the_lists_means_nothing()
    {
        const int seeds = 100;
        var collided = 0;
        for (var seed = 0; seed < seeds; seed++)
        {
            var topology = RandomTopology.Of(seed);
            var (design, other) = (Design(topology.Text), Design(topology.Shuffled));
            Assert.Equal(Parts(design), Parts(other));
            // A circle in the graph throws.
            Assert.Equal(Sealane.Cli.AllResources.Offline(design).Resources.Select(resource => resource.Id),
                Sealane.Cli.AllResources.Offline(other).Resources.Select(resource => resource.Id));
            var report = DesignChecks.Run(design);
            var networks = design.AwsVxcs.Select(vxc => vxc.McrAddress.Network)
                .Concat(design.Circuits.SelectMany(circuit => new[] { circuit.Primary, circuit.Secondary })).ToList();
            // Two keys in thousands choose one block: that is found before anything is built.
            var used = design.AwsVxcs.Select(vxc => vxc.McrAddress.Network)
                .Concat(design.AzureVxcs.Select(vxc => vxc.Circuit.Subnet(vxc.Port))).ToList();
            Assert.True(used.Distinct().Count() < used.Count ? report.HasErrors
                : !report.HasErrors || networks.Distinct().Count() < networks.Count,
                $"seed {seed}: {string.Join("; ", report.Findings.Select(finding => finding.ToString()))}");
            collided += report.HasErrors ? 1 : 0;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{seeds} designs, {collided} whose keys chose one block");
        Assert.InRange(collided, 0, seeds / 25);
    }

    /// <summary>Twice: all of it Sealane's own; and with a part that chance chose, which somebody built before and
    /// which is used.</summary>
    [Fact]
    public async Task A_life_converges_is_encrypted_fails_as_the_model_says_and_ends_with_what_was_there()
    {
        var failures = 0;
        var used = new ConcurrentBag<string>();
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Lives),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
            {
                try
                {
                    Interlocked.Add(ref failures, await Live(seed, used));
                }
                catch (Exception error)
                {
                    wrong.Add($"seed {seed}: {error.Message}");
                }
            });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Lives} topologies, {failures} failures in them; "
            + $"{used.Count} objects used, of {used.Select(name => name.Split('@')[0]).Distinct().Count()} kinds, "
            + $"{used.Count(name => name.StartsWith("changed ", StringComparison.Ordinal))} of them changed in place");
        Assert.True(Lives < 100 || used.Any(name => name.StartsWith("changed ", StringComparison.Ordinal)));
        Assert.True(wrong.IsEmpty, string.Join("\n", wrong));
    }

    private static async Task<int> Live(int seed, ConcurrentBag<string> used)
    {
        using var link = new Link(RandomTopology.Of(seed).Text);
        var design = link.Design;
        if (DesignChecks.Run(design).HasErrors)
        {
            return 0;
        }
        using (var up = new Rig(link))
        {
            Is(RunResult.Done, (await up.Apply())?.Result, up);
            Assert.Equal(0, up.ClearSeconds);
        }
        link.Write(RandomTopology.Of(seed).Shuffled);
        IReadOnlyDictionary<string, string> ids;
        using (var again = new Rig(link))
        {
            await IsUnchanged(again);
            ids = again.Ids;
        }
        await link.Later(TimeSpan.FromMinutes(5));
        Assert.Equal("encrypted", (await Sight.Of(link)).Word);
        var random = new Random(seed);
        var some = SingleFailures.Of(design).Select(failure => failure.Text).OrderBy(_ => random.Next())
            .Take(seed % 4 == 0 ? FailuresEach : 0).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(FailureLists.OfModel(design, some.Contains).Order(StringComparer.Ordinal),
            (await FailureLists.OfWorld(link, some.Contains)).Order(StringComparer.Ordinal));
        await Mixed(link, seed, RandomMix.Chosen(design, ids, random), ids, used);
        return some.Count;
    }

    /// <summary>The rest goes, is made again beside what is used, and goes.</summary>
    private static async Task Mixed(
        Link link, int seed, IReadOnlyList<string> chosen, IReadOnlyDictionary<string, string> ids,
        ConcurrentBag<string> used)
    {
        link.Write(ByOthers.Using(RandomTopology.Of(seed).Text, chosen.ToDictionary(name => name, name => ids[name])));
        var report = DesignChecks.Run(link.Design);
        Assert.False(report.HasErrors, string.Join("\n", report.Findings.Select(finding => finding.ToString())));
        var theirs = chosen.Select(name => ids[name]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        link.Tamper(world => ByOthers.Unmark(world, theirs.Contains));
        await IsGone(link);
        IReadOnlyList<string> changed = [];
        link.Tamper(left => changed = RandomMix.Differ(left, link.Design, chosen, new Random(seed)));
        if (changed.Count > 0)
        {
            link.Write($"{File.ReadAllText(link.Spec)}\nchangeUsed: [{string.Join(", ", changed)}]\n");
        }
        var world = link.World();
        Assert.All(world.Megaport.Billed, name => Assert.StartsWith("theirs-", name));
        Assert.All(Inventory.Of(world).Where(line => line.Contains($"random{seed}", StringComparison.Ordinal)),
            line => Assert.Contains(theirs, id => id.EndsWith($"/{line.Split(' ')[^1]}", StringComparison.Ordinal)));
        // What lists still show of the rest must not pass for what is there.
        await link.Later(TimeSpan.FromMinutes(20));
        using (var up = new Rig(link))
        {
            Is(RunResult.Done, (await up.Apply())?.Result, up);
            Assert.Equal(0, up.ClearSeconds);
        }
        using (var again = new Rig(link))
        {
            await IsUnchanged(again);
            Assert.All(chosen.Where(again.Ids.ContainsKey), name => Assert.Equal(ids[name], again.Ids[name]));
        }
        await link.Later(TimeSpan.FromMinutes(5));
        Assert.Equal("encrypted", (await Sight.Of(link)).Word);
        await IsGone(link);
        Assert.Equal(Inventory.Of(world), Inventory.Of(link.World()));
        // And what others have on a transit gateway that was shared from the beginning.
        var before = Sealane.Cli.Rehearsal.New(link.Design, null).Aws;
        theirs.UnionWith(before.TransitGateways.Select(it => it.Id).Concat(before.Attachments.Select(it => it.Id))
            .Concat(before.RouteTables.Select(it => it.Id)).Concat(before.RouteTableAssociations.Select(it => it.Id))
            .Concat(before.Vpcs.Select(it => it.Id)).Concat(before.VpcRouteTables.Select(it => it.Id)));
        Assert.Equal(RandomMix.Members(world, theirs), RandomMix.Members(link.World(), theirs));
        foreach (var name in chosen.Concat(changed.Select(name => $"changed {name}")))
        {
            used.Add(name);
        }
    }

    private static async Task IsUnchanged(Rig rig)
    {
        var report = await rig.Apply();
        Assert.Equal((0, 0, 0), (report!.Created, report.Updated, report.Deleted));
    }

    private static async Task IsGone(Link link)
    {
        using var down = new Rig(link);
        Is(RunResult.Done, (await down.Destroy())?.Result, down);
    }

    private static void Is(RunResult wanted, RunResult? result, Rig rig) =>
        Assert.True(wanted == result, string.Join("\n", rig.Told));

    private static NetworkDesign Design(string text) =>
        SpecReader.Read("random.yaml", text) is var read && read.Spec is { } spec ? Designer.Design(spec)
            : throw new InvalidOperationException(string.Join("\n", read.Problems) + "\n" + text);

    /// <summary>All parts, without their places in the file.</summary>
    private static IReadOnlyList<string> Parts(NetworkDesign design) =>
    [
        .. design.Routers.Cast<object>().Concat(design.Vpcs).Concat(design.Vnets).Concat(design.AwsVxcs).Concat(design.Circuits)
            .Concat(design.AzureVxcs)
            .Select(part => Places().Replace(part.ToString() ?? "", "")),
    ];

    [GeneratedRegex("(Session|Peering)?Path = [^,}]*")]
    private static partial Regex Places();
}
