using Sealane.Lab.Model;
using Sealane.Lab.Running;

namespace Sealane.Tests.Lab;

/// <summary>The steps of a replay, in every topology: both orders end in the same place and begin
/// differently.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string> Networks => ["one", "two"];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Sealane_closes_locks_first_and_opens_VPC_routes_last(string which)
    {
        var network = Network(which);
        var steps = Replay.Steps(network, guide: false);
        Assert.All(steps, step => Assert.Equal(network.Routers, step.Network.Routers));
        Assert.All(steps.SkipLast(1), step => Assert.All(step.Network.Vpcs, vpc => Assert.Empty(vpc.Routed)));
        Assert.Same(network, steps[^1].Network);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void The_guide_sets_filters_after_routes(string which)
    {
        var network = Network(which);
        var steps = Replay.Steps(network, guide: true);
        Assert.All(steps[0].Network.Legs, leg => Assert.Empty(leg.Leg.Statics));
        Assert.All(steps.Take(2).SelectMany(step => step.Network.Legs), leg => Assert.Null(leg.Leg.Session.Export));
        Assert.All(steps[2].Network.Legs, leg => Assert.NotNull(leg.Leg.Session.Export));
        Assert.Same(network, steps[^1].Network);
    }

    private static LabNetwork Network(string which) => which == "one" ? Labs.Sydney : Labs.TwoRouters();
}
