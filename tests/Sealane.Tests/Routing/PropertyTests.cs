using System.Text;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

/// <summary>What must hold for every network. A failure names its seed; the seed makes the network again.</summary>
public sealed class PropertyTests
{
    [Fact]
    public void The_steady_state_does_not_depend_on_the_order_of_anything()
    {
        var (converged, tunnelsUp) = (0, 0);
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new RandomNetworks(seed);
            var network = random.Mixed();
            var tables = RoutingTables.Solve(network);
            converged += tables.Converged ? 1 : 0;
            tunnelsUp += network.Tunnels.Count(tunnel => tables.TunnelState(tunnel.Id).BgpUp);

            var again = RoutingTables.Solve(random.Shuffled(network));

            var difference = Print(tables, network).Split('\n').Except(Print(again, network).Split('\n')).ToList();
            Assert.True(difference.Count == 0, $"seed {seed}: the tables differ: {string.Join("; ", difference)}");
        }
        Counts.Say(
            $"3000 networks, {converged} with a steady state, {tunnelsUp} tunnels up");
        Assert.True(converged > 2500 && tunnelsUp > 300, $"{converged}, {tunnelsUp}: the networks say too little");
    }

    [Fact]
    public void A_traced_path_is_one_that_the_tables_give()
    {
        var (hops, verdicts) = (0, new Dictionary<Verdict, int>());
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new RandomNetworks(seed);
            var tables = RoutingTables.Solve(random.Mixed());
            for (var flow = 0; flow < 4; flow++)
            {
                var trace = Tracer.Trace(tables, random.Address(), random.Address());
                verdicts[trace.Verdict] = verdicts.GetValueOrDefault(trace.Verdict) + 1;
                Assert.Equal(Tracer.Judge(tables, trace.Source, trace.Destination), trace.Verdict);
                if (trace.Start is not null)
                {
                    hops += Follow(tables, trace.Start, trace.Destination, seed);
                }
            }
        }
        Counts.Say(
            $"{hops} hops; {string.Join(", ", verdicts.Select(v => $"{v.Value} {v.Key}"))}");
        // These networks have no foreign objects, so nothing in them leads out of sight.
        Assert.All(Enum.GetValues<Verdict>().Except([Verdict.Unknown]),
            verdict => Assert.True(verdicts.GetValueOrDefault(verdict) > 20, verdict.ToString()));
    }

    [Theory]
    [InlineData("a", FlowDirection.AwsToAzure)]
    [InlineData("a", FlowDirection.AzureToAws)]
    [InlineData("b", FlowDirection.AwsToAzure)]
    [InlineData("b", FlowDirection.AzureToAws)]
    [InlineData("c", FlowDirection.AzureToAws)]
    [InlineData("d", FlowDirection.AwsToAzure)]
    [InlineData("d", FlowDirection.AzureToAws)]
    public void With_one_lock_closed_no_configuration_of_the_rest_opens_its_direction(string closed,
        FlowDirection direction)
    {
        var leaks = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            Assert.False(IsClear(new RandomNetworks(seed).Configured(closed), direction),
                $"seed {seed}: clear {direction} although {closed} is closed");
            leaks += IsClear(new RandomNetworks(seed).Configured(), direction) ? 1 : 0;
        }
        Counts.Say(
            $"1000 configurations closed, none clear; {leaks} of 1000 open ones are");
        Assert.True(leaks > 15, $"only {leaks} configurations leak without the lock: the test says too little");
    }

    // Judged with the tunnels down: a filter that stops a tunnel may well leave its traffic to a covering route. And
    // without
    // routes into nowhere, which hide what a filter then uncovers.
    [Fact]
    public void Adding_a_filter_never_adds_a_path_over_the_transport()
    {
        var fewer = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new RandomNetworks(seed);
            var network = random.Configured(traps: false);
            network = network.Without(Failures.AllTunnels(network).Ids);
            var session = random.Any(network.Mcrs[0].Interfaces.SelectMany(i => i.Sessions).ToList());
            var denied = random.Some(4).Select(p => new PrefixFilterEntry(true, p)).ToList();
            var filtered = network.Change(session.Id, s => random.Chance(0.5)
                ? s with { ExportBlacklist = new("added", [.. denied]) }
                : s with { ImportBlacklist = new("added", [.. s.ImportBlacklist?.Entries ?? [], .. denied]) });

            var (before, after) = (Known(network), Known(filtered));

            Assert.True(after.IsSubsetOf(before), $"seed {seed}: {string.Join("; ", after.Except(before))}");
            fewer += after.Count < before.Count ? 1 : 0;
        }
        Assert.True(fewer > 100, $"only {fewer} filters took something away");
    }

    [Fact]
    public void The_lock_count_is_the_one_that_trying_every_set_finds()
    {
        var counts = new Dictionary<int, int>();
        for (var seed = 0; seed < 150; seed++)
        {
            var network = new RandomNetworks(seed).Configured();
            var report = GuideNetwork.Prove(network);
            foreach (var direction in Enum.GetValues<FlowDirection>())
            {
                var found = (direction == FlowDirection.AwsToAzure ? report.AwsToAzure : report.AzureToAws)
                    .Delivery.Count;
                var fewest = Fewest(network, direction, 2);
                Assert.True(fewest is null ? found is null or > 2 : found == fewest,
                    $"seed {seed} {direction}: {found}, but {fewest} suffice");
                counts[fewest ?? 3] = counts.GetValueOrDefault(fewest ?? 3) + 1;
            }
        }
        Assert.All([0, 1, 2, 3], count => Assert.True(counts.GetValueOrDefault(count) > 0, $"no configuration with "
            + $"{count}"));
    }

    private static bool IsClear(Network network, FlowDirection direction)
    {
        var (aws, azure) = (GuideNetwork.Aws, GuideNetwork.Azure);
        return new[] { network, network.Without(Failures.AllTunnels(network).Ids) }.Any(one =>
            Proof.Judge(one, aws, azure).Any(flow => flow.Direction == direction && flow.Verdict == Verdict.Clear));
    }

    private static int? Fewest(Network network, FlowDirection direction, int most)
    {
        var changes = ConfigChanges.Of(network, new(GuideNetwork.Aws, GuideNetwork.Azure));
        var vxcs = network.Mcrs[0].Interfaces.Select(i => i.VxcId).ToList();
        var down = network.Without(Failures.AllTunnels(network).Ids) with { Assume = Undocumented.All };
        var level = new List<(int Last, Network Network)> { (-1, down) };
        for (var count = 0; count <= most; count++)
        {
            if (level.Any(set => IsClear(set.Network, direction)
                || (vxcs.Count > 2 && vxcs.Any(vxc => IsClear(set.Network.Without(vxc), direction)))))
            {
                return count;
            }
            level = [.. level.SelectMany(set => Enumerable.Range(set.Last + 1, changes.Count - set.Last - 1)
                .Select(i => (i, changes[i].Apply(set.Network))))];
        }
        return null;
    }

    private static HashSet<string> Known(Network network)
    {
        var tables = RoutingTables.Solve(network);
        return
        [
            .. network.DxGateways.SelectMany(dx => tables.DxGatewayRoutes(dx.Id)
                .Select(row => $"{dx.Id} {row.Prefix}")),
            .. network.Circuits.SelectMany(c =>
                c.Paths.SelectMany(p => tables.MseeRoutes(c.Id, p.Name).Select(row => $"{p.Id} {row.Prefix}"))),
            .. network.Mcrs.SelectMany(mcr => tables.McrIpRoutes(mcr.Id).Select(row => $"{mcr.Id} {row.Prefix}")),
        ];
    }

    // Each hop that asked a table must have taken the longest match of what the public API answers for it.
    private static int Follow(RoutingTables tables, TraceHop hop, Ipv4 destination, int seed)
    {
        var count = 1;
        if (hop.Winner is { } winner)
        {
            IEnumerable<IRoute> rows = hop.Kind switch
            {
                "VPC" => tables.VpcRoutes(hop.Table),
                "transit gateway" => tables.TransitGatewayRoutes(hop.Table),
                "Direct Connect gateway" => tables.DxGatewayRoutes(hop.BoxId),
                "MCR" => tables.McrIpRoutes(hop.BoxId),
                "VNet" => tables.EffectiveRoutes(hop.BoxId, hop.Table),
                "VPN gateway" or "ExpressRoute gateway" => tables.GatewayLearned(hop.BoxId)
                    .Where(row => row.Via.Length > 0 && row.Origin != "IBgp"),
                _ => tables.Network.Circuits.SelectMany(c => c.Paths.Where(p => p.Id == hop.BoxId)
                    .SelectMany(p => tables.MseeRoutes(c.Id, p.Name).Where(row => row.Best))),
            };
            var longest = rows.Where(row => row.Prefix.Contains(destination)).Max(row => row.Prefix.Length);
            Assert.True(winner.Prefix.Length == longest && winner.Prefix.Contains(destination),
                $"seed {seed}: {hop.Kind} {hop.BoxId} took {winner.Prefix}");
        }
        if (hop.Outer is { } outer)
        {
            count += Follow(tables, outer, hop.Encapsulation!.OuterDestination, seed);
        }
        return count + hop.Next.Sum(next => Follow(tables, next, destination, seed));
    }

    private static string Print(RoutingTables tables, Network network)
    {
        var text = new StringBuilder();
        foreach (var table in network.TransitGateways.SelectMany(tgw => tgw.RouteTables))
        {
            Lines(table.Id, tables.TransitGatewayRoutes(table.Id).Select(row =>
                $"{row.Prefix} {row.Type} {row.State} {string.Join(' ', row.AttachmentIds)} "
                    + $"{string.Join(' ', row.TunnelIds)}"));
        }
        foreach (var mcr in network.Mcrs)
        {
            Lines(mcr.Id, tables.McrIpRoutes(mcr.Id).Select(row => $"{row.Prefix} {row.Protocol} {row.NextHop} "
                + $"{row.VxcId}"));
            foreach (var session in mcr.Interfaces.SelectMany(i => i.Sessions))
            {
                Lines(session.Id, tables.McrAdvertised(mcr.Id, session.PeerAddress)
                    .Select(row => $"{row.Prefix} {string.Join(' ', row.AsPath)} {row.Med}"));
            }
        }
        foreach (var dx in network.DxGateways)
        {
            Lines(dx.Id, tables.DxGatewayRoutes(dx.Id)
                .Select(row => $"{row.Prefix} {string.Join(' ', row.VirtualInterfaceIds)}"));
        }
        foreach (var vnet in network.Vnets)
        {
            foreach (var subnet in vnet.Subnets)
            {
                Lines(subnet.Id, tables.EffectiveRoutes(vnet.Id, subnet.Id).Select(row => $"{row.Prefix} {row.Source} "
                    + $"{row.NextHopType} {string.Join(' ', row.GatewayIds.Order())}"));
            }
        }
        text.Append("converged ").Append(tables.Converged).AppendLine();
        Lines("tunnels", network.Tunnels.Select(tunnel => $"{tables.TunnelState(tunnel.Id) with { Reason = "" }}"));
        return text.ToString();

        void Lines(string title, IEnumerable<string> lines) => text.AppendLine(title)
            .AppendJoin('\n', lines.Order(StringComparer.Ordinal)).AppendLine();
    }
}
