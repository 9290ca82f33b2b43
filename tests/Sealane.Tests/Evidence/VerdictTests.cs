using System.Text.RegularExpressions;
using Sealane.Core.Checks.Live;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Evidence;

/// <summary>
/// What other teams and other tools change around a built link: the verdict covers the network as it is, whoever made
/// it, and gives its reason.
/// </summary>
public sealed partial class VerdictTests
{
    private static string Mcr(SandboxWorld world) => world.Megaport.Mcrs[0].Id;

    [Fact]
    public async Task Untouched_it_is_encrypted_and_everything_was_read()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", false, 0), (sight.Word, sight.Judgement.Degraded, sight.Judgement.Failed));
        Assert.DoesNotContain(sight.Evidence.Readings, row => row.Answer != Sealane.Clouds.Evidence.Answer.Read);
        Assert.Empty(sight.Judgement.Holes);
    }

    [Fact]
    public async Task A_second_way_of_another_team_between_the_same_networks_is_clear()
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        var sight = await Sight.Of(link);
        Assert.Equal("clear", sight.Word);
        Assert.Equal(0, sight.Proof.AwsToAzure.Delivery.Count);
        Assert.Contains("10.1.9.", string.Join('\n', sight.Judgement.Reasons));
        Assert.Contains(sight.Evidence.Network.TransitGateways,
            gateway => gateway.Id == Neighbours.OtherTransitGateway);
        Assert.Equal(2, sight.Evidence.Network.Mcrs.Length);
    }

    [Fact]
    public async Task Another_vpc_that_draws_off_a_part_of_the_vnet_is_not_encrypted()
    {
        using var link = await Sight.Sydney(world => world.OtherVpc("10.2.1.0/24"));
        var sight = await Sight.Of(link);
        Assert.NotEqual("encrypted", sight.Word);
        Assert.Equal(CheckStatus.Fail, sight.Check("SL922").Status);
        Assert.Contains("10.2.1.0/24 via vpc", sight.Check("SL922").Evidence);
    }

    /// <summary>The VPC's first address is not behind the one table that this spec names; others of it are.</summary>
    [Fact]
    public async Task A_direction_that_is_down_is_down_whatever_address_stands_for_the_vpc()
    {
        using var link = EndToEnd.Link.Example("tokyo");
        await link.Apply();
        Assert.Equal("encrypted", (await Sight.Of(link)).Word);
        await Sight.Change(link, world =>
        {
            var vpc = world.Aws.Attachments.Single(it => it.ResourceId == link.Design.Vpcs[0].Id).Id;
            Assert.Equal(1, world.Aws.RouteTables.Count(table => table.Propagations.Remove(vpc)));
        });
        var sight = await Sight.Of(link);
        Assert.Equal(("down", CheckStatus.Fail), (sight.Word, sight.Check("SL924").Status));
    }

    [Fact]
    public async Task Another_vpc_beside_the_link_changes_nothing()
    {
        using var link = await Sight.Sydney(world => world.OtherVpc("10.77.0.0/16"));
        Assert.Equal(("encrypted", 0), ((await Sight.Of(link)).Word, (await Sight.Of(link)).Judgement.Failed));
    }

    [Fact]
    public async Task An_unfiltered_vxc_on_the_second_path_with_the_export_filter_dropped_is_clear()
    {
        using var link = await Sight.Sydney(world =>
        {
            world.SecondPath(Mcr(world));
            var port = world.AwsVxc().Interfaces[0];
            port.BgpConnections = [.. port.BgpConnections.Select(session => session with { ExportWhitelist = null })];
            world.WorkloadTable().Propagations.Add(world.Attachment("direct-connect-gateway").Id);
        });
        Assert.Equal("clear", (await Sight.Of(link)).Word);
    }

    [Fact]
    public async Task Redundancy_added_by_hand_without_filters_is_clear()
    {
        using var link = await Sight.Sydney(world =>
        {
            world.SecondPath(Mcr(world));
            world.SecondAwsSide(Mcr(world), world.Aws.DxGateways[0].Id);
            world.WorkloadTable().Propagations.Add(world.Attachment("direct-connect-gateway").Id);
        });
        Assert.Equal("clear", (await Sight.Of(link)).Word);
    }

    [Fact]
    public async Task So_it_is_where_the_workloads_table_takes_what_the_tunnels_propagate()
    {
        using var link = EndToEnd.Link.Sydney.Edit("isolation: auto", "isolation: propagated");
        await link.Apply();
        await link.IsEncrypted();
        await Sight.Change(link, world =>
        {
            world.SecondPath(Mcr(world));
            world.SecondAwsSide(Mcr(world), world.Aws.DxGateways[0].Id);
        });
        var sight = await Sight.Of(link);
        Assert.Equal("clear", sight.Word);
        Assert.Contains("10.2.0.0/16 via direct-connect-gateway", sight.Check("SL922").Evidence);
    }

    [Fact]
    public async Task A_second_session_without_filters_takes_locks_away()
    {
        using var link = await Sight.Sydney(world => world.SecondPath(Mcr(world)));
        var sight = await Sight.Of(link);
        Assert.Equal(2, sight.Proof.AwsToAzure.Delivery.Count);
        Assert.Equal("encrypted", sight.Word);
        Assert.Equal(CheckStatus.Pass, sight.Check("SL911").Status);
    }

    [Theory]
    [InlineData("workload", "10.1.0.0/16", "None", null, "down")]
    [InlineData("workload", "10.1.0.0/16", "VirtualAppliance", "10.9.9.9", "unproven")]
    [InlineData("GatewaySubnet", "10.2.1.0/24", "VirtualAppliance", "10.9.9.9", "unproven")]
    public async Task A_user_defined_route_takes_a_subnet_away(
        string subnet, string prefix, string nextHop, string? address, string word)
    {
        using var link = await Sight.Sydney(world => world.RouteTable(subnet, prefix, nextHop, address));
        Assert.Equal(word, (await Sight.Of(link)).Word);
    }

    [Fact]
    public async Task A_subnet_without_the_gateways_routes_is_down()
    {
        using var link = await Sight.Sydney(world => world.RouteTable("workload", null, "", noGateways: true));
        Assert.Equal("down", (await Sight.Of(link)).Word);
    }

    [Fact]
    public async Task A_peered_vnet_with_a_part_of_the_vpcs_addresses_is_not_encrypted()
    {
        using var link = await Sight.Sydney(world => world.PeeredVnet("10.1.0.0/17", gatewayTransit: false));
        Assert.NotEqual("encrypted", (await Sight.Of(link)).Word);
    }

    [Fact]
    public async Task A_branch_on_the_vpn_gateway_that_draws_off_a_part_of_the_vpc_is_unproven()
    {
        using var link = await Sight.Sydney(world => world.Branch("10.1.1.0/24"));
        var sight = await Sight.Of(link);
        Assert.Equal("unproven", sight.Word);
        Assert.Contains("branch", string.Join('\n', sight.Judgement.Reasons));
    }

    [Fact]
    public async Task A_branch_elsewhere_is_no_leak()
    {
        using var link = await Sight.Sydney(world => world.Branch("10.99.0.0/16"));
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", 0), (sight.Word, sight.Judgement.Failed));
    }

    [Fact]
    public async Task A_spoke_that_uses_the_gateways_is_healthy()
    {
        using var link = await Sight.Sydney(world => world.PeeredVnet("10.3.0.0/16", gatewayTransit: true));
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", 0), (sight.Word, sight.Judgement.Failed));
        Assert.Equal(CheckStatus.Pass, sight.Check("SL904").Status);
    }

    [Fact]
    public async Task A_plan_in_a_world_that_is_clear_says_nothing_of_how_long_it_is()
    {
        using var link = await Sight.Sydney(Neighbours.SecondWay);
        Assert.Equal("clear", (await Sight.Of(link)).Word);

        var plan = (await link.Run("plan", "--format", "json")).Exits(0).Json;

        // A property of the order of building, under a name of its own: the time that was clear is measured in a run.
        Assert.False(plan.ContainsKey("clearSeconds"));
        Assert.Equal(0, (double)plan["openForSeconds"]!);
    }

    private static string Edge(string reply, string network) => reply.Contains("\"locPrf\"", StringComparison.Ordinal)
        ? reply.Replace("{\"value\":[", $"{{\"value\":[{{\"network\":\"{network}\",\"nextHop\":\"192.168.101.1\","
            + "\"locPrf\":\"100\",\"weight\":0,\"path\":\"133937 I\"},", StringComparison.Ordinal) : reply;

    [GeneratedRegex("(<vgwTelemetry>)<item>.*?</item>", RegexOptions.Singleline)]
    private static partial Regex OneTelemetryLess();

    [GeneratedRegex("<activeVpnTunnelStatus>.*</activeVpnTunnelStatus>", RegexOptions.Singleline)]
    private static partial Regex Suite();

    [GeneratedRegex("\"asPath\":\"[^\"]*\",?")]
    private static partial Regex AsPath();
}
