namespace Sealane.Sandbox.Replay;

/// <summary>Time that stands still until it is moved on.</summary>
public sealed class StepClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _now.UtcTicks;

    /// <summary>Never back.</summary>
    public void MoveTo(DateTimeOffset moment) => _now = moment > _now ? moment : _now;

    public void MoveBy(TimeSpan span) => MoveTo(_now + span);
}
