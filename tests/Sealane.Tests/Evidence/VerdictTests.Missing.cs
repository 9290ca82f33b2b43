using Sealane.Core.Checks.Live;

namespace Sealane.Tests.Evidence;

/// <summary>What is not told, late or unreadable.</summary>
public sealed partial class VerdictTests
{
    [Fact]
    public async Task Without_a_looking_glass_it_is_unproven()
    {
        using var link = await Sight.Sydney(world => world.Megaport.Staging = true);
        var sight = await Sight.Of(link);
        Assert.Equal("unproven", sight.Word);
        Assert.Contains(sight.Judgement.Holes,
            hole => hole.Id.StartsWith("GET diagnostics/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_tunnel_of_two_is_encrypted_and_degraded()
    {
        using var link = await Sight.Sydney(world => world.Aws.VpnConnections[0].Tunnels[0].Replacing = true);
        var sight = await Sight.Of(link);
        Assert.Equal(("encrypted", true, 1), (sight.Word, sight.Judgement.Degraded, sight.Proof.Redundancy.Tunnels.Up));
    }

    [Fact]
    public async Task A_tunnel_that_aws_does_not_tell_of_is_unknown_and_not_absent()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            call.Contains("Action=DescribeVpnConnections", StringComparison.Ordinal)
                ? OneTelemetryLess().Replace(reply, "$1") : reply));
        Assert.Equal(CheckStatus.Unknown, sight.Check("SL921").Status);
        Assert.DoesNotContain("absent", sight.Check("SL921").Evidence);
        Assert.NotEqual("down", sight.Word);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_suite_that_aws_does_not_tell_is_unknown_and_agreed_on_nothing(int tunnels)
    {
        using var link = await Sight.Sydney();
        var asked = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            !call.Contains("Action=GetActiveVpnTunnelStatus", StringComparison.Ordinal) ? reply
                : asked.ContainsKey(call) || (asked.Count < tunnels && asked.TryAdd(call, true))
                    ? Suite().Replace(reply, "<activeVpnTunnelStatus/>") : reply));
        Assert.Equal(tunnels, asked.Count);
        Assert.Equal(CheckStatus.Unknown, sight.Check("SL926").Status);
    }

    [Fact]
    public async Task Routes_without_an_as_path_are_unproven()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            call.Contains("diagnostics/routes/operation", StringComparison.Ordinal)
                ? AsPath().Replace(reply, "") : reply));
        Assert.Equal(CheckStatus.Unknown, sight.Check("SL902").Status);
        Assert.Equal("unproven", sight.Word);
    }

    [Fact]
    public async Task Routes_that_the_gateways_of_the_vnet_tell_each_other_are_healthy()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            reply.Contains("\"asPath\":\"12076", StringComparison.Ordinal)
                ? reply.Replace("{\"value\":[",
                    "{\"value\":[{\"localAddress\":\"10.2.0.12\",\"network\":\"10.1.0.0/16\","
                    + "\"nextHop\":\"10.2.0.30\",\"sourcePeer\":\"10.2.0.30\",\"origin\":\"IBgp\",\"asPath\":\"65534\","
                    + "\"weight\":32768},", StringComparison.Ordinal) : reply));
        Assert.Equal(CheckStatus.Pass, sight.Check("SL905").Status);
    }

    [Theory]
    [InlineData("172.16.0.0")]
    [InlineData("10.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    public async Task A_leak_at_the_edge_is_seen_however_it_is_written(string network)
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (_, reply) => Edge(reply, network)));
        Assert.Equal(CheckStatus.Fail, sight.Check("SL904").Status);
        Assert.False(sight.Judgement.IsGood());
    }

    [Fact]
    public async Task A_row_of_the_edge_that_cannot_be_read_is_unproven()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link,
            wire => new Tampered(wire, edit: (_, reply) => Edge(reply, "10.1.0.0 255.255.0.0")));
        Assert.Equal("unproven", sight.Word);
        Assert.Contains("255.255.0.0", string.Join('\n', sight.Judgement.Reasons));
    }

    [Fact]
    public async Task An_edge_that_shows_nothing_yet_is_unproven_and_says_when_to_ask_again()
    {
        using var link = await Sight.Sydney();
        var sight = await Sight.Of(link, wire => new Tampered(wire, edit: (call, reply) =>
            reply.Contains("\"locPrf\"", StringComparison.Ordinal)
                ? """{"status":"Failed","error":{"code":"X","message":"Gateway does not have any Bgp sessions."}}"""
                    : reply));
        Assert.Equal("unproven", sight.Word);
        Assert.Contains("the table comes up to 25 minutes after the first",
            string.Join('\n', sight.Judgement.Reasons), StringComparison.Ordinal);
    }
}
