namespace Sealane.Tests.Sandbox.World;

/// <summary>A clock that moves when the test says so.</summary>
internal sealed class HandClock : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _ticks;

    public override DateTimeOffset GetUtcNow() => Worlds.Morning.AddTicks(_ticks);

    public void Move(TimeSpan by) => _ticks += by.Ticks;
}
