using Sealane.Cli.Drills;
using Sealane.Clouds.Drills;
using Sealane.Core;

namespace Sealane.Tests.Cli;

public sealed class ProbeTests
{
    /// <summary>A probe a second; x is one that did not arrive and took another second to say so.</summary>
    [Theory]
    [InlineData("", 0)]
    [InlineData("....", 0)]
    [InlineData("..x.", 1)]
    [InlineData("..xxx.", 5)]
    [InlineData("x..xx.x", 3)]
    [InlineData("..xx", 3)]
    public void Loss_is_from_the_first_that_failed_to_the_last_of_them(string probes, int seconds)
    {
        var rows = new List<(TimeSpan, TimeSpan, bool)>();
        var now = 0;
        foreach (var probe in probes)
        {
            var took = probe == 'x' ? 1 : 0;
            rows.Add((TimeSpan.FromSeconds(now), TimeSpan.FromSeconds(now + took), probe == '.'));
            now += took + 1;
        }
        Assert.Equal(seconds, Probe.LossOf(rows).TotalSeconds);
    }

    [Theory]
    [InlineData(true, 29, true)]
    [InlineData(true, 31, false)]
    [InlineData(false, 31, null)]
    public void Loss_that_outlasts_the_hold_time_is_not_as_predicted(bool carried, int seconds, bool? predicted) =>
        Assert.Equal(predicted, new DrillRow(
            new TunnelReplacement(null!, "vpn-1", Clouds.Aws.Guide.Design.Tunnels[0], Ipv4.Parse("10.254.1.18")),
            carried)
        {
            Loss = TimeSpan.FromSeconds(seconds),
        }.LossAsPredicted);

    [Theory]
    [InlineData("exit 0", true)]
    [InlineData("exit 3", false)]
    [InlineData("no-such-command-anywhere", false)]
    public async Task A_command_that_ends_with_0_arrived(string command, bool arrived) =>
        Assert.Equal(arrived, await new Probe(command).Once(TestContext.Current.CancellationToken));
}
