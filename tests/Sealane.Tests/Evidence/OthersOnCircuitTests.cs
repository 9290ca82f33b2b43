using Sealane.Core;
using Sealane.Core.Checks.Live;

namespace Sealane.Tests.Evidence;

/// <summary>
/// Who else is on the link's circuit: gateways of other subscriptions by authorization, routers of other sites by
/// Global Reach. Their prefixes are read from Microsoft's edge, their inside is not.
/// </summary>
public sealed class OthersOnCircuitTests
{
    private static readonly Prefix Elsewhere = Prefix.Parse("172.20.0.0/16");

    /// <summary>Outer packets that a longer route draws to the other gateway are ESP there too; whether the tunnels
    /// stand is what both clouds say.</summary>
    [Theory]
    [InlineData("10.5.0.0/16")]
    [InlineData("10.2.0.6/32")]
    [InlineData("10.2.0.0/16")]
    public async Task What_a_gateway_of_another_subscription_announces_is_read(string prefix)
    {
        using var link = await Sight.Sydney(world => world.OtherSubscription(prefix));
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", 0), (sight.Word, sight.Judgement.Failed));
        Assert.Equal([Prefix.Parse(prefix)], sight.Evidence.Network.Circuits[0].ForeignPrefixes);
    }

    /// <summary>With all locks open a packet comes to Microsoft's edge, where the longest prefix decides.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_packet_in_the_clear_that_they_draw_off_is_followed_to_them(bool joined)
    {
        using var link = await Sight.Sydney(world =>
        {
            Action<string> announce = joined ? prefix => world.GlobalReach(prefix)
                : prefix => world.OtherSubscription(prefix);
            announce("10.2.1.0/24");
            Unfilter(world.AzureVxc());
            Unfilter(world.AwsVxc());
            world.WorkloadTable().Propagations.Add(world.Attachment("direct-connect-gateway").Id);
        });
        var sight = await Sight.Of(link);
        Assert.Equal("clear", sight.Word);
        Assert.Contains(sight.Proof.Flows, flow => flow.Reason.Contains(
            joined ? "a circuit joined by Global Reach" : "a VNet that was not read", StringComparison.Ordinal));
    }

    private static void Unfilter(Sealane.Sandbox.Megaport.Vxc vxc) => vxc.Interfaces[0].BgpConnections =
    [
        .. vxc.Interfaces[0].BgpConnections.Select(one =>
            one with { ImportWhitelist = null, ExportWhitelist = null }),
    ];

    [Fact]
    public async Task A_circuit_joined_by_global_reach_is_an_ordinary_day()
    {
        using var link = await Sight.Sydney(world => world.GlobalReach($"{Elsewhere}"));
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", 0), (sight.Word, sight.Judgement.Failed));
        Assert.Equal(CheckStatus.Pass, sight.Check("SL911").Status);
        Assert.Equal(Elsewhere, Assert.Single(sight.Evidence.Network.Circuits[0].Joined).Prefix);
    }

    /// <summary>What no connection explains is a row that the model does not derive.</summary>
    [Fact]
    public async Task Rows_of_another_circuit_without_a_connection_to_it_are_unproven()
    {
        using var link = await Sight.Sydney(world => world.GlobalReach($"{Elsewhere}"));
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            call.Contains("/expressRouteCircuits/", StringComparison.Ordinal)
                ? reply.Replace("\"connections\":[", "\"others\":[", StringComparison.Ordinal) : reply));
        Assert.Equal(CheckStatus.Fail, sight.Check("SL911").Status);
        Assert.Equal("unproven", sight.Word);
    }

    /// <summary>Global Reach joins networks on the ground; a cloud that tells its gateways as well is named.</summary>
    [Fact]
    public async Task A_gateway_that_learns_what_was_joined_is_named()
    {
        using var link = await Sight.Sydney(world => world.GlobalReach($"{Elsewhere}"));
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            reply.Contains("\"asPath\":\"12076", StringComparison.Ordinal)
                ? reply.Replace("{\"value\":[",
                    $"{{\"value\":[{{\"localAddress\":\"10.2.0.12\",\"network\":\"{Elsewhere}\","
                    + "\"nextHop\":\"192.168.101.2\",\"sourcePeer\":\"192.168.101.2\",\"origin\":\"EBgp\","
                    + "\"asPath\":\"12076-65020\",\"weight\":32769},", StringComparison.Ordinal) : reply));
        Assert.Equal(CheckStatus.Fail, sight.Check("SL911").Status);
        Assert.Contains($"{Elsewhere}", sight.Check("SL911").Evidence, StringComparison.Ordinal);
    }
}
