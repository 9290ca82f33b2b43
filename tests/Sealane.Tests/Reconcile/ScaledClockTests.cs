using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

public sealed class ScaledClockTests
{
    [Fact]
    public async Task Waits_are_shorter_and_elapsed_time_longer_by_the_speed_but_dates_are_real()
    {
        var real = new VirtualClock(new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        var clock = new ScaledClock(600, real);
        var start = clock.GetTimestamp();

        using (real.Enter())
        {
            await Task.Delay(TimeSpan.FromMinutes(10), clock);
        }

        Assert.Equal(TimeSpan.FromSeconds(1),
            real.GetUtcNow() - new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromMinutes(10), clock.GetElapsedTime(start));
        Assert.Equal(real.GetUtcNow(), clock.GetUtcNow());
    }
}
