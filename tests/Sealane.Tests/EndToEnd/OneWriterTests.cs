namespace Sealane.Tests.EndToEnd;

/// <summary>Whoever works on a link on this machine is alone.</summary>
public sealed class OneWriterTests
{
    [Theory]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("destroy")]
    public async Task A_world_in_use_is_left_alone_and_the_holder_named(string verb)
    {
        using var link = Link.Sydney;
        using (Sealane.Cli.Lease.OfWorld(link.WorldDirectory, "sealane apply other.yaml --sandbox"))
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains("another run works on this link: sealane apply other.yaml --sandbox, process ", run.Error);
            Assert.Contains("fix: wait until it ends", run.Error);
        }
        (await link.Run("plan")).Exits(0);
    }

    [Fact]
    public async Task Misfortune_is_to_be_had_in_the_sandbox_alone()
    {
        using var link = Link.Sydney;
        var real = (await Shell.Run("plan", link.Spec, "--chaos", "lost=0.1")).Exits(2);
        Assert.Contains("--chaos is for the sandbox only", real.Error);
        Assert.Contains("'loss' is no kind of misfortune", (await link.Run("plan", "--chaos",
            "loss=0.1")).Exits(2).Error);
    }

    [Fact]
    public async Task Misfortune_on_request_is_got_through()
    {
        using var link = Link.Sydney;
        (await link.Run("apply", "--yes", "--chaos",
            "lost=0.03,5xx=0.03,throttle-silent=0.02,reset=0.02,slow=0.02")).Exits(0);
        Whole.Is(link);
        await link.IsEncrypted();
    }

    /// <summary>Plan, check and apply obey one set of rules.</summary>
    [Fact]
    public async Task A_refused_design_has_no_plan()
    {
        using var link = Link.Sydney;
        link.Edit("# guide 6\n  bandwidth: 50 ", "# guide 6\n  bandwidth: 250 ");
        foreach (var verb in new[] { "plan", "apply" })
        {
            var run = (await link.Run(verb, verb == "plan" ? [] : ["--yes"])).Exits(1);
            Assert.Contains("SL414", run.Error);
            Assert.Empty(run.Output);
        }
    }
}
