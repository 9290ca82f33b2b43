using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

public class ScaledClockTests
{
    [Fact]
    public void An_hour_of_the_world_passes_in_a_minute_at_speed_sixty()
    {
        var real = new HandClock();
        real.Move(TimeSpan.FromDays(1));
        var clock = new ScaledClock(real, Worlds.Morning, 60);
        var world = Worlds.Empty(clock);
        real.Move(TimeSpan.FromMinutes(1));
        world.Advance();
        Assert.Equal(Worlds.Morning.AddHours(1), clock.GetUtcNow());
        Assert.Equal(Worlds.Morning.AddHours(1), world.Now);
    }
}
