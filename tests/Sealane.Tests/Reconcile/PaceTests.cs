using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>When something is looked at again. Seconds throughout.</summary>
public sealed class PaceTests
{
    [Theory]
    // Seldom before a third of what it usually takes, but no more seldom than every 20 seconds.
    [InlineData(1800, 0, 0, 20)]
    [InlineData(30, 0, 0, 10)]
    // Then a fortieth of what has passed, no oftener than every 4 seconds.
    [InlineData(30, 20, 0, 4)]
    [InlineData(240, 200, 0, 5)]
    [InlineData(1800, 1560, 0, 20)]
    [InlineData(0, 0, 0, 4)]
    // A twentieth of what it could take longer without anybody waiting for it.
    [InlineData(240, 200, 200, 10)]
    [InlineData(240, 200, 3600, 20)]
    public void What_is_waited_for_is_looked_at_in_time(int expected, int waited, int slack, int next) =>
        Assert.Equal(TimeSpan.FromSeconds(next), Pace.Next(
            TimeSpan.FromSeconds(expected), TimeSpan.FromSeconds(waited), TimeSpan.FromSeconds(slack)));
}
