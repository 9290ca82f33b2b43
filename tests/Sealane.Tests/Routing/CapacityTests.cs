using System.Globalization;
using Sealane.Core.Design;
using Sealane.Core.Routing;
using Sealane.Core.Spec;

namespace Sealane.Tests.Routing;

/// <summary>What a design carries at most, a direction each, whole and in every single failure.</summary>
public sealed class CapacityTests
{
    [Theory]
    [InlineData("sydney")]
    [InlineData("two-paths")]
    [InlineData("two-routers")]
    [InlineData("two-locations")]
    public void The_figures_of_a_topology_are_as_written(string example) => Golden.Check(
        Repository.PathOf("tests", "designs", example, "capacity.txt"),
        string.Concat(Capacity.Of(Design(example)).Select(one =>
            $"{(one.Failure.Length > 0 ? one.Failure : "whole")}: {one}\n")));

    /// <summary>The narrowest of the chain is named, whichever it is. What leaves the VNet does not pass the
    /// ExpressRoute gateway.</summary>
    /// <param name="back">Mbps to AWS.</param>
    [Theory]
    [InlineData("sydney", 50, "VpnGw1AZ", "Generation1", 50, "VXC sydney-aws", 50)]
    [InlineData("sydney", 1000, "VpnGw1AZ", "Generation1", 650, "the VPN gateway VpnGw1AZ", 650)]
    [InlineData("sydney", 2000, "VpnGw5AZ", "Generation2", 1000, "the ExpressRoute gateway ErGw1AZ", 2000)]
    [InlineData("two-routers", 50, "VpnGw1AZ", "Generation1", 100,
        "VXC two-routers-aws and VXC two-routers-aws-second", 100)]
    public void The_narrowest_is_named(
        string example, int bandwidth, string sku, string generation, int mbps, string limit, int back)
    {
        var design = Design(example, spec => spec with
        {
            Megaport = spec.Megaport with { Bandwidth = bandwidth, Mcr = spec.Megaport.Mcr with { SpeedMbps = 10000 } },
            Azure = spec.Azure with
            {
                Circuit = spec.Azure.Circuit with { BandwidthMbps = null },
                VpnGateway = spec.Azure.VpnGateway with { Sku = sku, Generation = generation },
            },
        });
        var whole = Capacity.Of(design)[0];
        Assert.Equal((mbps, limit, back), (whole.AwsToAzure.Mbps, whole.AwsToAzure.Limit, whole.AzureToAws.Mbps));
    }

    /// <summary>A router on standby adds nothing to the whole, and takes over.</summary>
    [Fact]
    public void What_is_on_standby_carries_when_the_other_is_down()
    {
        var all = Capacity.Of(Design("two-routers", spec => spec with
        {
            Megaport = spec.Megaport with { SecondRouter = spec.Megaport.SecondRouter with { Standby = true } },
        }));
        Assert.Equal(50, all[0].Mbps);
        Assert.Equal("VXC two-routers-aws", all[0].AwsToAzure.Limit);
        Assert.Equal("VXC two-routers-aws-second",
            all.Single(one => one.Failure == "MCR two-routers-mcr").AwsToAzure.Limit);
    }

    /// <summary>Two tunnels of AWS carry 2500, one 1250: the rest of the chain is wider here.</summary>
    [Fact]
    public void Without_a_tunnel_there_is_one_tunnel_less()
    {
        var all = Capacity.Of(Design("sydney", spec => spec with
        {
            Megaport = spec.Megaport with { Bandwidth = 10000, Mcr = spec.Megaport.Mcr with { SpeedMbps = 10000 } },
            Azure = spec.Azure with
            {
                Circuit = spec.Azure.Circuit with { BandwidthMbps = null },
                ExpressRouteGateway = spec.Azure.ExpressRouteGateway with { Sku = "ErGw3AZ" },
                VpnGateway = spec.Azure.VpnGateway with { Sku = "VpnGw5AZ", Generation = "Generation2" },
            },
        }));
        Assert.Equal((2500, "the 2 tunnels at AWS"), (all[0].Mbps, all[0].AzureToAws.Limit));
        var without = all.Single(one => one.Failure == "tunnel tunnel-1");
        Assert.Equal((1250, "the one tunnel at AWS"), (without.Mbps, without.AwsToAzure.Limit));
        Assert.Equal(0, all.Single(one => one.Failure == "all tunnels").Mbps);
    }

    /// <summary>Two cross connects to each cloud on one router: without one to Azure the other is what
    /// counts.</summary>
    [Fact]
    public void Only_the_cross_connects_that_packets_take_are_counted()
    {
        var all = Capacity.Of(Design("sydney", spec => spec with
        {
            Megaport = spec.Megaport with
            {
                AwsVxcs = [new AwsVxcPartSpec { Key = "more" }],
                AzureVxcs = [new AzureVxcPartSpec { Key = "west" }],
            },
        }));
        Assert.Equal(100, all[0].Mbps);
        var without = all.Single(one => one.Failure == "VXC sydney-azure-west");
        Assert.Equal((50, "VXC sydney-azure"), (without.Mbps, without.AwsToAzure.Limit));
    }

    /// <summary>A failure is down here where the proof says that it is.</summary>
    [Theory]
    [InlineData("two-paths")]
    [InlineData("two-locations")]
    public void It_is_zero_in_the_failures_that_end_down(string example)
    {
        var design = Design(example);
        var network = DesignNetwork.Of(design);
        var down = Failures.Of(network).Where(failure => Proof.Judge(network.Without(failure.Ids),
                DesignNetwork.ProtectedAws(design), DesignNetwork.ProtectedAzure(design))
            .Any(flow => flow.Verdict == Verdict.Down)).Select(failure => failure.Name);
        Assert.Equal(down, Capacity.Of(design).Where(one => one.Mbps == 0).Select(one => one.Failure));
    }

    private static NetworkDesign Design(string example, Func<NetworkSpec, NetworkSpec>? change = null)
    {
        var path = Repository.PathOf("examples", string.Create(CultureInfo.InvariantCulture, $"{example}.yaml"));
        var spec = SpecReader.Read(path, File.ReadAllText(path)).Spec!;
        return Designer.Design(change?.Invoke(spec) ?? spec);
    }
}
