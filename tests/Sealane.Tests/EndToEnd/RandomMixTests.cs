using System.Collections.Concurrent;
using Sealane.Cli;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;
using Sealane.Sandbox.World;
using Sealane.Tests.Evidence;

namespace Sealane.Tests.EndToEnd;

/// <summary>Links of which a part that chance chose was there before and is used: apply makes the rest, and destroy
/// leaves exactly what was there.</summary>
public sealed class RandomMixTests
{
    /// <summary>More of them by hand: SEALANE_MIXES=1000.</summary>
    private static int Lives =>
        int.TryParse(Environment.GetEnvironmentVariable("SEALANE_MIXES"), out var seeds) ? seeds : 100;

    [Fact]
    public async Task A_mix_converges_is_encrypted_and_ends_with_exactly_what_was_there()
    {
        var (lived, used) = (0, 0);
        var kinds = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var wrong = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Lives),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (seed, _) =>
            {
                try
                {
                    var names = await Live(seed);
                    Interlocked.Add(ref lived, names is null ? 0 : 1);
                    Interlocked.Add(ref used, names?.Count ?? 0);
                    foreach (var name in names ?? [])
                    {
                        kinds.AddOrUpdate(name.Split('@')[0], 1, (_, count) => count + 1);
                    }
                }
                catch (Exception error)
                {
                    wrong.Add($"seed {seed}: {error.Message}");
                }
            });
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Lives} seeds, {lived} links, {used} objects used, of {kinds.Count} kinds");
        Assert.True(wrong.IsEmpty, string.Join("\n", wrong.Order(StringComparer.Ordinal)));
    }

    /// <returns>What was used; null where the design has errors.</returns>
    private static async Task<IReadOnlyList<string>?> Live(int seed)
    {
        var text = RandomTopology.Of(seed, networks: 2).Text;
        using var link = new Link(text);
        if (DesignChecks.Run(link.Design).HasErrors)
        {
            return null;
        }
        IReadOnlyDictionary<string, string> ids;
        using (var up = new Rig(link))
        {
            Is(RunResult.Done, (await up.Apply())?.Result, up);
        }
        using (var stands = new Rig(link))
        {
            await stands.Look();
            ids = stands.Ids;
        }
        var used = Chosen(link.Design, ids, new Random(seed));
        link.Write(ByOthers.Using(text, used.ToDictionary(name => name, name => ids[name])));
        Assert.False(DesignChecks.Run(link.Design).HasErrors,
            string.Join("\n", DesignChecks.Run(link.Design).Findings.Select(finding => finding.ToString())));
        var theirs = used.Select(name => ids[name]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        link.Tamper(world => ByOthers.Unmark(world, theirs.Contains));
        using (var rest = new Rig(link))
        {
            Is(RunResult.Done, (await rest.Destroy())?.Result, rest);
        }
        var before = Inventory.Of(link.World());
        await link.Later(TimeSpan.FromMinutes(20));
        using (var mixed = new Rig(link))
        {
            Is(RunResult.Done, (await mixed.Apply())?.Result, mixed);
            Assert.Equal(0, mixed.ClearSeconds);
        }
        using (var again = new Rig(link))
        {
            var report = await again.Apply();
            Assert.Equal((0, 0, 0), (report!.Created, report.Updated, report.Deleted));
            Assert.All(used.Where(again.Ids.ContainsKey), name => Assert.Equal(ids[name], again.Ids[name]));
        }
        await link.Later(TimeSpan.FromMinutes(5));
        Assert.Equal("encrypted", (await Sight.Of(link)).Word);
        using (var down = new Rig(link))
        {
            Is(RunResult.Done, (await down.Destroy())?.Result, down);
        }
        Assert.Equal(before, Inventory.Of(link.World()));
        return used;
    }

    /// <summary>Some of what can be named, and whatever they stand on: what stands on nothing that stays would not have
    /// been there.</summary>
    private static IReadOnlyList<string> Chosen(
        NetworkDesign design, IReadOnlyDictionary<string, string> ids, Random random)
    {
        var graph = new ResourceGraph(AllResources.Offline(design).Resources);
        var names = UsedObjects.Of(design).Select(kind => kind.Name).Concat(ByOthers.Own).Where(ids.ContainsKey)
            .ToHashSet(StringComparer.Ordinal);
        // The note of what a used VPN gateway was needs a circuit of the link's own.
        names.Remove(random.Next(2) == 0 ? "azure/vpn-gateway" : "azure/circuit");
        var above = graph.Resources.Where(resource => resource is { IsMade: true, Making: Making.Created })
            .ToDictionary(resource => resource.Id, resource => graph.BuiltOn(resource.Id));
        IEnumerable<string> Under(Resource resource) =>
            above.Where(below => below.Value.Contains(resource.Id)).Select(below => below.Key);
        var share = random.Next(1, 5) / 10.0;
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names.Order(StringComparer.Ordinal).Where(_ => random.NextDouble() < share))
        {
            var more = chosen.Append(name).ToHashSet(StringComparer.Ordinal);
            // What is set on a used object is as it was, so what it was made from was there too.
            for (var had = 0; had < more.Count;)
            {
                had = more.Count;
                more.UnionWith(graph.Resources.Where(resource => more.Contains(resource.Id)
                        || (resource.SetOn.Count > 0 && resource.SetOn.All(on => more.Contains(on.Id))))
                    .SelectMany(Under).ToList());
            }
            if (more.IsSubsetOf(names))
            {
                chosen = more;
            }
        }
        return [.. chosen.Order(StringComparer.Ordinal)];
    }

    private static void Is(RunResult wanted, RunResult? result, Rig rig) =>
        Assert.True(wanted == result, string.Join("\n", rig.Told));
}
