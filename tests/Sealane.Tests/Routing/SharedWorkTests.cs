using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>
/// The proof shares tables, subnets and whole solutions between the failures of a link and between sets of changes. It
/// says what solving each of them from nothing says, reasons included.
/// </summary>
public sealed class SharedWorkTests
{
    [Fact]
    public void Every_failure_is_judged_as_if_it_were_solved_from_nothing()
    {
        var (failures, broken) = (0, 0);
        for (var seed = 0; seed < 120; seed++)
        {
            var network = new RandomNetworks(seed).Mixed();
            var report = GuideNetwork.Prove(network);
            var all = Failures.Of(network);
            for (var i = 0; i < all.Count; i++)
            {
                var flows = Proof.Judge(network.Without(all[i].Ids), GuideNetwork.Aws, GuideNetwork.Azure);

                Assert.Equal(all[i].Name, report.Failures[i].Name);
                Assert.Equal(
                    flows.Where(flow => flow.Verdict >= Verdict.Down || flow.Exposed), report.Failures[i].Broken);
                Assert.Equal(Worst(flows, FlowDirection.AwsToAzure), report.Failures[i].AwsToAzure);
                Assert.Equal(Worst(flows, FlowDirection.AzureToAws), report.Failures[i].AzureToAws);
                failures++;
                broken += report.Failures[i].Broken.Count;
            }
            Assert.Equal(Proof.Judge(network, GuideNetwork.Aws, GuideNetwork.Azure), report.Flows);
        }
        Counts.Say($"120 networks, {failures} failures, {broken} broken flows");
        Assert.True(failures > 900 && broken > 900, $"{failures}, {broken}: the networks say too little");
    }

    [Fact]
    public void Every_small_set_of_changes_is_judged_as_if_it_were_solved_from_nothing()
    {
        const int Networks = 30;
        var (sets, counts) = (0, new Dictionary<int, int>());
        for (var seed = 0; seed < Networks; seed++)
        {
            var random = new RandomNetworks(seed);
            var network = random.Chance(0.5) ? random.Configured() : random.Mixed();
            var report = GuideNetwork.Prove(network);
            foreach (var direction in Enum.GetValues<FlowDirection>())
            {
                var locks = direction == FlowDirection.AwsToAzure ? report.AwsToAzure : report.AzureToAws;
                foreach (var (found, opens) in new (LockCount, Func<Flow, bool>)[]
                {
                    (locks.Delivery, flow => flow.Verdict == Verdict.Clear), (locks.Exposure, flow => flow.Exposed),
                })
                {
                    var fewest = Fewest(network, flow => flow.Direction == direction && opens(flow), ref sets);
                    Assert.True(fewest is null ? found.Count is null or > 2 : found.Count == fewest,
                        $"seed {seed} {direction}: {found}, but {fewest} suffice");
                    counts[fewest ?? 3] = counts.GetValueOrDefault(fewest ?? 3) + 1;
                }
            }
        }
        Counts.Say($"{Networks} networks, {sets} sets of changes");
        Assert.All([0, 1, 2, 3], count => Assert.True(counts.GetValueOrDefault(count) > 10, $"{count}"));
    }

    [Fact]
    public void A_setting_of_a_vxc_that_is_down_means_nothing()
    {
        var (settings, felt) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var network = new RandomNetworks(seed).Mixed() with { Assume = Undocumented.All };
            foreach (var change in ConfigChanges.Of(network, new(GuideNetwork.Aws, GuideNetwork.Azure))
                .Where(change => change.VxcId is not null))
            {
                var down = network.Without(change.VxcId!);

                Assert.Equal(Judged(down), Judged(change.Apply(down)));
                settings++;
                felt += Judged(network).SequenceEqual(Judged(change.Apply(network))) ? 0 : 1;
            }
        }
        Counts.Say($"150 networks, {settings} settings of VXCs that are down; up, {felt} of them matter");
        Assert.True(felt > 50, $"{felt}: the settings say too little");

        static IReadOnlyList<Flow> Judged(Network network) =>
            Proof.Judge(network, GuideNetwork.Aws, GuideNetwork.Azure);
    }

    private static int? Fewest(Network network, Func<Flow, bool> opens, ref int sets)
    {
        var down = network.Without(Failures.AllTunnels(network).Ids) with { Assume = Undocumented.All };
        var vxcs = network.Mcrs.SelectMany(mcr => mcr.Interfaces).Select(one => one.VxcId).Distinct().ToList();
        var changes = ConfigChanges.Of(network, new(GuideNetwork.Aws, GuideNetwork.Azure));
        var level = new List<(int Last, Network Network)> { (-1, down) };
        for (var count = 0; count <= 2; count++)
        {
            sets += level.Count;
            if (level.Exists(set => (vxcs.Count > 2 ? vxcs.Select(vxc => set.Network.Without(vxc)).Append(set.Network)
                : [set.Network]).Any(one => Proof.Judge(one, GuideNetwork.Aws, GuideNetwork.Azure).Any(opens))))
            {
                return count;
            }
            level = [.. level.SelectMany(set => Enumerable.Range(set.Last + 1, changes.Count - set.Last - 1)
                .Select(i => (i, changes[i].Apply(set.Network))))];
        }
        return null;
    }

    private static Verdict Worst(IReadOnlyList<Flow> flows, FlowDirection direction) =>
        flows.Where(flow => flow.Direction == direction).Select(flow => flow.Verdict).DefaultIfEmpty(Verdict.Down)
            .Max();
}
