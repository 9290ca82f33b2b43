namespace Sealane.Core.Reconcile;

/// <summary>
/// Waits pass faster than real time; dates do not. Signatures and tokens are judged by the date, so a client of a
/// served
/// sandbox, and the sandbox itself, keep the real one.
/// </summary>
public sealed class ScaledClock(double speed, TimeProvider real) : TimeProvider
{
    private readonly long _begun = real.GetTimestamp();

    /// <summary>Virtual seconds a real second.</summary>
    public double Speed { get; } = speed > 0 ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), "must be above 0");

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => real.GetUtcNow();

    public override long GetTimestamp() => (long)(real.GetElapsedTime(_begun).Ticks * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, Shorten(dueTime), Shorten(period));

    private TimeSpan Shorten(TimeSpan time) => time <= TimeSpan.Zero ? time : time / Speed;
}
