using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

/// <summary>Misfortune on request.</summary>
public sealed class ChaosTests
{
    [Fact]
    public void Kinds_shares_and_lag_are_read()
    {
        var chaos = Chaos.Parse("lost=0.02, 5xx=0.5,html=0.1,lag=90,most=7,salt=monday");
        Assert.Equal((0.02, 0.5, 0.1), (chaos.Faults.LostReplies, chaos.Faults.ServerErrors, chaos.Faults.HtmlReplies));
        Assert.Equal((TimeSpan.FromSeconds(90), 7, "monday"), (chaos.Lag, chaos.Faults.AtMost, chaos.Faults.Salt));
    }

    [Theory]
    [InlineData("loss=0.1", "'loss' is no kind")]
    [InlineData("lost", "0 to 1")]
    [InlineData("lost=2", "0 to 1")]
    [InlineData("lost=NaN", "0 to 1")]
    [InlineData("lost=0.6,cut=0.6", "more than 1")]
    [InlineData("lag=-1", "0 to 600")]
    public void What_is_not_understood_is_said(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => Chaos.Parse(text)).Message);

    [Fact]
    public void Every_kind_can_be_asked_for_and_is_explained()
    {
        foreach (var kind in new[] { "throttle", "throttle-silent", "5xx", "408", "401", "reset", "lost", "cut",
            "html", "empty", "slow" })
        {
            Assert.Equal(0.25, Chaos.Parse($"{kind}=0.25").Faults.Shares.Sum(share => share.Share));
            Assert.Contains(kind, Chaos.Help);
        }
    }
}
