using System.Text.Json;
using Sealane.Core;
using Sealane.Core.Routing;

namespace Sealane.Tests.Routing;

public sealed class ProofTests
{
    // In that mode the VPC's table has the endpoint's route: carrying ESP there is what the transport is for.
    [Fact]
    public void In_mode_propagated_the_tunnels_endpoint_is_excluded_by_its_address_and_a_trace_to_it_is_clear()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Propagated);
        var endpoint = report.Excluded.First(address => GuideNetwork.Azure[0].Contains(address));

        Assert.Equal(Verdict.Encrypted, report.Verdict);
        Assert.DoesNotContain(report.Flows, flow => flow.Destination == endpoint || flow.Source == endpoint);
        Assert.Equal(Verdict.Clear, Tracer.Trace(
            RoutingTables.Solve(GuideNetwork.Propagated), Ipv4.Parse("10.1.1.4"), endpoint).Verdict);
    }

    [Fact]
    public void The_guides_network_with_four_locks_is_encrypted_now_and_in_every_failure_never_clear()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Isolated);

        Assert.Equal(Verdict.Encrypted, report.Verdict);
        Assert.False(report.Exposed);
        Assert.True(report.Converged);
        Assert.All(report.Failures, failure => Assert.NotEqual(Verdict.Clear, failure.AwsToAzure));
        Assert.Contains(report.Failures,
            failure => failure
            is { Name: "tunnel tunnel-1", AwsToAzure: Verdict.Encrypted, AzureToAws: Verdict.Encrypted });
        Assert.Contains(report.Failures,
            failure => failure is { Name: "all tunnels", AwsToAzure: Verdict.Down, AzureToAws: Verdict.Down });
    }

    // a, b and d act from AWS to Azure: c is about what AWS announces. From Azure to AWS all four act, but one static
    // route on
    // the MCR stands in for both a and c, because nothing says that a Direct Connect gateway drops what it does not
    // announce.
    [Fact]
    public void Three_locks_hold_in_each_direction_of_the_isolated_network()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Isolated);

        Assert.Equal(3, report.AwsToAzure.Delivery.Count);
        Assert.Equal(3, report.AzureToAws.Delivery.Count);
        Assert.Equal(3, report.AwsToAzure.Delivery.Changes.Count);
        Assert.Equal(2, report.AwsToAzure.Delivery.Tried);
    }

    [Fact]
    public void Four_locks_hold_from_Azure_to_AWS_if_the_gateway_drops_what_it_does_not_announce()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Isolated with { DxGatewayDropsUnannounced = true });

        Assert.Equal(3, report.AwsToAzure.Delivery.Count);
        Assert.Equal(4, report.AzureToAws.Delivery.Count);
    }

    [Fact]
    public void Two_changes_put_packets_from_Azure_on_the_transport_though_none_arrives()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Isolated);

        Assert.Equal(3, report.AwsToAzure.Exposure.Count);
        Assert.Equal(2, report.AzureToAws.Exposure.Count);
    }

    [Fact]
    public void Mode_propagated_costs_one_lock_from_AWS_to_Azure()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Propagated);

        Assert.Equal(Verdict.Encrypted, report.Verdict);
        Assert.Equal(2, report.AwsToAzure.Delivery.Count);
        Assert.Equal(3, report.AzureToAws.Delivery.Count);
    }

    [Theory]
    [InlineData("a", 2, 3, "the static route on the MCR made a superfluous from Azure")]
    [InlineData("b", 2, 2, "b acts in both directions")]
    [InlineData("c", 3, 3, "c does not act from AWS, and the static route stands in for it from Azure")]
    [InlineData("d", 2, 2, "d acts in both directions")]
    [InlineData("abcd", 0, 0, "nothing is left")]
    public void An_open_lock_is_missing_from_the_count(string open, int awsToAzure, int azureToAws, string reason)
    {
        var report = GuideNetwork.Prove(GuideNetwork.Isolated.Open(open));

        Assert.True(report.AwsToAzure.Delivery.Count == awsToAzure && report.AzureToAws.Delivery.Count == azureToAws,
            $"{report.AwsToAzure.Delivery} and {report.AzureToAws.Delivery}: {reason}");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("d")]
    public void Any_one_closed_lock_is_enough_in_its_directions(string closed)
    {
        var report =
            GuideNetwork.Prove(GuideNetwork.Isolated.Open("abcd".Replace(closed, "", StringComparison.Ordinal)));

        var directions = closed == "c" ? [FlowDirection.AzureToAws]
            : new[] { FlowDirection.AwsToAzure, FlowDirection.AzureToAws };
        foreach (var direction in directions)
        {
            Assert.DoesNotContain(report.Flows, flow => flow.Direction == direction && flow.Verdict == Verdict.Clear);
            Assert.All(report.Failures, failure =>
                Assert.NotEqual(Verdict.Clear, direction == FlowDirection.AwsToAzure ? failure.AwsToAzure
                    : failure.AzureToAws));
        }
    }

    [Fact]
    public void A_leak_of_a_part_of_a_prefix_is_found_and_named()
    {
        var network = GuideNetwork.Isolated.Open("abd").Allow("dxgw", "tgw", Prefix.Parse("10.1.4.0/22"));

        var report = GuideNetwork.Prove(network);

        Assert.Equal(Verdict.Clear, report.Verdict);
        Assert.Contains(report.Flows, flow => flow.Verdict == Verdict.Clear && flow.To == Prefix.Parse("10.1.4.0/22"));
        Assert.Contains(report.Flows,
            flow => flow.Verdict == Verdict.Encrypted && flow.To == Prefix.Parse("10.1.0.0/16"));
        Assert.Contains(report.Traces, trace => trace.Failure is null && trace.Trace.Path.Contains("mcr"));
    }

    [Fact]
    public void A_covering_prefix_is_encrypted_now_but_the_verdict_is_clear_because_of_the_failure()
    {
        var network = GuideNetwork.Isolated.Open("abd").Allow("dxgw", "tgw", Prefix.Parse("10.0.0.0/8"));

        var report = GuideNetwork.Prove(network);

        Assert.DoesNotContain(report.Flows, flow => flow.Direction == FlowDirection.AzureToAws
            && flow.Verdict == Verdict.Clear);
        Assert.Equal(Verdict.Clear, report.Failures.Single(failure => failure.Name == "all tunnels").AzureToAws);
        Assert.Equal(Verdict.Clear, report.Verdict);
    }

    [Fact]
    public void The_tunnels_own_addresses_are_left_out_of_the_proof_and_named()
    {
        var report = GuideNetwork.Prove(GuideNetwork.Propagated);

        Assert.Equal(["10.2.0.6", "10.254.1.18", "10.254.1.80"], report.Excluded.Select(address => address.ToString()));
        Assert.DoesNotContain(report.Flows, flow => flow.To == Prefix.Parse("10.2.0.6/32"));
    }

    [Fact]
    public void A_network_without_a_steady_state_is_not_called_encrypted()
    {
        var network = Scenario.Parse("vpc 10.254.0.0/16, no-mcr-statics aws, mcr-static aws 10.254.0.0/15, export "
            + "azure 10.254.0.0/15 | 10.1.0.1 10.2.0.1").Network();

        var report = GuideNetwork.Prove(network);

        Assert.False(report.Converged);
        Assert.Equal(["tunnel-1", "tunnel-2"], report.Flapping);
        Assert.Equal(Verdict.Down, report.Verdict);
    }

    [Fact]
    public void A_report_turns_into_json()
    {
        var json = JsonSerializer.SerializeToElement(GuideNetwork.Prove(GuideNetwork.Isolated), RoutingJson.Options);

        Assert.Equal("encrypted", json.GetProperty("verdict").GetString());
        Assert.Equal(3, json.GetProperty("awsToAzure").GetProperty("delivery").GetProperty("count").GetInt32());
        Assert.Equal("10.1.0.0/16", json.GetProperty("flows")[0].GetProperty("from").GetString());
    }

    // Budgets with room for a slow and busy machine; the figures are printed.
    [Fact]
    public void A_proof_with_all_failures_allocates_little()
    {
        GuideNetwork.Prove(GuideNetwork.Isolated);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        GuideNetwork.Prove(GuideNetwork.Isolated);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        // How long it takes is measured in bench/: a test must not fail because the machine is busy.
        Assert.True(allocated < 20_000_000, $"{allocated} bytes");
    }

    // Many links in one network: their boxes do not meet, so each link's verdict is its own.
    [Fact]
    public void Links_side_by_side_are_judged_each_by_itself()
    {
        var leaky = Renamed(GuideNetwork.Isolated.Open("abd"), "x-", 101, 102);
        var report = Proof.Of(GuideNetwork.Isolated.And(leaky), [.. GuideNetwork.Aws, Prefix.Parse("10.101.0.0/16")],
            [.. GuideNetwork.Azure, Prefix.Parse("10.102.0.0/16")]);

        Assert.Equal(Verdict.Clear, report.Verdict);
        var awsToAzure =
            report.Flows.Where(flow => flow.Direction == FlowDirection.AwsToAzure && flow.Verdict != Verdict.Down);
        Assert.Equal(["10.1.0.0/16 10.2.0.0/16 Encrypted", "10.101.0.0/16 10.102.0.0/16 Clear"],
            awsToAzure.Select(flow => $"{flow.From} {flow.To} {flow.Verdict}"));
        Assert.Equal(0, report.AwsToAzure.Delivery.Count);
    }

    // The same link under other ids and prefixes, by way of its JSON.
    private static Network Renamed(Network network, string prefix, int vpc, int vnet)
    {
        var json = JsonSerializer.Serialize(network, RoutingJson.Options);
        foreach (var id in new[] { "vpc", "tgw", "dxgw", "vif", "mcr", "er/primary", "er/secondary", "vnet", "ergw",
            "vpngw", "vpngw-0", "aws-vxc", "azure-vxc",
            "tunnel-1", "tunnel-2", "link-workload", "link-transport", "link-vpc", "vpn", "dxgw-attachment",
            "vpn-attachment", "vpc-main", "er", "aws-vxc/bgp", "azure-vxc/bgp" })
        {
            json = json.Replace($"\"{id}\"", $"\"{prefix}{id}\"", StringComparison.Ordinal);
        }
        json = json.Replace("\"10.1.", $"\"10.{vpc}.", StringComparison.Ordinal)
            .Replace("\"10.2.", $"\"10.{vnet}.", StringComparison.Ordinal);
        json = json.Replace($"\"kind\": \"{prefix}vp", "\"kind\": \"vp", StringComparison.Ordinal);
        return JsonSerializer.Deserialize<Network>(json, RoutingJson.Options)!;
    }
}
