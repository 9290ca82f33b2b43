namespace Sealane.Sandbox.World;

/// <summary>
/// World time for a served sandbox: so many virtual seconds pass in a real one. It starts at a given moment, so that a
/// stored world goes on where it was.
/// </summary>
public sealed class ScaledClock(TimeProvider real, DateTimeOffset start, double speed) : TimeProvider
{
    private readonly long _begun = real.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => (long)(real.GetElapsedTime(_begun).Ticks * speed);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());
}
